import { createHash } from 'node:crypto';
import { type Ctx, crashPoint, statement } from '@stoa/kernel';
import type { WorkDeps } from '../attempts/perform-charge.ts';
import { applyEvidence } from '../evidence/apply-evidence.ts';
import { refundJob } from '../jobs.ts';
import { ProviderFailure, type RefundReport } from '../providers/provider.ts';

export type RefundRow = {
  id: string;
  order_id: string;
  attempt_id: string;
  amount: number;
  currency: string;
  state: 'requested' | 'processing' | 'succeeded' | 'failed';
  reason: string;
  provider: string;
  charge_reference: string | null;
  provider_reference: string | null;
  called_at: string | null;
  polls: number;
  /** What other refunds of the payment have given back, in minor units. */
  refunded_before: number;
};
export const readRefund = statement<[id: string], RefundRow>(
  'payments.read_refund_to_work_on',
  `select r.id, r.order_id, r.attempt_id, r.amount, r.currency, r.state, r.reason, a.provider, a.provider_reference as charge_reference,
     r.provider_reference, r.called_at, r.polls,
     (select coalesce(sum(o.amount), 0) from refunds o
      where o.attempt_id = r.attempt_id and o.id <> r.id and o.state = 'succeeded' and o.reason <> 'dispute') as refunded_before
   from refunds r join attempts a on a.id = r.attempt_id where r.id::text = $1`,
);
const lockAttempt = statement<[id: string], { id: string }>(
  'payments.lock_attempt_of_refund',
  'select id from attempts where id = $1 for update',
);
const noteCalled = statement<[id: string, at: string, nextPollAt: string], { id: string }>(
  'payments.note_refund_called',
  `update refunds r set called_at = coalesce(r.called_at, $2), next_poll_at = $3
   where r.id = $1 and (r.called_at is not null or not exists (
     select 1 from refunds o where o.attempt_id = r.attempt_id and o.id <> r.id and o.called_at is not null
       and o.state in ('requested', 'processing')
   )) returning r.id`,
);
const noteNotCalled = statement<[id: string], never>(
  'payments.note_refund_not_called',
  "update refunds set called_at = null where id = $1 and state = 'requested'",
);
const notePoll = statement<[id: string, nextPollAt: string | null, parkedAt: string | null], never>(
  'payments.note_refund_poll',
  `update refunds set polls = polls + 1, parked_at = $3,
     next_poll_at = case when state in ('requested', 'processing') then $2::timestamptz end where id = $1`,
);
const listOpen = statement<[attemptId: string], { id: string }>(
  'payments.list_open_refunds_of_attempt',
  "select id from refunds where attempt_id = $1 and state in ('requested', 'processing')",
);
const nextToCall = statement<[attemptId: string], { id: string }>(
  'payments.next_refund_to_call',
  `select id from refunds where attempt_id = $1 and state = 'requested' and called_at is null order by created_at, id limit 1`,
);
const beforeCall = crashPoint('payments.refund.before_call');
const afterCall = crashPoint('payments.refund.after_call');

/**
 * Gives money back at the provider, or asks how that stands. What may have happened is asked about first: the refund's id
 * is its reference there, and the same reference never refunds twice. Runs any number of times per job.
 */
export function performRefund(deps: WorkDeps) {
  return async ({ refundId }: { refundId: string }, ctx: Ctx): Promise<void> => {
    const refund = await deps.db.row(readRefund, [refundId]);
    if (!refund || refund.state === 'succeeded' || refund.state === 'failed') return;
    const { charge_reference: providerReference } = refund;
    if (providerReference === null) throw new Error('money that was captured has no reference at its provider');
    try {
      const known = refund.called_at === null ? undefined : await ask(deps, refund, providerReference);
      const report = known ?? (await call(deps, refund, providerReference));
      afterCall();
      await tell(deps, refund, report, ctx);
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      await bear(deps, refund, error, ctx);
    }
  };
}

