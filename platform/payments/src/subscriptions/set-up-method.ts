import { type Ctx, requireUser, statement } from '@stoa/kernel';
import { ownAddress } from '../attempts/start-payment.ts';
import { requireOffered } from '../attempts/switched-off.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { setupJob } from '../jobs.ts';
import { type ChargeReport, type NextAction, ProviderFailure } from '../providers/provider.ts';
import { lockSubscription, tellChange } from './follow-orders.ts';
import { readSubscription, requireRenewing } from './subscribe.ts';

type SetupState = 'created' | 'requires_action' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'expired';
type SetupRow = {
  id: string;
  subscription_id: string;
  provider: string;
  state: SetupState;
  reason: string | null;
  provider_reference: string | null;
  next_action: NextAction | null;
  return_url: string;
  expires_at: string;
};
const columns = 'id, subscription_id, provider, state, reason, provider_reference, next_action, return_url, expires_at';
const insertSetup = statement<
  [id: string, subscriptionId: string, provider: string, returnUrl: string, expiresAt: string, at: string],
  { id: string }
>(
  'payments.insert_method_setup',
  `insert into method_setups (id, subscription_id, provider, return_url, expires_at, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $6) on conflict (id) do nothing returning id`,
);
const giveUpOthers = statement<[subscriptionId: string, id: string, at: string], never>(
  'payments.give_up_method_setups',
  // Whoever begins anew has left the page of the one before. Finished there all the same, it is not believed.
  `update method_setups set state = 'canceled', next_action = null, updated_at = $3
   where subscription_id = $1 and id <> $2 and state in ('created', 'requires_action', 'processing')`,
);
const readSetup = statement<[id: string], SetupRow>(
  'payments.read_method_setup',
  `select ${columns} from method_setups where id = $1`,
);
const lockSetup = statement<[id: string], SetupRow>(
  'payments.lock_method_setup',
  `select ${columns} from method_setups where id = $1 for update`,
);
const saveSetup = statement<
  [
    id: string,
    state: string,
    reason: string | null,
    providerReference: string | null,
    nextAction: string | null,
    savedMethod: string | null,
    label: string | null,
    at: string,
  ],
  never
>(
  'payments.save_method_setup',
  `update method_setups set state = $2, reason = $3, provider_reference = coalesce($4, provider_reference),
     next_action = case when $2 = 'requires_action' then coalesce($5::jsonb, next_action) end, saved_method = $6, method_label = $7,
     updated_at = $8
   where id = $1`,
);
const keepFor = statement<[subscriptionId: string, provider: string, savedMethod: string, at: string], never>(
  'payments.keep_method_for_subscription',
  // A renewal that is not paid is tried with it at once.
  `update plan_subscriptions set provider = $2, saved_method = $3,
     next_try_at = case when state = 'past_due' and open_order_id is not null then $4 else next_try_at end
   where id = $1`,
);
const listLive = statement<[], { id: string }>(
  'payments.list_live_method_setups',
  `select id from method_setups where state in ('created', 'requires_action', 'processing') order by id limit 500`,
);
const findSetup = statement<[provider: string, id: string | null, providerReference: string | null], { id: string }>(
  'payments.find_method_setup',
  'select id from method_setups where provider = $1 and (id::text = $2 or provider_reference = $3) limit 1',
);

export type MethodSetupView = {
  id: string;
  state: SetupState;
  provider: string;
  nextAction: { type: NextAction['type']; url: string | null; qrCode: string | null; expiresAt: string | null } | null;
  reason: string | null;
  expiresAt: string;
};
/** How long somebody may take on the provider's page. */
const minutes = 60;
const isLive = (state: SetupState) => state === 'created' || state === 'requires_action' || state === 'processing';

/**
 * Begins to keep a payment method for a subscription with nothing to pay. The provider is called by the queue; what the
 * payer does next is in `showMethodSetup`. Asked again with the same key it is the same one.
 * @throws not_signed_in, subscription_not_found, subscription_over, provider_unknown, provider_unavailable,
 *   provider_cannot_renew, return_address_refused
 */
