import { type Ctx, type Queries, statement } from '@stoa/kernel';
import type { AttemptStatus, OrderState } from '../core/book.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { requireOrder } from './access.ts';
import { type OrderInstalment, orderInstalment } from './event-lines.ts';
import type { IncludedItem } from './quote-lines.ts';

type Money = { amount: number; currency: string };
type Row = {
  id: string;
  number: string;
  state: OrderState;
  buyer_id: string | null;
  buyer_email: string;
  buyer_name: string;
  country: string;
  currency: string;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
  refunded: number;
  coupon_code: string | null;
  instalment: OrderInstalment | null;
  closed_reason: string | null;
  created_at: string;
  expires_at: string;
  paid_at: string | null;
  closed_at: string | null;
  lines: LineRow[];
  payments: PaymentRow[];
  refunds: RefundRow[];
  invoices: { id: string; number: string; kind: 'invoice' | 'credit_note'; issuedAt: string }[];
};
type LineRow = {
  id: string;
  sku: string;
  quantity: number;
  title: string;
  summary: string;
  path: string;
  cover_url: string;
  seller_name: string;
  unit_price: number;
  discount: number;
  tax: number;
  tax_name: string;
  tax_rate: number;
  tax_inclusive: boolean;
  total: number;
  refunded: number;
  refund_days: number;
  purpose: 'own' | 'gift' | 'seats';
  revoked_at: string | null;
  seats_taken: number;
  includes: IncludedItem[];
  gift: { id: string; recipientEmail: string; message: string; state: string } | null;
};
type PaymentRow = {
  id: string;
  provider: string;
  status: AttemptStatus;
  method_label: string | null;
  reason: string | null;
  created_at: string;
};
type RefundRow = {
  id: string;
  amount: number;
  state: string;
  reason: string;
  created_at: string;
  completed_at: string | null;
};

const readRow = statement<[id: string], Row>(
  'payments.read_order',
  `select o.id, o.number, o.state, o.buyer_id, o.buyer_email, o.buyer_name, o.country, o.currency, o.subtotal, o.discount, o.tax,
     o.total, o.refunded, o.coupon_code, ${orderInstalment} as instalment, o.closed_reason, o.created_at, o.expires_at, o.paid_at, o.closed_at,
     (select coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('gift', (
        select jsonb_build_object('id', g.id, 'recipientEmail', g.recipient_email, 'message', g.message, 'state', g.state)
        from gifts g where g.line_id = l.id)) order by l.position), '[]') from order_lines l where l.order_id = o.id) as lines,
     (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'provider', a.provider, 'status', a.status,
        'method_label', a.method_label, 'reason', a.reason, 'created_at', a.created_at) order by a.created_at, a.id), '[]')
      from attempts a where a.order_id = o.id) as payments,
     (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'amount', r.amount, 'state', r.state, 'reason', r.reason,
        'created_at', r.created_at, 'completed_at', r.completed_at) order by r.created_at, r.id), '[]')
      from refunds r where r.order_id = o.id) as refunds,
     (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'number', i.number, 'kind', i.kind, 'issuedAt', i.issued_at)
        order by i.issued_at, i.id), '[]') from invoices i where i.order_id = o.id) as invoices
   from orders o where o.id = $1`,
);

export type OrderView = {
  id: string;
  number: string;
  state: OrderState;
  buyer: { id: string | null; email: string; name: string };
  country: string | null;
  lines: {
    id: string;
    sku: string;
    quantity: number;
    purpose: 'own' | 'gift' | 'seats';
    title: string;
    summary: string;
    path: string;
    coverUrl: string;
    sellerName: string;
    unitPrice: Money;
    discount: Money;
    tax: { amount: Money; name: string; rate: number; inclusive: boolean } | null;
    total: Money;
    refunded: Money;
    /** Until when the buyer may ask for the money back; null without such a right, or before it is paid. */
    refundableUntil: string | null;
    revoked: boolean;
    gift: { id: string; recipientEmail: string; message: string; state: string } | null;
    seats: { bought: number; taken: number } | null;
    /** What came with it, as it was when it was ordered. */
    includes: IncludedItem[];
  }[];
  subtotal: Money;
  discount: Money;
  tax: Money;
  total: Money;
  refunded: Money;
  coupon: string | null;
  /** Which part, or parts at once, of a price that is paid in parts it is. */
  instalment: OrderInstalment | null;
  payments: {
    id: string;
    provider: string;
    status: AttemptStatus;
    method: string | null;
    reason: string | null;
    createdAt: string;
  }[];
  refunds: {
    id: string;
    amount: Money;
    state: string;
    reason: string;
    createdAt: string;
    completedAt: string | null;
  }[];
  invoices: { id: string; number: string; kind: 'invoice' | 'credit_note'; issuedAt: string }[];
  closedReason: string | null;
  createdAt: string;
  expiresAt: string;
  paidAt: string | null;
  closedAt: string | null;
};

