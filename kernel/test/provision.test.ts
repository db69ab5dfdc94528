import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { contextUrl, provision, type Room, roleName } from '../src/db/provision.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';

describe('what a context needs from the database', () => {
  // Roles belong to the server, which other test files use at the same time.
  const settings = {
    STOA_DATABASE_ROLE_PREFIX: `stoa_${randomUUID().slice(0, 8)}_`,
    STOA_DATABASE_ROLE_SECRET: 'first',
  };
  const given = { ...process.env };
  let database: TestDatabase;
  let folder: string;
  let room: Room;
  before(async () => {
    database = await createTestDatabase([]);
    folder = await mkdtemp(join(tmpdir(), 'stoa-provision-'));
    room = { name: 'notes', migrations: pathToFileURL(`${folder}/`) };
    Object.assign(process.env, settings);
  });
  after(async () => {
    const role = roleName(room.name);
    for (const name of Object.keys(settings)) {
      if (given[name] === undefined) delete process.env[name];
      else process.env[name] = given[name];
    }
    await query(database.url, `drop owned by ${role} cascade; drop role ${role}`);
    await database.drop();
    await rm(folder, { recursive: true });
  });
  const query = async (url: string, text: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };

  test('is made once, and later starts find it', async () => {
    await writeFile(join(folder, '0001_notes.sql'), 'create table note (id int primary key);');
    const first = await provision(database.url, [room]);
    assert.ok(Number(first.notes) > 1, "the kernel's own files and the context's");
    assert.deepEqual(await provision(database.url, [room]), { notes: 0 });
    assert.deepEqual(await query(contextUrl(database.url, 'notes'), 'select count(*)::int as notes from note'), [
      { notes: 0 },
    ]);
  });

  test('a role gets the password of another secret, and what it has stays', async () => {
    process.env.STOA_DATABASE_ROLE_SECRET = 'second';
    await assert.rejects(query(contextUrl(database.url, 'notes'), 'select 1'), { code: '28P01' });
    await writeFile(join(folder, '0002_more.sql'), 'insert into note values (1);');
    assert.deepEqual(await provision(database.url, [room]), { notes: 1 });
    assert.deepEqual(await query(contextUrl(database.url, 'notes'), 'select id from note'), [{ id: 1 }]);
  });

  test('a file that changed after it was applied is refused, and one that fails changes nothing', async () => {
    await writeFile(join(folder, '0003_broken.sql'), 'insert into note values (2); insert into nowhere values (1);');
    await assert.rejects(provision(database.url, [room]), /0003_broken\.sql failed/);
    assert.deepEqual(await query(contextUrl(database.url, 'notes'), 'select id from note'), [{ id: 1 }]);
    await rm(join(folder, '0003_broken.sql'));
    await writeFile(join(folder, '0002_more.sql'), 'insert into note values (3);');
    await assert.rejects(provision(database.url, [room]), /0002_more\.sql was changed after it was applied/);
  });

  test('several processes at once make it once', async () => {
    await writeFile(join(folder, '0002_more.sql'), 'insert into note values (1);');
    await writeFile(join(folder, '0004_last.sql'), 'insert into note values (4);');
    const counts = await Promise.all([1, 2, 3].map(() => provision(database.url, [room])));
    assert.deepEqual(counts.map(({ notes }) => notes).sort(), [0, 0, 1]);
  });
});
