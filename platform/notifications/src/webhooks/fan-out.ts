import {
  type Ctx,
  type Deps,
  type Envelope,
  type JobType,
  type Queries,
  type Subscription,
  statement,
  type Transaction,
} from '@stoa/kernel';
import { offeredEvents, personOf, webhookBody } from './events.ts';

/** The job that makes one try of one delivery; there is one at a time of each. */
export type WebhookJob = JobType<{ deliveryId: string }>;

const listEndpointsOf = statement<[type: string], { id: string }>(
  'notifications.list_webhook_endpoints_of',
  `select id from webhook_endpoints where enabled and (events = '{}' or $1 = any(events)) order by id`,
);
const insertDelivery = statement<
  [
    id: string,
    endpointId: string,
    eventId: string,
    type: string,
    body: string,
    personId: string | null,
    personAddress: string | null,
    now: string,
  ],
  { id: string }
>(
  'notifications.insert_webhook_delivery',
  `insert into webhook_deliveries (id, endpoint_id, event_id, event_type, body, person_id, person_address, state, first_at, next_at, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $8, $8) on conflict (endpoint_id, event_id) do nothing returning id`,
);
const forgetPerson = statement<[userId: string, address: string | null]>(
  'notifications.forget_webhook_deliveries',
  `delete from webhook_deliveries where (person_id = $1 or person_address = $2) and event_type <> 'stoa.identity.user.deleted.v1'`,
);

type FanOutDeps = Pick<Deps, 'ids' | 'jobs' | 'clock'>;
type Delivery = {
  endpointId: string;
  envelope: Omit<Envelope, 'traceparent' | 'partitionkey' | 'aggregateversion' | 'position'>;
};

/** Makes the delivery of an event to an endpoint, once, and starts it. Undefined if there is one already. */
export async function queueDelivery(
  deps: FanOutDeps,
  job: WebhookJob,
  { tx, ctx, delivery }: { tx: Transaction; ctx: Ctx; delivery: Delivery },
): Promise<string | undefined> {
  const { endpointId, envelope } = delivery;
  const person = personOf(envelope);
  const row = await tx.row(insertDelivery, [
    deps.ids.id(),
    endpointId,
    envelope.id,
    envelope.type,
    webhookBody(envelope),
    person.id,
    person.address,
    deps.clock.now().toISOString(),
  ]);
  if (row) await deps.jobs.send(job, { deliveryId: row.id }, ctx, { tx, key: row.id });
  return row?.id;
}

/** Every event that operators can be told of makes a delivery for each endpoint that wants it. */
export function webhookSubscriptions(deps: FanOutDeps, job: WebhookJob): Subscription[] {
  return offeredEvents.map((event) => ({
    event,
    handle: async (envelope, tx, ctx) => {
      for (const { id: endpointId } of await tx.rows(listEndpointsOf, [event.type]))
        await queueDelivery(deps, job, { tx, ctx, delivery: { endpointId, envelope } });
    },
  }));
}

/** Erases what was said of a person. That they are gone is still told: receivers have to erase them, too. */
export async function forgetInWebhooks(tx: Queries, userId: string, address: string | null): Promise<void> {
  await tx.run(forgetPerson, [userId, address]);
}
