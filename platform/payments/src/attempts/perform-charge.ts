import { createHash } from 'node:crypto';
import { type Ctx, crashPoint, gather, statement } from '@stoa/kernel';
import type { AttemptStatus } from '../core/book.ts';
import { isLive } from '../core/order-edges.ts';
import type { PaymentDeps } from '../deps.ts';
import { applyEvidence, type Said, type Statement } from '../evidence/apply-evidence.ts';
import { pollJob } from '../jobs.ts';
import { type Charge, type ChargeReport, ProviderFailure } from '../providers/provider.ts';
import type { Payer } from './start-payment.ts';

export type AttemptRow = {
  id: string;
  order_id: string;
  order_number: string;
  order_state: string;
  provider: string;
  status: AttemptStatus;
  amount: number;
  currency: string;
  captured: number;
  provider_reference: string | null;
  locale: 'en' | 'pt-BR' | 'es';
  buyer_email: string;
  payer: Payer;
  return_url: string;
  cancel_url: string;
  called_at: string | null;
  cancel_requested: boolean;
  keep_method: boolean;
  uses_method: string | null;
  polls: number;
  expires_at: string;
};
const columns = `a.id, a.order_id, o.number as order_number, o.state as order_state, a.provider, a.status, a.amount, a.currency, a.captured,
     a.provider_reference, o.locale, o.buyer_email, a.payer, a.return_url, a.cancel_url, a.called_at, a.cancel_requested, a.keep_method,
     a.uses_method, a.polls, a.expires_at`;
export const readAttempt = statement<[id: string], AttemptRow>(
  'payments.read_attempt_to_work_on',
  `select ${columns} from attempts a join orders o on o.id = a.order_id where a.id = $1`,
);
const takeAttempts = statement<[ids: string[], at: string], AttemptRow>(
  'payments.take_attempts_to_call',
  // Whoever wants a payment called off and whoever is about to make it meet in this row.
  `update attempts a set called_at = $2 from orders o
   where a.id = any($1::uuid[]) and o.id = a.order_id and a.status = 'created' and a.called_at is null and not a.cancel_requested
     and o.state = 'pending_payment' and a.expires_at > $2
   returning ${columns}`,
);
const noteNotCalled = statement<[id: string], never>(
  'payments.note_attempt_not_called',
  "update attempts set called_at = null where id = $1 and status = 'created'",
);
const beforeCall = crashPoint('payments.charge.before_call');
const afterCall = crashPoint('payments.charge.after_call');

export type WorkDeps = Pick<
  PaymentDeps,
  'db' | 'jobs' | 'clock' | 'ids' | 'log' | 'config' | 'publicUrl' | 'callProvider' | 'providers'
>;

/**
 * The work of the payment queue. What may have happened is asked about before anything else is done; only what
 * certainly did not happen is tried again by the queue. Runs any number of times per job.
 */
export function performCharge(deps: WorkDeps) {
  return async ({ attemptId, act }: { attemptId: string; act: 'create' | 'cancel' | 'capture' }, ctx: Ctx) => {
    if (act === 'create') return create(deps, attemptId, ctx);
    const attempt = await deps.db.row(readAttempt, [attemptId]);
    if (!attempt) return;
    if (act === 'capture') await capture(deps, attempt, ctx);
    else await cancel(deps, attempt, ctx);
  };
}

/** Payments that are about to be made at the same moment are taken in one statement. Null is one that cannot be. */
const taking = new WeakMap<WorkDeps['db'], (attemptId: string) => Promise<AttemptRow | null>>();
function takeTogether({ db, clock }: WorkDeps): (attemptId: string) => Promise<AttemptRow | null> {
  const known = taking.get(db);
  if (known) return known;
  const take = gather<string, AttemptRow | null>({
    most: 32,
    apart: (id) => id,
    work: async (ids) => {
      const taken = new Map(
        (await db.rows(takeAttempts, [[...ids], clock.now().toISOString()])).map((row) => [row.id, row]),
      );
      return ids.map((id) => taken.get(id) ?? null);
    },
  });
  taking.set(db, take);
  return take;
}

