import type { Server, ServerResponse } from 'node:http';

/**
 * Watches a server so that it can be stopped without a failed request. The returned function tells every client to
 * leave: answers that are still being made, and those to requests that still come, carry `connection: close`. It
 * resolves when all connections are gone, or after `graceMs`: what is left then is idle and can be closed.
 */
export function drainable(server: Server): (graceMs: number) => Promise<void> {
  const open = new Set<ServerResponse>();
  let leaving = false;
  // Before the application: it may send headers at once.
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (leaving) response.setHeader('connection', 'close');
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  const connections = () =>
    new Promise<number>((resolve) => {
      server.getConnections((error, count) => resolve(error ? 0 : count));
    });
  return async (graceMs) => {
    leaving = true;
    for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
    const until = Date.now() + graceMs;
    while ((await connections()) > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  };
}
