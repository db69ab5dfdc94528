import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { contextUrl, type Database, ExpectedError, statement } from '@stoa/kernel';
import { createTestDatabase, openTestDatabase, type TestDatabase } from '@stoa/kernel/testing';
import pg from 'pg';
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

type Value = { t: string | null; n: number | null; b: boolean | null; at: string; j: unknown; a: string[] };
const values = statement<[text: string | null, number: number | null, flag: boolean | null], Value>(
  'probe.values',
  `select $1::text as t, $2::int as n, $3::bool as b, timestamptz '2026-01-02 03:04:05.678Z' as at,
     jsonb_build_object('t', $1::text) as j, array['x', $1::text] as a`,
);
type Given = [
  bytes: Buffer,
  texts: (string | null)[],
  numbers: number[][],
  flags: boolean[],
  at: Date,
  json: object,
  list: Buffer[],
];
const parameters = statement<Given, Record<string, string>>(
  'probe.parameters',
  `select $1::bytea::text as bytes, $2::text[]::text as texts, $3::int[]::text as numbers, $4::bool[]::text as flags,
     $5::timestamptz::text as at, $6::jsonb::text as json, $7::bytea[]::text as list`,
);
const divide = statement<[by: number], { result: number }>(
  'probe.divide',
  'select 10 / (x - $1::int) as result from generate_series(1, 5) x',
);
const sum = statement<[numbers: number[]], { sum: number }>(
  'probe.sum',
  'select sum(x)::int as sum from unnest($1::int[]) x',
);
const nothing = statement<[text: string], never>(
  'probe.nothing',
  'update notes set text = $1 where id = gen_random_uuid()',
);
const big = statement<[], { n: number }>('probe.big', 'select 9007199254740993::bigint as n');
const wait = statement<[seconds: number], { done: string }>('probe.wait', 'select pg_sleep($1)::text as done');
const sessions = statement<[], { pid: number }>('probe.session', 'select pg_backend_pid() as pid');

test('a statement gives the same rows however often its connection has run it', async () => {
  const text = 'ação "quoted" \\ 日本 🏛';
  for (let n = 0; n < 3; n += 1) {
    assert.deepEqual(await db.rows(values, [text, n, true]), [
      { t: text, n, b: true, at: '2026-01-02T03:04:05.678Z', j: { t: text }, a: ['x', text] },
    ]);
    const empty = await db.row(values, [null, null, null]);
    assert.equal(empty?.t, null);
    assert.equal(empty?.n, null);
    assert.equal(empty?.b, null);
  }
});

const texts = ['', 'plain', 'ação "quoted" \\ 日本 🏛', "'; --", '{"a":[1,null]}', 'NULL', '\n\t', ' {},\\"'];

test('parameters arrive and rows come as they do through the driver itself', async () => {
  const driver = new pg.Client({ connectionString: contextUrl(created.url, 'notes'), options: '-c timezone=UTC' });
  await driver.connect();
  try {
    for (const text of [...texts, null]) {
      for (const [number, flag] of [
        [0, true],
        [-2_147_483_648, false],
        [2_147_483_647, null],
        [null, null],
      ] as const) {
        const theirs = (await driver.query(values.text, [text, number, flag])).rows;
        assert.deepEqual(
          await db.rows(values, [text, number, flag]),
          theirs.map((row) => ({ ...row, at: row.at.toISOString() })),
        );
      }
      const given: Given = [
        Buffer.from(text ?? '', 'utf8'),
        [...texts, text],
        [
          [1, -2],
          [3, 4],
        ],
        [true, false],
        new Date('2026-01-02T03:04:05.678Z'),
        { text, list: [1, null, { deep: text }] },
        [Buffer.from([0, 255]), Buffer.from(text ?? '')],
      ];
      assert.deepEqual(await db.rows(parameters, given), (await driver.query(parameters.text, given)).rows);
    }
  } finally {
    await driver.end();
  }
});

