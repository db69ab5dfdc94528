'use server';

import { revalidatePath } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { rememberToken, tokenOf } from '@/buying/order-tokens.ts';
import { awaitAccess, courseIdOf, openPath } from '@/buying/orders.ts';
import { requestKey } from '@/buying/request-key.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { isSecureRequest } from '@/session/secure.ts';
import { getSession } from '@/session/session.ts';
import { claimCookie } from './claim-intent.ts';

const intentSeconds = 60 * 60;

async function place(form: FormData) {
  const typed = textsOf(form);
  const orderId = typed.order ?? '';
  const token = await tokenOf(orderId, typed.token);
  return { typed, orderId, token, query: token ? { token } : {} };
}

/**
 * Makes a guest's order the signed-in person's, and opens what was bought. Somebody without an account makes one first,
 * comes back, and the order is theirs then.
 */
export async function claimOrder(_before: FormState, form: FormData): Promise<FormState> {
  const { orderId, token } = await place(form);
  const locale = await getLocale();
  const page = getPathname({ href: `/orders/${orderId}`, locale });
  const jar = await cookies();
  if (token) await rememberToken(orderId, token);
  if (!(await getSession())) {
    jar.set(claimCookie, orderId, {
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecureRequest(await headers()),
      path: '/',
      maxAge: intentSeconds,
    });
    redirect(`/auth/sign-in?screen=register&returnTo=${encodeURIComponent(page)}`);
  }
  jar.delete(claimCookie);
  const answer = await (await api()).POST('/api/orders/{id}/claim', {
    params: { path: { id: orderId } },
    body: { token: token ?? '' },
  });
  if (!answer.data) return refused(problemOf(answer));
  const own = answer.data.lines.find((line) => line.purpose === 'own' && courseIdOf(line.sku));
  const courseId = own && courseIdOf(own.sku);
  if (own && courseId && (await awaitAccess(courseId, 5000))) redirect(getPathname({ href: openPath(own), locale }));
  redirect(page);
}

/** Asks for the money of the chosen lines back. */
export async function requestRefund(_before: FormState, form: FormData): Promise<FormState> {
  const { typed, orderId, query } = await place(form);
  const lines = form.getAll('line').flatMap((lineId) => (typeof lineId === 'string' ? [{ lineId }] : []));
  const note = (typed.note ?? '').trim();
  const body = { reason: 'requested' as const, ...(lines.length > 0 ? { lines } : {}), ...(note ? { note } : {}) };
  const answer = await (await api()).POST('/api/payments/{id}/refunds', {
    params: {
      path: { id: typed.payment ?? '' },
      query,
      header: { 'Idempotency-Key': requestKey('refund', orderId, typed.before, body, typed.retry ?? '') },
    },
    body,
  });
  if (!answer.data) return refused(problemOf(answer), typed);
  revalidatePath('/[locale]', 'layout');
  return done();
}

/** Gives a bought seat to somebody by their e-mail address. */
export async function assignSeat(_before: FormState, form: FormData): Promise<FormState> {
  const { typed, orderId, query } = await place(form);
  const body = { lineId: typed.line ?? '', email: (typed.email ?? '').trim() };
  const answer = await (await api()).POST('/api/orders/{id}/seats', {
    params: {
      path: { id: orderId },
      query,
      header: { 'Idempotency-Key': requestKey('seat', orderId, body, typed.before, typed.retry ?? '') },
    },
    body,
  });
  if (!answer.data) {
    const state = refused(problemOf(answer), typed);
    return state.kind === 'refused' && Object.keys(state.fields).length === 0
      ? { ...state, fields: { email: state.message } }
      : state;
  }
  revalidatePath('/[locale]', 'layout');
  return done();
}

/** Writes to the person of a seat once more. */
export async function inviteAgain(_before: FormState, form: FormData): Promise<FormState> {
  const { typed, query } = await place(form);
  const answer = await (await api()).POST('/api/seats/{id}/invitations', {
    params: { path: { id: typed.seat ?? '' }, query },
  });
  return answer.data ? done() : refused(problemOf(answer));
}

/** Takes a seat back; whoever sat there loses access. One that is gone is as good. */
export async function takeBackSeat(_before: FormState, form: FormData): Promise<FormState> {
  const { typed, query } = await place(form);
  const answer = await (await api()).DELETE('/api/seats/{id}', { params: { path: { id: typed.seat ?? '' }, query } });
  if (!answer.response.ok && answer.response.status !== 404) return refused(problemOf(answer));
  revalidatePath('/[locale]', 'layout');
  return done();
}
