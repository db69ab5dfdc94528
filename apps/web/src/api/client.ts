import 'server-only';
import { cookies, headers } from 'next/headers';
import { getLocale } from 'next-intl/server';
import createClient, { type Client } from 'openapi-fetch';
import { sessionSecret } from '../session/environment.ts';
import { isSecureRequest } from '../session/secure.ts';
import { readSession } from '../session/session-cookie.ts';
import { type ApiProblem, toProblem } from './problem.ts';
import type { paths } from './schema.d.ts';
import { sendToApi } from './transport.ts';
import { unknownAddress } from './unknown-address.ts';

/** Headers every call carries: who asks, in which language, from where, and the trace it belongs to. */
export async function apiHeaders(): Promise<Headers> {
  const incoming = await headers();
  const session = await readSession(await cookies(), { secret: sessionSecret(), secure: isSecureRequest(incoming) });
  const outgoing = new Headers({ 'accept-language': await getLocale() });
  if (session) outgoing.set('authorization', `Bearer ${session.accessToken}`);
  for (const name of ['traceparent', 'x-forwarded-for', 'user-agent']) {
    const value = incoming.get(name);
    if (value) outgoing.set(name, value);
  }
  return outgoing;
}

/**
 * Typed API client for server components, server actions and route handlers, bound to the current request.
 *
 *     const { data, error } = await (await api()).GET('/api/courses', { params: { query: { limit: 6 } } });
 *
 * Use `orThrow` when a failure should reach `error.tsx`.
 */
export async function api(): Promise<Client<paths>> {
  const client = createClient<paths>({
    // The host is a name only: the transport decides where the request goes.
    baseUrl: 'http://stoa.internal',
    headers: await apiHeaders(),
    fetch: sendToApi,
  });
  client.use(unknownAddress);
  return client;
}

type Answer<Data> = { data: Data; response: Response } | { data?: undefined; error?: unknown; response: Response };

/** The data of an answer; throws `ApiProblem` for a refusal, which `error.tsx` shows with its trace id. */
export function orThrow<Data>(answer: Answer<Data>): Data {
  if (!answer.response.ok || !('data' in answer) || answer.data === undefined) throw problemOf(answer);
  return answer.data;
}

/** The problem an unsuccessful answer carries. */
export function problemOf(answer: { error?: unknown; response: Response }): ApiProblem {
  return toProblem(answer.response.status, answer.error);
}