async function create(deps: WorkDeps, attemptId: string, ctx: Ctx): Promise<void> {
  const taken = await takeTogether(deps)(attemptId);
  const attempt = taken ?? (await deps.db.row(readAttempt, [attemptId]));
  if (attempt?.status !== 'created') return;
  if (!taken && attempt.called_at === null) {
    const isOver = new Date(attempt.expires_at) <= deps.clock.now();
    const isWanted = !attempt.cancel_requested && attempt.order_state === 'pending_payment';
    if (isWanted && !isOver) throw new Error('the payment changed while it was about to be made');
    return end(deps, attempt, isWanted ? 'expired' : 'canceled', ctx);
  }
  if (!taken) {
    // A process that was here before us was killed, and nobody knows what it got done.
    const report = await find(deps, attempt);
    if (report) return tell(deps, { attempt, source: 'poll', said: { about: 'charge', report } }, ctx);
  }
  try {
    await callCreate(deps, attempt, ctx);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    await tellFailure(deps, attempt, error, ctx);
  }
}

async function callCreate(deps: WorkDeps, attempt: AttemptRow, ctx: Ctx): Promise<void> {
  beforeCall();
  const report = await deps.callProvider({ provider: attempt.provider, idempotencyKey: attempt.id }, (provider, call) =>
    provider.create(toCharge(deps, attempt), call),
  );
  afterCall();
  await tell(deps, { attempt, source: 'call', said: { about: 'charge', report } }, ctx);
}

/**
 * Creates a charge once more whose first answer was lost, where the provider promises that this is the same charge: some
 * cannot be asked by our reference (PayPal), and a buyer should not wait until nothing can arrive any more.
 * @returns false where that is not promised, or nobody wants the charge any more
 * @throws ProviderFailure
 */
export async function createAgain(deps: WorkDeps, attempt: AttemptRow, ctx: Ctx): Promise<boolean> {
  const seconds = deps.providers.find(({ name }) => name === attempt.provider)?.provider?.repeatSeconds ?? 0;
  const now = deps.clock.now().getTime();
  const isPromised = attempt.called_at !== null && now < Date.parse(attempt.called_at) + seconds * 1000;
  const isWanted = !attempt.cancel_requested && attempt.order_state === 'pending_payment';
  const isLost = attempt.status === 'created' || attempt.status === 'unknown';
  if (!isPromised || !isWanted || !isLost || now >= Date.parse(attempt.expires_at)) return false;
  try {
    await callCreate(deps, attempt, ctx);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.outcome !== 'refused') throw error;
    await tellFailure(deps, attempt, error, ctx);
  }
  return true;
}

async function tellFailure(deps: WorkDeps, attempt: AttemptRow, failure: ProviderFailure, ctx: Ctx): Promise<void> {
  if (failure.outcome === 'not_sent') {
    await deps.db.run(noteNotCalled, [attempt.id]);
    throw failure;
  }
  if (failure.outcome === 'refused') {
    const said = { about: 'refusal', reason: failure.reason, providerCode: failure.providerCode } as const;
    return tell(deps, { attempt, source: 'call', said }, ctx);
  }
  await tell(deps, { attempt, source: 'call', said: { about: 'uncertainty' } }, ctx);
  await deps.jobs.send(pollJob, { attemptId: attempt.id }, ctx, {
    after: new Date(deps.clock.now().getTime() + 3_000),
  });
}

async function capture(deps: WorkDeps, attempt: AttemptRow, ctx: Ctx): Promise<void> {
  const { provider_reference: providerReference } = attempt;
  if (attempt.status !== 'authorized' || providerReference === null) return;
  const amount = { amount: attempt.amount, currency: attempt.currency };
  const report = await deps.callProvider(
    { provider: attempt.provider, idempotencyKey: `${attempt.id}:capture` },
    (provider, call) => provider.capture({ reference: attempt.id, providerReference, amount }, call),
  );
  await tell(deps, { attempt, source: 'call', said: { about: 'charge', report } }, ctx);
}

