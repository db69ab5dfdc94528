import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

/** A person as the API knows them after they registered or signed in. */
export type Account = {
  id: string;
  email: string;
  password: string;
  name: string;
  accessToken: string;
  refreshToken: string;
};

type CallOptions = {
  as?: { accessToken: string; email?: string; password?: string } | undefined;
  body?: unknown;
  form?: FormData;
  key?: string;
  locale?: string;
  headers?: Record<string, string>;
};
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose shape they are about to assert
export type Answer = { status: number; headers: Headers; body: any };

export type Api = {
  url: string;
  /** Any answer, also a refusal. */
  send: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** An answer with the expected status (default: any 2xx), or the test fails with what came instead. */
  call: (method: string, path: string, options?: CallOptions & { expect?: number }) => Promise<Answer>;
  bytes: (path: string, options?: CallOptions) => Promise<{ status: number; headers: Headers; content: Buffer }>;
  /** Everything JSON that came back, for checks over all of it. */
  seen: string[];
};

/** Whoever has less than this left signs in again: a life may take longer than a token, and a request some of it. */
const enoughMs = 90_000;

/**
 * A client of the API over its public port. With `patienceMs` it behaves as a good client does while a platform comes
 * and goes: what was not answered, or answered with "try again", is sent again with the same key. Somebody whose access
 * token is about to end signs in again.
 */
export function openApi(url: string, { patienceMs = 0, remember = false } = {}): Api {
  const seen: string[] = [];

  const request = (method: string, path: string, options: CallOptions): Promise<Response> =>
    fetch(new URL(path, url), {
      method,
      signal: AbortSignal.timeout(60_000),
      headers: {
        ...(options.as ? { authorization: `Bearer ${options.as.accessToken}` } : {}),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.key ? { 'idempotency-key': options.key } : {}),
        'accept-language': options.locale ?? 'en',
        ...options.headers,
      },
      ...(options.form
        ? { body: options.form }
        : options.body === undefined
          ? {}
          : { body: JSON.stringify(options.body) }),
    });

  const patiently = async <T extends { status: number }>(work: () => Promise<T>): Promise<T> => {
    const until = Date.now() + patienceMs;
    for (;;) {
      try {
        const answer = await work();
        const again = answer.status === 503 || answer.status === 502 || answer.status === 504;
        const inFlight = answer.status === 409 && JSON.stringify(answer).includes('request_in_progress');
        if (!(again || inFlight) || Date.now() > until) return answer;
      } catch (error) {
        if (Date.now() > until) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  const stayIn = async (as: CallOptions['as']): Promise<void> => {
    if (!as?.email || !as.password || endOf(as.accessToken) - Date.now() > enoughMs) return;
    const { email, password } = as;
    const { status, body } = await send('POST', '/api/auth/login', { body: { email, password } });
    // Whoever has left, or has another password by now, goes on with what they have.
    if (status === 200) Object.assign(as, tokensOf(body));
  };

  const send: Api['send'] = async (method, path, options = {}) => {
    await stayIn(options.as);
    return patiently(async () => {
      const response = await request(method, path, options);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      if (remember && isJson) seen.push(text);
      return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
    });
  };

  return {
    url,
    seen,
    send,
    call: async (method, path, { expect, ...options } = {}) => {
      const answer = await send(method, path, options);
      const fine = expect === undefined ? answer.status >= 200 && answer.status < 300 : answer.status === expect;
      assert.ok(fine, `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 1500)}`);
      return answer;
    },
    bytes: async (path, options = {}) => {
      await stayIn(options.as);
      return patiently(async () => {
        const response = await request('GET', path, options);
        return {
          status: response.status,
          headers: response.headers,
          content: Buffer.from(await response.arrayBuffer()),
        };
      });
    },
  };
}

/** When an access token ends, in milliseconds since 1970. */
function endOf(accessToken: string): number {
  const payload: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString() || '{}');
  const isDated = typeof payload === 'object' && payload !== null && 'exp' in payload;
  return isDated ? Number(payload.exp) * 1000 : Number.POSITIVE_INFINITY;
}

/** Registers a person; a repeat with the same key gives the same account. */
export async function register(
  api: Api,
  who: { email: string; name: string; password?: string; locale?: string; timeZone?: string },
): Promise<Account> {
  const password = who.password ?? 'marble sofa thunder 88';
  const { body } = await api.call('POST', '/api/auth/register', {
    body: { ...who, password },
    key: `register-${who.email}`,
    expect: 201,
  });
  return { ...tokensOf(body), password };
}

/** Signs a person in. */
export async function signIn(api: Api, who: { email: string; password: string }): Promise<Account> {
  const { body } = await api.call('POST', '/api/auth/login', { body: { email: who.email, password: who.password } });
  return { ...tokensOf(body), password: who.password };
}

function tokensOf(body: {
  user: { id: string; email: string; name: string };
  accessToken: string;
  refreshToken: string;
}): Omit<Account, 'password'> {
  const { user, accessToken, refreshToken } = body;
  return { id: user.id, email: user.email, name: user.name, accessToken, refreshToken };
}

/** Gives a person roles; they sign in again to have them in their token. */
export async function promote(api: Api, operator: Account, person: Account, roles: string[]): Promise<Account> {
  await api.call('PATCH', `/api/admin/users/${person.id}`, { as: operator, body: { roles } });
  return signIn(api, person);
}

/** Asks until `check` has a value; fails with `what` after the time. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false>,
  timeoutMs = 60_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    assert.ok(Date.now() < end, `it did not happen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The token in the link of the newest mail of a kind to an address. */
export async function tokenFromMail(
  api: Api,
  operator: Account,
  wanted: { to: string; kind: string },
): Promise<string> {
  return until(`a ${wanted.kind} mail to ${wanted.to}`, async () => {
    const mail = (await mailsTo(api, operator, wanted.to)).find(
      ({ kind, state }) => kind === wanted.kind && state === 'sent',
    );
    if (!mail) return undefined;
    const { body } = await api.call('GET', `/api/admin/mailbox/${mail.id}`, { as: operator });
    return /[?&]token=([\w-]+)/.exec(String(body.text))?.[1];
  });
}

export type MailSummary = { id: string; kind: string; state: string; subject: string | null; locale: string | null };

/** Mails to an address, newest first. */
export async function mailsTo(api: Api, operator: Account, address: string): Promise<MailSummary[]> {
  const query = new URLSearchParams({ q: address, limit: '100' });
  return (await api.call('GET', `/api/admin/mailbox?${query}`, { as: operator })).body.items;
}

/** A key for one logical request. */
export function newKey(): string {
  return randomUUID();
}
