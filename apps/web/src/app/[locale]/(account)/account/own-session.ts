import 'server-only';
import { cookies, headers } from 'next/headers';
import { privateCookie } from '@/session/cookie-options.ts';
import { sessionSecret } from '@/session/environment.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { readSession, type Session, writeSession } from '@/session/session-cookie.ts';

async function store(change: (session: Session) => Session | null): Promise<void> {
  const jar = await cookies();
  const secure = isSecureRequest(await headers());
  const options = { secret: sessionSecret(), secure };
  const session = await readSession(jar, options);
  if (!session) return;
  for (const { name, value, maxAge } of await writeSession(change(session), options)) {
    jar.set(name, value, { ...privateCookie(secure), maxAge });
  }
}

/** Shows a new name in the header now, not only after the next refresh of the session. For server actions. */
export async function renameSession(change: { name: string; locale: string }): Promise<void> {
  await store((session) => ({ ...session, user: { ...session.user, ...change } }));
}

/** Forgets who is signed in here, after the platform has ended the session itself. For server actions. */
export async function forgetSession(): Promise<void> {
  await store(() => null);
}
