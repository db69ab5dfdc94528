import { type Ctx, hasRole, type Queries, statement } from '@stoa/kernel';
import { errors } from '../errors.ts';
import type { Tokens } from '../tokens.ts';

type Row = { id: string; buyer_id: string | null };
const findOrder = statement<[id: string], Row>(
  'payments.find_order_buyer',
  'select id, buyer_id from orders where id = $1',
);
const findByAttempt = statement<[attemptId: string], Row>(
  'payments.find_order_buyer_by_attempt',
  'select o.id, o.buyer_id from attempts a join orders o on o.id = a.order_id where a.id = $1',
);

type Access = { db: Queries; tokens: Tokens };

/**
 * Lets in the buyer, whoever holds the order's secret token (guests), and support. Everybody else learns nothing, not
 * even that the order exists.
 * @throws order_not_found
 */
export async function requireOrder(
  { db, tokens }: Access,
  { orderId, token }: { orderId: string; token?: string | undefined },
  ctx: Ctx,
): Promise<{ id: string; isOperator: boolean }> {
  const order = await db.row(findOrder, [orderId]);
  if (!order || !mayUse({ tokens }, { order, token }, ctx)) throw errors.order_not_found();
  return { id: order.id, isOperator: isOperator(order, ctx) };
}

/** The same for a payment of an order. @throws payment_not_found */
export async function requirePayment(
  { db, tokens }: Access,
  { paymentId, token }: { paymentId: string; token?: string | undefined },
  ctx: Ctx,
): Promise<{ orderId: string; isOperator: boolean }> {
  const order = await db.row(findByAttempt, [paymentId]);
  if (!order || !mayUse({ tokens }, { order, token }, ctx)) throw errors.payment_not_found();
  return { orderId: order.id, isOperator: isOperator(order, ctx) };
}

function mayUse(
  { tokens }: Pick<Access, 'tokens'>,
  { order, token }: { order: Row; token?: string | undefined },
  ctx: Ctx,
) {
  if (ctx.actor.kind === 'user' && ctx.actor.userId === order.buyer_id) return true;
  if (hasRole(ctx, 'support')) return true;
  // Once an account has claimed it, the link in the mail opens nothing any more.
  return order.buyer_id === null && tokens.check('order', order.id, token);
}

function isOperator(order: Row, ctx: Ctx): boolean {
  if (ctx.actor.kind === 'user' && ctx.actor.userId === order.buyer_id) return false;
  return hasRole(ctx, 'support');
}
