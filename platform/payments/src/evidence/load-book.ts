import { statement, type Transaction } from '@stoa/kernel';
import type { Book, BookAttempt, BookDispute, BookLine, BookOrder, BookRefund } from '../core/book.ts';
import type { InvoiceLineRow } from '../invoices/issue-invoice.ts';
import { type EventLineRow, type OrderInstalment, orderInstalment } from '../orders/event-lines.ts';

/** What is told of an order when it is paid: to everybody by its event, to the buyer by its invoice. */
export type Sale = {
  number: string;
  buyer_id: string | null;
  buyer_email: string;
  buyer_name: string;
  buyer_document: string;
  locale: string;
  time_zone: string;
  country: string;
  currency: string;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
  subscription_id: string | null;
  /** Which part of a price that is paid in parts it is. */
  instalment: OrderInstalment | null;
  has_gifts: boolean;
  /** Of the payment, if there was one. */
  provider: string | null;
  method_label: string | null;
  /** Whole rows: each of their readers takes what it tells of. */
  lines: LineRow[];
};

type LineRow = Omit<EventLineRow, 'currency' | 'instalment'> &
  InvoiceLineRow & { seller_share: number; refunded: number; revoked_at: string | null };
type AttemptRow = BookAttempt & { methodLabel: string | null };
type Row = BookOrder &
  Omit<Sale, 'lines' | 'provider' | 'method_label' | 'has_gifts'> & {
    lines: LineRow[];
    attempts: AttemptRow[];
    refunds: BookRefund[];
    disputes: BookDispute[];
    known: boolean;
  };

const lockOrders = statement<[ids: string[]], { id: string }>(
  'payments.lock_orders',
  // In one order, so that two that lock the same do not wait for each other.
  'select id from orders where id = any($1::uuid[]) order by id for update',
);
const lockFree = statement<[ids: string[]], { id: string }>(
  'payments.lock_free_orders',
  'select id from orders where id = any($1::uuid[]) order by id for update skip locked',
);
const readBooks = statement<[orderIds: string[], providers: string[], evidenceIds: string[]], Row>(
  'payments.read_books',
  `select o.id, o.state, o.currency, o.country, o.total, o.refunded, o.buyer_account as "buyerAccount", o.settled_by as "settledBy",
     o.number, o.buyer_id, o.buyer_email, o.buyer_name, o.buyer_document, o.locale, o.time_zone, o.subtotal, o.discount, o.tax, o.subscription_id,
     ${orderInstalment} as instalment,
     (select coalesce(jsonb_agg(to_jsonb(l) order by l.position), '[]') from order_lines l where l.order_id = o.id) as lines,
     (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'provider', a.provider, 'status', a.status, 'amount', a.amount,
        'currency', a.currency, 'captured', a.captured, 'refundReserved', a.refund_reserved, 'refunded', a.refunded,
        'disputed', a.disputed, 'fee', a.fee, 'methodLabel', a.method_label) order by a.created_at, a.id), '[]')
      from attempts a where a.order_id = o.id) as attempts,
     (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'attemptId', r.attempt_id, 'amount', r.amount, 'state', r.state,
        'reason', r.reason, 'revokes', r.revokes, 'lines', r.lines) order by r.created_at, r.id), '[]')
      from refunds r where r.order_id = o.id) as refunds,
     (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'attemptId', d.attempt_id,
        'providerReference', d.provider_reference, 'state', d.state, 'amount', d.amount) order by d.opened_at, d.id), '[]')
      from disputes d where d.order_id = o.id) as disputes,
     exists (select from evidence e where e.provider = asked.provider and e.evidence_id = asked.evidence_id) as known
   from unnest($1::uuid[], $2::text[], $3::text[]) as asked (order_id, provider, evidence_id) join orders o on o.id = asked.order_id`,
);

/** An order under its lock. */
export type Opened = {
  book: Book;
  /** What is told of it if the money of this attempt pays for it, or none. */
  saleBy: (attemptId: string | null) => Sale;
  /** Whether what was asked about has been said before. */
  isKnown: boolean;
};
type Asked = { orderId: string; provider: string; evidenceId: string };

/**
 * Everything about some orders, each named once, read while their rows are locked: until the caller's transaction ends
 * nobody else decides anything about them. Both statements travel together; the second one sees what was committed
 * while the first one waited.
 * @param wait for those that somebody else has locked; otherwise they are left out
 * @returns by the order's id; without those that do not exist
 */
export async function lockBooks(
  tx: Transaction,
  asked: readonly Asked[],
  { wait }: { wait: boolean },
): Promise<Map<string, Opened>> {
  const orderIds = asked.map(({ orderId }) => orderId);
  const of = asked.map(({ provider }) => provider);
  const [locked, rows] = await Promise.all([
    tx.rows(wait ? lockOrders : lockFree, [orderIds]),
    tx.rows(readBooks, [orderIds, of, asked.map(({ evidenceId }) => evidenceId)]),
  ]);
  const own = new Set(locked.map(({ id }) => id));
  return new Map(rows.filter(({ id }) => own.has(id)).map((row) => [row.id, open(row)]));
}

/** The same for one order, when nothing was said about it. */
export async function lockBook(tx: Transaction, orderId: string): Promise<Opened | undefined> {
  return (await lockBooks(tx, [{ orderId, provider: '', evidenceId: '' }], { wait: true })).get(orderId);
}

function open(row: Row): Opened {
  const { id, state, currency, country, total, refunded, buyerAccount, settledBy, attempts, refunds, disputes } = row;
  const order: BookOrder = { id, state, currency, country, total, refunded, buyerAccount, settledBy };
  return {
    isKnown: row.known,
    book: { order, lines: row.lines.map(toLine), attempts, refunds, disputes },
    saleBy: (attemptId) => {
      const attempt = attempts.find((one) => one.id === attemptId);
      return {
        number: row.number,
        buyer_id: row.buyer_id,
        buyer_email: row.buyer_email,
        buyer_name: row.buyer_name,
        buyer_document: row.buyer_document,
        locale: row.locale,
        time_zone: row.time_zone,
        country,
        currency,
        subtotal: row.subtotal,
        discount: row.discount,
        tax: row.tax,
        total,
        subscription_id: row.subscription_id,
        instalment: row.instalment,
        has_gifts: row.lines.some(({ purpose }) => purpose === 'gift'),
        provider: attempt?.provider ?? null,
        method_label: attempt?.methodLabel ?? null,
        lines: row.lines,
      };
    },
  };
}

function toLine(line: LineRow): BookLine {
  const { id, net, tax, total, refunded } = line;
  return {
    id,
    net,
    tax,
    total,
    sellerId: line.seller_id,
    sellerShare: line.seller_share,
    refunded,
    revoked: line.revoked_at !== null,
  };
}