export function setUpMethod(deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'jobs' | 'providers' | 'publicUrl'>) {
  return async (
    input: { subscriptionId: string; provider: string; returnUrl?: string | undefined },
    ctx: Ctx,
  ): Promise<MethodSetupView> => {
    const user = requireUser(ctx);
    requireRenewing(deps, input.provider);
    const { subscriptionId, provider } = input;
    const known = await deps.db.row(readSubscription, [subscriptionId]);
    if (known?.buyer_id !== user.userId) throw errors.subscription_not_found();
    const id = ctx.requestId ?? deps.ids.id();
    const address = new URL(ownAddress(deps.publicUrl, input.returnUrl ?? `/account/subscriptions/${subscriptionId}`));
    address.searchParams.set('setup', id);
    await deps.db.transaction(async (tx) => {
      await requireOffered(tx, provider);
      const row = await tx.row(lockSubscription, [subscriptionId]);
      const renews = row && ['trialing', 'active', 'past_due', 'paused'].includes(row.state);
      if (!row || !renews || row.cancel_at_period_end) throw errors.subscription_over();
      const now = deps.clock.now();
      await tx.run(giveUpOthers, [subscriptionId, id, now.toISOString()]);
      const expiresAt = new Date(now.getTime() + minutes * 60_000).toISOString();
      const values = [id, subscriptionId, provider, address.toString(), expiresAt, now.toISOString()] as const;
      if (await tx.row(insertSetup, [...values])) await deps.jobs.send(setupJob, { setupId: id }, ctx, { tx });
    });
    return view(await need(deps, id));
  };
}

/**
 * How keeping a method stands. With `refresh` the provider is asked again soon.
 * @throws not_signed_in, subscription_not_found
 */
export function showMethodSetup(deps: Pick<PaymentDeps, 'db' | 'jobs'>) {
  return async (input: { setupId: string; refresh?: boolean | undefined }, ctx: Ctx): Promise<MethodSetupView> => {
    const user = requireUser(ctx);
    const row = await need(deps, input.setupId);
    const subscription = await deps.db.row(readSubscription, [row.subscription_id]);
    if (subscription?.buyer_id !== user.userId) throw errors.subscription_not_found();
    if (input.refresh && isLive(row.state)) await deps.jobs.send(setupJob, { setupId: row.id }, ctx);
    return view(row);
  };
}

type WorkDeps = Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'config' | 'callProvider' | 'publicUrl'>;

/**
 * Asks the provider to keep a method, or how that stands. Runs any number of times: no money moves, and the same
 * reference is the same charge of nothing.
 */
export function performSetup(deps: WorkDeps) {
  return async ({ setupId }: { setupId: string }, ctx: Ctx): Promise<void> => {
    const setup = await deps.db.row(readSetup, [setupId]);
    const subscription = setup && (await deps.db.row(readSubscription, [setup.subscription_id]));
    if (!setup || !subscription || !isLive(setup.state)) return;
    const amount = { amount: 0, currency: subscription.currency };
    const { id, provider: name, provider_reference: providerReference } = setup;
    try {
      const report = await deps.callProvider({ provider: name, idempotencyKey: `${id}:setup` }, (provider, call) =>
        providerReference
          ? provider.find({ reference: id, providerReference, amount }, call)
          : provider.create(
              {
                reference: id,
                amount,
                capture: 'automatic',
                keepMethod: true,
                description: `${deps.config.STOA_MERCHANT_NAME}: ${subscription.title}`,
                locale: subscription.locale,
                payer: { email: subscription.buyer_email, name: subscription.buyer_name },
                returnUrl: setup.return_url,
                cancelUrl: setup.return_url,
                callbackUrl: `${deps.publicUrl}/api/webhooks/${name}`,
                expiresAt: new Date(setup.expires_at),
              },
              call,
            ),
      );
      if (report) await note(deps, { setupId, report }, ctx);
      else if (new Date(setup.expires_at) <= deps.clock.now()) await end(deps, setupId, 'expired', 'expired');
    } catch (error) {
      if (!(error instanceof ProviderFailure) || error.outcome !== 'refused') throw error;
      await end(deps, setupId, 'failed', error.reason ?? 'provider_error');
    }
  };
}

