import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from '@stoa/kernel';

/**
 * Puts pages behind the same server: everything that is no operation is a page.
 *
 * @param answer writes the answer to a request whose body it reads itself
 * @param corsOrigins origins whose pages may call the API; where there are any, OPTIONS of every path is taken
 */
export async function servePages(
  app: FastifyInstance,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  corsOrigins: readonly string[],
): Promise<void> {
  await app.register(async (scope) => {
    // Bodies of pages (forms, server actions) are read by the web itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    scope.route({
      method: scope.supportedMethods.filter((method) => method !== 'OPTIONS' || corsOrigins.length === 0),
      url: '/*',
      handler: (request, reply) => {
        reply.hijack();
        // Pages call the API for the caller and say from where: what the caller wrote there must not reach it.
        request.raw.headers['x-forwarded-for'] = request.ip;
        answer(request.raw, reply.raw).catch((error: unknown) => {
          request.log.error({ err: error }, 'a page failed');
          if (!reply.raw.headersSent) reply.raw.writeHead(500);
          reply.raw.end();
        });
      },
    });
  });
}
