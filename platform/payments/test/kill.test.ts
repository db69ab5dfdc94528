import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Database, listCrashPoints, systemIds } from '@stoa/kernel';
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
import { inParts, purchase, renewal } from './purchase.ts';
import { startWorld } from './world.ts';

const fixture = fileURLToPath(new URL('./crash.fixture.ts', import.meta.url));
let database: TestDatabase;
/** The market's own, where nothing runs that could be asked. */
let tables: Database;
let ana: Person;
before(async () => {
  database = await createTestDatabase([payments, market]);
  tables = openTestDatabase(database.url, 'market');
  ana = await person();
});
after(async () => {
  await tables?.close();
  await database?.drop();
});

const points = listCrashPoints().filter((point) => point.startsWith('payments.'));

describe('a process killed with -9 in the middle of a purchase', () => {
  test('has at least these places to be killed at', () => {
    assert.ok(points.length >= 14, points.join(', '));
  });
  for (const point of points) {
    test(`at ${point}: the next process brings it to its end, charged and refunded once`, async () => {
      const isRenewal = point.includes('renew');
      const sku = `${isRenewal ? 'plan' : 'course'}:${systemIds.id()}`;
      const isInParts = point.includes('instalment');
      const end = isRenewal ? 'renew' : isInParts ? 'parts' : point.includes('end_order') ? 'cancel' : 'refund';
      await tables.pool.query(
        "insert into items (sku, title, price, interval, instalment_parts) values ($1, 'A course', 4200, $2, $3)",
        [sku, isRenewal ? 'month' : null, isInParts ? 4 : null],
      );

      // The address that the provider reports to outlives the process.
      const port = await freePort();
      const child = spawn(process.execPath, [fixture, database.url, ana.id, sku, end, String(port)], {
        env: { ...process.env, STOA_CRASH_AT: point },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += chunk;
      });
      const [, signal] = await once(child, 'exit');
      assert.equal(signal, 'SIGKILL', said);

      const world = await startWorld({ databaseUrl: database.url, port });
      try {
        await world.checkInvariants();
        const id =
          end === 'renew'
            ? await renewal(world.platform, ana, { sku })
            : end === 'parts'
              ? await inParts(world.platform, ana, { sku })
              : await purchase(world.platform, ana, { sku, end });
        await world.webhooksSettle();
        await world.platform.host.settle();
        await world.checkInvariants();
        // The sandbox's own book is the judge of what was charged.
        const charges = await world.query<{ captured: number; refunded: number; amount: number }>(
          `select c.captured::int, c.refunded::int, c.amount::int from sandbox_charges c
           join attempts a on a.id::text = c.reference join orders o on o.id = a.order_id
           where o.id = $1 or o.subscription_id = $1 or (o.instalment_plan_id = $1 and o.state = 'paid') order by c.created_at`,
          [id],
        );
        const paid = { captured: 4200, refunded: 0, amount: 4200 };
        const part = { captured: 1050, refunded: 0, amount: 1050 };
        if (end === 'parts') assert.deepEqual(charges, [part, part, { captured: 2100, refunded: 0, amount: 2100 }]);
        else if (end === 'renew') assert.deepEqual(charges, [paid, paid]);
        else if (end === 'refund') assert.deepEqual(charges, [{ captured: 4200, refunded: 4200, amount: 4200 }]);
        else assert.ok(charges.every(({ captured }) => captured === 0));
        const orders = await world.query('select 1 from order_lines where sku = $1', [sku]);
        assert.equal(orders.length, end === 'parts' ? 3 : end === 'renew' ? 2 : 1);
      } finally {
        await world.close();
      }
    });
  }
});
