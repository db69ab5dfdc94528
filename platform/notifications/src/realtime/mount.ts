import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Deps, Mount } from '@stoa/kernel';
import { WebSocketServer } from 'ws';
import type { Hub } from './hub.ts';
import { redeemTicket } from './ticket.ts';

const path = '/api/realtime';

type Options = Pick<Deps, 'db' | 'log' | 'publicUrl'> & { hub: Hub; mostSockets: number };

/**
 * Puts the WebSocket on the server: `GET /api/realtime?ticket=...`. Pages of other sites are refused by their Origin;
 * a program without one is welcome with a ticket.
 */
export function mountRealtime({ db, log, publicUrl, hub, mostSockets }: Options): Mount {
  const ownOrigin = new URL(publicUrl).origin;
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: 1024,
  });
  let redeeming = 0;

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void> => {
    const { origin } = request.headers;
    if (origin !== undefined && origin !== ownOrigin) return refuse(socket, '403 Forbidden');
    // Counted before the ticket is looked up: a flood of guesses must not queue up in front of the database.
    if (hub.size + redeeming >= mostSockets) return refuse(socket, '503 Service Unavailable');
    redeeming += 1;
    try {
      const admission = await redeemTicket(db, url.searchParams.get('ticket') ?? '');
      if (!admission) return refuse(socket, '401 Unauthorized');
      sockets.handleUpgrade(request, socket, head, (webSocket) => hub.admit(webSocket, admission));
    } finally {
      redeeming -= 1;
    }
  };

  return (app) => {
    const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Not every line that asks for something is an address, `//` for one.
      const url = URL.parse(request.url ?? '/', 'http://server');
      if (url?.pathname !== path) {
        // Somebody else on this server may want it; if nobody listens, nobody would ever answer.
        if (app.server.listenerCount('upgrade') === 1) socket.destroy();
        return;
      }
      socket.on('error', () => socket.destroy());
      upgrade(request, socket, head, url).catch((error: unknown) => {
        log.warn({ err: error }, 'a realtime connection could not be opened');
        refuse(socket, '503 Service Unavailable');
      });
    };
    app.server.on('upgrade', onUpgrade);
    // Before the server stops: it waits for open connections.
    app.addHook('preClose', async () => {
      app.server.off('upgrade', onUpgrade);
      hub.close();
    });
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
