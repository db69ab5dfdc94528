import { createHash, timingSafeEqual } from 'node:crypto';
import { type DescService, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  credentials,
  Client as GrpcClient,
  Metadata,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type ServiceError,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import type { Actor, Ctx } from '../ctx.ts';
import { ExpectedError, findErrorDefinition, kernelErrors } from '../errors.ts';
import { type Locale, parseLocale } from '../locale.ts';
import type { Log } from '../telemetry/log.ts';
import { inSpan } from '../telemetry/tracing.ts';
import { type Client, complete, type ServedBy, type UntypedCall } from './service.ts';

/** Time a call may take when its ctx has no deadline, in milliseconds. */
const defaultDeadlineMs = 5_000;
const maxMessageBytes = 16 * 1024 * 1024;

function definition(service: DescService): ServiceDefinition {
  const methods: Record<string, MethodDefinition<unknown, unknown>> = {};
  for (const method of service.methods) {
    methods[method.localName] = {
      path: `/${service.typeName}/${method.name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: (value: unknown) => Buffer.from(toBinary(method.input, complete(method.input, value))),
      requestDeserialize: (bytes: Buffer) => fromBinary(method.input, bytes),
      responseSerialize: (value: unknown) => Buffer.from(toBinary(method.output, complete(method.output, value))),
      responseDeserialize: (bytes: Buffer) => fromBinary(method.output, bytes),
    };
  }
  return methods;
}

/**
 * Serves contexts over gRPC to their siblings. Callers prove themselves with the shared secret of the installation;
 * the actor they act for travels beside it.
 */
export async function serveGrpc(options: {
  listen: string;
  secret: string;
  services: readonly ServedBy[];
  log: Log;
}): Promise<{ address: string; close: () => Promise<void> }> {
  const server = new Server({
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
  });
  const byService = new Map<DescService, ServedBy[]>();
  for (const one of options.services) byService.set(one.service, [...(byService.get(one.service) ?? []), one]);
  for (const [service, implementers] of byService) {
    const handlers: UntypedServiceImplementation = {};
    for (const method of service.methods) {
      handlers[method.localName] = (
        call: { request: unknown; metadata: Metadata; getDeadline: () => Date | number },
        callback: (error: Partial<ServiceError> | null, value?: unknown) => void,
      ) => {
        const run = async () => {
          if (!sameSecret(text(call.metadata, 'authorization'), `Bearer ${options.secret}`))
            throw kernelErrors.not_allowed();
          const meant = text(call.metadata, 'stoa-context');
          const implementer = implementers.find(({ context }) => !meant || context === meant);
          const work = implementer?.implementation[method.localName];
          if (!work) throw new Error(`${meant || 'nobody'} does not implement ${service.typeName} ${method.localName}`);
          const ctx = readCtx(call.metadata, call.getDeadline());
          const attributes = { 'rpc.system': 'grpc', 'rpc.service': service.typeName, 'rpc.method': method.name };
          return inSpan(`${service.typeName}/${method.name}`, { ctx, kind: 'server', attributes }, (spanCtx) =>
            work(call.request, spanCtx),
          );
        };
        run().then(
          (value) => callback(null, value),
          (error: unknown) => callback(toStatus(error, options.log)),
        );
      };
    }
    server.addService(definition(service), handlers);
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(options.listen, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const host = options.listen.slice(0, options.listen.lastIndexOf(':'));
  return {
    address: `${host}:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        const force = setTimeout(() => server.forceShutdown(), 5_000);
        server.tryShutdown(() => {
          clearTimeout(force);
          resolve();
        });
      }),
  };
}

/**
 * A sibling in another process. Each call has the ctx's deadline. Only `Unavailable` is tried again, three times within some
 * 0.7 s: nobody was there, or the connection broke, and then the call may have been carried out, which every call of a
 * contract has to bear. After five in a row the circuit opens for two seconds and callers are told at once.
 */
