import { RenewalDue } from '@stoa/contracts';
import { type Ctx, crashPoint, derivedId, emit, statement, type Transaction } from '@stoa/kernel';
import { liveInSql } from '../attempts/live-in-sql.ts';
import { isSwitchedOffInSql } from '../attempts/switched-off.ts';
import { decideOnDue } from '../core/decide-subscription.ts';
import type { PaymentDeps } from '../deps.ts';
import { eachInTurn } from '../each-in-turn.ts';
import { settleFreeOrder } from '../evidence/apply-evidence.ts';
import { endOrder } from '../orders/end-order.ts';
import { kindOf, quoteLines } from '../orders/quote-lines.ts';
import {
  endUnpaid,
  lockSubscription,
  type SubscriptionRow,
  subscriptionColumns,
  tellChange,
  toSubscribed,
} from './follow-orders.ts';
import { hasOpenChange, noteOpenOrder, type Plan, writePeriodOrder, writePeriodPayment } from './write-order.ts';

const listDue = statement<[now: string], { id: string }>(
  'payments.list_subscriptions_due',
  // A kept method at a provider that is switched off is charged when it is on again.
  // One whose renewal waits to be paid by hand (another method was asked for) is due all the same; one that is on its
  // way is not.
  `select s.id from plan_subscriptions s
   where s.state in ('trialing', 'active') and s.period_end <= $1 and not exists (
     select 1 from attempts a where a.order_id = s.open_order_id
       and a.status in ${liveInSql})
     and (s.cancel_at_period_end or s.saved_method is null or not ${isSwitchedOffInSql('s.provider')})
     and (s.seller_left_at is null or s.seller_left_told)
   order by s.period_end limit 500`,
);
const listPausesBegun = statement<[now: string], { id: string }>(
  'payments.list_pauses_begun',
  `select id from plan_subscriptions where state = 'paused' and entitled and period_end <= $1 order by period_end limit 500`,
);
const beginPause = statement<[id: string, now: string], SubscriptionRow>(
  'payments.begin_pause',
  `update plan_subscriptions set entitled = false
   where id = $1 and state = 'paused' and entitled and period_end <= $2 returning ${subscriptionColumns}`,
);
const listRetries = statement<[now: string], { id: string; open_order_id: string }>(
  'payments.list_subscriptions_to_retry',
  `select id, open_order_id from plan_subscriptions
   where state = 'past_due' and next_try_at <= $1 and open_order_id is not null
     and (saved_method is null or not ${isSwitchedOffInSql('plan_subscriptions.provider')})
     and (seller_left_at is null or seller_left_told) order by next_try_at limit 500`,
);
const listReminders = statement<[until: string], { id: string }>(
  'payments.list_subscriptions_to_remind',
  `select id from plan_subscriptions where state in ('trialing', 'active') and not cancel_at_period_end and seller_left_at is null and period_end <= $1
     and reminded_for is distinct from period_end order by period_end limit 500`,
);
const noteReminded = statement<[id: string], SubscriptionRow>(
  'payments.note_subscription_reminded',
  `update plan_subscriptions set reminded_for = period_end
   where id = $1 and reminded_for is distinct from period_end returning ${subscriptionColumns}`,
);
const endAtPeriod = statement<[id: string, at: string], SubscriptionRow>(
  'payments.end_subscription_at_period',
  `update plan_subscriptions set state = 'canceled', ended_at = $2, entitled = false where id = $1 returning ${subscriptionColumns}`,
);
const waitForPayer = statement<[id: string, nextTryAt: string], SubscriptionRow>(
  'payments.wait_for_payer',
  // A trial that is over has no days of grace.
  `update plan_subscriptions set state = 'past_due', next_try_at = $2, entitled = entitled and state <> 'trialing'
   where id = $1 returning ${subscriptionColumns}`,
);
export const lockOrder = statement<[id: string], { state: string; total: number }>(
  'payments.lock_renewal_order',
  'select state, total from orders where id = $1 for update',
);
export const hasLive = statement<[orderId: string], { id: string }>(
  'payments.has_live_attempt',
  `select id from attempts where order_id = $1 and status in ${liveInSql}`,
);
const beforeCommit = crashPoint('payments.renew.before_commit');

