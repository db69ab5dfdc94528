import { type Ctx, derivedId, requireRole, requireUser, statement, toPage } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { pagePlace } from '../page-place.ts';
import { cancelIn, changeLocked } from '../subscriptions/change-subscription.ts';
import { type SubscriptionRow, subscriptionColumns } from '../subscriptions/follow-orders.ts';
import { hasLive, lockOrder, type RenewDeps } from '../subscriptions/renew-subscriptions.ts';
import {
  readSubscriptionDetails,
  type SubscriptionDetails,
  type SubscriptionView,
  toView,
} from '../subscriptions/show-subscriptions.ts';
import { readSubscription } from '../subscriptions/subscribe.ts';
import { writePeriodPayment } from '../subscriptions/write-order.ts';
import { recordAudit } from './audit.ts';

type Money = { amount: number; currency: string };
type State = SubscriptionRow['state'];
const listAll = statement<
  [before: string | null, beforeId: string | null, state: string | null, query: string | null, limit: number],
  SubscriptionRow
>(
  'payments.list_all_subscriptions',
  `select ${subscriptionColumns} from plan_subscriptions
   where state <> 'incomplete' and ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid))
     and ($3::text is null or state = $3)
     and ($4::text is null or lower(buyer_email) = lower($4) or id::text = $4 or title ilike '%' || $4 || '%')
   order by created_at desc, id desc limit $5`,
);
type ChangeRow = {
  revision: number;
  change: string;
  state: State;
  title: string;
  entitled: boolean;
  actor: 'buyer' | 'operator' | 'platform';
  actor_id: string | null;
  note: string;
  at: string;
};
const listChanges = statement<[id: string], ChangeRow>(
  'payments.list_subscription_changes',
  `select revision, change, state, title, entitled, actor, actor_id, note, at
   from subscription_changes where subscription_id = $1 order by revision desc limit 200`,
);
type TotalsRow = {
  sku: string;
  title: string;
  currency: string;
  active: number;
  trialing: number;
  past_due: number;
  paused: number;
  leaving: number;
  monthly: number;
};
// What subscribers pay, brought to one month; a trial pays nothing yet, and what is not paid is not counted as lost yet.
const totals = (where: string, group: string) => `
  select ${group}, currency,
    count(*) filter (where state = 'active')::int as active, count(*) filter (where state = 'trialing')::int as trialing,
    count(*) filter (where state = 'past_due')::int as past_due, count(*) filter (where state = 'paused')::int as paused,
    count(*) filter (where cancel_at_period_end and state in ('active', 'trialing'))::int as leaving,
    coalesce(round(sum(amount::numeric / interval_count * case interval when 'day' then 365.0 / 12 when 'week' then 52.0 / 12
      when 'year' then 1.0 / 12 else 1 end) filter (where state in ('active', 'past_due') and not cancel_at_period_end)), 0)::bigint as monthly
  from plan_subscriptions
  where state in ('active', 'trialing', 'past_due', 'paused') and ${where}`;
const readTotalsOfSeller = statement<[sellerId: string], TotalsRow>(
  'payments.read_subscription_totals_of_seller',
  `${totals('seller_id = $1', 'sku, max(title) as title')} group by sku, currency order by monthly desc, sku limit 500`,
);
const readTotals = statement<[], Omit<TotalsRow, 'sku' | 'title'>>(
  'payments.read_subscription_totals',
  `${totals('true', 'count(*)::int as n')} group by currency order by currency`,
);

export type ConsoleSubscription = SubscriptionView & {
  buyer: { id: string; email: string; name: string };
  provider: string;
  sellerId: string | null;
  failures: number;
};

/** Every subscription, newest first; `q` is an id, an e-mail address or a part of the title. @throws not_allowed */
export function listAllSubscriptions(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    input: { limit: number; cursor?: string | undefined; state?: State | undefined; q?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: ConsoleSubscription[]; nextCursor?: string }> => {
    requireRole(ctx, 'support');
    const [at, id] = pagePlace(input.cursor);
    const q = input.q?.trim().replace(/[\\%_]/g, '\\$&') || null;
    const rows = await deps.db.rows(listAll, [at, id, input.state ?? null, q, input.limit + 1]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.created_at, row.id], item: toConsole });
  };
}

export type SubscriptionChange = {
  revision: number;
  change: string;
  state: State;
  title: string;
  entitled: boolean;
  actor: 'buyer' | 'operator' | 'platform';
  actorId: string | null;
  note: string;
  at: string;
};

/** A subscription with all that happened to it. @throws not_allowed, subscription_not_found */
export function showConsoleSubscription(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    { subscriptionId }: { subscriptionId: string },
    ctx: Ctx,
  ): Promise<
    { subscription: ConsoleSubscription; changes: SubscriptionChange[] } & Pick<
      SubscriptionDetails,
      'method' | 'orders'
    >
  > => {
    requireRole(ctx, 'support');
    const row = await deps.db.row(readSubscription, [subscriptionId]);
    if (!row) throw errors.subscription_not_found();
    const [details, changes] = await Promise.all([
      readSubscriptionDetails(deps, row),
      deps.db.rows(listChanges, [row.id]),
    ]);
    return {
      subscription: toConsole(row),
      ...details,
      changes: changes.map(({ actor_id, ...one }) => ({ ...one, actorId: actor_id })),
    };
  };
}