test('a statement that fails, at once or after some rows, leaves its connection usable', async () => {
  await db.transaction(async (tx) => assert.equal((await tx.rows(divide, [0])).length, 5));
  await assert.rejects(db.rows(divide, [3]), /division by zero/);
  await assert.rejects(db.rows(values, ['a', Number.NaN, true]), /invalid input syntax/);
  await assert.rejects(db.row(big, []), RangeError);
  assert.equal((await db.rows(divide, [0])).length, 5);
  assert.equal((await db.row(values, ['a', 1, true]))?.t, 'a');
});

test('a failure names whoever asked', async () => {
  async function askedHere(): Promise<unknown> {
    return await db.rows(divide, [3]);
  }
  await assert.rejects(askedHere(), (error: Error) => /askedHere/.test(error.stack ?? ''));
});

test('lists are parameters like others', async () => {
  for (let n = 0; n < 3; n += 1) assert.equal((await db.row(sum, [[1, 2, n]]))?.sum, 3 + n);
});

test('a statement without rows says how many it touched', async () => {
  for (let n = 0; n < 2; n += 1) assert.equal(await db.run(nothing, ['x']), 0);
  assert.equal(await db.run(divide, [0]), 5);
});

test('a connection that dies under a statement is an expected failure, and the next one gets another', async () => {
  const waiting = assert.rejects(
    db.rows(wait, [30]),
    (error: unknown) => error instanceof ExpectedError && error.code === 'temporarily_unavailable',
  );
  const other = openTestDatabase(created.url, 'notes');
  let ended = 0;
  while (ended === 0) {
    const { rowCount } = await other.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = current_user and query like '%pg_sleep($1)%' and state = 'active'
         and pid <> pg_backend_pid()`,
    );
    ended = rowCount ?? 0;
  }
  await waiting;
  await other.close();
  assert.ok((await db.row(sessions, []))?.pid);
});

test('a connection that dies while a transaction holds it fails the transaction and not the process', async () => {
  const other = openTestDatabase(created.url, 'notes');
  await assert.rejects(
    db.transaction(async (tx) => {
      const session = await tx.row(sessions, []);
      await other.pool.query('select pg_terminate_backend($1)', [session?.pid]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.row(sessions, []);
    }),
    (error: unknown) => error instanceof ExpectedError && error.code === 'temporarily_unavailable',
  );
  await other.close();
  assert.ok((await db.row(sessions, []))?.pid);
});

test('the SQL of libraries is prepared once per connection, too', async () => {
  await db.transaction(async (tx) => {
    const names = async () => {
      const { rows } = await tx.raw(
        "select name from pg_prepared_statements where name like 'raw.%' order by name",
        [],
      );
      return rows.length;
    };
    await names();
    const before = await names();
    for (const value of ['one', 'two', 'three'])
      assert.deepEqual((await tx.raw('select $1::text as value', [value])).rows, [{ value }]);
    assert.equal(await names(), before + 1);
  });
});

const addNote = statement<[id: string, text: string], { id: string }>(
  'probe.add_note',
  "insert into notes (id, author, text) values ($1::uuid, 'somebody', $2) returning id",
);
const readNote = statement<[id: string], { text: string }>('probe.read_note', 'select text from notes where id = $1');
const noteId = (n: number) => `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`;

test('statements of a transaction that do not wait for each other run in their order, with one snapshot each', async () => {
  for (let n = 0; n < 2; n += 1) {
    const id = noteId(n);
    await db.transaction(async (tx) => {
      const [before, added, after, sums, none] = await Promise.all([
        tx.row(readNote, [id]),
        tx.row(addNote, [id, 'together']),
        tx.row(readNote, [id]),
        tx.row(sum, [[1, 2]]),
        tx.run(nothing, ['x']),
      ]);
      assert.deepEqual([before, added, after, sums, none], [undefined, { id }, { text: 'together' }, { sum: 3 }, 0]);
      tx.last(addNote, [noteId(n + 10), 'last']);
      assert.equal(await tx.row(readNote, [noteId(n + 10)]), undefined);
    });
    assert.equal((await db.row(readNote, [noteId(n + 10)]))?.text, 'last');
  }
});

test('what travels with the commit can be asked for a row, which is there afterwards', async () => {
  const { added, inside } = await db.transaction(async (tx) => {
    tx.last(addNote, [noteId(60), 'first']);
    return { added: tx.lastRow(addNote, [noteId(61), 'second']), inside: await tx.row(readNote, [noteId(60)]) };
  });
  assert.equal(inside, undefined);
  assert.deepEqual(await added, { id: noteId(61) });
  let row: Promise<unknown> = Promise.resolve();
  const failing = db.transaction(async (tx) => {
    row = tx.lastRow(divide, [3]);
    throw new Error('no');
  });
  await assert.rejects(failing, /no/);
  await assert.rejects(row, /no/);
  const refused = db.transaction(async (tx) => ({ never: tx.lastRow(addNote, [noteId(61), 'again']) }));
  await assert.rejects(refused, /duplicate key/);
});

test('a failure among statements that travel together undoes all of them and leaves the connection usable', async () => {
  const pool = openTestDatabase(created.url, 'notes');
  const fresh = statement<[by: number], { result: number }>('probe.fresh_divide', 'select 8 / $1::int as result');
  const later = statement<[n: number], { n: number }>('probe.later', 'select $1::int as n');
  const together = (by: number, id: string) =>
    pool.transaction(async (tx) => {
      tx.last(addNote, [noteId(31), 'never']);
      return Promise.all([tx.row(addNote, [id, 'never']), tx.row(fresh, [by]), tx.row(later, [by])]);
    });
  for (let n = 0; n < 3; n += 1) await assert.rejects(together(0, noteId(30)), /division by zero/);
  assert.deepEqual((await together(2, noteId(32))).slice(1), [{ result: 4 }, { n: 2 }]);
  assert.equal(await pool.row(readNote, [noteId(30)]), undefined);
  const last = pool.transaction(async (tx) => {
    await tx.row(addNote, [noteId(33), 'never']);
    tx.last(fresh, [0]);
    tx.last(addNote, [noteId(34), 'never']);
  });
  await assert.rejects(last, /division by zero/);
  for (const n of [33, 34]) assert.equal(await pool.row(readNote, [noteId(n)]), undefined);
  await pool.close();
});

test('a transaction that goes on after one of its statements failed is not taken for done', async () => {
  await assert.rejects(
    db.transaction(async (tx) => {
      await tx.row(addNote, [noteId(40), 'never']);
      await tx.row(divide, [3]).catch(() => undefined);
    }),
    /went on after/,
  );
  assert.equal(await db.row(readNote, [noteId(40)]), undefined);
});

test('a transaction that asks for nothing costs nothing, and one whose work throws first leaves its connection', async () => {
  const one = openTestDatabase(created.url, 'notes');
  assert.equal(await one.transaction(async () => 'done'), 'done');
  await assert.rejects(
    one.transaction(async (tx) => {
      tx.row(addNote, [noteId(50), 'never']).catch(() => undefined);
      throw new Error('no');
    }),
    /no/,
  );
  assert.equal(await one.row(readNote, [noteId(50)]), undefined);
  await one.close();
});

test('what is still asked for when a transaction is over is refused, and touches nobody else', async () => {
  const open = gate();
  let late: Promise<unknown> = Promise.resolve();
  await assert.rejects(
    db.transaction(async (tx) => {
      late = open.passed.then(() => tx.rows(divide, [0]));
      late.catch(() => undefined);
      await tx.rows(divide, [3]);
    }),
    /division by zero/,
  );
  open.pass();
  await assert.rejects(late, /the transaction is over/);
  let after: Promise<unknown> = Promise.resolve();
  const closed = gate();
  await db.transaction(async (tx) => {
    after = closed.passed.then(() => tx.rows(divide, [0]));
    after.catch(() => undefined);
    await tx.rows(divide, [0]);
  });
  closed.pass();
  await assert.rejects(after, /the transaction is over/);
});

function gate() {
  let pass: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  return { passed, pass: () => pass() };
}
