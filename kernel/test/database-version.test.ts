import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseOldServer } from '../src/db/provision.ts';

test('a server older than PostgreSQL 15 is refused in one sentence that says what it is', () => {
  const said = (version: number) => {
    try {
      refuseOldServer(version);
      return 'welcome';
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error);
      assert.equal(error.code, 'database_too_old');
      return error.message;
    }
  };
  assert.equal(said(140_011), 'the server of DATABASE_URL is PostgreSQL 14; Stoa needs 15 or newer');
  assert.equal(said(90_624), 'the server of DATABASE_URL is PostgreSQL 9.6; Stoa needs 15 or newer');
  assert.deepEqual([150_000, 150_004, 180_001].map(said), ['welcome', 'welcome', 'welcome']);
});
