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

/** A subscription from its beginning to its first renewal, in the same way. */
export async function renewal(platform: TestPlatform, who: Person, { sku }: { sku: string }): Promise<string> {
  const { pool } = platform.host.database('payments');
  const headers = { 'idempotency-key': `subscribe-${sku.slice(-12)}` };
  const body = { sku, provider: 'sandbox' };
  const begun = await platform.call('POST', '/api/subscriptions', { as: who, body, headers });
  assert.equal(begun.status, 201, JSON.stringify(begun.body));
  const { id } = begun.body;
  const look = async () => {
    const { rows } = await pool.query<{ paid: number; state: string; due: boolean; url: string | null }>(
      `select s.state, coalesce(s.period_end <= now(), false) as due,
         (select count(*)::int from orders o where o.subscription_id = s.id and o.state = 'paid') as paid,
         (select a.next_action ->> 'url' from attempts a join orders o on o.id = a.order_id
          where o.subscription_id = s.id and a.status = 'requires_action' limit 1) as url
       from plan_subscriptions s where s.id = $1`,
      [id],
    );
    return rows[0] ?? assert.fail('no subscription');
  };
  for (let tries = 0; tries < 600; tries += 1) {
    const { paid, state, due, url } = await look();
    if (paid === 2) return id;
    if (url)
      await platform.call('POST', `/api/sandbox/payments/${url.split('/').at(-1)}`, { body: { outcome: 'succeed' } });
    else if (state === 'active' && paid === 1) {
      if (!due)
        await pool.query(
          `update plan_subscriptions set anchor = anchor - interval '32 days', period_start = period_start - interval '32 days',
             period_end = period_end - interval '32 days' where id = $1 and open_order_id is null`,
          [id],
        );
      if (tries % 20 === 0)
        await pool.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
    }
    await pause(50);
  }
  assert.fail('never renewed');
}

/** Something in four parts: the first by hand, the second by the schedule, and all that is left at once. In the same way. */
export async function inParts(platform: TestPlatform, who: Person, { sku }: { sku: string }): Promise<string> {
  const { pool } = platform.host.database('payments');
  const post = (path: string, key: string, body?: object): Promise<Answer> =>
    platform.call('POST', path, {
      as: who,
      headers: { 'idempotency-key': `${key}-${sku.slice(-12)}` },
      ...(body ? { body } : {}),
    });
  const begun = await post('/api/instalments', 'begin', { lines: [{ sku }] });
  assert.equal(begun.status, 201, JSON.stringify(begun.body));
  const { id } = begun.body;
  const look = async () => {
    const { rows } = await pool.query<{ paid: number; due: boolean; url: string | null; live: boolean; waits: string }>(
      `select count(*) filter (where t.paid_at is not null)::int as paid,
         coalesce(bool_or(t.paid_at is null and t.due_at <= now()), false) as due, p.open_order_id as waits,
         exists (select 1 from attempts a where a.order_id = p.open_order_id
           and a.status in ('created', 'unknown', 'requires_action', 'processing', 'authorized')) as live,
         (select a.next_action ->> 'url' from attempts a where a.order_id = p.open_order_id and a.status = 'requires_action') as url
       from instalment_plans p join instalment_parts t on t.plan_id = p.id where p.id = $1 group by p.id`,
      [id],
    );
    return rows[0] ?? assert.fail('no plan');
  };
  for (let tries = 0; tries < 600; tries += 1) {
    const { paid, due, url, live, waits } = await look();
    if (paid === 4) return id;
    if (url)
      await platform.call('POST', `/api/sandbox/payments/${url.split('/').at(-1)}`, { body: { outcome: 'succeed' } });
    else if (paid === 1) {
      if (!due)
        await pool.query(
          "update instalment_parts set due_at = due_at - interval '32 days' where plan_id = $1 and part = 2 and paid_at is null",
          [id],
        );
      if (tries % 20 === 0)
        await pool.query("insert into payments_jobs.job (name, data) values ('collect-instalments', '{}')");
    } else if (!live) {
      const next = paid === 0 ? waits : (await post(`/api/instalments/${id}/rest`, 'rest')).body.openOrderId;
      await post(`/api/orders/${next}/payments`, `pay-${next}`, { provider: 'sandbox' });
    }
    await pause(50);
  }
  assert.fail('never paid');
}

/** The ways that are killed at every step. */
export const flows = ['refund', 'cancel', 'renew', 'parts'] as const;
export type Flow = (typeof flows)[number];
export const isFlow = (given: string): given is Flow => flows.some((flow) => flow === given);

/** Goes a way to its end, or on from where it was left. @returns the order, the subscription or the plan */
export async function go(
  platform: TestPlatform,
  who: Person,
  { sku, flow }: { sku: string; flow: Flow },
): Promise<string> {
  if (flow === 'renew') return renewal(platform, who, { sku });
  if (flow === 'parts') return inParts(platform, who, { sku });
  return purchase(platform, who, { sku, end: flow });
}
