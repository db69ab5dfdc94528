import 'server-only';
import { cookies, headers } from 'next/headers';
import createClient from 'openapi-fetch';
import { cache } from 'react';
import { api } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { sendToApi } from '@/api/transport.ts';
import { privateCookie } from '@/session/cookie-options.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { getSession } from '@/session/session.ts';
import { parseWishes, type Wish, writeWishes } from './wishes.ts';

export const wishCookie = 'stoa_wishes';
const maxAge = 60 * 60 * 24 * 180;

/** What this browser keeps for somebody who is not signed in. */
export async function readRemembered(): Promise<Wish[]> {
  return parseWishes((await cookies()).get(wishCookie)?.value);
}

/** Keeps it. For server actions. */
export async function saveRemembered(wishes: readonly Wish[]): Promise<void> {
  const jar = await cookies();
  const attributes = privateCookie(isSecureRequest(await headers()));
  if (wishes.length === 0) jar.set(wishCookie, '', { ...attributes, maxAge: 0 });
  else jar.set(wishCookie, writeWishes(wishes), { ...attributes, maxAge });
}

/** Which courses this person keeps, signed in or not, once per request. Null when the API cannot say: nothing is marked then. */
export const readWishIds = cache(async (): Promise<ReadonlySet<string> | null> => {
  const remembered = (await readRemembered()).map(({ courseId }) => courseId);
  if (!(await getSession())) return new Set(remembered);
  const answer = await (await api()).GET('/api/wish-list/ids');
  return answer.data ? new Set([...answer.data.courseIds, ...remembered]) : null;
});

/**
 * Hands what the browser kept to the account that has just signed in. True when the account has it, so that the browser
 * can forget; else it is tried again with the next change or sign-in.
 */
export async function handOverWishes(value: string | undefined, accessToken: string): Promise<boolean> {
  const wishes = parseWishes(value);
  if (wishes.length === 0) return true;
  const client = createClient<paths>({ baseUrl: 'http://stoa.internal', fetch: sendToApi });
  const headers = { authorization: `Bearer ${accessToken}` };
  try {
    return (await client.POST('/api/wish-list', { body: { wishes }, headers })).response.ok;
  } catch (error) {
    // A wish list is no reason not to be signed in.
    console.error('the wish list of this browser could not be handed over', error);
    return false;
  }
}
