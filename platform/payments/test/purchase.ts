import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Person, TestPlatform } from '@stoa/kernel/testing';

/**
 * A purchase from order to refund, or to its cancellation, as a program with idempotency keys makes it: begun again after
 * a crash it goes on where it was.
 */
export async function purchase(
  platform: TestPlatform,
  who: Person,
  { sku, end }: { sku: string; end: 'refund' | 'cancel' },
) {
  const post = async (path: string, body: object | undefined, key: string): Promise<Answer> => {
    for (;;) {
      const headers = { 'idempotency-key': `${key}-${sku.slice(-12)}` };
      const answer = await platform.call('POST', path, { as: who, headers, ...(body ? { body } : {}) });
      if (answer.body?.code !== 'request_in_progress') return answer;
      await pause(50);
    }
  };
  const until = async (path: string, reached: (body: Answer['body']) => boolean): Promise<Answer['body']> => {
    for (let tries = 0; tries < 600; tries += 1) {
      const { body } = await platform.call('GET', path, { as: who });
      if (reached(body)) return body;
      await pause(50);
    }
    assert.fail(`never reached: ${path}`);
  };
  const ordered = await post('/api/orders', { lines: [{ sku }] }, 'order');
  assert.equal(ordered.status, 201, JSON.stringify(ordered.body));
  const order = `/api/orders/${ordered.body.id}`;
  const payment = await post(`${order}/payments`, { provider: 'sandbox' }, 'pay');
  if (end === 'cancel') {
    await platform.call('POST', `${order}/cancel`, { as: who });
    await until(
      order,
      (body) =>
        body.state === 'cancelled' && body.payments.every(({ status }: { status: string }) => status === 'canceled'),
    );
    return ordered.body.id;
  }
  assert.equal(payment.status, 202, JSON.stringify(payment.body));
  const shown = await until(
    `/api/payments/${payment.body.id}`,
    ({ status }) => status !== 'created' && status !== 'unknown',
  );
  if (shown.nextAction?.url)
    await platform.call('POST', `/api/sandbox/payments/${shown.nextAction.url.split('/').at(-1)}`, {
      body: { outcome: 'succeed' },
    });
  await until(order, ({ state }) => state !== 'pending_payment');
  const refund = await post(`/api/payments/${payment.body.id}/refunds`, {}, 'refund');
  assert.equal(refund.status, 202, JSON.stringify(refund.body));
  await until(order, ({ state }) => state === 'refunded');
  return ordered.body.id;
}
