import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLog, loadConfig, serviceCtx, systemClock, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { providerCaller } from '../src/attempts/call-provider.ts';
import type { WorkDeps } from '../src/attempts/perform-charge.ts';
import { paymentSettings } from '../src/config.ts';
import type { WebhookEvidence } from '../src/providers/provider.ts';
import { processWebhook } from '../src/webhooks/process-webhook.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
before(async () => {
  // Nobody but this test works on anything: what is delivered when is its choice.
  world = await startWorld({ roles: ['api'] });
  ana = await person();
});
after(() => world.close());

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}

describe('five kinds of webhooks about one payment', () => {
  test('end in the same place in all 120 orders, each one, two or three times', async () => {
    const db = world.platform.host.database('payments');
    const deps: WorkDeps = {
      db,
      jobs: { ...silentJobs },
      clock: systemClock,
      ids: systemIds,
      log: silentLog,
      config: loadConfig(paymentSettings, {}),
      publicUrl: world.platform.url,
      providers: [world.provider.configured],
      callProvider: providerCaller({ providers: [world.provider.configured], clock: systemClock, callSeconds: 5 }),
    };
    const process = processWebhook(deps);
    const ctx = serviceCtx('test');
    const deliver = async (evidence: WebhookEvidence) => {
      const { rows } = await db.pool.query<{ id: string }>(
        `insert into webhook_deliveries (id, provider, evidence_id, content) values ($1, 'scripted', $2, $3)
         on conflict (provider, evidence_id) do update set processed_at = null returning id`,
        [systemIds.id(), evidence.evidenceId, JSON.stringify(evidence)],
      );
      await process({ deliveryId: rows[0]?.id ?? '' }, ctx);
    };
    const sku = await world.item(5000);
    const ends = new Set<string>();
    const kinds = ['requires_action', 'processing', 'succeeded', 'refunded', 'disputed'] as const;
    let runs = 0;
    for (const order of permutations(kinds)) {
      for (const copies of [1, 2, 3]) {
        const { id: orderId } = await world.order(ana, [{ sku }]);
        const { id } = await world.pay(ana, orderId);
        await world.provider.provider.create(
          {
            reference: id,
            amount: { amount: 5000, currency: 'BRL' },
            capture: 'automatic',
            description: '',
            locale: 'en',
            payer: { email: '', name: '' },
            returnUrl: '',
            cancelUrl: '',
            callbackUrl: '',
            expiresAt: new Date(),
          },
          { idempotencyKey: id, deadline: new Date(Date.now() + 1000) },
        );
        const opened = world.provider.report(id);
        world.provider.pay(id);
        const paid = world.provider.report(id);
        const charge = world.provider.charges.get(id) ?? assert.fail();
        charge.refunded = 1500;
        const messages: Record<(typeof kinds)[number], WebhookEvidence> = {
          requires_action: world.charge(opened),
          processing: world.charge({ ...opened, state: 'processing' }),
          succeeded: world.charge(paid),
          refunded: world.charge({ ...paid, refunded: 1500 }),
          disputed: {
            about: 'dispute',
            evidenceId: systemIds.id(),
            type: 'dispute.opened',
            occurredAt: null,
            report: {
              providerReference: `dp-${id}`,
              chargeReference: id,
              state: 'open',
              amount: { amount: 2000, currency: 'BRL' },
              reason: 'fraudulent',
              respondBy: null,
            },
          },
        };
        for (const kind of order) for (let copy = 0; copy < copies; copy += 1) await deliver(messages[kind]);
        const [end] = await world.query(
          `select o.state, o.refunded::int, a.status, a.captured::int, a.refunded::int as back, a.disputed::int, a.fee::int,
             (select count(*)::int from refunds r where r.order_id = o.id) as refunds,
             (select count(*)::int from disputes d where d.order_id = o.id) as disputes,
             (select count(*)::int from invoices i where i.order_id = o.id) as invoices,
             (select count(*)::int from ledger_transactions t where t.order_id = o.id) as transactions,
             (select count(*)::int from outbox e where e.partition_key = o.id::text) as events
           from orders o join attempts a on a.order_id = o.id where o.id = $1`,
          [orderId],
        );
        ends.add(JSON.stringify(end));
        runs += 1;
      }
    }
    assert.equal(runs, 360);
    assert.deepEqual(
      [...ends].map((end) => JSON.parse(end)),
      [
        {
          state: 'partially_refunded',
          refunded: 1500,
          status: 'partially_refunded',
          captured: 5000,
          back: 1500,
          disputed: 2000,
          fee: 150,
          refunds: 1,
          disputes: 1,
          invoices: 2,
          transactions: 6,
          events: 2,
        },
      ],
    );
    await world.checkInvariants();
  });
});

const silentJobs: WorkDeps['jobs'] = {
  send: async () => null,
  sendAll: async () => undefined,
  work: async () => undefined,
  listParked: async () => [],
  queueOfParked: async () => null,
  replay: async () => false,
  counts: async () => [],
  oldest: async () => [],
  stop: async () => undefined,
};
const silentLog = createLog({ level: 'silent' });
