import { type Ctx, type Deps, statement } from '@stoa/kernel';
import type { Egress } from '../egress/egress.ts';
import type { WebhookJob } from './fan-out.ts';
import type { Sealing } from './sealing.ts';
import { signatureOf } from './sign.ts';

/** How long a delivery is tried. */
export const triedHours = 72;

const seconds = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800];
const longest = 43_200;
/** A try that has not ended by then was lost with its process. */
const leaseSeconds = 120;

/** Seconds after the n-th failure (from 1) until the next try; undefined when the three days would be over. */
export function nextDelay(attempt: number, elapsedSeconds: number): number | undefined {
  const delay = seconds[attempt - 1] ?? longest;
  return elapsedSeconds + delay <= triedHours * 3600 ? delay : undefined;
}

type Claimed = {
  id: string;
  endpoint_id: string;
  event_id: string;
  event_type: string;
  body: string;
  attempts: number;
  first_at: string;
  url: string;
  secret: Buffer;
  old_secret: Buffer | null;
};
const claim = statement<[id: string, now: string, leaseSeconds: number], Claimed>(
  'notifications.claim_webhook_delivery',
  // Whoever takes it moves its time on: nobody else tries it meanwhile, and it is not lost with this process.
  `update webhook_deliveries d set attempts = d.attempts + 1, next_at = $2::timestamptz + make_interval(secs => $3)
   from webhook_endpoints e
   where d.id = $1 and d.state = 'waiting' and d.next_at <= $2 and e.id = d.endpoint_id and e.enabled
   returning d.id, d.endpoint_id, d.event_id, d.event_type, d.body, d.attempts, d.first_at, e.url, e.secret,
             case when e.old_secret_until > $2 then e.old_secret end as old_secret`,
);
const noteAttempt = statement<
  [
    id: string,
    status: number | null,
    milliseconds: number,
    detail: string,
    at: string,
    state: string,
    nextAt: string | null,
  ]
>(
  'notifications.note_webhook_attempt',
  `with delivery as (
     update webhook_deliveries set state = $6, next_at = $7, delivered_at = case when $6 = 'delivered' then $5::timestamptz end
     where id = $1 and state = 'waiting' returning id
   )
   insert into webhook_attempts (delivery_id, status, milliseconds, detail, at) select id, $2, $3, $4, $5 from delivery`,
);
const switchOff = statement<[id: string, reason: string, now: string]>(
  'notifications.switch_off_webhook_endpoint',
  'update webhook_endpoints set enabled = false, disabled_reason = $2, updated_at = $3 where id = $1 and enabled',
);
const deliveredSince = statement<[endpointId: string, since: string], { any: boolean }>(
  'notifications.webhook_delivered_since',
  `select exists (select 1 from webhook_deliveries where endpoint_id = $1 and delivered_at >= $2) as any`,
);
const listDue = statement<[now: string], { id: string }>(
  'notifications.list_due_webhook_deliveries',
  `select d.id from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id and e.enabled
   where d.state = 'waiting' and d.next_at <= $1 order by d.next_at limit 200`,
);

type DeliverDeps = Pick<Deps, 'db' | 'log' | 'clock'> & { outside: Egress; sealing: Sealing };
type Attempt = { status: number | null; detail: string };

/**
 * Makes one try of a delivery: signed, to the address as it resolves now, without following redirects. Any 2xx counts
 * as taken. Tried for three days with growing waits; then it is failed and can be redelivered from the console. An
 * endpoint that says it is gone (410), or took nothing for three days, is switched off.
 */
export function deliverWebhook(deps: DeliverDeps) {
  const { db, clock, log } = deps;
  return async ({ deliveryId }: { deliveryId: string }): Promise<void> => {
    const begun = clock.now();
    const delivery = await db.row(claim, [deliveryId, begun.toISOString(), leaseSeconds]);
    if (!delivery) return;
    const started = performance.now();
    const { status, detail } = await send(deps, delivery);
    const milliseconds = Math.round(performance.now() - started);
    const now = clock.now();
    const ok = status !== null && status >= 200 && status < 300;
    const elapsed = (now.getTime() - Date.parse(delivery.first_at)) / 1000;
    const delay = ok || status === 410 ? undefined : nextDelay(delivery.attempts, elapsed);
    const nextAt = delay === undefined ? null : new Date(now.getTime() + delay * 1000);
    const state = ok ? 'delivered' : nextAt ? 'waiting' : 'failed';
    // Together: a process that dies in between would leave an endpoint on that took nothing for three days.
    await db.transaction(async (tx) => {
      await tx.run(noteAttempt, [
        delivery.id,
        status,
        milliseconds,
        detail,
        now.toISOString(),
        state,
        nextAt?.toISOString() ?? null,
      ]);
      if (state !== 'failed') return;
      if (status === 410) await tx.run(switchOff, [delivery.endpoint_id, 'gone', now.toISOString()]);
      else if (!(await tx.row(deliveredSince, [delivery.endpoint_id, delivery.first_at]))?.any)
        await tx.run(switchOff, [delivery.endpoint_id, 'failing', now.toISOString()]);
    });
    if (state === 'failed')
      log.warn({ deliveryId, endpointId: delivery.endpoint_id, status }, 'a webhook was given up');
  };
}

async function send(deps: DeliverDeps, delivery: Claimed): Promise<Attempt> {
  const secrets = [delivery.secret, delivery.old_secret].filter((one) => one !== null).map(deps.sealing.open);
  try {
    const answer = await deps.outside.send({
      url: delivery.url,
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'stoa-signature': signatureOf(secrets, delivery.body, deps.clock.now()),
        'stoa-event-id': delivery.event_id,
        'stoa-event-type': delivery.event_type,
        'stoa-delivery': delivery.id,
      },
      body: delivery.body,
      timeoutMs: 10_000,
      maxBytes: 1024,
    });
    return { status: answer.status, detail: answer.body.replaceAll('\u0000', '').slice(0, 300) };
  } catch (error) {
    return { status: null, detail: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
  }
}

/** Starts the tries that are due. */
export function startDueDeliveries(deps: Pick<Deps, 'db' | 'jobs' | 'clock'>, job: WebhookJob) {
  return async (ctx: Ctx): Promise<number> => {
    const due = await deps.db.rows(listDue, [deps.clock.now().toISOString()]);
    for (const { id } of due) await deps.jobs.send(job, { deliveryId: id }, ctx, { key: id });
    return due.length;
  };
}
