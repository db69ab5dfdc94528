import { type Ctx, type Deps, requireRole, statement, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { checkAddress, EgressRefused } from '../egress/egress.ts';
import { errors } from '../errors.ts';
import { offeredTypes } from './events.ts';
import type { Sealing } from './sealing.ts';

const disabledReasons = ['gone', 'failing'] as const;

export const WebhookEndpoint = z.strictObject({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  /** Event types; empty means all. */
  events: z.array(z.string()),
  enabled: z.boolean(),
  /** Why it was switched off, if nobody did it: it answered that it is gone, or took nothing for three days. */
  disabledReason: z.enum(disabledReasons).nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** Of the last 30 days. */
  waiting: z.int(),
  failed: z.int(),
  lastDeliveredAt: Timestamp.nullable(),
});
export const WebhookEndpoints = z.strictObject({
  items: z.array(WebhookEndpoint),
  /** Event types that can be chosen. */
  offered: z.array(z.string()),
});
/** With the secret that its signatures are verified with. It is shown this once. */
export const WebhookEndpointWithSecret = z.strictObject({ ...WebhookEndpoint.shape, secret: z.string() });
export const WebhookEndpointInput = z.strictObject({
  url: z.string().min(9).max(2000),
  description: z.string().max(200).optional(),
  events: z.array(z.string().max(100)).max(100).optional(),
});
export const WebhookEndpointPatch = z.strictObject({
  url: z.string().min(9).max(2000).optional(),
  description: z.string().max(200).optional(),
  events: z.array(z.string().max(100)).max(100).optional(),
  enabled: z.boolean().optional(),
});

type Row = {
  id: string;
  url: string;
  description: string;
  events: string[];
  enabled: boolean;
  disabled_reason: (typeof disabledReasons)[number] | null;
  created_at: string;
  updated_at: string;
  waiting: number;
  failed: number;
  last_delivered_at: string | null;
};
const shown = `e.id, e.url, e.description, e.events, e.enabled, e.disabled_reason, e.created_at, e.updated_at,
  (select count(*) from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'waiting') as waiting,
  (select count(*) from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'failed') as failed,
  (select max(delivered_at) from webhook_deliveries d where d.endpoint_id = e.id) as last_delivered_at`;
const listEndpoints = statement<[], Row>(
  'notifications.list_webhook_endpoints',
  `select ${shown} from webhook_endpoints e order by e.id`,
);
const findEndpoint = statement<[id: string], Row>(
  'notifications.find_webhook_endpoint',
  `select ${shown} from webhook_endpoints e where e.id = $1`,
);
const insertEndpoint = statement<
  [id: string, url: string, description: string, events: string[], secret: Buffer, now: string, most: number],
  { id: string }
>(
  'notifications.insert_webhook_endpoint',
  `insert into webhook_endpoints (id, url, description, events, secret, created_at, updated_at)
   select $1, $2, $3, $4, $5, $6, $6 where (select count(*) from webhook_endpoints) < $7 returning id`,
);
const updateEndpoint = statement<
  [
    id: string,
    url: string | null,
    description: string | null,
    events: string[] | null,
    enabled: boolean | null,
    now: string,
  ],
  { id: string }
>(
  'notifications.update_webhook_endpoint',
  `update webhook_endpoints set url = coalesce($2, url), description = coalesce($3, description), events = coalesce($4, events),
     enabled = coalesce($5, enabled), disabled_reason = case when $5 is null then disabled_reason end, updated_at = $6
   where id = $1 returning id`,
);
const deleteEndpoint = statement<[id: string]>(
  'notifications.delete_webhook_endpoint',
  'delete from webhook_endpoints where id = $1',
);
const changeSecret = statement<[id: string, secret: Buffer, until: string, now: string], { id: string }>(
  'notifications.change_webhook_secret',
  `update webhook_endpoints set old_secret = secret, old_secret_until = $3, secret = $2, updated_at = $4 where id = $1 returning id`,
);

const mostEndpoints = 50;
/** After a change of secrets both sign, so that receivers can follow without missing anything. */
const bothHours = 24;

type ManageDeps = Pick<Deps, 'db' | 'ids' | 'clock'> & { sealing: Sealing; reachesLoopback: boolean };

const toEndpoint = (row: Row): z.output<typeof WebhookEndpoint> => ({
  id: row.id,
  url: row.url,
  description: row.description,
  events: row.events,
  enabled: row.enabled,
  disabledReason: row.disabled_reason,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  waiting: row.waiting,
  failed: row.failed,
  lastDeliveredAt: row.last_delivered_at,
});

async function show(db: Deps['db'], id: string): Promise<z.output<typeof WebhookEndpoint>> {
  const row = await db.row(findEndpoint, [id]);
  if (!row) throw errors.webhook_not_found();
  return toEndpoint(row);
}

/** Every endpoint. For administrators: an address may itself hold a secret. */
export function listWebhookEndpoints(deps: Pick<Deps, 'db'>) {
  return async (ctx: Ctx): Promise<z.output<typeof WebhookEndpoints>> => {
    requireRole(ctx, 'admin');
    return { items: (await deps.db.rows(listEndpoints, [])).map(toEndpoint), offered: [...offeredTypes] };
  };
}

/** One endpoint. For administrators. @throws webhook_not_found */
export function readWebhookEndpoint(deps: Pick<Deps, 'db'>) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<z.output<typeof WebhookEndpoint>> => {
    requireRole(ctx, 'admin');
    return show(deps.db, id);
  };
}

