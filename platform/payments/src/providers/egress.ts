import type { Clock } from '@stoa/kernel';
import type { z } from 'zod';
import { ProviderFailure } from './provider.ts';
import { readJson } from './read-json.ts';

/** The part of `fetch` that is used here; a test or an installation with client certificates brings its own. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;
export type FetchInit = {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: 'manual';
  signal: AbortSignal;
};

export type EgressRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  deadline: Date;
};

/** An answer that says something: 2xx, or a 4xx for the adapter to understand. */
export type EgressAnswer = { status: number; headers: Headers; text: string };

export type Egress = {
  send: (request: EgressRequest) => Promise<EgressAnswer>;
  /** The same rules under somebody else's client: answers come back whole, failures as `ProviderFailure`. */
  fetch: (url: string, init: Omit<FetchInit, 'redirect'>) => Promise<Response>;
};

/** Bytes of answer that are read; a provider's largest list page is far below. */
const mostBytes = 4 * 1024 * 1024;

// Failures before a byte of the request could have been read by anybody.
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * The one way out to a provider: a deadline, a limit to what is read, no redirects, and one answer to what a failure
 * means for the money. Messages name the provider and what went wrong, never an address, a header or a body.
 */
export function createEgress(options: { name: string; fetch: Fetch; clock: Clock }): Egress {
  const { name, clock } = options;

  async function exchange(url: string, init: Omit<FetchInit, 'redirect'>): Promise<EgressAnswer> {
    let response: Response;
    try {
      response = await options.fetch(url, { ...init, redirect: 'manual' });
    } catch (error) {
      throw transportFailure(name, error);
    }
    const text = await readText(name, response);
    refuseUnusable(name, response, clock);
    return { status: response.status, headers: response.headers, text };
  }

  return {
    send: async ({ method, url, headers, body, deadline }) => {
      const left = deadline.getTime() - clock.now().getTime();
      if (left <= 0) throw new ProviderFailure('not_sent', `${name}: no time left`);
      return exchange(url, {
        method,
        headers: { accept: 'application/json', ...headers },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(Math.min(left, 2_147_483_647)),
      });
    },
    fetch: async (url, init) => {
      const { status, headers, text } = await exchange(url, init);
      if (readJson(text) === undefined) throw unreadable(name);
      return new Response(text, { status, headers });
    },
  };
}

/**
 * Reads a JSON answer by its schema.
 * @throws ProviderFailure `unknown` when it is something else: what was asked for may have happened all the same
 */
export function readAnswer<T extends z.ZodType>(name: string, answer: EgressAnswer, schema: T): z.output<T> {
  const parsed = schema.safeParse(readJson(answer.text));
  if (!parsed.success) throw unreadable(name);
  return parsed.data;
}

function unreadable(name: string): ProviderFailure {
  return new ProviderFailure('unknown', `${name}: the answer cannot be read`);
}

function transportFailure(name: string, error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  const code = codeOf(error);
  if (code && neverConnected.has(code)) return new ProviderFailure('not_sent', `${name}: no connection (${code})`);
  if (error instanceof Error && /^(TimeoutError|AbortError)$/.test(error.name))
    return new ProviderFailure('unknown', `${name}: no answer in time`);
  // The cause stays out: what a transport throws may carry the address with its query.
  return new ProviderFailure('unknown', `${name}: the connection broke (${code ?? 'no code'})`);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const own: unknown = 'code' in error ? error.code : undefined;
  return typeof own === 'string' && own !== '' ? own : codeOf(error.cause);
}

async function readText(name: string, response: Response): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > mostBytes) throw new ProviderFailure('unknown', `${name}: the answer is too large`);
      chunks.push(chunk);
    }
  } catch (error) {
    // The request was received, whatever became of the answer: even a refused reconnection cannot mean "not sent".
    if (error instanceof ProviderFailure) throw error;
    const late = error instanceof Error && /^(TimeoutError|AbortError)$/.test(error.name);
    throw new ProviderFailure('unknown', `${name}: ${late ? 'no answer in time' : 'the answer broke off'}`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuseUnusable(name: string, response: Response, clock: Clock): void {
  const { status } = response;
  const retryAfterSeconds = retryAfter(response.headers.get('retry-after'), clock);
  const retry = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  if (status === 429) throw new ProviderFailure('not_sent', `${name}: too many requests`, retry);
  // Only with Retry-After is a 503 the provider's own word that it did not begin; a gateway may say 503 after the work.
  if (status === 503 && retryAfterSeconds !== undefined)
    throw new ProviderFailure('not_sent', `${name}: not available (503)`, retry);
  if (status >= 500 || status === 408 || status === 425 || (status >= 300 && status < 400) || status < 200)
    throw new ProviderFailure('unknown', `${name}: answered ${status}`);
}

function retryAfter(value: string | null, clock: Clock): number | undefined {
  if (!value) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - clock.now().getTime()) / 1000));
}
