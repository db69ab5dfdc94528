import { hash } from 'node:crypto';
import cors from '@fastify/cors';
import multipart from '@fastify/multipart';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { VerifyToken } from '../auth/verify-token.ts';
import { type Actor, type Ctx, continueTrace, traceIdOf } from '../ctx.ts';
import type { Database } from '../db/database.ts';
import { ExpectedError, kernelErrors } from '../errors.ts';
import { type Locale, negotiateLocale } from '../locale.ts';
import type { Clock } from '../ports.ts';
import { type Log, requestLines } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { inSpan } from '../telemetry/tracing.ts';
import { isConstant } from './constant-answer.ts';
import { oncePerKey, parseIdempotencyKey, requestIdOf } from './idempotency.ts';
import { alive, answerLiveness } from './liveness.ts';
import { buildOpenApi, toJsonSchema } from './openapi.ts';
import { toFieldErrors, toProblem } from './problem.ts';
import { createRateLimiter } from './rate-limit.ts';
import { cleanUnstorable, refuseUnstorable } from './refuse-unstorable.ts';
import type { RateLimit, Route } from './route.ts';
import { answerSerializer } from './serializer.ts';

/** The routes of one context and the pool its idempotency keys are kept in. */
export type RoutedContext = { name: string; db: Database; routes: readonly Route[]; mount?: Mount | undefined };

/** Lets a context put something on the server that is not an operation: an authorization server, a WebSocket. */
export type Mount = (app: FastifyInstance) => void | Promise<void>;

export type HttpOptions = {
  contexts: readonly RoutedContext[];
  verifyToken: VerifyToken;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  version: string;
  /** Origins that may call the API from a browser; none by default. */
  corsOrigins?: readonly string[];
  /** How many proxies stand in front of this process, each of which adds to `X-Forwarded-For`; none by default. */
  trustProxy?: number;
  /** The limit of operations that declare none; null switches limiting off (load tests). */
  rateLimit?: RateLimit | null;
  /** Dependencies that must answer before this process takes traffic. */
  ready: () => Promise<Record<string, boolean>>;
  /** Documents of sibling processes to merge into the OpenAPI document, for the process that is the gateway. */
  mergeOpenApi?: () => Promise<Record<string, unknown>>;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Milliseconds on the monotonic clock when the request came. */
    startedAt: number;
    /** Who asks, once that is known. */
    ctx: Ctx | undefined;
  }
}

const anonymous: Actor = { kind: 'anonymous' };

