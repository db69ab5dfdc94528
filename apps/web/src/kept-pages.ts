import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { notingReads, type PageReads, readsAreSame } from './api/page-reads.ts';
import { sendToApi } from './api/transport.ts';
import { createNonce } from './security/csp.ts';

/** Answers one request. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An answer as Next wrote it, before anything is compressed. */
type Answer = { status: number; headers: OutgoingHttpHeaders; body: Buffer };
/** A page, in pieces between which the nonce of whoever gets it belongs. */
type KeptPage = {
  headers: OutgoingHttpHeaders;
  policy: string[];
  pieces: Buffer[];
  reads: PageReads;
  until: number;
  bytes: number;
};

/**
 * Pages that are for reading: what they show depends on the API's answers, on the address and on the preferences below. One
 * membership is not among them: its quote names the moment of the first charge, so it is never the same.
 */
const keptPaths = /^\/((en|pt-BR|es)\/?)?((courses|bundles)(\/[\w-]+)?|memberships)?$/;
/** Cookies that say how somebody likes pages and not who they are. With any other, a page is theirs alone. */
const preferences = new Set(['stoa_locale', 'stoa_theme', 'stoa_zone']);
/** Headers that such a page depends on. */
const asked = ['host', 'accept-language', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded'];
/** Parts of pages, what a form sends, and whatever carries a person's own key. */
const never = ['rsc', 'next-action', 'next-router-prefetch', 'next-router-state-tree', 'authorization', 'range'];
/** Headers that tell the API on whose account a request is, and where it belongs. */
const from = ['x-forwarded-for', 'user-agent', 'traceparent'];
/** A page for all is drawn without any other, so that nobody can write into it for others. */
const drawnWith = new Set(['accept', 'cookie', ...asked, ...from]);
/** Belong to one connection, or to one way of sending. */
const ofTransfer = ['connection', 'content-encoding', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];

/** Whatever a page says of the time (an offer's last days) is drawn again after so many milliseconds. */
const longestMs = 60_000;
const mostBytes = 16 * 1024 ** 2;

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/**
 * Draws the pages of the shop once for all who ask in the same way without being anybody in particular, for as long as the
 * API answers what the page was drawn from in the same words: all of it is asked again before a page is given out, so nobody
 * sees what is out of date. That costs a millisecond or two; drawing costs some forty. Each gets a nonce of their own.
 * @returns the same handler with that in front
 */
export function keepPages(draw: Handle, { now = Date.now }: { now?: () => number } = {}): Handle {
  const kept = new Map<string, KeptPage>();
  let bytes = 0;
  const drawing = new Map<string, Promise<boolean>>();

  const forget = (key: string): void => {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, page: KeptPage): void => {
    forget(key);
    kept.set(key, page);
    bytes += page.bytes;
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes) break;
      forget(oldest);
    }
  };
  const find = async (key: string, request: IncomingMessage): Promise<KeptPage | null> => {
    const page = kept.get(key);
    if (!page) return null;
    const who = from.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    // An API that cannot be asked is for the page to tell, which is drawn then.
    const same =
      page.until > now() &&
      (await readsAreSame(page.reads, { send: sendToApi, from: Object.fromEntries(who) }).catch(() => false));
    if (same) return page;
    // Meanwhile another may have been drawn.
    if (kept.get(key) === page) forget(key);
    return null;
  };
  /** Resolves to whether others may have the page, too. */
  const drawFor = async (key: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const until = now() + longestMs;
    const accepted = request.headers['accept-encoding'];
    for (const name of Object.keys(request.headers)) if (!drawnWith.has(name)) delete request.headers[name];
    const reads: PageReads = { list: [], onlyOnce: false };
    const answer = await notingReads(reads, () => catchAnswer(draw, request));
    const page = toKeep(answer, { reads, until });
    if (page) keep(key, page);
    await give(response, { ...answer, accepted });
    return page !== null;
  };

  return async (request, response) => {
    const key = keyOf(request);
    if (key === null) return draw(request, response);
    const found = await find(key, request);
    if (found) return hand(request, response, found);
    const underway = drawing.get(key);
    if (underway) {
      // What it was drawn from may have changed since it was begun, so it is asked for again as well.
      const drawn = (await underway.catch(() => false)) ? await find(key, request) : null;
      return drawn ? hand(request, response, drawn) : draw(request, response);
    }
    const own = drawFor(key, request, response);
    drawing.set(key, own);
    try {
      await own;
    } finally {
      drawing.delete(key);
    }
  };
}

