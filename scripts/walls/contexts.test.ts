import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listErrors, listStatements, locales } from '@stoa/kernel';
import { createTestDatabase, openTestDatabase, startTestPlatform, type TestDatabase } from '@stoa/kernel/testing';
import { contexts } from '@stoa/server';

describe('every context', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(contexts);
  });
  after(() => database.drop());

  for (const context of contexts) {
    test(`${context.name} boots alone, with its siblings elsewhere`, async () => {
      const siblings = Object.fromEntries(
        contexts.filter((other) => other !== context).map((other) => [other.name, '127.0.0.1:1']),
      );
      const platform = await startTestPlatform(contexts, {
        run: [context.name],
        siblings,
        databaseUrl: database.url,
        rpcSecret: 'x'.repeat(32),
      });
      assert.equal((await platform.call('GET', '/healthz')).status, 200);
      const ready = await platform.call('GET', '/readyz');
      assert.equal(ready.status, 200, JSON.stringify(ready.body));
      await platform.close();
    });

    test(`${context.name} has only statements its own role may run`, async () => {
      const db = openTestDatabase(database.url, context.name);
      const client = await db.connect();
      try {
        for (const { name, text } of listStatements().filter(
          (statement) => statement.context === context.name || statement.context === 'kernel',
        )) {
          await client
            .query(`prepare "wall_${name}" as ${text}`)
            .catch((error: Error) => assert.fail(`${name}: ${error.message}`));
        }
      } finally {
        client.release(true);
        await db.close();
      }
    });
  }

  test('keeps its tables from the others', async () => {
    for (const context of contexts) {
      const db = openTestDatabase(database.url, context.name);
      for (const other of contexts.filter((each) => each !== context)) {
        await assert.rejects(
          db.pool.query(`select * from ${other.name}.outbox`),
          /permission denied/,
          `${context.name} reads ${other.name}`,
        );
      }
      await db.close();
    }
  });
});

describe('every error', () => {
  test('says what happened in every language, and when', () => {
    for (const [code, definition] of listErrors()) {
      assert.match(code, /^[a-z]+(_[a-z0-9]+)+$/, code);
      assert.ok(definition.when.length > 10, code);
      for (const locale of locales) assert.ok(definition.title[locale].length > 5, `${code} in ${locale}`);
    }
  });
});

describe('every operation', () => {
  test('declares who may call it, and its statement of repeats, in one OpenAPI document', async () => {
    const platform = await startTestPlatform(contexts);
    const { body } = await platform.call('GET', '/api/openapi.json');
    const operations = Object.entries(
      body.paths as Record<string, Record<string, { 'x-policy'?: string; summary?: string }>>,
    );
    assert.ok(operations.length > 40, `only ${operations.length} paths`);
    for (const [path, methods] of operations) {
      for (const [method, operation] of Object.entries(methods)) {
        assert.ok(operation['x-policy'], `${method} ${path} has no policy`);
        assert.ok(operation.summary, `${method} ${path} has no summary`);
      }
    }
    await platform.close();
  });
});