/** Asks about every method that is on its way: whoever closed the page comes back to it kept. */
export function askForSetups(deps: Pick<PaymentDeps, 'db' | 'jobs'>) {
  return async (ctx: Ctx): Promise<void> => {
    for (const { id } of await deps.db.rows(listLive, [])) await deps.jobs.send(setupJob, { setupId: id }, ctx);
  };
}

/** Hears what a webhook says of keeping a method; false when it speaks of something else. */
export async function hearOfSetup(
  deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock'>,
  { provider, report }: { provider: string; report: ChargeReport },
  ctx: Ctx,
): Promise<boolean> {
  const setup = await deps.db.row(findSetup, [provider, report.reference, report.providerReference]);
  if (setup) await note(deps, { setupId: setup.id, report }, ctx);
  return setup !== undefined;
}

/**
 * A webhook says that something happened to keeping a method, not what: the provider is asked. False when it speaks of
 * something else.
 */
export async function askAboutSetup(
  deps: WorkDeps,
  named: { provider: string; reference: string | null; providerReference: string | null },
  ctx: Ctx,
): Promise<boolean> {
  const setup = await deps.db.row(findSetup, [named.provider, named.reference, named.providerReference]);
  if (setup) await performSetup(deps)({ setupId: setup.id }, ctx);
  return setup !== undefined;
}

/** Keeps what the provider said; a kept method is the subscription's from then on. */
async function note(
  deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock'>,
  { setupId, report }: { setupId: string; report: ChargeReport },
  ctx: Ctx,
): Promise<void> {
  const known = await deps.db.row(readSetup, [setupId]);
  if (!known) return;
  await deps.db.transaction(async (tx) => {
    const subscription = await tx.row(lockSubscription, [known.subscription_id]);
    const setup = await tx.row(lockSetup, [setupId]);
    if (!subscription || !setup || !isLive(setup.state)) return;
    const at = deps.clock.now().toISOString();
    // A provider that says yes and names no method has kept none.
    const state = report.state === 'succeeded' && !report.savedMethod ? 'failed' : stateOf(report);
    await tx.run(saveSetup, [
      setupId,
      state,
      report.reason,
      report.providerReference,
      report.nextAction && JSON.stringify(report.nextAction),
      report.savedMethod,
      report.methodLabel,
      at,
    ]);
    if (state !== 'succeeded' || !report.savedMethod) return;
    if (subscription.state === 'canceled' || subscription.state === 'ended') return;
    await tx.run(keepFor, [subscription.id, setup.provider, report.savedMethod, at]);
    const row = await tx.row(lockSubscription, [subscription.id]);
    if (row) await tellChange(deps, tx, row, { change: 'method_changed' }, ctx);
  });
}

function stateOf({ state }: ChargeReport): SetupState {
  return state === 'authorized' ? 'processing' : state;
}

async function end(
  deps: Pick<PaymentDeps, 'db' | 'clock'>,
  setupId: string,
  state: 'failed' | 'expired',
  reason: string,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const setup = await tx.row(lockSetup, [setupId]);
    if (!setup || !isLive(setup.state)) return;
    await tx.run(saveSetup, [setupId, state, reason, null, null, null, null, deps.clock.now().toISOString()]);
  });
}

async function need(deps: Pick<PaymentDeps, 'db'>, setupId: string): Promise<SetupRow> {
  const row = await deps.db.row(readSetup, [setupId]);
  if (!row) throw errors.subscription_not_found();
  return row;
}

const view = (row: SetupRow): MethodSetupView => ({
  id: row.id,
  state: row.state,
  provider: row.provider,
  nextAction: row.next_action && { url: null, qrCode: null, ...row.next_action },
  reason: row.reason,
  expiresAt: row.expires_at,
});
