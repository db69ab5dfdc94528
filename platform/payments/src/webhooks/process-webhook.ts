import { type Ctx, statement } from '@stoa/kernel';
import { find, readAttempt, tell, type WorkDeps } from '../attempts/perform-charge.ts';
import { applyEvidence, type Said, type Statement } from '../evidence/apply-evidence.ts';
import type { ChargeReport, WebhookEvidence } from '../providers/provider.ts';
import { askForRefund, readRefund } from '../refunds/perform-refund.ts';
import { askAboutSetup, hearOfSetup } from '../subscriptions/set-up-method.ts';

type DeliveryRow = { id: string; provider: string; evidence_id: string; content: WebhookEvidence };
const readDelivery = statement<[id: string], DeliveryRow>(
  'payments.read_webhook_delivery',
  'select id, provider, evidence_id, content from webhook_deliveries where id = $1 and processed_at is null',
);
const noteProcessed = statement<[id: string, outcome: string, at: string], never>(
  'payments.note_webhook_processed',
  'update webhook_deliveries set outcome = $2, processed_at = $3 where id = $1',
);
const findByReference = statement<
  [provider: string, reference: string | null, providerReference: string | null],
  { id: string }
>(
  'payments.find_attempt_by_reference',
  'select id from attempts where provider = $1 and (id::text = $2 or provider_reference = $3) limit 1',
);
const forgetBodies = statement<[before: string], never>(
  'payments.forget_webhook_bodies',
  'update webhook_deliveries set raw_body = null where raw_body is not null and received_at < $1',
);

/** Works out what follows from a delivery that was taken in. Runs any number of times per delivery. */
export function processWebhook(deps: WorkDeps) {
  return async ({ deliveryId }: { deliveryId: string }, ctx: Ctx): Promise<void> => {
    const delivery = await deps.db.row(readDelivery, [deliveryId]);
    if (!delivery) return;
    const outcome = await act(deps, delivery, ctx);
    // The queue says it again later.
    if (outcome === 'not_yet') throw new Error('a refund of the disputed payment is still on its way');
    await deps.db.run(noteProcessed, [delivery.id, outcome, deps.clock.now().toISOString()]);
  };
}

async function act(deps: WorkDeps, delivery: DeliveryRow, ctx: Ctx): Promise<string> {
  const { provider, content } = delivery;
  const attemptOf = async (reference: string | null, providerReference: string | null) =>
    (await deps.db.row(findByReference, [provider, reference, providerReference]))?.id ?? null;
  const say = (attemptId: string | null, said: Said) =>
    applyEvidence(deps)({ ...toStatement(delivery), attemptId, said }, ctx);
  switch (content.about) {
    case 'charge': {
      const { report } = content;
      // Of nothing: a method that is kept, with no payment.
      if (report.amount.amount === 0 && (await hearOfSetup(deps, { provider, report }, ctx))) return 'applied';
      return say(await attemptOf(report.reference, report.providerReference), { about: 'charge', report });
    }
    case 'charge_named': {
      // It says that something happened, not what: we ask.
      const { reference, providerReference } = content;
      const attempt = await lookUp(deps, await attemptOf(reference, providerReference));
      if (!attempt && (await askAboutSetup(deps, { provider, reference, providerReference }, ctx))) return 'applied';
      const report = attempt && (await find(deps, attempt));
      return report ? say(attempt.id, { about: 'charge', report }) : 'unknown_payment';
    }
    case 'dispute': {
      const { report } = content;
      const attempt = await lookUp(deps, await attemptOf(report.chargeReference, report.chargeReference));
      // Somebody complains about money we have not heard of yet: hear of it first.
      if (attempt?.captured === 0) {
        const charge = await find(deps, attempt);
        if (charge) await tell(deps, { attempt, source: 'poll', said: { about: 'charge', report: charge } }, ctx);
      }
      return say(attempt?.id ?? null, { about: 'dispute', report });
    }
    case 'refund': {
      const refund = content.report && (await deps.db.row(readRefund, [content.report.reference]));
      if (refund && content.report)
        return say(refund.attempt_id, { about: 'refund', refundId: refund.id, report: content.report });
      // Not one of ours, or it only says that there was one: the charge tells how much has gone back.
      const attempt = await lookUp(deps, await attemptOf(content.chargeReference, content.providerReference));
      if (!attempt) return 'unknown_payment';
      await askForRefund(deps, attempt.id, ctx);
      const report: ChargeReport | undefined = await find(deps, attempt);
      return report ? say(attempt.id, { about: 'charge', report }) : 'unknown_payment';
    }
    case 'nothing':
      return 'no_change';
  }
}

async function lookUp(deps: WorkDeps, attemptId: string | null) {
  return attemptId === null ? undefined : deps.db.row(readAttempt, [attemptId]);
}

function toStatement({ provider, content }: DeliveryRow): Omit<Statement, 'attemptId' | 'said'> {
  return {
    provider,
    evidenceId: content.evidenceId,
    source: 'webhook',
    type: content.type,
    occurredAt: content.occurredAt,
  };
}

/** Drops the raw bytes of deliveries after ninety days. */
export function forgetWebhookBodies(deps: Pick<WorkDeps, 'db' | 'clock'>) {
  return async (): Promise<void> => {
    const before = new Date(deps.clock.now().getTime() - 90 * 24 * 3600 * 1000);
    await deps.db.run(forgetBodies, [before.toISOString()]);
  };
}
