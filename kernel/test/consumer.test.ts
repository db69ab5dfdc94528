import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { UserDeleted } from '@stoa/contracts';
import { createLog, type Database, type Envelope, on } from '@stoa/kernel';
import { createTestDatabase, openTestDatabase, type TestDatabase } from '@stoa/kernel/testing';
import { startConsumer } from '../src/events/consumer.ts';
import { notes } from './toy-contexts.ts';

let created: TestDatabase;
let db: Database;
before(async () => {
  created = await createTestDatabase([notes]);
  db = openTestDatabase(created.url, 'notes');
});
after(async () => {
  await db.close();
  await created.drop();
});

const deleted = (position: number, who = 'somebody'): Envelope => ({
  id: randomUUID(),
  source: 'identity',
  type: UserDeleted.type,
  subject: who,
  time: new Date().toISOString(),
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  partitionkey: who,
  aggregateversion: null,
  data: { userId: randomUUID() },
  position,
});

test('a consumer keeps nothing of the events it has handled', async () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  const batches: WeakRef<object>[] = [];
  const consumer = startConsumer({
    db,
    source: 'identity',
    from: {
      read: async ({ after: position }) => {
        await sleep(1);
        const batch = [deleted(position + 1)];
        batches.push(new WeakRef(batch));
        return batch;
      },
    },
    subscriptions: [on(UserDeleted, async () => undefined)],
    log: createLog({ level: 'silent' }),
  });
  for (let left = 1000; batches.length < 30 && left > 0; left -= 1) await sleep(10);
  assert.ok(batches.length >= 30, 'it reads on and on');
  const old = batches.slice(0, 20);
  // What a finished step of the loop held is free once the loop has gone on.
  let kept = old.length;
  for (let tries = 0; kept > 0 && tries < 20; tries += 1) {
    await sleep(10);
    if (typeof collect === 'function') collect();
    kept = old.filter((one) => one.deref()).length;
  }
  await consumer.stop();
  assert.equal(kept, 0, 'batches that are still held');
});

test('a consumer that waits for events ends at once', async () => {
  let asked = 0;
  const consumer = startConsumer({
    db,
    source: 'media',
    from: {
      read: () => {
        asked += 1;
        return new Promise(() => {});
      },
    },
    subscriptions: [],
    log: createLog({ level: 'silent' }),
  });
  while (asked === 0) await sleep(5);
  const begun = Date.now();
  await consumer.stop();
  assert.ok(Date.now() - begun < 1000);
});

test('two processes that share a consumer lose no event while one of them fails', async () => {
  const others = openTestDatabase(created.url, 'notes');
  try {
    for (let round = 0; round < 6; round += 1) {
      const source = `source-${round}`;
      const events = Array.from({ length: 40 }, (_, index) => deleted(index + 1, `person ${index}`));
      const poisoned = events[9]?.id ?? assert.fail();
      const consumers = [db, others].map((own) =>
        startConsumer({
          db: own,
          source,
          from: {
            read: async ({ after: position, limit }) => {
              await sleep(1);
              return events.slice(position, position + limit);
            },
          },
          subscriptions: [
            on(UserDeleted, async ({ id }) => {
              await sleep(1);
              if (id !== poisoned) return;
              // Long enough for the other to find the cursor held, again and again.
              await sleep(30);
              throw new Error('nobody can handle this');
            }),
          ],
          log: createLog({ level: 'silent' }),
          backoffMs: 20,
        }),
      );
      const position = async () =>
        (await db.pool.query<{ position: number }>('select position from subscriptions where source = $1', [source]))
          .rows[0]?.position;
      for (let left = 1000; (await position()) !== events.length && left > 0; left -= 1) await sleep(10);
      for (const consumer of consumers) await consumer.stop();
      const entered = await db.pool.query<{ event_id: string }>('select event_id from inbox where source = $1', [
        source,
      ]);
      assert.deepEqual(
        entered.rows.map((row) => row.event_id).toSorted(),
        events.map((event) => event.id).toSorted(),
        'each was taken up',
      );
      const parked = await db.pool.query<{ id: string }>('select id from parked_events where source = $1', [source]);
      assert.deepEqual(parked.rows, [{ id: poisoned }]);
    }
  } finally {
    await others.close();
  }
});