/**
 * Adds an endpoint and makes its secret. For administrators.
 * @throws webhook_address_refused, webhook_event_unknown, too_many_webhooks
 */
export function addWebhookEndpoint(deps: ManageDeps) {
  return async (
    { url, description = '', events = [] }: z.output<typeof WebhookEndpointInput>,
    ctx: Ctx,
  ): Promise<z.output<typeof WebhookEndpointWithSecret>> => {
    requireRole(ctx, 'admin');
    checkInput({ url, events }, { ctx, reachesLoopback: deps.reachesLoopback });
    const secret = newSecret(deps);
    const now = deps.clock.now().toISOString();
    const id = deps.ids.id();
    const made = await deps.db.row(insertEndpoint, [
      id,
      url,
      description.trim(),
      [...new Set(events)],
      deps.sealing.seal(secret),
      now,
      mostEndpoints,
    ]);
    if (!made) throw errors.too_many_webhooks({ params: { most: mostEndpoints } });
    return { ...(await show(deps.db, id)), secret };
  };
}

/** Changes an endpoint; switching it on again lets what waited go on. For administrators. @throws as adding, webhook_not_found */
export function changeWebhookEndpoint(deps: ManageDeps) {
  return async (
    { id, ...patch }: z.output<typeof WebhookEndpointPatch> & { id: string },
    ctx: Ctx,
  ): Promise<z.output<typeof WebhookEndpoint>> => {
    requireRole(ctx, 'admin');
    checkInput(patch, { ctx, reachesLoopback: deps.reachesLoopback });
    const changed = await deps.db.row(updateEndpoint, [
      id,
      patch.url ?? null,
      patch.description?.trim() ?? null,
      patch.events ? [...new Set(patch.events)] : null,
      patch.enabled ?? null,
      deps.clock.now().toISOString(),
    ]);
    if (!changed) throw errors.webhook_not_found();
    return show(deps.db, id);
  };
}

/** Removes an endpoint with its log. For administrators. @throws webhook_not_found */
export function removeWebhookEndpoint(deps: Pick<Deps, 'db'>) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<undefined> => {
    requireRole(ctx, 'admin');
    if ((await deps.db.run(deleteEndpoint, [id])) === 0) throw errors.webhook_not_found();
  };
}

/** Makes a new secret; for a day both sign. For administrators. @throws webhook_not_found */
export function renewWebhookSecret(deps: ManageDeps) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<z.output<typeof WebhookEndpointWithSecret>> => {
    requireRole(ctx, 'admin');
    const secret = newSecret(deps);
    const now = deps.clock.now();
    const until = new Date(now.getTime() + bothHours * 3600_000).toISOString();
    const changed = await deps.db.row(changeSecret, [id, deps.sealing.seal(secret), until, now.toISOString()]);
    if (!changed) throw errors.webhook_not_found();
    return { ...(await show(deps.db, id)), secret };
  };
}

const newSecret = (deps: Pick<Deps, 'ids'>) => `whsec_${deps.ids.token(32)}`;

type Checked = { url?: string | undefined; events?: string[] | undefined };
function checkInput({ url, events }: Checked, { ctx, reachesLoopback }: { ctx: Ctx; reachesLoopback: boolean }): void {
  const refuse = (error: ReturnType<typeof errors.webhook_event_unknown>, pointer: string) => ({
    errors: [{ pointer, code: error.code, message: error.title(ctx.locale) }],
  });
  if (url !== undefined) {
    try {
      checkAddress(url, reachesLoopback ? 'development' : 'public');
    } catch (cause) {
      if (!(cause instanceof EgressRefused)) throw cause;
      throw errors.webhook_address_refused({ ...refuse(errors.webhook_address_refused(), '/url'), cause });
    }
  }
  const unknown = events?.findIndex((event) => !offeredTypes.includes(event)) ?? -1;
  if (unknown >= 0) throw errors.webhook_event_unknown(refuse(errors.webhook_event_unknown(), `/events/${unknown}`));
}
