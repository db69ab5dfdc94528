import 'server-only';
import { cookies, headers } from 'next/headers';
import { privateCookie } from '@/session/cookie-options.ts';
import { isSecureRequest } from '@/session/secure.ts';

const tokensCookie = 'stoa_orders';
const maxAge = 60 * 60 * 24 * 30;
/** Orders of a guest that this browser remembers. */
const most = 8;

type Known = [orderId: string, token: string][];

async function readKnown(): Promise<Known> {
  const value = (await cookies()).get(tokensCookie)?.value ?? '';
  return value.split('.').flatMap((entry): Known => {
    const [id, token] = entry.split('~');
    return id && token && /^[\w-]{36}$/.test(id) && /^[\w-]{20,100}$/.test(token) ? [[id, token]] : [];
  });
}

/** The secret that opens a guest's order: from the link in the mail, else what this browser remembers. */
export async function tokenOf(orderId: string, given?: string): Promise<string | undefined> {
  if (given && /^[\w-]{20,100}$/.test(given)) return given;
  return (await readKnown()).find(([id]) => id === orderId)?.[1];
}

/** Remembers that this browser may open a guest's order. For server actions. */
export async function rememberToken(orderId: string, token: string): Promise<void> {
  const known: Known = [[orderId, token], ...(await readKnown()).filter(([id]) => id !== orderId)];
  const value = known
    .slice(0, most)
    .map((entry) => entry.join('~'))
    .join('.');
  (await cookies()).set(tokensCookie, value, { ...privateCookie(isSecureRequest(await headers())), maxAge });
}
