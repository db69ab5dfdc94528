import { request as httpRequest } from 'node:http';
import type { FastifyInstance } from '@stoa/kernel';

/**
 * Forwards WebSocket connections below a path to the process that serves it: the entrance of several processes is one
 * address for live connections, too. Bytes pass through as they are; nobody is told who asks, for whoever opens a live
 * connection is known by a ticket.
 */
export function forwardUpgrades(app: FastifyInstance, path: string, base: string): void {
  app.server.on('upgrade', (incoming, socket, head) => {
    if (!incoming.url?.startsWith(path)) return;
    const outgoing = httpRequest(new URL(incoming.url, base), { headers: incoming.headers });
    const close = () => {
      socket.destroy();
      outgoing.destroy();
    };
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
      socket.on('error', close);
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
