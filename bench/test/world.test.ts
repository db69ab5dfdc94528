import { after, before, test } from 'node:test';
import pg from 'pg';
import { makeWorld, type World, withDatabase } from '../src/world.ts';

let world: World;
before(async () => {
  world = await makeWorld({ courses: 200, serverUrl: process.env.STOA_TEST_DATABASE_URL });
});
after(() => world?.close());

// A connection that is cut off throws where nobody catches it.
test('a database is dropped when those who worked with it have left', async () => {
  for (let round = 0; round < 3; round += 1)
    await withDatabase(world, 'bench_left', async (url) => {
      const pool = new pg.Pool({ connectionString: url, max: 20 });
      await Promise.all(Array.from({ length: 20 }, () => pool.query('select pg_sleep(0.01)')));
      await pool.end();
    });
});