/**
 * Ends somebody's subscription, with its period or at once. Money goes back by a refund of its order.
 * @throws not_allowed, subscription_not_found, subscription_over
 */
export function cancelForBuyer(deps: RenewDeps) {
  return async (
    input: { subscriptionId: string; at: 'period_end' | 'now'; note?: string | undefined },
    ctx: Ctx,
  ): Promise<ConsoleSubscription> => {
    requireRole(ctx, 'support');
    const { subscriptionId, at, note } = input;
    const of = { subscriptionId, buyerId: null };
    const subject = { subjectKind: 'subscription', subjectId: subscriptionId } as const;
    const row = await changeLocked(
      deps,
      of,
      async (tx, before) => {
        await recordAudit(tx, deps, ctx, { action: 'subscription.canceled', ...subject, details: { at } });
        return cancelIn(deps, tx, { before, at, note }, ctx);
      },
      ctx,
    );
    return toConsole(row);
  };
}

/**
 * Charges the kept method for an unpaid renewal now and not when it is its turn.
 * @throws not_allowed, subscription_not_found, subscription_not_retryable
 */
export function retryRenewal(deps: RenewDeps) {
  return async ({ subscriptionId }: { subscriptionId: string }, ctx: Ctx): Promise<ConsoleSubscription> => {
    requireRole(ctx, 'support');
    const requestId = ctx.requestId ?? deps.ids.id();
    const of = { subscriptionId, buyerId: null };
    const row = await changeLocked(
      deps,
      of,
      async (tx, before) => {
        const orderId = before.open_order_id;
        const order = orderId ? await tx.row(lockOrder, [orderId]) : undefined;
        const unpaid = before.state === 'past_due' && order?.state === 'pending_payment';
        if (!orderId || !order || !unpaid || !before.saved_method || (await tx.row(hasLive, [orderId])))
          throw errors.subscription_not_retryable();
        const subject = { subjectKind: 'subscription', subjectId: subscriptionId } as const;
        await recordAudit(tx, deps, ctx, { action: 'renewal.retried', ...subject, details: { orderId } });
        await writePeriodPayment(
          deps,
          tx,
          {
            attemptId: derivedId(requestId, `retry of ${orderId}`),
            orderId,
            subscription: before,
            total: order.total,
            returnUrl: `${deps.publicUrl}/orders/${orderId}`,
            savedMethod: before.saved_method,
            expiresAt: new Date(deps.clock.now().getTime() + 24 * 3_600_000),
          },
          ctx,
        );
        return before;
      },
      ctx,
    );
    return toConsole(row);
  };
}

export type SubscriptionTotals = {
  active: number;
  trialing: number;
  pastDue: number;
  paused: number;
  /** Of the active and trialing ones, those that end with their period. */
  leaving: number;
  /** What comes in each month if nothing changes: monthly recurring revenue, before taxes are split off. */
  monthly: Money;
};

/** How many subscribe to what a seller sells, and what it brings in a month, plan by plan. @throws not_allowed */
export function showSellerSubscriptions(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    input: { of: 'me' | 'house' },
    ctx: Ctx,
  ): Promise<{ items: (SubscriptionTotals & { sku: string; title: string })[] }> => {
    requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
    if (input.of === 'house') requireRole(ctx, 'support');
    const sellerId = input.of === 'house' ? '' : requireUser(ctx).userId;
    const rows = await deps.db.rows(readTotalsOfSeller, [sellerId]);
    return { items: rows.map((row) => ({ sku: row.sku, title: row.title, ...toTotals(row) })) };
  };
}

/** The same over everything there is, by currency. @throws not_allowed */
export function showSubscriptionTotals(deps: Pick<PaymentDeps, 'db'>) {
  return async (ctx: Ctx): Promise<{ items: SubscriptionTotals[] }> => {
    requireRole(ctx, 'support');
    return { items: (await deps.db.rows(readTotals, [])).map(toTotals) };
  };
}

function toTotals(row: Omit<TotalsRow, 'sku' | 'title'>): SubscriptionTotals {
  const { active, trialing, paused, leaving } = row;
  return {
    active,
    trialing,
    pastDue: row.past_due,
    paused,
    leaving,
    monthly: { amount: row.monthly, currency: row.currency },
  };
}

function toConsole(row: SubscriptionRow): ConsoleSubscription {
  return {
    ...toView(row),
    buyer: { id: row.buyer_id, email: row.buyer_email, name: row.buyer_name },
    provider: row.provider,
    sellerId: row.seller_id || null,
    failures: row.failures,
  };
}
