'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';

const refresh = () => revalidatePath('/[locale]/(console)', 'layout');

/** The state of a form that may have made a secret, which is shown this once and kept nowhere. */
export type SecretState = { form: FormState; secret: string | null };

/** Adds an endpoint; the secret is in the answer and never again. */
export async function addWebhook(_before: SecretState, data: FormData): Promise<SecretState> {
  const typed = textsOf(data);
  const events = data.getAll('events').flatMap((value) => (typeof value === 'string' ? [value] : []));
  const answer = await (await api()).POST('/api/admin/webhooks', {
    body: { url: typed.url ?? '', description: typed.description ?? '', events },
  });
  if (!answer.data) return { form: refused(problemOf(answer), typed), secret: null };
  refresh();
  return { form: done(), secret: answer.data.secret };
}

/** Makes a new secret; for a day both sign. */
export async function renewSecret(id: string): Promise<SecretState> {
  const answer = await (await api()).POST('/api/admin/webhooks/{id}/secret', { params: { path: { id } } });
  if (!answer.data) return { form: refused(problemOf(answer)), secret: null };
  refresh();
  return { form: done(), secret: answer.data.secret };
}

/** Switches an endpoint on or off. */
export async function switchWebhook(id: string, enabled: boolean): Promise<FormState> {
  const answer = await (await api()).PATCH('/api/admin/webhooks/{id}', { params: { path: { id } }, body: { enabled } });
  if (!answer.data) return refused(problemOf(answer));
  refresh();
  return done();
}

/** Sends an event that means nothing. */
export async function pingWebhook(id: string): Promise<FormState> {
  const answer = await (await api()).POST('/api/admin/webhooks/{id}/ping', { params: { path: { id } } });
  if (!answer.data) return refused(problemOf(answer));
  refresh();
  return done();
}

/** Removes an endpoint with its log, and goes back to the list. */
export async function removeWebhook(id: string): Promise<FormState> {
  const answer = await (await api()).DELETE('/api/admin/webhooks/{id}', { params: { path: { id } } });
  if (!answer.response.ok && answer.response.status !== 404) return refused(problemOf(answer));
  refresh();
  redirect(getPathname({ href: '/console/webhooks', locale: await getLocale() }));
}

/** Sends a delivery once more. */
export async function redeliver(id: string): Promise<FormState> {
  const answer = await (await api()).POST('/api/admin/webhook-deliveries/{id}/redelivery', {
    params: { path: { id } },
  });
  if (!answer.data) return refused(problemOf(answer));
  refresh();
  return done();
}