/** Builds the HTTP server: one place for validation, auth, limits, idempotency, errors, logs and metrics. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { log, metrics, clock } = options;
  // Fastify's own lines would repeat ours; what it warns about still comes through.
  const { trustProxy = 0 } = options;
  const quiet: FastifyBaseLogger = log.child({}, { level: 'warn' });
  const app: FastifyInstance = fastify({
    loggerInstance: quiet,
    logController: new fastify.LogController({ disableRequestLogging: true }),
    // By count, never all of the list: what stands before the entries of our own proxies is what the caller wrote.
    trustProxy: trustProxy > 0 && ((_address: string, hop: number) => hop < trustProxy),
    bodyLimit: 1024 * 1024,
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    // The id of a request is its traceparent.
    genReqId: (request) => continueTrace(header(request.headers.traceparent)),
    // A logger for each request would cost more than the line it writes.
    childLoggerFactory: (logger) => logger,
  });
  app.decorateRequest('startedAt', 0);
  app.decorateRequest('ctx', undefined);

  const strict = new Ajv({
    allErrors: true,
    useDefaults: true,
    coerceTypes: false,
    removeAdditional: false,
    strict: false,
  });
  const lenient = new Ajv({
    allErrors: true,
    useDefaults: true,
    coerceTypes: 'array',
    removeAdditional: false,
    strict: false,
  });
  addFormats.default(strict);
  addFormats.default(lenient);
  app.setSchemaErrorFormatter((errors) => new ValidationFailed(errors as unknown as ErrorObject[]));

  await app.register(multipart, { limits: { files: 1, fields: 20, fileSize: 2 * 1024 * 1024 * 1024 } });
  if (options.corsOrigins?.length) {
    await app.register(cors, {
      origin: [...options.corsOrigins],
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: [
        'authorization',
        'content-type',
        'idempotency-key',
        'if-match',
        'if-none-match',
        'accept-language',
        'traceparent',
      ],
      exposedHeaders: ['etag', 'location', 'retry-after', 'ratelimit', 'ratelimit-policy'],
      maxAge: 600,
    });
  }

  const writeLine = requestLines(log);
  type Observer = { observe: (seconds: number) => void };
  // By route, then by method and class of the status: no key has to be put together for each request.
  const observers = new Map<string, Map<string, (Observer | undefined)[]>>();
  const observerOf = (route: string, method: string, status: number): Observer => {
    const family = Math.floor(status / 100);
    const methods = observers.get(route) ?? new Map<string, (Observer | undefined)[]>();
    const families = methods.get(method) ?? [];
    const observer = families[family] ?? metrics.httpDuration.labels(route, method, `${family}xx`);
    if (families[family] === undefined) {
      families[family] = observer;
      methods.set(method, families);
      observers.set(route, methods);
    }
    return observer;
  };
  app.addHook('onRequest', (request, _reply, done) => {
    request.startedAt = performance.now();
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const seconds = (performance.now() - request.startedAt) / 1000;
    const matched = request.routeOptions.url ?? 'unmatched';
    const route = matched === '*' ? 'web' : matched;
    observerOf(route, request.method, reply.statusCode).observe(seconds);
    const actor = request.ctx?.actor;
    writeLine({
      traceId: traceIdOf(request.id),
      method: request.method,
      route,
      status: reply.statusCode,
      duration: seconds,
      userId: actor?.kind === 'user' ? actor.userId : undefined,
    });
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('x-content-type-options')) {
      reply.header('x-content-type-options', 'nosniff');
      if (!reply.hasHeader('content-security-policy'))
        reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    }
    done(null, payload);
  });

  app.setNotFoundHandler((request, reply) => sendProblem(kernelErrors.not_found(), request, reply, log));
  app.setErrorHandler((error, request, reply) => sendProblem(asExpected(error, request, log), request, reply, log));

  const limiterOf = (limit: RateLimit) => createRateLimiter(limit, () => clock.now().getTime());
  const standardLimit = options.rateLimit === undefined ? { limit: 600, windowSeconds: 60 } : options.rateLimit;
  const standardLimiter = standardLimit && limiterOf(standardLimit);

  for (const context of options.contexts) {
    for (const route of context.routes) {
      if (route.rawBody) await app.register(async (scope) => addRoute(context, route, withRawBodies(scope)));
      else addRoute(context, route);
    }
    if (context.mount) {
      const mount = context.mount;
      await app.register(async (scope) => mount(scope));
    }
  }

  function addRoute(context: RoutedContext, route: Route, target: FastifyInstance = app): void {
    const success = route.status ?? (route.response || route.binary ? 200 : 204);
    const limit = options.rateLimit === null ? null : (route.rateLimit ?? standardLimit);
    const limitName = route.rateLimit ? 'operation' : 'default';
    const limiter = limit && (route.rateLimit ? limiterOf(route.rateLimit) : standardLimiter);
    const written = new WeakMap<object, Written>();
    const spanName = `${route.method} ${route.url}`;
    const spanAttributes = { 'http.request.method': route.method, 'http.route': route.url };
    const limitPolicy = limit ? `"${limitName}";q=${limit.limit};w=${limit.windowSeconds}` : '';
    target.route({
      method: route.method,
      url: route.url,
      ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
      // Which parts there are to check and to write; the schemas themselves are not made before the first request.
      schema: {
        ...(route.params ? { params: someObject } : {}),
        ...(route.query ? { querystring: someObject } : {}),
        ...(route.body ? { body: someObject } : {}),
        ...(route.response ? { response: { [success]: someObject } } : {}),
      },
      validatorCompiler: ({ httpPart }) =>
        httpPart === 'body'
          ? validatorWhenUsed(strict, route.body)
          : validatorWhenUsed(lenient, httpPart === 'params' ? route.params : route.query),
      serializerCompiler: () => serializerWhenUsed(route.response),
      // Before the body is read: a stranger's megabyte is not parsed, and a refusal does not depend on the body.
      onRequest: (request, reply, done) => {
        const admit = (actor: Actor): void => {
          const ctx = ctxOf(request, actor);
          if (limiter) {
            const state = limiter.take(actor.kind === 'user' ? actor.userId : (ctx.ip ?? ''));
            reply.header('ratelimit-policy', limitPolicy);
            reply.header('ratelimit', `"${limitName}";r=${state.remaining};t=${state.resetSeconds}`);
            if (!state.allowed) {
              throw kernelErrors.too_many_requests({
                params: { seconds: state.resetSeconds },
                headers: { 'retry-after': String(state.resetSeconds) },
              });
            }
          }
          checkPolicy(route, actor);
        };
        // No promise where nothing has to be waited for: nobody is signed in, or the token was verified before.
        const finish = (admitted: () => Actor) => {
          try {
            admit(admitted());
          } catch (error) {
            return done(toError(error));
          }
          done();
        };
        const { authorization } = request.headers;
        if (authorization === undefined) return finish(() => anonymous);
        const token = bearerToken(authorization);
        if (token === undefined) return done(kernelErrors.invalid_token());
        const known = options.verifyToken.known(token);
        if (known) return finish(() => known);
        options.verifyToken(token).then(
          (actor) => finish(() => actor),
          (error: unknown) => done(toError(error)),
        );
      },
      handler: async (request, reply) => {
        const ctx: Ctx = request.ctx ?? { actor: anonymous, locale: 'en', traceparent: request.id };
        if (route.cleansText) cleanUnstorable(request.body);
        refuseUnstorable(request, ctx.locale);
        const run = (runCtx: Ctx) =>
          inSpan(spanName, { ctx: runCtx, kind: 'server', attributes: spanAttributes }, (spanCtx) =>
            route.handler({
              params: request.params,
              query: request.query,
              body: request.body,
              ctx: spanCtx,
              request,
              reply,
            }),
          );
        const key =
          route.idempotency === 'key' ? parseIdempotencyKey(header(request.headers['idempotency-key'])) : undefined;
        if (key) return sendOnce(context, route, { key, ctx, request, reply, success, run });
        const result = await run(ctx);
        if (reply.sent || route.binary) return result ?? reply;
        reply.status(reply.statusCode === 200 ? success : reply.statusCode);
        if (route.publicCacheSeconds || route.etag) return sendCacheable(result, { route, request, reply, written });
        return result ?? null;
      },
    });
  }

  type Keyed = {
    key: string;
    ctx: Ctx;
    request: FastifyRequest;
    reply: FastifyReply;
    success: number;
    run: (ctx: Ctx) => Promise<unknown>;
  };
  async function sendOnce(
    context: RoutedContext,
    route: Route,
    { key, ctx, request, reply, success, run }: Keyed,
  ): Promise<unknown> {
    const caller = ctx.actor.kind === 'user' ? ctx.actor.userId : `ip:${request.ip}`;
    const scope = `${caller} ${route.method} ${request.url.split('?')[0]}`;
    const answer = await oncePerKey(context.db, { scope, key, body: request.body }, async () => {
      try {
        const result = await run({ ...ctx, requestId: requestIdOf(scope, key) });
        reply.status(reply.statusCode === 200 ? success : reply.statusCode);
        const location = reply.getHeader('location');
        return {
          status: reply.statusCode,
          headers: typeof location === 'string' ? { location } : {},
          body: result === undefined ? '' : String(reply.serialize(route.secret ? route.secret.omit(result) : result)),
        };
      } catch (error) {
        if (!(error instanceof ExpectedError) || error.definition.status >= 500 || error.definition.status === 429)
          throw error;
        const problem = toProblem(error, {
          locale: ctx.locale,
          traceId: traceIdOf(ctx.traceparent),
          instance: request.url,
        });
        return {
          status: error.definition.status,
          headers: { 'content-type': 'application/problem+json' },
          body: JSON.stringify(problem),
        };
      }
    });
    reply.status(answer.status);
    for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
    if (answer.replayed) reply.header('idempotency-replayed', 'true');
    if (!reply.hasHeader('content-type')) reply.header('content-type', 'application/json; charset=utf-8');
    const isWhole = !route.secret || answer.status >= 400 || answer.body === '';
    return reply.send(isWhole ? answer.body : reply.serialize(route.secret?.restore(JSON.parse(answer.body), ctx)));
  }

  let openApi: Record<string, unknown> | undefined;
  app.get('/api/openapi.json', async (_request, reply) => {
    openApi ??= buildOpenApi(
      options.contexts.flatMap((context) => context.routes.map((route) => ({ context: context.name, route }))),
      { title: 'Stoa', version: options.version },
    );
    const document = options.mergeOpenApi ? merge(openApi, await options.mergeOpenApi()) : openApi;
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('cache-control', 'public, max-age=60')
      .send(document);
  });
  app.get('/healthz', async () => alive);
  answerLiveness(app.server);
  app.get('/readyz', async (_request, reply) => {
    const checks = await options.ready();
    const ok = Object.values(checks).every(Boolean);
    return reply.status(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable', checks });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics()),
  );

  return app;
}

const someObject = { type: 'object' };

/**
 * A validator made with the first request that needs it: those of all operations at once, and their JSON Schemas, would be
 * half a second of each start. The OpenAPI document needs all schemas, and so finds one that does not work.
 */
