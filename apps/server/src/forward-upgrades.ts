import { request as httpRequest } from 'node:http';
import type { FastifyInstance } from '@stoa/kernel';

/**
 * What was asked for, at the process that serves it. Whoever asks may write a whole address (RFC 9112, section 3.2.2), or one
 * that begins with two slashes: only its path and query count, or the entrance would ask any host on their behalf.
 * @returns null for what is no address
 */
export function addressAt(base: string, asked: string): URL | null {
  const known = URL.parse(asked, base);
  if (!known) return null;
  const address = new URL(base);
  address.pathname = known.pathname;
  address.search = known.search;
  return address;
}

/**
 * Forwards WebSocket connections below a path to the process that serves it: the entrance of several processes is one
 * address for live connections, too. Bytes pass through as they are; nobody is told who asks, for whoever opens a live
 * connection is known by a ticket.
 */
export function forwardUpgrades(app: FastifyInstance, path: string, base: string): void {
  app.server.on('upgrade', (incoming, socket, head) => {
    const address = addressAt(base, incoming.url ?? '/');
    if (address?.pathname !== path) {
      // Nobody else answers it either, then; in development the web has a listener of its own.
      if (app.server.listenerCount('upgrade') === 1) socket.destroy();
      return;
    }
    const outgoing = httpRequest(address, { headers: incoming.headers });
    const close = () => {
      socket.destroy();
      outgoing.destroy();
    };
    // From the first moment: the server has let go of the socket, and one that breaks would end the process.
    socket.on('error', close);
    socket.on('close', close);
    outgoing.on('upgrade', (answer, upstream, upstreamHead) => {
      const headers = answer.rawHeaders.reduce(
        (text, part, index) => text + part + (index % 2 === 0 ? ': ' : '\r\n'),
        '',
      );
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`);
      socket.write(upstreamHead);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
      upstream.on('error', close);
    });
    // Refused (no ticket, too many): the refusal goes back as it came.
    outgoing.on('response', (answer) => {
      socket.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nconnection: close\r\n\r\n`);
      answer.pipe(socket);
    });
    outgoing.on('error', close);
    outgoing.end();
  });
}
