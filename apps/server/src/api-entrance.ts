import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { FastifyInstance } from '@stoa/kernel';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/**
 * The API as a function from Request to Response, for the web in the same process: same routes, same checks, no socket. The
 * web's `x-forwarded-for` is the caller's address, which this process wrote there.
 * Bodies are streamed both ways, so that an upload or a file does not have to fit into memory.
 */
export function apiEntrance(app: FastifyInstance, publicUrl: string): (request: Request) => Promise<Response> {
  // What the API builds addresses from is the public name, whatever the page called it.
  const { host, protocol } = new URL(publicUrl);
  return async (request) => {
    const url = new URL(request.url);
    const method = methods.find((known) => known === request.method) ?? 'GET';
    const { 'x-forwarded-for': caller, ...sent } = Object.fromEntries(request.headers);
    const headers = { ...sent, host, 'x-forwarded-proto': protocol.slice(0, -1) };
    const answer = await app.inject({
      method,
      url: `${url.pathname}${url.search}`,
      headers,
      payloadAsStream: true,
      ...(caller ? { remoteAddress: caller } : {}),
      ...(request.body ? { payload: await payloadOf(request) } : {}),
    });
    const outgoing = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value === undefined || name === 'transfer-encoding' || name === 'connection') continue;
      for (const one of Array.isArray(value) ? value : [value]) outgoing.append(name, String(one));
    }
    const empty = method === 'HEAD' || answer.statusCode === 204 || answer.statusCode === 304;
    const body = answer.stream();
    if (empty) body.resume();
    return new Response(empty ? null : (Readable.toWeb(body) as ReadableStream<Uint8Array>), {
      status: answer.statusCode,
      headers: outgoing,
    });
  };
}

/** Uploads are streamed; everything else is small and gets the length that its reader may ask for. */
async function payloadOf(request: Request): Promise<Readable | Buffer> {
  const type = request.headers.get('content-type') ?? '';
  const upload = type.startsWith('multipart/') || type === 'application/octet-stream';
  return upload ? Readable.fromWeb(request.body as ReadableStream) : Buffer.from(await request.arrayBuffer());
}
