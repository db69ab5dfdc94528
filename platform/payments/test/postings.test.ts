import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { contextUrl, openDatabase, systemIds } from '@stoa/kernel';
import { createTestDatabase, type TestDatabase } from '@stoa/kernel/testing';
import { payments } from '../src/index.ts';
import { post } from '../src/ledger/post.ts';
import { postSettlement } from '../src/ledger/postings.ts';

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase([payments]);
});
after(() => database.drop());

test('transactions that open the same accounts at the same moment are all booked', async () => {
  const db = openDatabase({ context: 'payments', url: contextUrl(database.url, 'payments'), max: 8 });
  try {
    for (let round = 0; round < 100; round += 1) {
      const provider = `provider-${round}`;
      const begun = Array.from({ length: 8 }, () => Promise.withResolvers<void>());
      const booked = await Promise.all(
        begun.map(({ resolve }, n) => {
          const posting = postSettlement({ provider, reference: String(n), currency: 'BRL', amount: 100 });
          return db.transaction(async (tx) => {
            resolve();
            await Promise.all(begun.map(({ promise }) => promise));
            return post(tx, systemIds, { posting, at: new Date() });
          });
        }),
      );
      assert.deepEqual(booked, Array(8).fill(true));
    }
    assert.deepEqual((await db.pool.query('select subject, why from verify_ledger()')).rows, []);
    const { rows } = await db.pool.query("select count(*)::int as accounts from accounts where kind = 'clearing'");
    assert.deepEqual(rows, [{ accounts: 100 }]);
  } finally {
    await db.close();
  }
});
