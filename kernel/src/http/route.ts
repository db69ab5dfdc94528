import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx, Role } from '../ctx.ts';
import { encodeCursor } from './cursor.ts';

/** Who may call an operation. Finer rules (own, enrolled) are the first line of the use case. There is no default. */
export type Policy = { kind: 'anyone' } | { kind: 'user' } | { kind: 'role'; roles: readonly Role[] };

export const allow = {
  /** Anyone, signed in or not. */
  anyone: (): Policy => ({ kind: 'anyone' }),
  /** Any person who is signed in. */
  user: (): Policy => ({ kind: 'user' }),
  /** People with one of the roles (`admin` always). */
  role: (...roles: Role[]): Policy => ({ kind: 'role', roles }),
};

/** Requests per window and caller; counted per person, or per address when nobody is signed in. */
export type RateLimit = { limit: number; windowSeconds: number };

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  ctx: Ctx;
  request: FastifyRequest;
  reply: FastifyReply;
};

export type RouteDefinition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` parameters, e.g. `/api/courses/:id`. */
  url: string;
  /** One line for the reference. */
  summary: string;
  description?: string;
  policy: Policy;
  params?: P;
  query?: Q;
  /** A strict object; unknown fields are refused. */
  body?: B;
  /**
   * Text that the database cannot keep (a zero character, half a surrogate pair) is taken out of the body instead of
   * refused: for operations whose authors paste from anywhere.
   */
  cleansText?: boolean;
  /** The body is a stream the handler reads itself (multipart uploads). */
  streamedBody?: 'multipart/form-data' | 'application/octet-stream';
  /** The body comes as the exact bytes that were sent (a Buffer), for signatures that are over those. */
  rawBody?: true;
  /** Schema of the answer; leave out for 204, or set `binary` for files. */
  response?: R;
  binary?: string;
  /** Success status; default 200, or 204 without a response. */
  status?: 200 | 201 | 202 | 204 | 302;
  /**
   * How a repeated request stays harmless. `key`: honours `Idempotency-Key` (same key and body: same answer, one
   * effect). `natural`: doing it twice is the same as once, or the operation guards itself. Required unless GET.
   */
  idempotency?: 'key' | 'natural';
  /** Codes of expected failures, for the reference. */
  errors?: readonly string[];
  rateLimit?: RateLimit;
  /** Seconds a shared cache may keep the answer; adds an ETag. Only for answers that are the same for everyone. */
  publicCacheSeconds?: number;
  /** Adds an ETag to a private answer, so that an unchanged one costs no body. */
  etag?: boolean;
  /** Bytes of body accepted; default 1 MiB. */
  bodyLimit?: number;
  /** One of each for the reference, as the schemas describe them: what the compiler cannot see of that, a test does. */
  examples?: { body?: z.input<B>; response?: z.input<R> };
  /**
   * For an answer to a keyed request that carries a secret: `omit` takes it out of what is kept for repeats, `restore`
   * puts it in again, for the first answer and for every repeat.
   */
  secret?: { omit: (answer: z.input<R>) => z.input<R>; restore: (answer: z.input<R>, ctx: Ctx) => z.input<R> };
  handler: (input: Input<P, Q, B>) => Promise<z.input<R> | undefined>;
};

/**
 * A route without its types, as the server sees it. The schemas in the same object have checked what the handler gets, and
 * what is kept is what it answered. Both are methods: TypeScript takes those of a definition for these, though theirs know
 * more of what they are given.
 */
export type Route = Omit<RouteDefinition<z.ZodType, z.ZodType, z.ZodType, z.ZodType>, 'handler' | 'secret'> & {
  secret?: { omit(answer: unknown): unknown; restore(answer: unknown, ctx: Ctx): unknown };
  handler(input: Input<z.ZodType, z.ZodType, z.ZodType>): Promise<unknown>;
};

/**
 * Declares an HTTP operation. Schemas are turned into JSON Schema once, with the first request: they validate what
 * comes in, serialize what goes out and describe both in the OpenAPI document.
 * @throws Error if a mutating operation does not say how repeats are handled
 */
export function defineRoute<
  P extends z.ZodType = z.ZodNever,
  Q extends z.ZodType = z.ZodNever,
  B extends z.ZodType = z.ZodNever,
  R extends z.ZodType = z.ZodNever,
>(definition: RouteDefinition<P, Q, B, R>): Route {
  if (definition.method !== 'GET' && !definition.idempotency) {
    throw new Error(`${definition.method} ${definition.url} does not say how repeated requests are handled`);
  }
  return definition;
}

/** Id of an object in a path. */
export const Id = z.uuid();
/** An id in the reference, where nobody gave a better one. */
export const exampleId = '0199c0de-7a11-7c02-9b3e-5d1f6a2b4c08';
export const IdParams = z.strictObject({ id: Id });

/** Query of a keyset-paged list. */
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .max(1000)
    .optional()
    .meta({
      description: '`nextCursor` of the page before.',
      examples: [encodeCursor(['2026-03-02T14:05:00.000Z', exampleId])],
    }),
};

/** A page of items; `nextCursor` is absent at the end. */
export function Page<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().optional() });
}

export const MoneySchema = z.strictObject({ amount: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) });
export const Timestamp = z.string().meta({ format: 'date-time' });
