import { z } from 'zod';
import type { DisputeReport, WebhookEvidence } from '../provider.ts';
import { readUnits, toRefundReport, type Units } from './reports.ts';

// Webhooks are read no stricter than needed: their form follows the API version of the account, not ours.
const Metadata = z.record(z.string(), z.string()).nullish();
const IdOrObject = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).nullish();
const EventObject = z.discriminatedUnion('object', [
  z.object({
    object: z.literal('checkout.session'),
    id: z.string(),
    client_reference_id: z.string().nullish(),
    metadata: Metadata,
  }),
  z.object({ object: z.literal('payment_intent'), id: z.string(), metadata: Metadata }),
  z.object({ object: z.literal('setup_intent'), id: z.string(), metadata: Metadata }),
  z.object({ object: z.literal('charge'), id: z.string(), metadata: Metadata }),
  z.object({
    object: z.literal('refund'),
    id: z.string(),
    amount: z.int(),
    currency: z.string(),
    status: z.string().nullable(),
    failure_reason: z.string().nullish(),
    metadata: Metadata,
  }),
  z.object({
    object: z.literal('dispute'),
    id: z.string(),
    amount: z.int(),
    currency: z.string(),
    status: z.string(),
    reason: z.string(),
    payment_intent: IdOrObject,
    evidence_details: z.object({ due_by: z.number().nullish() }).nullish(),
  }),
]);
/** A webhook, before it is known what it is about. */
export const Event = z.object({
  id: z.string(),
  type: z.string(),
  created: z.number(),
  data: z.object({ object: z.unknown() }),
});

type Distribute<T> = T extends WebhookEvidence ? Omit<T, 'evidenceId' | 'type' | 'occurredAt'> : never;
type Evidence =
  | Distribute<WebhookEvidence>
  | { about: 'dispute_of'; intent: string | null; report: Omit<DisputeReport, 'chargeReference'> };

/** What an event says. A dispute names Stripe's own ids alone, so its charge has to be looked up. */
export function toEvidence(given: unknown, units: Units): Evidence {
  const parsed = EventObject.safeParse(given);
  // An object we do not sell with (a customer, a price): signed and harmless.
  if (!parsed.success) return { about: 'nothing' };
  const object = parsed.data;
  if (object.object === 'checkout.session') {
    const reference = object.client_reference_id ?? object.metadata?.reference ?? null;
    return { about: 'charge_named', reference, providerReference: object.id };
  }
  if (object.object === 'payment_intent' || object.object === 'setup_intent' || object.object === 'charge') {
    const reference = object.metadata?.reference;
    // The charge is known by its session's id, which what is made of the session does not tell.
    return reference ? { about: 'charge_named', reference, providerReference: null } : { about: 'nothing' };
  }
  if (object.object === 'refund') {
    const { reference, charge_reference: chargeReference = null } = object.metadata ?? {};
    if (!reference) return { about: 'nothing' };
    const report = readUnits(() => toRefundReport(object, reference, units));
    return { about: 'refund', report, chargeReference, providerReference: null };
  }
  const states: Record<string, DisputeReport['state']> = { won: 'won', lost: 'lost', warning_closed: 'won' };
  const dueBy = object.evidence_details?.due_by;
  return {
    about: 'dispute_of',
    intent: object.payment_intent ?? null,
    report: {
      providerReference: object.id,
      state: states[object.status] ?? 'open',
      amount: readUnits(() => units.read(object.amount, object.currency)),
      reason: object.reason,
      respondBy: dueBy ? new Date(dueBy * 1000).toISOString() : null,
    },
  };
}