/** What a page depends on apart from what the API answers; null for a request whose answer is nobody else's business. */
function keyOf({ headers, method, url = '/' }: IncomingMessage): string | null {
  if (method !== 'GET' || !headers.accept?.includes('text/html')) return null;
  if (!keptPaths.test(url.split('?')[0] ?? '/') || never.some((name) => headers[name] !== undefined)) return null;
  const cookies = (headers.cookie ?? '').split(';').map((one) => one.trim());
  if (cookies.some((one) => one !== '' && !preferences.has(nameOf(one)))) return null;
  return JSON.stringify([url, cookies.sort(), asked.map((name) => headers[name] ?? null)]);
}

const nameOf = (cookie: string) => cookie.split('=')[0] ?? '';

/** Lets Next write into nothing, and answers with what it wrote. */
function catchAnswer(draw: Handle, request: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const caught = new ServerResponse(request);
    const take = (chunk: unknown, encoding: unknown): void => {
      if (typeof chunk === 'string')
        chunks.push(
          Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8'),
        );
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const done = (...given: unknown[]): void => {
      const callback = given.find((one) => typeof one === 'function');
      if (callback) process.nextTick(() => callback());
    };
    caught.writeHead = (status: number, ...given: unknown[]) => {
      caught.statusCode = status;
      const headers = given.find((one) => typeof one === 'object' && one !== null);
      for (const [name, value] of Object.entries(headers ?? {})) caught.setHeader(name, value);
      return caught;
    };
    caught.flushHeaders = () => undefined;
    caught.write = (chunk: unknown, ...given: unknown[]) => {
      take(chunk, given[0]);
      done(...given);
      return true;
    };
    caught.end = (...given: unknown[]) => {
      take(given[0], given[1]);
      done(...given);
      resolve({ status: caught.statusCode, headers: caught.getHeaders(), body: Buffer.concat(chunks) });
      caught.emit('finish');
      caught.emit('close');
      return caught;
    };
    draw(request, caught).catch(reject);
  });
}

function toKeep(
  { status, headers, body }: Answer,
  { reads, until }: { reads: PageReads; until: number },
): KeptPage | null {
  const isPage = String(headers['content-type'] ?? '').startsWith('text/html');
  if (status !== 200 || !isPage || reads.onlyOnce) return null;
  // The language of an address is remembered for whoever comes with another one; that is no more than what is in the key.
  const cookies = [headers['set-cookie'] ?? []].flat();
  if (!cookies.every((cookie) => preferences.has(nameOf(String(cookie))))) return null;
  const policy = String(headers['content-security-policy'] ?? '');
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (nonce === undefined) return null;
  return { headers, policy: policy.split(nonce), pieces: split(body, nonce), reads, until, bytes: body.length };
}

function split(body: Buffer, nonce: string): Buffer[] {
  const pieces: Buffer[] = [];
  let begin = 0;
  for (let at = body.indexOf(nonce); at >= 0; at = body.indexOf(nonce, begin)) {
    pieces.push(body.subarray(begin, at));
    begin = at + nonce.length;
  }
  return [...pieces, body.subarray(begin)];
}

/** Gives a kept page to somebody, with a nonce that nobody else has. */
async function hand(request: IncomingMessage, response: ServerResponse, page: KeptPage): Promise<void> {
  const nonce = createNonce();
  const between = Buffer.from(nonce);
  const body = Buffer.concat(page.pieces.flatMap((piece, at) => (at === 0 ? [piece] : [between, piece])));
  const headers = { ...page.headers, 'content-security-policy': page.policy.join(nonce) };
  await give(response, { status: 200, headers, body, accepted: request.headers['accept-encoding'] });
}

async function give(
  response: ServerResponse,
  { status, headers, body, accepted }: Answer & { accepted: string | string[] | undefined },
): Promise<void> {
  const isText = /^(text\/|application\/json)/.test(String(headers['content-type'] ?? ''));
  const packed = isText && body.length > 1024 ? await pack(body, String(accepted ?? '')) : null;
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !ofTransfer.includes(name)) response.setHeader(name, value);
  if (packed) response.setHeader('content-encoding', packed.encoding);
  response.appendHeader('vary', 'accept-encoding');
  response.statusCode = status;
  const content = packed?.content ?? body;
  response.setHeader('content-length', content.length);
  response.end(content);
}

/** Brotli at its second fastest makes pages as small as gzip at its usual level, in a quarter of the time. */
async function pack(body: Buffer, accepted: string): Promise<{ encoding: string; content: Buffer } | null> {
  if (/\bbr\b/.test(accepted))
    return { encoding: 'br', content: await toBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }) };
  if (/\bgzip\b/.test(accepted)) return { encoding: 'gzip', content: await toGzip(body, { level: 4 }) };
  return null;
}
