import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRateLimiter } from '../src/http/rate-limit.ts';

const minute = { limit: 2, windowSeconds: 60 };

test('each caller has a limit of their own, which begins anew with the next window', () => {
  let time = 0;
  const limiter = createRateLimiter(minute, () => time);
  assert.deepEqual(limiter.take('ana'), { allowed: true, remaining: 1, resetSeconds: 60 });
  time = 30_000;
  assert.deepEqual(limiter.take('ana'), { allowed: true, remaining: 0, resetSeconds: 30 });
  assert.deepEqual(limiter.take('ana'), { allowed: false, remaining: 0, resetSeconds: 30 });
  assert.equal(limiter.take('bea').remaining, 1);
  time = 60_000;
  assert.deepEqual(limiter.take('ana'), { allowed: true, remaining: 1, resetSeconds: 60 });
  assert.equal(limiter.take('bea').remaining, 0, 'whose window began later keeps it');
});

test('callers are forgotten when their window has ended', () => {
  let time = 0;
  const limiter = createRateLimiter(minute, () => time);
  for (let n = 0; n < 1000; n += 1) {
    time = n * 1000;
    limiter.take(`caller ${n}`);
  }
  assert.ok(limiter.size() <= 120, `${limiter.size()} are kept`);
});

test('addresses without end do not take memory without end', () => {
  const limiter = createRateLimiter(minute, () => 0);
  limiter.take('ana');
  for (let n = 0; n < 120_000; n += 1) limiter.take(`caller ${n}`);
  assert.ok(limiter.size() <= 50_000, `${limiter.size()} are kept`);
  assert.equal(limiter.take('caller 119999').remaining, 0, 'those that came last are still counted');
});
