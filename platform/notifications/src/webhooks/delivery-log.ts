import { type Ctx, type Deps, Page, requireRole, statement, Timestamp, toPage } from '@stoa/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { idCursor } from '../id-cursor.ts';
import { pingType } from './events.ts';
import { queueDelivery, type WebhookJob } from './fan-out.ts';

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
export const WebhookDelivery = z.strictObject({
  id: z.string(),
  endpointId: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  nextAt: Timestamp.nullable(),
  deliveredAt: Timestamp.nullable(),
  createdAt: Timestamp,
});
export const WebhookDeliveryPage = Page(WebhookDelivery);
export const WebhookDeliveryWithAttempts = z.strictObject({
  ...WebhookDelivery.shape,
  /** The text that was signed and sent. */
  body: z.string(),
  tries: z.array(
    z.strictObject({ status: z.int().nullable(), milliseconds: z.int(), detail: z.string(), at: Timestamp }),
  ),
});

type Row = {
  id: string;
  endpoint_id: string;
  event_id: string;
  event_type: string;
  state: (typeof deliveryStates)[number];
  attempts: number;
  next_at: string | null;
  delivered_at: string | null;
  created_at: string;
};
const columns = 'id, endpoint_id, event_id, event_type, state, attempts, next_at, delivered_at, created_at';
const endpointExists = statement<[id: string], { id: string }>(
  'notifications.webhook_endpoint_exists',
  'select id from webhook_endpoints where id = $1',
);
const list = statement<[endpointId: string, state: string | null, before: string | null, limit: number], Row>(
  'notifications.list_webhook_deliveries',
  `select ${columns} from webhook_deliveries
   where endpoint_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
);
const find = statement<[id: string], Row & { body: string }>(
  'notifications.find_webhook_delivery',
  `select ${columns}, body from webhook_deliveries where id = $1`,
);
const listAttempts = statement<
  [deliveryId: string],
  { status: number | null; milliseconds: number; detail: string; at: string }
>(
  'notifications.list_webhook_attempts',
  'select status, milliseconds, detail, at from webhook_attempts where delivery_id = $1 order by id',
);
const again = statement<[id: string, now: string], { id: string }>(
  'notifications.redeliver_webhook',
  `update webhook_deliveries set state = 'waiting', attempts = 0, first_at = $2, next_at = $2, delivered_at = null
   where id = $1 returning id`,
);

const toDelivery = (row: Row): z.output<typeof WebhookDelivery> => ({
  id: row.id,
  endpointId: row.endpoint_id,
  eventId: row.event_id,
  eventType: row.event_type,
  state: row.state,
  attempts: row.attempts,
  nextAt: row.state === 'waiting' ? row.next_at : null,
  deliveredAt: row.delivered_at,
  createdAt: row.created_at,
});

type Query = { id: string; state?: string | undefined; limit: number; cursor?: string | undefined };

/** What an endpoint was told, newest first. For administrators. @throws webhook_not_found, validation_failed for a foreign cursor */
export function listWebhookDeliveries(deps: Pick<Deps, 'db'>) {
  return async (input: Query, ctx: Ctx): Promise<z.output<typeof WebhookDeliveryPage>> => {
    requireRole(ctx, 'admin');
    const before = idCursor(input.cursor, ctx.locale);
    if (!(await deps.db.row(endpointExists, [input.id]))) throw errors.webhook_not_found();
    const rows = await deps.db.rows(list, [input.id, input.state ?? null, before, input.limit + 1]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.id], item: toDelivery });
  };
}

/** One delivery with its tries. For administrators. @throws webhook_delivery_not_found */
export function readWebhookDelivery(deps: Pick<Deps, 'db'>) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<z.output<typeof WebhookDeliveryWithAttempts>> => {
    requireRole(ctx, 'admin');
    const row = await deps.db.row(find, [id]);
    if (!row) throw errors.webhook_delivery_not_found();
    return { ...toDelivery(row), body: row.body, tries: await deps.db.rows(listAttempts, [id]) };
  };
}

type SendDeps = Pick<Deps, 'db' | 'ids' | 'jobs' | 'clock'>;

/**
 * Sends a delivery once more, also one that arrived: the receiver knows the event by its id. The tries before stay in
 * its log. For administrators. @throws webhook_delivery_not_found
 */
export function redeliverWebhook(deps: SendDeps, job: WebhookJob) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<z.output<typeof WebhookDelivery>> => {
    requireRole(ctx, 'admin');
    await deps.db.transaction(async (tx) => {
      const row = await tx.row(again, [id, deps.clock.now().toISOString()]);
      if (!row) throw errors.webhook_delivery_not_found();
      await deps.jobs.send(job, { deliveryId: id }, ctx, { tx, key: id });
    });
    const row = await deps.db.row(find, [id]);
    if (!row) throw errors.webhook_delivery_not_found();
    return toDelivery(row);
  };
}

/** Sends an event that means nothing, to see whether an endpoint works. For administrators. @throws webhook_not_found */
export function pingWebhook(deps: SendDeps, job: WebhookJob) {
  return async ({ id: endpointId }: { id: string }, ctx: Ctx): Promise<z.output<typeof WebhookDelivery>> => {
    requireRole(ctx, 'admin');
    const deliveryId = await deps.db.transaction(async (tx) => {
      if (!(await tx.row(endpointExists, [endpointId]))) throw errors.webhook_not_found();
      const envelope = {
        id: deps.ids.id(),
        type: pingType,
        source: 'notifications',
        subject: endpointId,
        time: deps.clock.now().toISOString(),
        data: { endpointId },
      };
      return queueDelivery(deps, job, { tx, ctx, delivery: { endpointId, envelope } });
    });
    const row = deliveryId ? await deps.db.row(find, [deliveryId]) : undefined;
    if (!row) throw errors.webhook_delivery_not_found();
    return toDelivery(row);
  };
}
