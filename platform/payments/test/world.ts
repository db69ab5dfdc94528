import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { systemIds } from '@stoa/kernel';
import { eventually, freePort, type Person, person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { paymentsWith } from '../src/index.ts';
import type { ChargeReport, WebhookEvidence } from '../src/providers/provider.ts';
import { market } from './market.ts';
import { type ScriptedProvider, scriptedProvider } from './scripted-provider.ts';

export type World = Awaited<ReturnType<typeof startWorld>>;
type Options = Parameters<typeof startTestPlatform>[1] & {
  provider?: ScriptedProvider;
  port?: number;
  /** Contexts that stand beside it, e.g. one that says what people do. */
  others?: Parameters<typeof startTestPlatform>[0];
};

/** Payments with a market and a provider that does as it is told; the sandbox's webhooks arrive over HTTP. */
export async function startWorld({
  provider = scriptedProvider(),
  port: given,
  others = [],
  ...options
}: Options = {}) {
  const port = given ?? (await freePort());
  const payments = paymentsWith(() => [provider.configured]);
  const platform = await startTestPlatform([payments, market, ...others], {
    publicUrl: `http://127.0.0.1:${port}`,
    ...options,
  });
  await platform.host.app.listen({ port, host: '127.0.0.1' });
  const db = platform.host.database('payments');
  const query = async <R extends object>(text: string, values: unknown[] = []): Promise<R[]> =>
    (await db.pool.query<R>(text, values)).rows;
  const call = platform.call;

  const item = async (
    price: number | null,
    more: {
      capacity?: number;
      seller?: string;
      refundDays?: number;
      currency?: string;
      parts?: number;
      surcharge?: number;
    } = {},
  ) => {
    const sku = `course:${systemIds.id()}`;
    await platform.host
      .database('market')
      .pool.query(
        'insert into items (sku, title, price, seller_id, capacity, refund_days, currency, instalment_parts, instalment_surcharge) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [
          sku,
          'A course',
          price,
          more.seller ?? '',
          more.capacity ?? null,
          more.refundDays ?? 7,
          more.currency ?? 'BRL',
          more.parts ?? null,
          more.surcharge ?? 0,
        ],
      );
    return sku;
  };
  const order = async (
    as: Person | undefined,
    lines: object[],
    more: object = {},
    headers: Record<string, string> = {},
  ) => {
    const answer = await call('POST', '/api/orders', { as, body: { lines, ...more }, headers });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const pay = async (as: Person | undefined, orderId: string, name = 'scripted', token = '') => {
    const answer = await call('POST', `/api/orders/${orderId}/payments${token && `?token=${token}`}`, {
      as,
      body: { provider: name },
    });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return answer.body;
  };
  const attempt = async (id: string) => {
    const [row] = await query<{ status: string; captured: number; refunded: number; polls: number }>(
      'select status, captured::int, refunded::int, polls from attempts where id = $1',
      [id],
    );
    return row ?? assert.fail('no such attempt');
  };
  const orderState = async (id: string) =>
    (await query<{ state: string }>('select state from orders where id = $1', [id]))[0]?.state;
  const until = async (what: string, check: () => Promise<boolean>) =>
    eventually(check, 15_000).catch(() => assert.fail(`never came: ${what}`));
  const attemptIs = (id: string, status: string) =>
    until(`payment is ${status}`, async () => (await attempt(id)).status === status);
  const orderIs = (id: string, state: string) =>
    until(`order is ${state}`, async () => (await orderState(id)) === state);
  const deliver = async (evidence: WebhookEvidence | WebhookEvidence[], name = 'scripted') => {
    const { body, headers } = provider.webhook(evidence);
    return call('POST', `/api/webhooks/${name}`, { body, headers });
  };
  const charge = (report: ChargeReport, evidenceId: string = systemIds.id()): WebhookEvidence => ({
    about: 'charge',
    evidenceId,
    type: `charge.${report.state}`,
    occurredAt: null,
    report,
  });

  return {
    platform,
    provider,
    query,
    call,
    item,
    order,
    pay,
    attempt,
    attemptIs,
    orderIs,
    orderState,
    until,
    deliver,
    charge,
    person,
    /** The payer pays, and the provider tells. */
    payAndTell: async (paymentId: string) => {
      await attemptIs(paymentId, 'requires_action');
      provider.pay(paymentId);
      await deliver(charge(provider.report(paymentId)));
      await attemptIs(paymentId, 'succeeded');
    },
    /** A schedule that was asked to run has run. */
    scheduleRan: (name: string) =>
      until(`${name} has run`, async () => {
        const [row] = await query<{ open: number }>(
          "select count(*)::int as open from payments_jobs.job where name = $1 and state in ('created', 'retry', 'active')",
          [name],
        );
        return row?.open === 0;
      }),
    webhooksSettle: () =>
      until('webhooks are processed', async () => {
        const [row] = await query<{ open: number }>(
          'select count(*)::int as open from webhook_deliveries where processed_at is null',
        );
        return row?.open === 0;
      }),
    events: async (orderId: string) =>
      query<{ type: string; data: Record<string, unknown> }>(
        'select type, data from outbox where partition_key = $1 order by seq',
        [orderId],
      ),
    grants: async (orderId: string) => {
      await platform.host.settle();
      const { rows } = await platform.host
        .database('market')
        .pool.query<{ owner_id: string; revoked: boolean }>(
          'select owner_id, revoked from grants where order_id = $1',
          [orderId],
        );
      return rows;
    },
    checkInvariants: () => checkInvariants(platform),
    checkBook: () => checkBook({ provider, query }),
    close: () => platform.close(),
  };
}

/** Runs every query of invariants.sql; a row in any of them fails the test. */
export async function checkInvariants(platform: TestPlatform): Promise<void> {
  const sql = await readFile(new URL('../invariants.sql', import.meta.url), 'utf8');
  const queries = sql
    .replace(/--.*$/gm, '')
    .split(/;\s*(?:\n|$)/)
    .filter((query) => query.trim() !== '');
  assert.ok(queries.length >= 20, `only ${queries.length} promises`);
  for (const query of queries) {
    const { rows } = await platform.host.database('payments').pool.query(query);
    assert.deepEqual(rows, [], query);
  }
}

type Judge = {
  provider: ScriptedProvider;
  query: <R extends object>(text: string, values?: unknown[]) => Promise<R[]>;
};

/** Invariant 2, with the provider's own book as the judge: no charge without an order, no paid order without a charge. */
async function checkBook({ provider, query }: Judge): Promise<void> {
  const attempts = await query<{
    id: string;
    amount: number;
    currency: string;
    captured: number;
    refunded: number;
    status: string;
  }>(
    "select id, amount::int, currency, captured::int, refunded::int, status from attempts where provider = 'scripted'",
  );
  const known = new Map(attempts.map((row) => [row.id, row]));
  for (const charge of provider.charges.values()) {
    const row = known.get(charge.reference) ?? assert.fail('a charge nobody ordered');
    assert.deepEqual({ amount: row.amount, currency: row.currency }, charge.amount);
    if (!charge.keepsQuiet) assert.equal(row.captured, charge.captured, `captured of ${row.status}`);
  }
  for (const row of attempts.filter(({ captured }) => captured > 0))
    assert.ok(provider.charges.get(row.id), 'money that the provider knows nothing of');
  const refunds = await query<{ id: string; amount: number; reason: string }>(
    "select r.id, r.amount::int, r.reason from refunds r join attempts a on a.id = r.attempt_id where r.state = 'succeeded' and a.provider = 'scripted'",
  );
  for (const refund of refunds.filter(({ reason }) => reason !== 'dispute' && reason !== 'external'))
    assert.equal(provider.refunds.get(refund.id)?.amount.amount, refund.amount);
}