async function cancel(deps: WorkDeps, attempt: AttemptRow, ctx: Ctx): Promise<void> {
  if (!isLive(attempt.status)) return;
  if (attempt.called_at === null) return end(deps, attempt, 'canceled', ctx);
  const known = attempt.provider_reference
    ? { providerReference: attempt.provider_reference }
    : await find(deps, attempt);
  if (!known) {
    // It may still arrive: the poller sees to it.
    await deps.jobs.send(pollJob, { attemptId: attempt.id }, ctx, {
      after: new Date(deps.clock.now().getTime() + 5_000),
    });
    return;
  }
  const { providerReference } = known;
  try {
    const report = await deps.callProvider(
      { provider: attempt.provider, idempotencyKey: `${attempt.id}:cancel` },
      (provider, call) => provider.cancel({ reference: attempt.id, providerReference }, call),
    );
    await tell(deps, { attempt, source: 'call', said: { about: 'charge', report } }, ctx);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.outcome !== 'refused') throw error;
    // Too late to call it off: how it stands is what counts.
    const report = await find(deps, attempt);
    if (report) await tell(deps, { attempt, source: 'poll', said: { about: 'charge', report } }, ctx);
  }
}

/** Ends an attempt the provider never heard of. */
async function end(deps: WorkDeps, attempt: AttemptRow, ended: 'canceled' | 'expired', ctx: Ctx): Promise<void> {
  const reason = ended === 'expired' ? 'expired' : 'payer_canceled';
  await tell(deps, { attempt, source: 'timer', said: { about: 'absence', ended, reason } }, ctx);
}

/** The charge as the provider has it, by our own reference. */
export async function find(deps: WorkDeps, attempt: AttemptRow): Promise<ChargeReport | undefined> {
  return deps.callProvider({ provider: attempt.provider, idempotencyKey: `${attempt.id}:find` }, (provider, call) =>
    provider.find(
      {
        reference: attempt.id,
        providerReference: attempt.provider_reference,
        amount: { amount: attempt.amount, currency: attempt.currency },
      },
      call,
    ),
  );
}

type Telling = { attempt: Pick<AttemptRow, 'id' | 'provider' | 'order_id'>; source: Statement['source']; said: Said };

/** Says what a call brought. The same answer again is the same evidence, however often it is given. */
export async function tell(deps: WorkDeps, { attempt, source, said }: Telling, ctx: Ctx): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 24);
  await applyEvidence(deps)(
    {
      provider: attempt.provider,
      evidenceId: `${said.about}:${attempt.id}:${digest}`,
      source,
      type: `${source}.${said.about === 'charge' ? said.report.state : said.about}`,
      occurredAt: null,
      attemptId: attempt.id,
      orderId: attempt.order_id,
      said,
    },
    ctx,
  );
}

function toCharge(deps: WorkDeps, attempt: AttemptRow): Charge {
  const { payer } = attempt;
  return {
    reference: attempt.id,
    amount: { amount: attempt.amount, currency: attempt.currency },
    capture: 'automatic',
    description: `${deps.config.STOA_MERCHANT_NAME} ${attempt.order_number}`,
    locale: attempt.locale,
    payer: {
      email: attempt.buyer_email,
      name: payer.name,
      ...(payer.document ? { document: payer.document } : {}),
      ...(payer.phone ? { phone: payer.phone } : {}),
    },
    returnUrl: withPayment(attempt.return_url, attempt.id),
    cancelUrl: withPayment(attempt.cancel_url, attempt.id),
    callbackUrl: `${deps.publicUrl}/api/webhooks/${attempt.provider}`,
    expiresAt: new Date(attempt.expires_at),
    ...(attempt.keep_method ? { keepMethod: true } : {}),
    ...(attempt.uses_method ? { savedMethod: attempt.uses_method } : {}),
  };
}

function withPayment(url: string, paymentId: string): string {
  const address = new URL(url);
  address.searchParams.set('payment', paymentId);
  return address.toString();
}
