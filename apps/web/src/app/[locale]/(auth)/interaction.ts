import { redirect } from 'next/navigation';

export type AuthSearch = Promise<Record<string, string | string[] | undefined>>;

/** The first value of a query parameter. */
export function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/**
 * Address the form of an interaction is sent to; identity answers with a redirect. Somebody who opened the page without
 * an interaction (a bookmark) is sent to start one.
 */
export function interactionAction(
  uid: string | undefined,
  step: 'login' | 'register' | 'consent' | 'abort',
  start: string,
): string {
  if (!uid || !/^[\w-]{1,128}$/.test(uid)) redirect(start);
  return `/oidc/interaction/${uid}/${step}`;
}
