import 'server-only';
import { cookies, headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import { pathHeader } from '../security/request-headers.ts';
import { sessionSecret } from './environment.ts';
import { isSecureRequest } from './secure.ts';
import { readSession, type SessionUser } from './session-cookie.ts';

/** The signed-in person, or `null`. Tokens stay behind: pages never need them, `api()` adds them. Read once per request. */
export const getSession = cache(async (): Promise<{ user: SessionUser } | null> => {
  const session = await readSession(await cookies(), {
    secret: sessionSecret(),
    secure: isSecureRequest(await headers()),
  });
  return session ? { user: session.user } : null;
});

/** The signed-in person; anybody else is sent to sign in and comes back to this page. */
export async function requireSession(): Promise<{ user: SessionUser }> {
  const session = await getSession();
  if (session) return session;
  const path = (await headers()).get(pathHeader) ?? '/';
  redirect(`/auth/sign-in?returnTo=${encodeURIComponent(path)}`);
}

/** A signed-in person with one of `roles`; others see the 403 page. The API checks again: this only decides what to draw. */
export async function requireRole(...roles: string[]): Promise<{ user: SessionUser }> {
  const session = await requireSession();
  if (!roles.some((role) => session.user.roles.includes(role))) forbidden();
  return session;
}
