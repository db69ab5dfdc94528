'use server';

import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, orThrow, problemOf } from '@/api/client.ts';
import { type FormState, fresh, refused, textsOf } from '@/components/forms/form-state.ts';
import { digitsOf, formatMoney } from '@/components/sales/format-money.ts';
import { known } from '@/components/sales/known.ts';
import { amountText, decimalSignOf, parseAmount } from '@/components/sales/typed-amount.ts';
import { leftOf, type Money } from '@/components/sales/types.ts';
import { redirect } from '@/i18n/navigation.ts';

/**
 * `review` is what was typed, read and summed, waiting for a yes. `key` names this refund: a yes that is sent twice is
 * one refund.
 */
export type RefundStep =
  | { step: 'fill'; form: FormState; typed: Record<string, string> }
  | { step: 'review'; form: FormState; typed: Record<string, string>; key: string; amount: string; email: string };

const reasons = ['requested', 'goodwill', 'duplicate', 'fraud'] as const;
type Refund = { amount?: number; lines?: { lineId: string; amount?: number }[]; sum: Money };

/** Reads what was typed, asks once with the sum, and then has the money sent back. */
export async function refundPayment(_before: RefundStep, data: FormData): Promise<RefundStep> {
  const typed = textsOf(data);
  if (typed.intent === 'change') return { step: 'fill', form: fresh, typed };
  const { order = '', payment = '' } = typed;
  const client = await api();
  const view = orThrow(await client.GET('/api/admin/orders/{id}', { params: { path: { id: order } } }));
  const read = await readRefund(view, payment, typed);
  if ('fields' in read) {
    const { fields } = read;
    const form: FormState = {
      kind: 'refused',
      at: Date.now(),
      code: 'invalid',
      message: '',
      traceId: null,
      fields,
      typed,
    };
    return { step: 'fill', form, typed };
  }
  const { sum, ...asked } = read;
  const amount = await formatMoney(sum);
  // What is confirmed is the sum that was shown: if the order has changed since, it is shown again.
  if (typed.intent !== 'confirm' || typed.reviewed !== amount || !typed.key)
    return { step: 'review', form: fresh, typed, key: randomUUID(), amount, email: view.order.buyer.email };
  const answer = await client.POST('/api/payments/{id}/refunds', {
    params: { path: { id: payment } },
    headers: { 'idempotency-key': typed.key },
    body: {
      ...asked,
      access: typed.access === 'keep' ? 'keep' : 'revoke',
      reason: known(reasons, typed.reason ?? null) ?? 'requested',
      ...(typed.note?.trim() ? { note: typed.note.trim() } : {}),
    },
  });
  if (!answer.data) return { step: 'fill', form: refused(problemOf(answer), typed), typed };
  revalidatePath('/[locale]/(console)', 'layout');
  return redirect({ href: `/console/orders/${order}?refunded=${answer.data.id}`, locale: await getLocale() });
}

type View = Parameters<typeof leftOf>[0] & {
  order: { lines: { id: string; total: Money; refunded: Money }[] };
  payments: Parameters<typeof leftOf>[1][];
};

/** What is to go back, or why that cannot be. Amounts are in the currency of the payment, whatever was typed. */
async function readRefund(
  view: View,
  paymentId: string,
  typed: Record<string, string>,
): Promise<Refund | { fields: Record<string, string> }> {
  const t = await getTranslations('sales.refund');
  const payment = view.payments.find((one) => one.id === paymentId);
  if (!payment) return { fields: { what: t('nothingLeft') } };
  const left = leftOf(view, payment);
  const { currency } = left;
  const digits = digitsOf(currency);
  const locale = await getLocale();
  const sign = decimalSignOf(locale);
  const invalid = t('amountInvalid', { example: amountText(left.amount, sign, digits) });
  const tooLarge = async (amount: number) => t('amountTooLarge', { amount: await formatMoney({ amount, currency }) });

  if (typed.what === 'part') {
    const amount = parseAmount(typed.amount ?? '', { locale, currency, digits });
    if (!amount) return { fields: { amount: invalid } };
    if (amount > left.amount) return { fields: { amount: await tooLarge(left.amount) } };
    return { amount, sum: { amount, currency } };
  }
  if (typed.what !== 'lines') return { amount: left.amount, sum: left };

  const lines: { lineId: string; amount: number }[] = [];
  const fields: Record<string, string> = {};
  for (const line of view.order.lines) {
    if (typed[`line-${line.id}`] !== 'on') continue;
    const most = line.total.amount - line.refunded.amount;
    const text = typed[`amount-${line.id}`]?.trim() ?? '';
    const amount = text === '' ? most : parseAmount(text, { locale, currency, digits });
    if (!amount) fields[`amount-${line.id}`] = invalid;
    else if (amount > most) fields[`amount-${line.id}`] = await tooLarge(most);
    else lines.push({ lineId: line.id, amount });
  }
  if (Object.keys(fields).length > 0) return { fields };
  if (lines.length === 0) return { fields: { lines: t('nothingChosen') } };
  return { lines, sum: { amount: lines.reduce((sum, { amount }) => sum + amount, 0), currency } };
}