function validatorWhenUsed(ajv: Ajv, schema: z.ZodType | undefined) {
  let compiled: ValidateFunction | undefined;
  const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null } = (data) => {
    compiled ??= ajv.compile(schema ? toJsonSchema(schema, 'input') : {});
    const valid = compiled(data);
    validate.errors = compiled.errors ?? null;
    return valid;
  };
  return validate;
}

/** What writes an operation's answers, made with the first one for the same reason. */
function serializerWhenUsed(schema: z.ZodType | undefined): (answer: unknown) => string {
  let serialize: ((answer: unknown) => string) | undefined;
  return (answer) => {
    serialize ??= answerSerializer(schema ? toJsonSchema(schema, 'output') : {});
    return serialize(answer);
  };
}

class ValidationFailed extends Error {
  readonly refusals: ErrorObject[];
  constructor(refusals: ErrorObject[]) {
    super('validation failed');
    this.refusals = refusals;
  }
}

/** Bodies of a scope's routes come as the bytes that were sent, whatever they claim to be. */
function withRawBodies(scope: FastifyInstance): FastifyInstance {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
  return scope;
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Who asks, kept on the request: a refusal is in their language, too. */
function ctxOf(request: FastifyRequest, actor: Actor): Ctx {
  const ctx: Ctx = {
    actor,
    locale: localeOf(request),
    traceparent: request.id,
    ip: request.ip,
  };
  request.ctx = ctx;
  const userAgent = header(request.headers['user-agent']);
  if (userAgent) ctx.userAgent = userAgent.slice(0, 300);
  return ctx;
}

const negotiated = new Map<string, Locale>();

/** The language of the answer. What browsers ask for is the same few headers over and over. */
function localeOf(request: FastifyRequest): Locale {
  const wanted = header(request.headers['accept-language']);
  if (wanted === undefined) return 'en';
  const known = negotiated.get(wanted);
  if (known) return known;
  const locale = negotiateLocale(wanted);
  if (wanted.length <= 200) {
    if (negotiated.size >= 1000) negotiated.clear();
    negotiated.set(wanted, locale);
  }
  return locale;
}

function bearerToken(authorization: string): string | undefined {
  const [scheme, token] = authorization.split(' ');
  return scheme?.toLowerCase() === 'bearer' && token ? token : undefined;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function checkPolicy(route: Route, actor: Actor): void {
  const { policy } = route;
  if (policy.kind === 'anyone') return;
  if (actor.kind !== 'user') throw kernelErrors.not_signed_in();
  if (policy.kind === 'user') return;
  if (actor.roles.includes('admin') || policy.roles.some((role) => actor.roles.includes(role))) return;
  throw kernelErrors.not_allowed();
}

type Written = { body: string; tag: string };
type Cacheable = {
  route: Route;
  request: FastifyRequest;
  reply: FastifyReply;
  /** What was written of constant answers of this operation. */
  written: WeakMap<object, Written>;
};

function write(result: unknown, { reply, written }: Cacheable): Written {
  const known = isConstant(result) ? written.get(result) : undefined;
  if (known) return known;
  // Text to the end: header and body then go to the socket in one piece.
  const body = String(reply.serialize(result));
  const made = { body, tag: `"${hash('sha1', body, 'base64url')}"` };
  if (isConstant(result)) written.set(result, made);
  return made;
}

function sendCacheable(result: unknown, cacheable: Cacheable): unknown {
  const { route, request, reply } = cacheable;
  const { body, tag } = write(result, cacheable);
  reply.header('etag', tag);
  if (route.publicCacheSeconds) {
    const personal = request.headers.authorization !== undefined;
    reply.header(
      'cache-control',
      personal ? 'private, no-cache' : `public, max-age=0, s-maxage=${route.publicCacheSeconds}`,
    );
    // Beside what is there: the answer to another origin differs, too.
    const vary = reply.getHeader('vary');
    reply.header('vary', `${vary ? `${vary}, ` : ''}accept-language, authorization`);
  } else reply.header('cache-control', 'private, no-cache');
  if (header(request.headers['if-none-match'])?.split(/,\s*/).includes(tag)) return reply.status(304).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(body);
}

function asExpected(error: unknown, request: FastifyRequest, log: Log): ExpectedError {
  if (error instanceof ExpectedError) return error;
  const locale = localeOf(request);
  if (error instanceof ValidationFailed)
    return kernelErrors.validation_failed({ errors: toFieldErrors(error.refusals, locale) });
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE')
    return kernelErrors.payload_too_large();
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE')
    return kernelErrors.unsupported_media_type();
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const message = error instanceof Error ? error.message : 'invalid';
    return kernelErrors.validation_failed({ errors: [{ pointer: '/', code: 'invalid', message }] });
  }
  log.error({ err: error, traceId: traceIdOf(request.id), route: request.routeOptions.url }, 'unexpected failure');
  return kernelErrors.internal_error({ cause: error });
}

function sendProblem(error: ExpectedError, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const traceId = traceIdOf(request.id);
  const level = error.definition.log ?? 'debug';
  log[level]({ traceId, problem: error.code, err: error.cause }, 'refused');
  for (const [name, value] of Object.entries(error.headers ?? {})) reply.header(name, value);
  if (error.definition.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .status(error.definition.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(
      toProblem(error, {
        locale: request.ctx?.locale ?? localeOf(request),
        traceId,
        instance: request.url,
      }),
    );
}

function merge(own: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const parts = own.components as Record<string, object>;
  const others = (other.components ?? {}) as Record<string, object>;
  const components = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, { ...others[name], ...part }]),
  );
  return { ...own, paths: { ...(other.paths as object), ...(own.paths as object) }, components };
}
