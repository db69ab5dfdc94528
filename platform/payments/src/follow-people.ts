import { UserDeleted, UserUpdated } from '@stoa/contracts';
import { type Ctx, on, statement, type Transaction } from '@stoa/kernel';
import type { PaymentDeps } from './deps.ts';
import { noteErased } from './erased-people.ts';
import { endOrder } from './orders/end-order.ts';

const eraseFromOrders = statement<[userId: string], { id: string }>(
  'payments.erase_person_from_orders',
  // Gives those that wait for their payment. In one statement, so that none is without a name and can still be paid.
  `with erased as (
     update orders set buyer_email = '', buyer_name = '', buyer_document = '' where buyer_id = $1 returning id, state
   )
   select id from erased where state = 'pending_payment' order by id`,
);
const eraseFromAttempts = statement<[userId: string], never>(
  'payments.erase_person_from_attempts',
  `update attempts a set payer = '{}', method_label = null, next_action = null from orders o where o.id = a.order_id and o.buyer_id = $1`,
);
const eraseFromGifts = statement<[userId: string], never>(
  'payments.erase_person_from_gifts',
  `update gifts g set recipient_email = '', giver_name = '', message = ''
   from order_lines l join orders o on o.id = l.order_id where l.id = g.line_id and o.buyer_id = $1`,
);
const eraseFromSeats = statement<[userId: string], never>(
  'payments.erase_person_from_seats',
  'update seats set email = id::text where user_id = $1',
);

const erasePayoutMethod = statement<[userId: string], never>(
  'payments.erase_payout_method',
  'delete from payout_methods where seller_id = $1',
);

// Where the provider's receipts and the invoices to come go. What is paid keeps the address it was bought with.
const moveSubscriptions = statement<[userId: string, email: string], never>(
  'payments.move_subscriptions_to_address',
  `update plan_subscriptions set buyer_email = $2 where buyer_id = $1 and buyer_email <> $2 and state not in ('canceled', 'ended')`,
);
const moveOpenOrders = statement<[userId: string, email: string], never>(
  'payments.move_open_orders_to_address',
  `update orders set buyer_email = $2 where buyer_id = $1 and buyer_email <> $2 and state = 'pending_payment'`,
);

const eraseMethodSetups = statement<[userId: string], never>(
  'payments.erase_method_setups',
  'delete from method_setups m using plan_subscriptions s where s.id = m.subscription_id and s.buyer_id = $1',
);

const endSubscriptions = statement<[userId: string], never>(
  'payments.end_subscriptions_of_person',
  `update plan_subscriptions set buyer_email = '', buyer_name = '', saved_method = null, entitled = false,
     state = case when state = 'ended' then state else 'canceled' end, ended_at = coalesce(ended_at, now())
   where buyer_id = $1`,
);

// Subscribers are told one by one by the schedule (`leaveSellers`); from this moment on nothing of it renews.
const noteSellerGone = statement<[userId: string], never>(
  'payments.note_seller_gone',
  `update plan_subscriptions set seller_left_at = now()
   where seller_id = $1 and seller_left_at is null and state not in ('canceled', 'ended')`,
);

// What they sold stays sold, and is shown without their name, as in the catalogue. Invoices keep it.
const eraseSellerFromLines = statement<[userId: string], never>(
  'payments.erase_seller_from_lines',
  "update order_lines set seller_name = '' where seller_id = $1 and seller_name <> ''",
);
// Whoever pays for it in parts goes on, and keeps what they pay for: the orders to come bear no name either.
const eraseSellerFromPlans = statement<[userId: string], never>(
  'payments.erase_seller_from_plans',
  `update instalment_plans set item = item || '{"sellerName": ""}' where seller_id = $1 and item->>'sellerName' <> ''`,
);

const movePlans = statement<[userId: string, email: string], never>(
  'payments.move_instalment_plans_to_address',
  `update instalment_plans set buyer_email = $2 where buyer_id = $1 and buyer_email <> $2 and state not in ('completed', 'canceled')`,
);
const endPlans = statement<[userId: string, at: string], never>(
  'payments.end_instalment_plans_of_person',
  `update instalment_plans set buyer_email = '', buyer_name = '', buyer_document = '', saved_method = null, entitled = false,
     next_try_at = null, state = case when state = 'completed' then state else 'canceled' end, ended_at = coalesce(ended_at, $2)
   where buyer_id = $1`,
);
const eraseNotes = statement<[userId: string], never>(
  'payments.erase_instalment_notes',
  `update instalment_changes c set note = '' from instalment_plans p where p.id = c.plan_id and p.buyer_id = $1 and c.note <> ''`,
);

type FollowDeps = Pick<PaymentDeps, 'ids' | 'jobs' | 'clock'>;

/**
 * Nothing more is asked of somebody who is gone, for themselves, for others, or for what they pay in parts: whatever
 * waits is called off, and what is on its way goes back (`settleLate`). Markets hear of it by themselves.
 */
async function endOrdersOf(deps: FollowDeps, tx: Transaction, userId: string, ctx: Ctx): Promise<void> {
  for (const { id } of await tx.rows(eraseFromOrders, [userId]))
    await endOrder(deps, tx, { orderId: id, as: 'cancelled', reason: 'buyer' }, ctx);
}

/**
 * Follows a person to a new address. Forgets them as far as the law lets a merchant: orders and books stay without a
 * name; invoices keep theirs for as long as they have to be kept. What they had not paid is called off, and money that
 * comes for it later goes back, and with a token that is still good they order nothing more. What others subscribe to and they sold renews no more;
 * what others pay for in parts goes on, and the share of whoever sold it is owed to them, with nowhere to send it to.
 */
export function followPeople(deps: FollowDeps) {
  return [
    on(UserUpdated, async ({ data }, tx) => {
      for (const move of [moveSubscriptions, movePlans, moveOpenOrders]) await tx.run(move, [data.userId, data.email]);
    }),
    on(UserDeleted, async ({ data, time }, tx, ctx) => {
      await noteErased(tx, { userId: data.userId, at: time });
      await endOrdersOf(deps, tx, data.userId, ctx);
      await tx.run(endPlans, [data.userId, deps.clock.now().toISOString()]);
      for (const erase of [
        eraseNotes,
        endSubscriptions,
        eraseMethodSetups,
        erasePayoutMethod,
        eraseFromGifts,
        eraseFromAttempts,
        eraseFromSeats,
        noteSellerGone,
        eraseSellerFromLines,
        eraseSellerFromPlans,
      ])
        await tx.run(erase, [data.userId]);
    }),
  ];
}
