import 'server-only';
import { api, problemOf } from '@/api/client.ts';
import type { ApiProblem } from '@/api/problem.ts';
import { type FormState, refused } from '@/components/forms/form-state.ts';
import type { AppLocale } from '@/i18n/locales.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { onceAnswered, requestKey } from './request-key.ts';

type Start = {
  orderId: string;
  token: string | undefined;
  /** How many payments of the order there were: each of them is begun once. */
  before: number;
  typed: Record<string, string>;
  locale: AppLocale;
};

/**
 * Begins the payment that a form asks for, with the details its provider needs. Null when it is on its way, also when
 * another tab had begun one: the order's page shows it.
 */
export async function startPayment({ orderId, token, before, typed, locale }: Start): Promise<ApiProblem | null> {
  const provider = typed.provider ?? '';
  const detail = (name: string) => {
    const value = (typed[`${provider}-${name}`] ?? '').trim();
    return value ? { [name]: value } : {};
  };
  const body = {
    provider,
    returnUrl: getPathname({ href: `/orders/${orderId}/pay?returned=1`, locale }),
    ...detail('document'),
    ...detail('phone'),
    ...detail('name'),
  };
  const client = await api();
  const answer = await onceAnswered(() =>
    client.POST('/api/orders/{id}/payments', {
      params: {
        path: { id: orderId },
        query: token ? { token } : {},
        header: { 'Idempotency-Key': requestKey('payment', orderId, before, body, typed.retry ?? '') },
      },
      body,
    }),
  );
  if (answer.data) return null;
  const problem = problemOf(answer);
  return problem.code === 'payment_in_progress' ? null : problem;
}

/** A refusal as the form shows it: details of a provider stand in that provider's own fields. */
export function refusedPayment(problem: ApiProblem, typed: Record<string, string>): FormState {
  const state = refused(problem, typed);
  if (state.kind !== 'refused') return state;
  const fields = Object.entries(state.fields).map(([field, message]) => [
    ['document', 'phone', 'name'].includes(field) ? `${typed.provider}-${field}` : field,
    message,
  ]);
  return { ...state, fields: Object.fromEntries(fields) };
}