/**
 * An order as its buyer sees it. @throws order_not_found
 */
export function showOrder(deps: Pick<PaymentDeps, 'db' | 'tokens'>) {
  return async (input: { orderId: string; token?: string | undefined }, ctx: Ctx): Promise<OrderView> => {
    await requireOrder(deps, input, ctx);
    return readOrder(deps, input, ctx);
  };
}

/** The same for callers that have been let in already. @throws order_not_found */
export async function readOrder(
  deps: { db: Queries },
  { orderId }: { orderId: string },
  _ctx: Ctx,
): Promise<OrderView> {
  const row = await deps.db.row(readRow, [orderId]);
  if (!row) throw errors.order_not_found();
  return toView(row);
}

/** An order that has just been written, as it would be read: nothing has happened to it yet. */
export function newOrderView(
  order: Omit<
    Row,
    | 'state'
    | 'refunded'
    | 'closed_reason'
    | 'paid_at'
    | 'closed_at'
    | 'payments'
    | 'refunds'
    | 'invoices'
    | 'lines'
    | 'instalment'
  > & { lines: Omit<LineRow, 'refunded' | 'revoked_at' | 'seats_taken'>[] },
): OrderView {
  return toView({
    ...order,
    state: 'pending_payment',
    instalment: null,
    refunded: 0,
    closed_reason: null,
    paid_at: null,
    closed_at: null,
    lines: order.lines.map((line) => ({ ...line, refunded: 0, revoked_at: null, seats_taken: 0 })),
    payments: [],
    refunds: [],
    invoices: [],
  });
}

function toView(row: Row): OrderView {
  const money = (amount: number): Money => ({ amount, currency: row.currency });
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    buyer: { id: row.buyer_id, email: row.buyer_email, name: row.buyer_name },
    country: row.country || null,
    lines: row.lines.map((line) => ({
      id: line.id,
      sku: line.sku,
      quantity: line.quantity,
      purpose: line.purpose,
      title: line.title,
      summary: line.summary,
      path: line.path,
      coverUrl: line.cover_url,
      sellerName: line.seller_name,
      unitPrice: money(line.unit_price),
      discount: money(line.discount),
      tax: line.tax_name
        ? { amount: money(line.tax), name: line.tax_name, rate: line.tax_rate, inclusive: line.tax_inclusive }
        : null,
      total: money(line.total),
      refunded: money(line.refunded),
      refundableUntil: refundableUntil(row.paid_at, line.refund_days),
      revoked: line.revoked_at !== null,
      gift: line.gift,
      seats: line.purpose === 'seats' ? { bought: line.quantity, taken: line.seats_taken } : null,
      includes: line.includes,
    })),
    subtotal: money(row.subtotal),
    discount: money(row.discount),
    tax: money(row.tax),
    total: money(row.total),
    refunded: money(row.refunded),
    coupon: row.coupon_code,
    instalment: row.instalment,
    payments: row.payments.map(({ id, provider, status, method_label, reason, created_at }) => ({
      id,
      provider,
      status,
      method: method_label,
      reason,
      createdAt: toTimestamp(created_at),
    })),
    refunds: row.refunds.map((refund) => ({
      id: refund.id,
      amount: money(refund.amount),
      state: refund.state,
      reason: refund.reason,
      createdAt: toTimestamp(refund.created_at),
      completedAt: refund.completed_at && toTimestamp(refund.completed_at),
    })),
    invoices: row.invoices.map((invoice) => ({ ...invoice, issuedAt: toTimestamp(invoice.issuedAt) })),
    closedReason: row.closed_reason,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    paidAt: row.paid_at,
    closedAt: row.closed_at,
  };
}

/** The end of a buyer's right to their money; RFC 3339. */
export function refundableUntil(paidAt: string | null, refundDays: number): string | null {
  if (paidAt === null || refundDays === 0) return null;
  return new Date(new Date(paidAt).getTime() + refundDays * 24 * 3600 * 1000).toISOString();
}

/** Times inside JSON, brought to the form of all others. */
export function toTimestamp(time: string): string {
  return time.replace('+00:00', 'Z');
}
