import { lookup as systemLookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './private-addresses.ts';

export type EgressRequest = {
  method?: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** From the first byte out to the last byte in; default 10 000. */
  timeoutMs?: number;
  /** Bytes of answer read; the rest is not waited for. Default 64 KiB. */
  maxBytes?: number;
};
export type EgressAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

/** The way to an address that this client does not go. */
export class EgressRefused extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'EgressRefused';
  }
}

/**
 * How far requests may go. `public`: addresses that people typed in, https to the public internet alone. `development`:
 * these and this machine, also over http. `operator`: addresses that the operator configured, wherever they are.
 */
export type Reach = 'public' | 'development' | 'operator';

type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;
const resolveAll: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/** Sends requests out of the platform. */
export type Egress = {
  /** @throws EgressRefused if the address is out of reach; other errors when the other side cannot be reached or is late */
  send: (request: EgressRequest) => Promise<EgressAnswer>;
};

/**
 * The one client for requests to others. A name is resolved once, every address it has is checked, and the connection
 * goes to the address that was checked: a name that answers differently the second time gains nothing. Redirects are
 * not followed.
 */
export function openEgress({ reach, resolve = resolveAll }: { reach: Reach; resolve?: Resolve }): Egress {
  return {
    send: async ({ method = 'POST', url, headers = {}, body, timeoutMs = 10_000, maxBytes = 65_536 }) => {
      const target = checkAddress(url, reach);
      const deadline = AbortSignal.timeout(timeoutMs);
      const [pinned] = await pin(target, { reach, resolve, deadline });
      return exchange({ target, pinned, method, headers, body, deadline, maxBytes });
    },
  };
}

/**
 * Checks what can be said of an address without looking its name up: for forms, so that a mistake is told at once.
 * @throws EgressRefused
 */
export function checkAddress(url: string, reach: Reach): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (!target || (target.protocol !== 'https:' && target.protocol !== 'http:'))
    throw new EgressRefused('not an https address');
  if (target.username || target.password) throw new EgressRefused('the address carries a user name or password');
  if (reach === 'operator') return target;
  const host = hostOf(target);
  const literal = isIP(host) ? host : undefined;
  if (target.protocol === 'http:' && reach !== 'development') throw new EgressRefused('not an https address');
  if (literal) checkReach(literal, reach);
  return target;
}

type Pinned = { address: string; family: number };
type PinOptions = { reach: Reach; resolve: Resolve; deadline: AbortSignal };

async function pin(target: URL, { reach, resolve, deadline }: PinOptions): Promise<[Pinned]> {
  const host = hostOf(target);
  const version = isIP(host);
  const found = version
    ? [{ address: host, family: version }]
    : await Promise.race([resolve(host), whenAborted(deadline)]);
  // All of them: a name that also leads inside is not one to trust.
  if (reach !== 'operator') for (const { address } of found) checkReach(address, reach);
  const [first] = found;
  if (!first) throw new EgressRefused('the name leads nowhere');
  if (target.protocol === 'http:' && reach === 'development' && !isLoopbackAddress(first.address))
    throw new EgressRefused('not an https address');
  return [first];
}

function checkReach(address: string, reach: Reach): void {
  if (isPublicAddress(address)) return;
  if (reach === 'development' && isLoopbackAddress(address)) return;
  throw new EgressRefused('the address is not on the public internet');
}

/** IPv6 addresses stand in brackets in a URL and nowhere else. */
function hostOf(target: URL): string {
  return target.hostname.replace(/^\[|\]$/g, '');
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const late = () => reject(new Error('the other side took too long'));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
  });
}

type Exchange = {
  target: URL;
  pinned: Pinned;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
  deadline: AbortSignal;
  maxBytes: number;
};

function exchange({ target, pinned, method, headers, body, deadline, maxBytes }: Exchange): Promise<EgressAnswer> {
  return new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const fail = (error: Error) => reject(deadline.aborted ? new Error('the other side took too long') : error);
    const request = send(
      target,
      {
        method,
        // A connection that is kept would stay pinned to an address that was checked long ago.
        agent: false,
        headers: {
          'user-agent': 'Stoa',
          ...headers,
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        },
        lookup: (_hostname, options, done) => {
          if (options.all) done(null, [pinned]);
          else done(null, pinned.address, pinned.family);
        },
        signal: deadline,
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const finish = () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        response.on('error', fail);
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk.subarray(0, Math.max(0, maxBytes - size)));
          size += chunk.length;
          if (size < maxBytes) return;
          finish();
          response.destroy();
        });
        response.on('end', finish);
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}
