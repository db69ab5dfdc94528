import { statement, type Transaction } from '@stoa/kernel';
import type { Book, BookAttempt, BookDispute, BookLine, BookOrder, BookRefund } from '../core/book.ts';

const lockOrder = statement<[id: string], { id: string }>(
  'payments.lock_order',
  'select id from orders where id = $1 for update',
);
type Row = {
  order: BookOrder;
  lines: BookLine[];
  attempts: BookAttempt[];
  refunds: BookRefund[];
  disputes: BookDispute[];
};
const readBook = statement<[orderId: string], Row>(
  'payments.read_book',
  `select jsonb_build_object('id', o.id, 'state', o.state, 'currency', o.currency, 'country', o.country, 'total', o.total,
       'refunded', o.refunded, 'buyerAccount', o.buyer_account, 'settledBy', o.settled_by) as "order",
     (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'net', l.net, 'tax', l.tax, 'total', l.total,
        'sellerId', l.seller_id, 'sellerShare', l.seller_share, 'refunded', l.refunded, 'revoked', l.revoked_at is not null)
        order by l.position), '[]') from order_lines l where l.order_id = o.id) as lines,
     (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'provider', a.provider, 'status', a.status, 'amount', a.amount,
        'currency', a.currency, 'captured', a.captured, 'refundReserved', a.refund_reserved, 'refunded', a.refunded,
        'disputed', a.disputed, 'fee', a.fee) order by a.created_at, a.id), '[]') from attempts a where a.order_id = o.id) as attempts,
     (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'attemptId', r.attempt_id, 'amount', r.amount, 'state', r.state,
        'reason', r.reason, 'revokes', r.revokes, 'lines', r.lines) order by r.created_at, r.id), '[]')
      from refunds r where r.order_id = o.id) as refunds,
     (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'attemptId', d.attempt_id,
        'providerReference', d.provider_reference, 'state', d.state, 'amount', d.amount) order by d.opened_at, d.id), '[]')
      from disputes d where d.order_id = o.id) as disputes
   from orders o where o.id = $1`,
);

/**
 * Everything about an order, read while its row is locked: until the caller's transaction ends nobody else decides
 * anything about it. Undefined when there is no such order. Both statements travel together; the second one sees what
 * was committed while the first one waited.
 */
export async function lockBook(tx: Transaction, orderId: string): Promise<Book | undefined> {
  const [, book] = await Promise.all([tx.row(lockOrder, [orderId]), tx.row(readBook, [orderId])]);
  return book;
}
