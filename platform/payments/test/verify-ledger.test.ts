import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createLog, type Database, openDatabase, serviceCtx, systemClock, systemIds } from '@stoa/kernel';
import { createTestDatabase, openTestDatabase, type TestDatabase } from '@stoa/kernel/testing';
import { payments } from '../src/index.ts';
import { post, postLast } from '../src/ledger/post.ts';
import { postSettlement } from '../src/ledger/postings.ts';
import { listBreaches, verifyLedger } from '../src/ledger/verify-ledger.ts';

let database: TestDatabase;
let db: Database;
before(async () => {
  database = await createTestDatabase([payments]);
  db = openTestDatabase(database.url, 'payments');
});
after(async () => {
  await db.close();
  await database.drop();
});

const ctx = serviceCtx('test');
const verify = () => verifyLedger({ db, clock: systemClock, log: createLog({ level: 'silent' }) })(ctx);
let reference = 0;
const settlement = () => {
  reference += 1;
  return postSettlement({ provider: 'somebody', reference: String(reference), currency: 'BRL', amount: 100 });
};
const book = async (count: number) => {
  for (let n = 0; n < count; n += 1) await post(db, systemIds, { posting: settlement(), at: new Date() });
};
/** As somebody who may do everything and knows how to get around the triggers; and undoes it. */
const tampered = async (sql: string, look: () => Promise<void>) => {
  const { pool: admin, close } = openDatabase({ context: 'payments', url: database.url, max: 1 });
  try {
    await admin.query("set search_path = payments; set session_replication_role = 'replica'");
    await admin.query('create temporary table kept as select * from ledger_transactions');
    await admin.query(sql);
    await look();
    await admin.query('delete from ledger_transactions; insert into ledger_transactions select * from kept');
  } finally {
    await close();
  }
};
const nth = (n: number) => `(select id from ledger_transactions order by occurred_at, id offset ${n} limit 1)`;

test('the books are looked at from where they were last found whole', async () => {
  await book(40);
  assert.deepEqual(await listBreaches({ db }), []);
  assert.deepEqual(await verify(), []);
  await book(40);
  assert.deepEqual(await listBreaches({ db }), []);
  const { rows } = await db.pool.query(
    'select sum(c.seq)::int as verified, sum(h.seq)::int as booked from ledger_chains h join ledger_checkpoints c using (chain)',
  );
  assert.deepEqual(rows, [{ verified: 40, booked: 80 }]);
});

test('what was changed since is seen at once, what was changed before when all is verified, and then stays seen', async () => {
  const change = (n: number) => `update ledger_transactions set kind = 'gift' where id = ${nth(n)}`;
  await tampered(change(70), async () =>
    assert.equal((await listBreaches({ db }))[0]?.why, 'the hash does not fit the content'),
  );
  await tampered(`delete from ledger_transactions where id = ${nth(65)}`, async () =>
    assert.ok((await listBreaches({ db })).length > 0),
  );
  await tampered(change(5), async () => {
    assert.deepEqual(await listBreaches({ db }), []);
    assert.equal((await verify()).length, 1);
    assert.equal((await listBreaches({ db }))[0]?.why, 'the hash does not fit the content');
    const { rows } = await db.pool.query('select sum(seq)::int as verified from ledger_checkpoints');
    assert.deepEqual(rows, [{ verified: 40 }]);
  });
  assert.deepEqual(await verify(), []);
  assert.deepEqual(await listBreaches({ db }), []);
});

test('the end of a chain cannot be cut off', async () => {
  await book(1);
  await tampered(`delete from ledger_transactions where id = ${nth(80)}`, async () =>
    assert.ok((await listBreaches({ db })).some(({ why }) => why === 'its end is missing')),
  );
});

test('transactions of one order or several are booked together, each once, and their entries may not be crooked', async () => {
  const orderId = systemIds.id();
  const posting = (key: string, amount = 100) => ({
    key: `${key}:${orderId}`,
    kind: 'capture',
    orderId,
    entries: [
      { kind: 'clearing' as const, holder: 'somebody', currency: 'BRL', amount },
      { kind: 'buyer' as const, holder: 'b', currency: 'BRL', amount: -100 },
    ],
  });
  const write = (...postings: ReturnType<typeof posting>[]) =>
    db.transaction(async (tx) => postLast(tx, systemIds, { postings, at: new Date() }));
  await write(posting('one'), posting('two'));
  await write(posting('two'), posting('three'));
  await assert.rejects(write(posting('four'), posting('five', 99)), /does not balance/);
  const { rows } = await db.pool.query('select key from ledger_transactions where order_id = $1 order by seq', [
    orderId,
  ]);
  assert.deepEqual(
    rows.map(({ key }) => key.split(':')[0]),
    ['one', 'two', 'three'],
  );
  const elsewhere = { ...posting('six'), orderId: orderId.slice(0, -1) + (orderId.endsWith('0') ? '1' : '0') };
  await write(posting('seven'), elsewhere, posting('eight'), { ...posting('seven'), kind: 'again' });
  const after = await db.pool.query(
    'select key, kind from ledger_transactions where order_id = any($1) order by chain, seq',
    [[orderId, elsewhere.orderId]],
  );
  assert.deepEqual(after.rows.map(({ key }) => key.split(':')[0]).sort(), [
    'eight',
    'one',
    'seven',
    'six',
    'three',
    'two',
  ]);
  assert.ok(after.rows.every(({ kind }) => kind === 'capture'));
  assert.deepEqual(await verify(), []);
});

test('balances follow from entries and from nothing else', async () => {
  const { rows } = await db.pool.query(
    `select count(*)::int as wrong from (
       select e.account, sum(e.amount) as balance, count(*) as entries from ledger_entries e group by e.account
     ) e full join (
       select account, sum(debit - credit) as balance, sum(entries) as entries from account_balances group by account
     ) b using (account)
     where (e.balance, e.entries) is distinct from (b.balance, b.entries)`,
  );
  assert.equal(rows[0]?.wrong, 0);
  for (const change of [
    'update account_balances set debit = debit + 1',
    'delete from account_balances',
    'truncate account_balances',
  ])
    await assert.rejects(db.pool.query(change), /balances follow from entries|append-only/, change);
});
