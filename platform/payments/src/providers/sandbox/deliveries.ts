import {
  type Clock,
  defineJob,
  type Ids,
  type Jobs,
  type Log,
  newTraceparent,
  type Queries,
  serviceCtx,
  statement,
  type Transaction,
} from '@stoa/kernel';
import type { ChargeReport, DisputeReport, RefundReport } from '../provider.ts';
import { signWebhook } from '../stoa-signature.ts';
import { type ChargeRow, newReference } from './book.ts';

/** What the sandbox says in a webhook. */
export type SandboxEvent =
  | { type: `charge.${string}`; data: { charge: ChargeReport } }
  | {
      type: 'refund.succeeded';
      data: { refund: RefundReport; chargeReference: string; chargeProviderReference: string };
    }
  | { type: `dispute.${string}`; data: { dispute: DisputeReport } };

/** How the news travels: the point of a sandbox is that it does not always travel well. */
export type Travel = 'prompt' | 'twice_more' | 'late' | 'reordered' | 'lost';

export const deliveryJob = defineJob<{ deliveryId: string }>('sandbox-deliver-webhook', {
  retries: 12,
  retryDelaySeconds: 2,
  timeoutSeconds: 30,
  concurrency: 4,
});

const insertDelivery = statement<[id: string, eventId: string, charge: string, url: string, body: string, dueAt: Date]>(
  'payments.sandbox_insert_delivery',
  `insert into sandbox_deliveries (id, event_id, charge, url, body, due_at) values ($1, $2, $3, $4, $5, $6)`,
);

type DeliveryRow = { id: string; url: string; body: string };

const findDelivery = statement<[id: string], DeliveryRow>(
  'payments.sandbox_find_delivery',
  'select id, url, body from sandbox_deliveries where id = $1 and delivered_at is null',
);

const listDue = statement<[now: Date], DeliveryRow>(
  'payments.sandbox_list_due_deliveries',
  `select id, url, body from sandbox_deliveries where delivered_at is null and due_at <= $1 order by due_at, id limit 100`,
);

const forget = statement<[before: Date]>(
  'payments.sandbox_forget_deliveries',
  'delete from sandbox_deliveries where delivered_at < $1',
);

const noteAttempt = statement<[id: string, status: number | null, deliveredAt: Date | null]>(
  'payments.sandbox_note_attempt',
  `update sandbox_deliveries set attempts = attempts + 1, last_status = $2, delivered_at = $3 where id = $1`,
);

type Deps = {
  db: Queries;
  clock: Clock;
  ids: Ids;
  log: Log;
  jobs?: Jobs | undefined;
  secret: string;
  fetch: typeof fetch;
  lateSeconds: number;
};

/** The sandbox's outgoing webhooks. */
export function openDeliveries(deps: Deps) {
  /** Writes down news of a charge, to be sent once the transaction commits. */
  async function tell(
    tx: Transaction,
    charge: ChargeRow,
    event: SandboxEvent,
    travel: Travel = 'prompt',
  ): Promise<void> {
    if (travel === 'lost') return;
    const now = deps.clock.now();
    const body = (given: SandboxEvent) => {
      const id = newReference(deps.ids, 'evt');
      return { id, text: JSON.stringify({ id, type: given.type, createdAt: now.toISOString(), data: given.data }) };
    };
    const send = async (event: { id: string; text: string }, afterSeconds: number) => {
      const dueAt = new Date(now.getTime() + afterSeconds * 1000);
      const id = deps.ids.id();
      await tx.run(insertDelivery, [id, event.id, charge.provider_reference, charge.callback_url, event.text, dueAt]);
      await deps.jobs?.send(deliveryJob, { deliveryId: id }, serviceCtx('sandbox', { traceparent: newTraceparent() }), {
        tx,
        ...(afterSeconds > 0 ? { after: dueAt } : {}),
      });
    };
    const news = body(event);
    await send(news, travel === 'late' ? deps.lateSeconds : 0);
    if (travel === 'twice_more') {
      await send(news, 0);
      await send(news, 2);
    }
    if (travel === 'reordered' && 'charge' in event.data) {
      // The state before, told after: whoever goes backwards on it would take a paid order for an open one.
      const before: ChargeReport = { ...event.data.charge, state: 'processing', captured: 0, fee: null, reason: null };
      await send(body({ type: 'charge.processing', data: { charge: before } }), 1);
    }
  }

  /** Sends one delivery. @throws Error when it was not taken, so that the job tries again */
  async function deliver(delivery: DeliveryRow): Promise<void> {
    const { db, clock } = deps;
    let status: number | null = null;
    try {
      const response = await deps.fetch(delivery.url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
        headers: {
          'content-type': 'application/json',
          'stoa-signature': signWebhook(deps.secret, delivery.body, clock.now()),
        },
        body: delivery.body,
      });
      status = response.status;
      await response.body?.cancel();
    } catch (error) {
      await db.run(noteAttempt, [delivery.id, null, null]);
      throw new Error('the sandbox could not deliver a webhook', { cause: error });
    }
    const taken = status >= 200 && status < 300;
    await db.run(noteAttempt, [delivery.id, status, taken ? clock.now() : null]);
    if (!taken) throw new Error(`the sandbox's webhook was answered with ${status}`);
  }

  return {
    tell,
    /** The work of the delivery job. */
    deliverOne: async ({ deliveryId }: { deliveryId: string }): Promise<void> => {
      const delivery = await deps.db.row(findDelivery, [deliveryId]);
      if (delivery) await deliver(delivery);
    },
    /** Drops what was delivered a month ago. */
    forget: async (): Promise<void> => {
      await deps.db.run(forget, [new Date(deps.clock.now().getTime() - 30 * 86_400_000)]);
    },
    /** Sends everything due, for processes without a job queue. @returns how many were taken */
    deliverDue: async (): Promise<number> => {
      let taken = 0;
      for (const delivery of await deps.db.rows(listDue, [deps.clock.now()])) {
        try {
          await deliver(delivery);
          taken += 1;
        } catch (error) {
          deps.log.warn({ err: error, delivery: delivery.id }, 'a sandbox webhook stays due');
        }
      }
      return taken;
    },
  };
}

export type Deliveries = ReturnType<typeof openDeliveries>;
