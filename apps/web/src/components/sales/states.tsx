import { getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge.tsx';
import { known } from './known.ts';
import type { OrderState } from './types.ts';

export const orderStates = [
  'pending_payment',
  'paid',
  'partially_refunded',
  'refunded',
  'cancelled',
  'expired',
] as const satisfies OrderState[];
export const paymentStatuses = [
  'created',
  'unknown',
  'requires_action',
  'processing',
  'authorized',
  'failed',
  'canceled',
  'expired',
  'succeeded',
  'partially_refunded',
  'refunded',
] as const;
export const refundStates = ['requested', 'processing', 'succeeded', 'failed'] as const;
/** Statuses of a payment that is still on its way. */
export const liveStatuses: readonly string[] = ['created', 'unknown', 'requires_action', 'processing', 'authorized'];

const tones = {
  pending_payment: 'info',
  paid: 'success',
  partially_refunded: 'warning',
  refunded: 'neutral',
  cancelled: 'neutral',
  expired: 'neutral',
  created: 'info',
  unknown: 'warning',
  requires_action: 'info',
  processing: 'info',
  authorized: 'info',
  failed: 'destructive',
  canceled: 'neutral',
  succeeded: 'success',
  requested: 'info',
} as const;

export async function OrderStateBadge({ state }: { state: OrderState }) {
  const t = await getTranslations('sales.orderState');
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}

export async function PaymentStatusBadge({ status }: { status: string }) {
  const t = await getTranslations('sales.paymentStatus');
  const name = known(paymentStatuses, status);
  return <Badge tone={name ? tones[name] : 'neutral'}>{name ? t(name) : status}</Badge>;
}

export async function RefundStateBadge({ state }: { state: string }) {
  const t = await getTranslations('sales.refundState');
  const name = known(refundStates, state);
  return <Badge tone={name ? tones[name] : 'neutral'}>{name ? t(name) : state}</Badge>;
}
