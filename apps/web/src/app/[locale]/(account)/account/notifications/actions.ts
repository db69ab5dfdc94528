'use server';

import { revalidatePath } from 'next/cache';
import { api, problemOf } from '@/api/client.ts';
import { done, type FormState, refused, textsOf } from '@/components/forms/form-state.ts';

const refresh = () => revalidatePath('/[locale]/(account)', 'layout');

/** Saves which messages the person gets and when. Boxes that are not sent are off; those about security always stay on. */
export async function saveChoices(_before: FormState, data: FormData): Promise<FormState> {
  const client = await api();
  const current = await client.GET('/api/notifications/preferences');
  if (!current.data) return refused(problemOf(current));
  const chosen = new Set(data.getAll('on'));
  const { quiet, from = '', to = '', digest } = textsOf(data);
  const answer = await client.PUT('/api/notifications/preferences', {
    body: {
      items: current.data.items.map(({ kind, channel, locked }) => ({
        kind,
        channel,
        enabled: locked || chosen.has(`${kind} ${channel}`),
      })),
      quietHours: quiet === 'on' ? { from, to } : null,
      ...(digest === 'none' || digest === 'daily' || digest === 'weekly' ? { digest } : {}),
    },
  });
  if (!answer.data) return refused(problemOf(answer));
  refresh();
  return done();
}

/** Stops push messages on a device. One that is gone already is as good. */
export async function removeDevice(id: string): Promise<FormState> {
  const answer = await (await api()).DELETE('/api/notifications/devices/{id}', { params: { path: { id } } });
  refresh();
  if (answer.response.ok || answer.response.status === 404) return done();
  return refused(problemOf(answer));
}

/** Sends a code to a number. Spaces, dashes and brackets are how people write numbers, not part of them. */
export async function askForCode(_before: FormState, data: FormData): Promise<FormState> {
  const typed = textsOf(data);
  const number = (typed.number ?? '').replace(/[\s().-]/g, '');
  const answer = await (await api()).POST('/api/notifications/phone', { body: { number } });
  if (!answer.data) return refused(problemOf(answer), typed);
  refresh();
  return done();
}

/** Confirms the number with its code. */
export async function confirmCode(_before: FormState, data: FormData): Promise<FormState> {
  const code = (textsOf(data).code ?? '').replace(/\D/g, '');
  const answer = await (await api()).POST('/api/notifications/phone/confirmation', { body: { code } });
  if (answer.data) {
    refresh();
    return done();
  }
  const state = refused(problemOf(answer));
  return state.kind === 'refused' && state.code === 'wrong_code'
    ? { ...state, fields: { code: state.message } }
    : state;
}

/** Forgets the person's number. */
export async function removePhone(_before: FormState): Promise<FormState> {
  const answer = await (await api()).DELETE('/api/notifications/phone');
  if (!answer.response.ok) return refused(problemOf(answer));
  refresh();
  return done();
}
