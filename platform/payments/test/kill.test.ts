import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listCrashPoints, systemIds } from '@stoa/kernel';
import {
  createTestDatabase,
  freePort,
  openTestDatabase,
  type Person,
  person,
  type TestDatabase,
} from '@stoa/kernel/testing';
import { payments } from '../src/index.ts';
import { market } from './market.ts';
import { type Flow, flows, go } from './purchase.ts';
import { startWorld, type World } from './world.ts';

/**
 * Where each way is killed, one after the other as it comes by; the next process goes on from there. What was passed
 * before is over then, so the same point lower down is that of a later step: the answer of a refund and not of a charge.
 * Every point there is has to be here. STOA_CRASH_EACH=1 kills a way of its own at each pass of each point instead.
 */
const along: Record<Flow, readonly string[]> = {
  refund: [
    'create_order.after_commit',
    'hold.after_market',
    'start_payment.after_commit',
    'charge.before_call',
    'provider.after_answer',
    'charge.after_call',
    'evidence.before_commit',
    'evidence.after_commit',
    // The buyer has paid, and the provider tells.
    'webhook.before_insert',
    'webhook.after_insert',
    'evidence.before_commit',
    'evidence.after_commit',
    'request_refund.after_commit',
    'refund.before_call',
    'provider.after_answer',
    'refund.after_call',
    'evidence.before_commit',
    'evidence.after_commit',
  ],
  cancel: ['end_order.before_commit'],
  renew: [
    'renew.before_commit',
    'charge.before_call',
    'provider.after_answer',
    'charge.after_call',
    'evidence.before_commit',
    'evidence.after_commit',
  ],
  parts: [
    'begin_instalments.after_commit',
    'collect_instalment.before_commit',
    'collect_instalment.after_commit',
    'provider.after_answer',
    'evidence.before_commit',
    'pay_instalments.after_commit',
  ],
};
const points = listCrashPoints()
  .filter((point) => point.startsWith('payments.'))
  .map((point) => point.replace('payments.', ''));

const fixture = fileURLToPath(new URL('./crash.fixture.ts', import.meta.url));
let database: TestDatabase;
let ana: Person;
before(async () => {
  database = await createTestDatabase([payments, market]);
  ana = await person();
});
after(() => database.drop());

type Way = { flow: Flow; sku: string; port: number };

/** Something to buy, and the address that the provider reports to, which outlives each process. */
async function newWay(flow: Flow): Promise<Way> {
  const sku = `${flow === 'renew' ? 'plan' : 'course'}:${systemIds.id()}`;
  const db = openTestDatabase(database.url, 'market');
  await db.pool.query(
    "insert into items (sku, title, price, interval, instalment_parts) values ($1, 'A course', 4200, $2, $3)",
    [sku, flow === 'renew' ? 'month' : null, flow === 'parts' ? 4 : null],
  );
  await db.close();
  return { flow, sku, port: await freePort() };
}

