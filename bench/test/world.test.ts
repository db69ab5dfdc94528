import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeWorld, type World, withDatabase } from '../src/world.ts';

let world: World;
before(async () => {
  world = await makeWorld({ courses: 200, serverUrl: process.env.STOA_TEST_DATABASE_URL });
});
after(() => world?.close());

test('a database is dropped when those who worked with it have left', async () => {
  const cutOff: unknown[] = [];
  let left: Promise<void> | undefined;
  await withDatabase(world, 'bench_left', async (url) => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', (error) => cutOff.push(error));
    await client.connect();
    // As a pool does, which says that it is closed while its connections still close.
    left = sleep(300).then(() => client.end());
  });
  await left;
  assert.deepEqual(cutOff, []);
});