const dayMs = 24 * 3_600_000;
/** Days an unpaid renewal waits in all, more than its tries take. */
export const patienceDays = 14;

export type RenewDeps = Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'jobs' | 'config' | 'sockets' | 'publicUrl' | 'log'>;

/**
 * Renews what is due, tries again what failed, ends what was cancelled or paused, and reminds three days before money
 * is taken.
 * Every order and payment has an id made of what it is for, so that a run which is killed and repeated makes none twice.
 */
export function renewSubscriptions(deps: RenewDeps) {
  return (ctx: Ctx): Promise<void> =>
    eachInTurn(async (each) => {
      const now = deps.clock.now().toISOString();
      const inThreeDays = new Date(deps.clock.now().getTime() + 3 * dayMs).toISOString();
      await each(await deps.db.rows(listReminders, [inThreeDays]), ({ id }) => remind(deps, id, ctx));
      await each(await deps.db.rows(listDue, [now]), ({ id }) => renew(deps, id, ctx));
      await each(await deps.db.rows(listPausesBegun, [now]), ({ id }) => pauseBegins(deps, id, ctx));
      await each(await deps.db.rows(listRetries, [now]), (retry) => tryAgain(deps, retry, ctx));
    });
}

async function remind(deps: RenewDeps, id: string, ctx: Ctx): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const row = await tx.row(noteReminded, [id]);
    if (!row) return;
    await emit(tx, ctx, deps.ids, {
      event: RenewalDue,
      aggregate: row.id,
      data: {
        subscriptionId: row.id,
        buyerId: row.buyer_id,
        buyerEmail: row.buyer_email,
        locale: row.locale,
        title: row.title,
        amount: { amount: BigInt(Math.max(0, row.amount - row.credit)), currency: row.currency },
        renewsAt: row.period_end ?? '',
        needsPayer: row.saved_method === null,
      },
    });
  });
}

/** The paid time of a paused subscription is over: from now on the pause is one. */
async function pauseBegins(deps: RenewDeps, id: string, ctx: Ctx): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const row = await tx.row(beginPause, [id, deps.clock.now().toISOString()]);
    if (row) await tellChange(deps, tx, row, { change: 'pause_began' }, ctx);
  });
}

/**
 * Renews one subscription if it is due: ends it when that was asked for, else makes the order of its next period and
 * charges the kept method. Repeatable.
 */
export async function renew(deps: RenewDeps, id: string, ctx: Ctx): Promise<void> {
  const known = await deps.db.row(readOpenOrder, [id]);
  const orderId = await deps.db.transaction(async (tx): Promise<string | undefined> => {
    // The order's lock first, as everywhere.
    const open = known?.open_order_id ? await tx.row(lockOrder, [known.open_order_id]) : undefined;
    const row = await tx.row(lockSubscription, [id]);
    const now = deps.clock.now();
    if (!row || row.open_order_id !== (known?.open_order_id ?? null)) return undefined;
    const isPaying = row.open_order_id !== null && (await tx.row(hasLive, [row.open_order_id])) !== undefined;
    const isChanging = (await tx.row(hasOpenChange, [id])) !== undefined;
    // Its seller is gone: it is left first, in the same schedule.
    if (row.seller_left_at && !row.cancel_at_period_end) return undefined;
    const due = decideOnDue(toSubscribed(row), { hasOpenChange: isChanging, isPaying }, now);
    if (!due) return undefined;
    const waiting = row.open_order_id !== null && open?.state === 'pending_payment' ? row.open_order_id : null;
    if (due.do === 'end') {
      if (waiting) await endOrder(deps, tx, { orderId: waiting, as: 'cancelled', reason: 'buyer' }, ctx);
      const ended = await tx.row(endAtPeriod, [id, now.toISOString()]);
      if (ended) await tellChange(deps, tx, ended, { change: 'ended' }, ctx);
      return undefined;
    }
    const renewal = waiting ?? renewalOf(row);
    const total = waiting
      ? (open?.total ?? 0)
      : await writeRenewal(deps, tx, { row, orderId: renewal, days: patienceDays }, ctx);
    if (total > 0) {
      if (row.saved_method) await pay(deps, tx, { row, orderId: renewal, total, attempt: 0 }, ctx);
      else {
        // Nobody has a method of theirs yet (a trial): they pay the order themselves, or it ends.
        const until = new Date(now.getTime() + 7 * dayMs).toISOString();
        const waits = await tx.row(waitForPayer, [id, until]);
        if (waits) await tellChange(deps, tx, waits, { change: 'renewal_failed' }, ctx);
      }
    }
    beforeCommit();
    return total === 0 ? renewal : undefined;
  });
  if (orderId) await settleFreeOrder(deps)({ orderId }, ctx);
}