/** Goes on in a process of its own. @returns how often it came by each point, or `killed` */
async function goOn(way: Way, crashAt?: string): Promise<Record<string, number> | 'killed'> {
  const child = spawn(process.execPath, [fixture, database.url, ana.id, way.sku, way.flow, String(way.port)], {
    env: { ...process.env, STOA_CRASH_AT: crashAt ? `payments.${crashAt}` : '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, wrong] = ['', ''];
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    wrong += chunk;
  });
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return 'killed';
  assert.equal(code, 0, wrong);
  return JSON.parse(said.trim().split('\n').at(-1) ?? '');
}

/**
 * Leaves it to the webhook to tell that the buyer has paid. On a slow machine the time to ask comes first, and then the way is
 * past the points of the webhook when it is to be killed there.
 */
async function waitForWebhook({ sku }: Way): Promise<void> {
  const db = openTestDatabase(database.url, 'payments');
  await db.pool.query(
    `update attempts set next_poll_at = now() + interval '10 minutes'
     where status = 'requires_action' and order_id in (select order_id from order_lines where sku = $1)`,
    [sku],
  );
  await db.close();
}

/** Brings a way to its end without being killed any more, and holds all books against each other. */
async function endWell({ flow, sku, port }: Way): Promise<void> {
  const world = await startWorld({ databaseUrl: database.url, port });
  try {
    await world.checkInvariants();
    const id = await go(world.platform, ana, { sku, flow });
    await world.webhooksSettle();
    await world.platform.host.settle();
    await world.checkInvariants();
    await checkCharges(world, { flow, sku, id });
  } finally {
    await world.close();
  }
}

async function checkCharges(world: World, { flow, sku, id }: { flow: Flow; sku: string; id: string }): Promise<void> {
  // The sandbox's own book is the judge of what was charged.
  const charges = await world.query<{ captured: number; refunded: number; amount: number }>(
    `select c.captured::int, c.refunded::int, c.amount::int from sandbox_charges c
     join attempts a on a.id::text = c.reference join orders o on o.id = a.order_id
     where o.id = $1 or o.subscription_id = $1 or (o.instalment_plan_id = $1 and o.state = 'paid') order by c.created_at`,
    [id],
  );
  const paid = { captured: 4200, refunded: 0, amount: 4200 };
  const part = { captured: 1050, refunded: 0, amount: 1050 };
  if (flow === 'parts') assert.deepEqual(charges, [part, part, { captured: 2100, refunded: 0, amount: 2100 }]);
  else if (flow === 'renew') assert.deepEqual(charges, [paid, paid]);
  else if (flow === 'refund') assert.deepEqual(charges, [{ captured: 4200, refunded: 4200, amount: 4200 }]);
  else assert.ok(charges.every(({ captured }) => captured === 0));
  const orders = await world.query('select 1 from order_lines where sku = $1', [sku]);
  assert.equal(orders.length, flow === 'parts' ? 3 : flow === 'renew' ? 2 : 1);
}

const isEach = Boolean(process.env.STOA_CRASH_EACH);

describe('a process killed with -9 in the middle of a purchase', () => {
  test('is killed at every place there is', () => {
    assert.deepEqual([...new Set(Object.values(along).flat())].sort(), points);
  });
  for (const flow of isEach ? [] : flows) {
    test(`comes to its end, charged and refunded once: ${flow}, killed ${along[flow].length} times`, async () => {
      const way = await newWay(flow);
      for (const point of along[flow]) {
        if (point.startsWith('webhook.')) await waitForWebhook(way);
        assert.equal(await goOn(way, point), 'killed', `came by ${point}`);
      }
      await endWell(way);
    });
  }
  for (const flow of isEach ? flows : []) {
    test(`comes to its end, charged and refunded once: ${flow}, killed at each pass of each place`, async (t) => {
      const counted = await goOn(await newWay(flow));
      assert.ok(counted !== 'killed');
      const passes = Object.entries(counted)
        .filter(([name, count]) => name.startsWith('payments.') && count > 0)
        .flatMap(([name, count]) =>
          Array.from({ length: count }, (_, n) => ({ point: name.replace('payments.', ''), pass: n + 1 })),
        );
      let [killed, missed] = [0, 0];
      for (const { point, pass } of passes) {
        await t.test(`${point}, pass ${pass} of ${counted[`payments.${point}`]}`, async () => {
          const way = await newWay(flow);
          const outcome = await goOn(way, `${point}#${pass}`);
          // How often a payment is asked about depends on how fast it goes, and one may be called off before it was made.
          assert.ok(outcome === 'killed' || pass > 1 || flow === 'cancel', `came by ${point}`);
          if (outcome === 'killed') killed += 1;
          else missed += 1;
          await endWell(way);
        });
      }
      t.diagnostic(`${flow}: killed at ${killed} passes; ${missed} did not come again`);
    });
  }
});
