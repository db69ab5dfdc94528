import { type Ctx, type Queries, statement } from '@stoa/kernel';
import type { AttemptStatus } from '../core/book.ts';
import { isLive } from '../core/order-edges.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { pollJob } from '../jobs.ts';
import { requirePayment } from '../orders/access.ts';
import type { NextAction } from '../providers/provider.ts';

type Money = { amount: number; currency: string };
type Row = {
  id: string;
  order_id: string;
  order_number: string;
  status: AttemptStatus;
  provider: string;
  amount: number;
  currency: string;
  refunded: number;
  next_action: NextAction | null;
  reason: string | null;
  method_label: string | null;
  expires_at: string;
  created_at: string;
  updated_at: string;
};
const readRow = statement<[id: string], Row>(
  'payments.read_attempt_view',
  `select a.id, a.order_id, o.number as order_number, a.status, a.provider, a.amount, a.currency, a.refunded, a.next_action,
     a.reason, a.method_label, a.expires_at, a.created_at, a.updated_at
   from attempts a join orders o on o.id = a.order_id where a.id = $1`,
);

/** A payment as its payer sees it. */
export type PaymentView = {
  id: string;
  orderId: string;
  orderNumber: string;
  status: AttemptStatus;
  provider: string;
  amount: Money;
  refunded: Money;
  /** What the payer does now; null when there is nothing to do any more. */
  nextAction: {
    type: 'redirect' | 'qr_code' | 'wait';
    url: string | null;
    qrCode: string | null;
    expiresAt: string | null;
  } | null;
  /** Why it failed: a stable code of ours. */
  reason: string | null;
  /** E.g. `visa •••• 4242`. */
  method: string | null;
  expiresAt: string;
  createdAt: string;
  updatedAt: string;
};

/**
 * A payment as it stands. With `refresh` (the payer has just come back) the provider is asked again soon, because the
 * webhook may be late or lost; what the browser claims is not believed.
 * @throws payment_not_found
 */
export function showPayment(deps: Pick<PaymentDeps, 'db' | 'tokens' | 'jobs'>) {
  return async (
    input: { paymentId: string; token?: string | undefined; refresh?: boolean | undefined },
    ctx: Ctx,
  ): Promise<PaymentView> => {
    await requirePayment(deps, input, ctx);
    const payment = await readPayment(deps, input, ctx);
    if (input.refresh && isLive(payment.status))
      await deps.jobs.send(pollJob, { attemptId: payment.id }, ctx, { key: `refresh:${payment.id}` });
    return payment;
  };
}

/** The same for callers that have been let in already. @throws payment_not_found */
export async function readPayment(
  deps: { db: Queries },
  { paymentId }: { paymentId: string },
  _ctx: Ctx,
): Promise<PaymentView> {
  const row = await deps.db.row(readRow, [paymentId]);
  if (!row) throw errors.payment_not_found();
  return toView(row);
}

/** A payment that has just been written. */
export function newPayment(
  payment: Pick<Row, 'id' | 'order_id' | 'order_number' | 'provider' | 'amount' | 'currency' | 'expires_at'>,
  at: string,
): PaymentView {
  return toView({
    ...payment,
    status: 'created',
    refunded: 0,
    next_action: null,
    reason: null,
    method_label: null,
    created_at: at,
    updated_at: at,
  });
}

function toView(row: Row): PaymentView {
  const { amount, currency } = row;
  return {
    id: row.id,
    orderId: row.order_id,
    orderNumber: row.order_number,
    status: row.status,
    provider: row.provider,
    amount: { amount, currency },
    refunded: { amount: row.refunded, currency },
    nextAction: nextAction(row),
    reason: row.reason,
    method: row.method_label,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function nextAction({ status, next_action: action, expires_at }: Row): PaymentView['nextAction'] {
  if (!isLive(status)) return null;
  const wait = { type: 'wait' as const, url: null, qrCode: null, expiresAt: expires_at };
  if (!action || status !== 'requires_action') return wait;
  return {
    type: action.type,
    url: 'url' in action ? action.url : null,
    qrCode: 'qrCode' in action ? action.qrCode : null,
    expiresAt: action.expiresAt,
  };
}
