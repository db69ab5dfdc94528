import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, kernelErrors } from '@stoa/kernel';
import pg from 'pg';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLog({ destination: { write: (line: string) => lines.push(line) } }));
  const line: unknown = JSON.parse(lines.join(''));
  assert.ok(typeof line === 'object' && line !== null);
  return { ...line };
}

test('an error of the database is logged with its code and without the row it speaks of', () => {
  const error = new pg.DatabaseError('duplicate key value violates unique constraint "people_email"', 100, 'error');
  Object.assign(error, { code: '23505', detail: 'Key (email)=(ana@example.org) already exists.', where: 'ana' });
  const { err } = logged((log) => log.error({ err: error }, 'failed'));
  assert.doesNotMatch(JSON.stringify(err), /ana@example/);
  assert.match(JSON.stringify(err), /duplicate key/);
  assert.partialDeepStrictEqual(err, { type: 'DatabaseError', errorCode: '23505' });
});

test('an error of ours is logged by its code and cause, not with its words in three languages', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const error = kernelErrors.temporarily_unavailable({ cause });
  const { err } = logged((log) => log.warn({ err: error }, 'failed'));
  assert.ok(typeof err === 'object' && err !== null);
  assert.deepEqual(Object.keys(err), ['type', 'message', 'stack', 'errorCode']);
  assert.partialDeepStrictEqual(err, { errorCode: 'temporarily_unavailable' });
  assert.match(JSON.stringify(err), /caused by: Error: connect ECONNREFUSED/);
});

test('of several errors that are thrown as one, each is logged', () => {
  const error = new AggregateError(
    [Object.assign(new Error('first'), { detail: 'a row' }), new Error('second')],
    'both',
  );
  const { err } = logged((log) => log.error({ err: error }, 'failed'));
  assert.partialDeepStrictEqual(err, { message: 'both', errors: [{ message: 'first' }, { message: 'second' }] });
  assert.doesNotMatch(JSON.stringify(err), /a row/);
});

test('what was thrown and is no error is logged, too', () => {
  assert.equal(logged((log) => log.error({ err: 'just words' }, 'failed')).err, 'just words');
});

test('secrets are masked wherever they stand', () => {
  const line = logged((log) => log.info({ code: 'c', body: { password: 'p', deep: { token: 't' } } }, 'said'));
  assert.partialDeepStrictEqual(line, {
    code: '[masked]',
    body: { password: '[masked]', deep: { token: '[masked]' } },
  });
});
