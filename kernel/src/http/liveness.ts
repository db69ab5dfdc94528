import type { Server } from 'node:http';

/** What `/healthz` answers: that the process takes requests. Whether it can do its work is `/readyz`. */
export const alive = { status: 'ok' } as const;

const body = JSON.stringify(alive);
// Names and values in turn: what Node takes without looking at it twice.
const headers = [
  ...['content-type', 'application/json; charset=utf-8'],
  ...['content-length', String(body.length)],
  ...['x-content-type-options', 'nosniff'],
  ...['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ...['cache-control', 'no-store'],
];

/**
 * Answers `GET /healthz` before the application sees it. Whoever watches the process asks every few seconds, for ever:
 * that needs no line in the log, no place in the histogram of real requests, and the answer does not change.
 */
export function answerLiveness(server: Server): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.url === '/healthz' && request.method === 'GET') {
      response.writeHead(200, headers);
      response.end(body);
      return;
    }
    for (const listener of listeners) listener.call(server, request, response);
  });
}
