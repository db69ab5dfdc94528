import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Received = { method: string; path: string; headers: IncomingMessage['headers']; body: Buffer };
export type Reply = { status: number; headers?: Record<string, string>; body?: unknown };

/** What goes wrong with the next request, whatever it asks: as networks and overloaded providers do it. */
export type Trouble = 'reset' | 'silence' | 'html' | 'broken' | 'overloaded' | 'down';

export type ProviderServer = {
  url: string;
  requests: Received[];
  /** Befalls every request until it is set back to undefined. */
  trouble: Trouble | undefined;
  close: () => Promise<void>;
};

/** A provider on loopback: `answer` is its API; trouble comes before it. */
export async function startProviderServer(options: {
  answer: (request: Received) => Reply | Promise<Reply>;
  overloaded: Reply;
  down: Reply;
}): Promise<ProviderServer> {
  const state: ProviderServer = { url: '', requests: [], trouble: undefined, close: async () => undefined };
  const write = (response: ServerResponse, { status, headers = {}, body }: Reply) => {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'string' ? 'text/html; charset=UTF-8' : 'application/json';
    response.writeHead(status, { ...(text ? { 'content-type': type } : {}), ...headers }).end(text);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const received: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      state.requests.push(received);
      switch (state.trouble) {
        case 'reset':
          request.socket.destroy();
          return;
        case 'silence':
          return;
        case 'html':
          write(response, {
            status: 502,
            body: '<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title></html>',
          });
          return;
        case 'broken':
          write(response, { status: 200, body: '{"name": "projects/' });
          return;
        case 'overloaded':
          write(response, options.overloaded);
          return;
        case 'down':
          write(response, options.down);
          return;
      }
      Promise.resolve(options.answer(received)).then(
        (reply) => write(response, reply),
        (error: unknown) => write(response, { status: 599, body: String(error) }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('the simulator has no port');
  state.url = `http://127.0.0.1:${address.port}`;
  state.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return state;
}
