import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from '@stoa/kernel';
import { addressAt, forwardUpgrades } from './forward-upgrades.ts';

type OpenApi = { paths: Record<string, Record<string, unknown>>; components?: Record<string, Record<string, unknown>> };

/** What contexts serve beside their operations (Parts.mount), by context. */
const mounts: Readonly<Record<string, readonly string[]>> = {
  identity: ['/oidc/*', '/.well-known/*'],
};
const liveConnections: Readonly<Record<string, string>> = { notifications: '/api/realtime' };

/**
 * Makes a process the entrance of all: operations of contexts that run elsewhere are forwarded to them as they are.
 * What they serve is read from their OpenAPI documents, so nothing is listed twice. Waits until each answers.
 * @returns the merged document of the siblings
 */
export async function forwardSiblings(
  app: FastifyInstance,
  upstreams: Readonly<Record<string, string>>,
  waiting: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<OpenApi> {
  for (const [name, path] of Object.entries(liveConnections)) {
    const base = upstreams[name];
    if (base) forwardUpgrades(app, path, base);
  }
  const components: Record<string, Record<string, unknown>> = {};
  const merged: OpenApi = { paths: {}, components };
  await app.register(async (scope) => {
    await scope.register(replyFrom);
    // The body is the sibling's to read.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const [name, base] of Object.entries(upstreams)) {
      for (const mount of mounts[name] ?? []) {
        scope.all(mount, (request, reply) => passOn(request, reply, base));
      }
      const document = await readOpenApi(base, waiting);
      for (const [path, operations] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(operations)) {
          const tags: unknown =
            typeof operation === 'object' && operation !== null && 'tags' in operation ? operation.tags : [];
          if (!Array.isArray(tags) || !tags.includes(name) || merged.paths[path]?.[method]) continue;
          const url = path.replace(/\{(\w+)\}/g, ':$1');
          if (scope.hasRoute({ method: method.toUpperCase() as 'GET', url })) continue;
          merged.paths[path] = { ...merged.paths[path], [method]: operation };
          scope.route({
            method: method.toUpperCase() as 'GET',
            url,
            bodyLimit: 2 * 1024 * 1024 * 1024,
            handler: (request, reply) => passOn(request, reply, base),
          });
        }
      }
      for (const [kind, parts] of Object.entries(document.components ?? {}))
        components[kind] = { ...components[kind], ...parts };
    }
  });
  return merged;
}

/** Says who asks: a sibling that trusts this process (`STOA_TRUST_PROXY`) counts and records callers by it. */
function passOn(request: FastifyRequest, reply: FastifyReply, base: string): FastifyReply {
  const address = addressAt(base, request.url);
  if (!address) return reply.code(400).send();
  return reply.from(address.toString(), {
    rewriteRequestHeaders: (_request, headers) => ({ ...headers, 'x-forwarded-for': request.ip }),
  });
}

async function readOpenApi(
  base: string,
  { timeoutMs = 60_000, signal }: { timeoutMs?: number; signal?: AbortSignal },
): Promise<OpenApi> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      const answer = await fetch(new URL('/api/openapi.json', base));
      if (answer.ok) return (await answer.json()) as OpenApi;
    } catch {
      // Not up yet; the loop ends with an error when it stays so.
    }
    signal?.throwIfAborted();
    if (Date.now() > until) throw new Error(`${base} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