export function grpcClient<S extends DescService>(
  service: S,
  options: { address: string; secret: string; context?: string },
): { client: Client<S>; close: () => void } {
  const channel = new GrpcClient(options.address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
    'grpc.keepalive_time_ms': 30_000,
    // By itself it would look for a sibling that was gone after a second at the earliest, when no call is tried any more.
    'grpc.initial_reconnect_backoff_ms': 50,
    'grpc.max_reconnect_backoff_ms': 100,
  });
  const isUnavailable = handleWhen(
    (error) => error instanceof Error && 'code' in error && error.code === status.UNAVAILABLE,
  );
  const policy = wrap(
    retry(isUnavailable, {
      maxAttempts: 3,
      backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000, generator: halfJitterGenerator }),
    }),
    circuitBreaker(isUnavailable, { halfOpenAfter: 2_000, breaker: new ConsecutiveBreaker(5) }),
  );
  const methods = definition(service);
  const client: Record<string, UntypedCall> = {};
  for (const [name, method] of Object.entries(methods)) {
    const callOnce = (input: unknown, ctx: Ctx) =>
      new Promise<unknown>((resolve, reject) => {
        const deadline = ctx.deadline ?? Date.now() + defaultDeadlineMs;
        channel.makeUnaryRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          input,
          writeCtx(ctx, options),
          { deadline },
          (error, value) => (error ? reject(error) : resolve(value)),
        );
      });
    const attributes = { 'rpc.system': 'grpc', 'rpc.service': service.typeName, 'rpc.method': name };
    client[name] = async (input, ctx) => {
      try {
        return await inSpan(method.path.slice(1), { ctx, kind: 'client', attributes }, (spanCtx) =>
          policy.execute(() => callOnce(input, spanCtx)),
        );
      } catch (error) {
        throw fromStatus(error);
      }
    };
  }
  return { client: client as Client<S>, close: () => channel.close() };
}

function writeCtx(ctx: Ctx, { secret, context }: { secret: string; context?: string }): Metadata {
  const metadata = new Metadata();
  if (context) metadata.set('stoa-context', context);
  metadata.set('authorization', `Bearer ${secret}`);
  metadata.set('stoa-actor', encode(ctx.actor));
  if (ctx.ip ?? ctx.userAgent) metadata.set('stoa-caller', encode({ ip: ctx.ip, userAgent: ctx.userAgent }));
  metadata.set('stoa-locale', ctx.locale);
  metadata.set('traceparent', ctx.traceparent);
  if (ctx.requestId) metadata.set('stoa-request-id', ctx.requestId);
  return metadata;
}

function readCtx(metadata: Metadata, deadline: Date | number): Ctx {
  const actor: Actor = JSON.parse(decode(text(metadata, 'stoa-actor')));
  const caller: Pick<Ctx, 'ip' | 'userAgent'> = JSON.parse(decode(text(metadata, 'stoa-caller')) || '{}');
  const locale: Locale = parseLocale(text(metadata, 'stoa-locale')) ?? 'en';
  const requestId = text(metadata, 'stoa-request-id');
  const until = typeof deadline === 'number' ? deadline : deadline.getTime();
  return {
    actor,
    locale,
    traceparent: text(metadata, 'traceparent'),
    ...(Number.isFinite(until) ? { deadline: until } : {}),
    ...(requestId ? { requestId } : {}),
    ...caller,
  };
}

/** Text of any script in a header, where only ASCII may be. */
function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

function decode(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}

function text(metadata: Metadata, key: string): string {
  return String(metadata.get(key)[0] ?? '');
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

const statusOf: Record<number, status> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  409: status.FAILED_PRECONDITION,
  429: status.RESOURCE_EXHAUSTED,
};

/** Expected failures keep their code and parameters over the wire; a bug stays opaque. */
function toStatus(error: unknown, log: Log): Partial<ServiceError> {
  const metadata = new Metadata();
  if (error instanceof ExpectedError) {
    const detail = { code: error.code, params: error.params, errors: error.errors };
    metadata.set('stoa-error', encode(detail));
    return { code: statusOf[error.definition.status] ?? status.FAILED_PRECONDITION, details: error.code, metadata };
  }
  log.error({ err: error }, 'a call from a sibling failed');
  return { code: status.INTERNAL, details: 'internal_error', metadata };
}

function fromStatus(error: unknown): unknown {
  if (error instanceof BrokenCircuitError) return kernelErrors.temporarily_unavailable({ cause: error });
  if (!(error instanceof Error) || !('metadata' in error) || !(error.metadata instanceof Metadata)) return error;
  const encoded = text(error.metadata, 'stoa-error');
  if (encoded) {
    const detail: { code: string; params: Record<string, string | number>; errors?: ExpectedError['errors'] } =
      JSON.parse(decode(encoded));
    const known = findErrorDefinition(detail.code);
    if (known)
      return new ExpectedError(detail.code, known, {
        params: detail.params,
        ...(detail.errors ? { errors: detail.errors } : {}),
        cause: error,
      });
  }
  const code: unknown = 'code' in error ? error.code : undefined;
  if (code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED)
    return kernelErrors.temporarily_unavailable({ cause: error });
  return error;
}