async function ask(deps: WorkDeps, refund: RefundRow, providerReference: string): Promise<RefundReport | undefined> {
  return deps.callProvider({ provider: refund.provider, idempotencyKey: `${refund.id}:find` }, (provider, call) =>
    provider.findRefund(
      {
        reference: refund.id,
        chargeReference: refund.attempt_id,
        providerReference,
        refundProviderReference: refund.provider_reference,
        amount: { amount: refund.amount, currency: refund.currency },
        refundedBefore: refund.refunded_before,
      },
      call,
    ),
  );
}

async function call(deps: WorkDeps, refund: RefundRow, providerReference: string): Promise<RefundReport> {
  const now = deps.clock.now();
  // One refund of a payment at a time: some providers know refunds only by their sum.
  const mayCall = await deps.db.transaction(async (tx) => {
    await tx.row(lockAttempt, [refund.attempt_id]);
    return tx.row(noteCalled, [refund.id, now.toISOString(), new Date(now.getTime() + 60_000).toISOString()]);
  });
  if (!mayCall) throw new ProviderFailure('not_sent', 'another refund of this payment is under way');
  const refundedBefore = (await deps.db.row(readRefund, [refund.id]))?.refunded_before ?? refund.refunded_before;
  beforeCall();
  return deps.callProvider({ provider: refund.provider, idempotencyKey: refund.id }, (provider, providerCall) =>
    provider.refund(
      {
        reference: refund.id,
        chargeReference: refund.attempt_id,
        providerReference,
        amount: { amount: refund.amount, currency: refund.currency },
        reason: refund.reason,
        refundedBefore,
      },
      providerCall,
    ),
  );
}

async function bear(deps: WorkDeps, refund: RefundRow, failure: ProviderFailure, ctx: Ctx): Promise<void> {
  if (failure.outcome === 'not_sent') {
    await deps.db.run(noteNotCalled, [refund.id]);
    throw failure;
  }
  if (failure.outcome === 'refused') {
    const amount = { amount: refund.amount, currency: refund.currency };
    const { providerCode } = failure;
    return tell(
      deps,
      refund,
      { reference: refund.id, providerReference: '', state: 'failed', amount, providerCode },
      ctx,
    );
  }
  if (refund.polls + 1 < deps.config.STOA_PAYMENT_POLLS) {
    const at = new Date(deps.clock.now().getTime() + pauseAfter(refund.polls));
    await deps.db.run(notePoll, [refund.id, at.toISOString(), null]);
    await deps.jobs.send(refundJob, { refundId: refund.id }, ctx, { after: at });
    return;
  }
  await deps.db.run(notePoll, [refund.id, null, deps.clock.now().toISOString()]);
  throw failure;
}

const pauseAfter = (polls: number) => Math.min(5_000 * 2 ** Math.min(polls, 10), 300_000);

async function tell(deps: WorkDeps, refund: RefundRow, report: RefundReport, ctx: Ctx): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(report)).digest('hex').slice(0, 24);
  await applyEvidence(deps)(
    {
      provider: refund.provider,
      evidenceId: `refund:${refund.id}:${digest}`,
      source: 'call',
      type: `call.refund_${report.state}`,
      occurredAt: null,
      attemptId: refund.attempt_id,
      said: { about: 'refund', refundId: refund.id, report },
    },
    ctx,
  );
  if (report.state !== 'processing') {
    // Refunds of one payment are called one at a time: the next need not wait for its own try.
    const next = await deps.db.row(nextToCall, [refund.attempt_id]);
    if (next) await deps.jobs.send(refundJob, { refundId: next.id }, ctx);
    return;
  }
  const at = new Date(deps.clock.now().getTime() + pauseAfter(refund.polls + 2));
  await deps.db.run(notePoll, [refund.id, at.toISOString(), null]);
}

/** Asks again about the refunds of a payment that are on their way, because something was said about one. */
export async function askForRefund(deps: WorkDeps, attemptId: string, ctx: Ctx): Promise<void> {
  for (const { id } of await deps.db.rows(listOpen, [attemptId]))
    await deps.jobs.send(refundJob, { refundId: id }, ctx);
}
