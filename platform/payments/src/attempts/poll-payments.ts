import { type Ctx, statement } from '@stoa/kernel';
import { isLive } from '../core/order-edges.ts';
import { chargeJob, pollJob, refundJob } from '../jobs.ts';
import { ProviderFailure } from '../providers/provider.ts';
import { liveInSql } from './live-in-sql.ts';
import { type AttemptRow, createAgain, find, readAttempt, tell, type WorkDeps } from './perform-charge.ts';

/** How long after a call its charge may still arrive at the provider. */
const arrivalMs = 120_000;
/** How long after its end an unpaid charge is called off. */
const graceMs = 60_000;

const notePoll = statement<[id: string, nextPollAt: string | null, parkedAt: string | null], never>(
  'payments.note_attempt_poll',
  `update attempts set polls = polls + 1, next_poll_at = case when status in ${liveInSql} then $2::timestamptz end,
     parked_at = $3 where id = $1`,
);
const listDue = statement<[now: string], { id: string }>(
  'payments.list_attempts_to_poll',
  'select id from attempts where next_poll_at <= $1 and parked_at is null order by next_poll_at limit 500',
);
const listDueRefunds = statement<[now: string], { id: string }>(
  'payments.list_refunds_to_poll',
  'select id from refunds where next_poll_at <= $1 and parked_at is null order by next_poll_at limit 500',
);
const postpone = statement<[ids: string[], until: string], never>(
  'payments.postpone_attempt_polls',
  'update attempts set next_poll_at = $2 where id = any($1::uuid[]) and next_poll_at is not null',
);
const postponeRefunds = statement<[ids: string[], until: string], never>(
  'payments.postpone_refund_polls',
  'update refunds set next_poll_at = $2 where id = any($1::uuid[]) and next_poll_at is not null',
);

/**
 * Asks the provider how a payment stands, by our own reference, so that a lost answer or webhook costs time and nothing
 * else. A charge that can no longer arrive and is not there has failed; one nobody paid in time is called off; one the
 * provider says nothing about for too long is parked for a person.
 */
export function pollPayment(deps: WorkDeps) {
  return async ({ attemptId, ended }: { attemptId: string; ended?: boolean }, ctx: Ctx): Promise<void> => {
    const attempt = await deps.db.row(readAttempt, [attemptId]);
    if (!attempt) return;
    if (!isLive(attempt.status)) {
      const report = ended ? await find(deps, attempt) : undefined;
      if (report) await tell(deps, { attempt, source: 'poll', said: { about: 'charge', report } }, ctx);
      return;
    }
    const now = deps.clock.now().getTime();
    if (attempt.called_at === null) {
      // Not sent yet; the queue is at it, unless its time is over.
      if (now >= Date.parse(attempt.expires_at)) await deps.jobs.send(chargeJob, { attemptId, act: 'create' }, ctx);
      else await schedule(deps, attempt, 60_000);
      return;
    }
    try {
      const report = await find(deps, attempt);
      if (report) await tell(deps, { attempt, source: 'poll', said: { about: 'charge', report } }, ctx);
      else if (!(await makeSure(deps, attempt, ctx))) await tellAbsence(deps, attempt, ctx);
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      await bearSilence(deps, attempt, error);
      return;
    }
    const after = await deps.db.row(readAttempt, [attemptId]);
    if (!after || !isLive(after.status)) return;
    const isOver = now >= Date.parse(after.expires_at) + graceMs || after.cancel_requested;
    if (isOver) await deps.jobs.send(chargeJob, { attemptId, act: 'cancel' }, ctx);
    await schedule(deps, after, pauseAfter(after));
  };
}

/** Creates it again where that is the same charge; one that cannot even be created in time is taken for absent. */
async function makeSure(deps: WorkDeps, attempt: AttemptRow, ctx: Ctx): Promise<boolean> {
  try {
    return await createAgain(deps, attempt, ctx);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || couldArrive(deps, attempt)) throw error;
    return false;
  }
}

const couldArrive = (deps: Pick<WorkDeps, 'clock'>, { called_at: calledAt }: AttemptRow): boolean =>
  deps.clock.now().getTime() < Date.parse(calledAt ?? '') + arrivalMs;

async function tellAbsence(deps: WorkDeps, attempt: AttemptRow, ctx: Ctx): Promise<void> {
  const now = deps.clock.now().getTime();
  // A charge that was there is not taken for gone because a provider does not find it once.
  const isForgotten = now >= Date.parse(attempt.expires_at) + graceMs;
  const wasThere = attempt.status !== 'created' && attempt.status !== 'unknown';
  if (wasThere ? !isForgotten : couldArrive(deps, attempt)) return;
  const ended = wasThere ? 'expired' : attempt.cancel_requested ? 'canceled' : 'failed';
  const reason = wasThere ? 'expired' : 'provider_error';
  await tell(deps, { attempt, source: 'poll', said: { about: 'absence', ended, reason } }, ctx);
}

async function bearSilence(deps: WorkDeps, attempt: AttemptRow, failure: ProviderFailure): Promise<void> {
  if (attempt.polls + 1 < deps.config.STOA_PAYMENT_POLLS) return schedule(deps, attempt, pauseAfter(attempt));
  await deps.db.run(notePoll, [attempt.id, null, deps.clock.now().toISOString()]);
  // The queue tries a few times more, then parks the job where an operator can replay it.
  throw failure;
}

/** 5 s, 10 s, 20 s … up to five minutes. */
function pauseAfter({ polls, status }: Pick<AttemptRow, 'polls' | 'status'>): number {
  const first = status === 'unknown' || status === 'created' ? 5_000 : 20_000;
  return Math.min(first * 2 ** Math.min(polls, 10), 300_000);
}

async function schedule(deps: WorkDeps, attempt: AttemptRow, pauseMs: number): Promise<void> {
  const at = new Date(deps.clock.now().getTime() + pauseMs);
  await deps.db.run(notePoll, [attempt.id, at.toISOString(), null]);
}

/** Sends out whoever has to be asked about now, all of them in one transaction. Runs each minute. */
export function pollDue(deps: WorkDeps) {
  return async (ctx: Ctx): Promise<void> => {
    const now = deps.clock.now();
    const later = new Date(now.getTime() + 300_000).toISOString();
    await deps.db.transaction(async (tx) => {
      const [attempts, refunds] = await Promise.all([
        tx.rows(listDue, [now.toISOString()]),
        tx.rows(listDueRefunds, [now.toISOString()]),
      ]);
      const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
      if (attempts.length > 0) tx.last(postpone, [ids(attempts), later]);
      if (refunds.length > 0) tx.last(postponeRefunds, [ids(refunds), later]);
      const polls = ids(attempts).map((attemptId) => ({ data: { attemptId }, ctx }));
      await deps.jobs.sendAll(pollJob, polls, { tx });
      const asked = ids(refunds).map((refundId) => ({ data: { refundId }, ctx }));
      await deps.jobs.sendAll(refundJob, asked, { tx });
    });
  };
}