export const readOpenOrder = statement<[id: string], { open_order_id: string | null }>(
  'payments.read_open_order',
  'select open_order_id from plan_subscriptions where id = $1',
);

/**
 * The id of the order of the period after the one that runs: the same however often it is asked for, and another one
 * when the one before was given up.
 */
export function renewalOf(row: SubscriptionRow): string {
  const again = row.open_order_id ? ` after ${row.open_order_id}` : '';
  return derivedId(row.id, `renewal ${row.anchor} ${row.periods}${again}`);
}

/** Writes the order of the next period at the agreed price. @returns what is to be paid for it */
export async function writeRenewal(
  deps: RenewDeps,
  tx: Transaction,
  { row, orderId, days }: { row: SubscriptionRow; orderId: string; days: number },
  ctx: Ctx,
): Promise<number> {
  const plan = await planOf(deps, row, ctx);
  const takenOff = Math.min(row.credit, row.amount);
  const total = await writePeriodOrder(deps, tx, {
    orderId,
    subscription: row,
    plan,
    price: row.amount,
    takenOff,
    days,
  });
  await tx.run(noteOpenOrder, [row.id, orderId]);
  return total;
}

async function tryAgain(
  deps: RenewDeps,
  { id, open_order_id: orderId }: { id: string; open_order_id: string },
  ctx: Ctx,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    // The order's lock first, as everywhere.
    const order = await tx.row(lockOrder, [orderId]);
    const row = await tx.row(lockSubscription, [id]);
    if (row?.state !== 'past_due' || row.open_order_id !== orderId || !row.next_try_at) return;
    if (new Date(row.next_try_at) > deps.clock.now() || (await tx.row(hasLive, [orderId]))) return;
    if (order?.state !== 'pending_payment' || !row.saved_method) return endUnpaid(deps, tx, row, ctx);
    await pay(deps, tx, { row, orderId, total: order.total, attempt: row.failures }, ctx);
  });
}

type Try = { row: SubscriptionRow; orderId: string; total: number; attempt: number };

function pay(deps: RenewDeps, tx: Transaction, { row, orderId, total, attempt }: Try, ctx: Ctx): Promise<void> {
  return writePeriodPayment(
    deps,
    tx,
    {
      attemptId: derivedId(orderId, `try ${attempt}`),
      orderId,
      subscription: row,
      total,
      returnUrl: `${deps.publicUrl}/orders/${orderId}`,
      savedMethod: row.saved_method,
      expiresAt: new Date(deps.clock.now().getTime() + dayMs),
    },
    ctx,
  );
}

/** The plan as its market tells of it now; one it has forgotten keeps its title. The price is the agreed one anyway. */
async function planOf(deps: RenewDeps, row: SubscriptionRow, ctx: Ctx): Promise<Plan> {
  const [quoted] = await quoteLines(deps, { lines: [{ sku: row.sku }], ownerId: null }, { ...ctx, locale: row.locale });
  // The right to change one's mind is for the first period.
  if (quoted && quoted.refusal !== 'not_found') return { ...quoted, title: quoted.title || row.title, refundDays: 0 };
  const blank = { summary: '', path: '', coverUrl: '', sellerId: '', sellerName: '', taxCategory: '', refundDays: 0 };
  return { sku: row.sku, kind: kindOf(row.sku), title: row.title, ...blank };
}
