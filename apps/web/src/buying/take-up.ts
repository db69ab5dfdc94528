'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { claimCookie } from '@/app/[locale]/(store)/orders/[id]/claim-intent.ts';
import { type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { getSession } from '@/session/session.ts';
import { awaitAccess } from './orders.ts';

const intentSeconds = 60 * 60;

/**
 * Takes up a gift or a seat and opens the course. Somebody who is not signed in signs in or registers first, comes back
 * to the page, and has it then.
 */
export async function takeUp(_before: FormState, form: FormData): Promise<FormState> {
  const { kind, id = '', token = '' } = textsOf(form);
  const locale = await getLocale();
  const room = kind === 'seat' ? 'seats' : 'gifts';
  const jar = await cookies();
  if (!(await getSession())) {
    jar.set(claimCookie, id, {
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecureRequest(await headers()),
      path: '/',
      maxAge: intentSeconds,
    });
    const path = getPathname({ href: `/${room}/${id}`, locale });
    const page = token ? `${path}?token=${encodeURIComponent(token)}` : path;
    redirect(`/auth/sign-in?screen=register&returnTo=${encodeURIComponent(page)}`);
  }
  jar.delete(claimCookie);
  const client = await api();
  const answer =
    room === 'seats'
      ? await client.POST('/api/seats/{id}/claim', { params: { path: { id } }, body: token ? { token } : {} })
      : await client.POST('/api/gifts/{id}/claim', { params: { path: { id } }, body: { token } });
  if (!answer.data) return refused(problemOf(answer));
  const slug = /^\/courses\/([^/]+)$/.exec(answer.data.path)?.[1];
  if (slug) await awaitAccess(decodeURIComponent(slug), 5000);
  redirect(getPathname({ href: slug ? `/learn/${slug}` : answer.data.path, locale }));
}
