import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { IdentityService } from '@stoa/contracts';
import { serviceCtx } from '@stoa/kernel';
import { eventually, freePort, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import type { Simulator } from '../../../platform/payments/test/providers/simulators/server.ts';
import { startSimulator } from '../../../platform/payments/test/providers/simulators/start-simulator.ts';
import { contexts } from '../src/contexts.ts';
import { assertInvariants, assertNothingParked, untilQuiet } from './quiet.ts';

const password = 'pebble window carpet 52';
const day = 86_400_000;
let platform: TestPlatform;
const simulators = new Map<string, Simulator>();
const tokens = new Map<string, string>();
// Goes on by itself, and further when a test says that days have passed.
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };

before(async () => {
  // Providers report payments to the public address.
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  for (const name of ['stripe', 'paypal', 'picpay', 'pix'] as const) {
    const webhookUrl = `${publicUrl}/api/webhooks/${name}`;
    simulators.set(name, await startSimulator(name, { webhookUrl, now: clock.now }));
  }
  const settings = Object.assign({}, ...[...simulators.values()].map((simulator) => simulator.settings));
  platform = await startTestPlatform(contexts, { ownIssuer: true, publicUrl, settings, clock });
  await platform.host.app.listen({ port, host: 'localhost' });
  for (const [name, roles] of [
    ['seller', ['student', 'instructor']],
    ['support', ['student', 'support']],
    ['admin', ['student', 'admin']],
  ] as const) {
    const person = { email: `${name}@stoa.test`, name, password, roles: [...roles], locale: 'en', timeZone: 'UTC' };
    await platform.host.client(IdentityService).ensureUser({ ...person, emailVerified: true }, serviceCtx('test'));
  }
  for (const name of ['seller', 'support', 'admin']) await signIn(name);
});
after(async () => {
  try {
    await untilQuiet(platform.databaseUrl);
    await assertNothingParked(platform.databaseUrl);
    await assertInvariants(platform.databaseUrl, 'after everything that was bought');
  } finally {
    await platform?.close();
    for (const simulator of simulators.values()) await simulator.close();
  }
});

const addressOf = (who: string) => `${who}@stoa.test`;
async function signIn(who: string): Promise<void> {
  const { body } = await platform.call('POST', '/api/auth/login', { body: { email: addressOf(who), password } });
  tokens.set(who, body.accessToken);
}

const ask = (who: string | null, method: string, path: string, body?: unknown) =>
  platform.call(method, path, {
    ...(body === undefined ? {} : { body }),
    headers: who ? { authorization: `Bearer ${tokens.get(who)}` } : {},
  });
async function call(who: string | null, method: string, path: string, body?: unknown) {
  const answer = await ask(who, method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The mail of a kind to an address, once it is sent. */
const mailTo = (address: string, kind: string) =>
  eventually(async () => {
    const { items } = await call('support', 'GET', `/api/admin/mailbox?q=${encodeURIComponent(address)}`);
    const found = items.find((mail: { kind: string; state: string }) => mail.kind === kind && mail.state === 'sent');
    return found && call('support', 'GET', `/api/admin/mailbox/${found.id}`);
  }, 30_000).catch((cause: unknown) => {
    throw new Error(`no ${kind} mail to ${address}`, { cause });
  });

/** A published course of the seller for R$ 49,00. */
async function sellCourse(title: string): Promise<{ id: string }> {
  const course = await call('seller', 'POST', '/api/courses', {
    title,
    language: 'pt-BR',
    summary: 'Um curso com preço.',
    price: { amount: 4900, currency: 'BRL' },
  });
  await call('seller', 'POST', `/api/courses/${course.id}/lessons`, { title: 'A única aula', module: 'Tudo' });
  await call('seller', 'POST', `/api/courses/${course.id}/publish`);
  await platform.host.settle();
  return course;
}

async function register(who: string): Promise<void> {
  const person = { email: addressOf(who), password, name: 'Bia Couto', locale: 'pt-BR' };
  tokens.set(who, (await call(null, 'POST', '/api/auth/register', person)).accessToken);
}

/** The sandbox's page of a payment: what the payer does there. */
async function playSandbox(who: string, paymentId: string, outcome: string): Promise<void> {
  const page = await eventually(
    async () => (await call(who, 'GET', `/api/payments/${paymentId}`)).nextAction?.url,
    30_000,
  );
  const reference = new URL(page, 'http://localhost').pathname.split('/').at(-1);
  await call(null, 'POST', `/api/sandbox/payments/${reference}`, { outcome });
}

/** What a provider's own book says of a payment. */
async function booked(provider: string, paymentId: string) {
  const simulator = simulators.get(provider);
  const rows = simulator
    ? simulator.book()
    : (
        await platform.host
          .database('payments')
          .pool.query<{ reference: string; captured: number; refunded: number }>(
            'select reference, captured::int, refunded::int from sandbox_charges',
          )
      ).rows;
  return rows
    .filter(({ reference }) => reference === paymentId)
    .map(({ captured, refunded }) => ({ captured, refunded }));
}

describe('somebody who signs up and buys', () => {
  for (const provider of ['sandbox', 'stripe', 'paypal', 'picpay', 'pix']) {
    it(`with ${provider} is welcomed, told of the payment with the invoice, let in, and told of the refund with the credit note`, async () => {
      const course = await sellCourse(`Chá pago com ${provider}`);
      const who = `bia.${provider}`;
      const email = addressOf(who);
      await register(who);
      assert.equal((await mailTo(email, 'welcome')).subject, 'Boas-vindas à Stoa');
      assert.equal((await ask(who, 'GET', `/api/courses/${course.id}/enrollment`)).status, 404);

      const payment = await call(who, 'POST', `/api/payments/courses/${course.id}`, {
        provider,
        document: '123.456.789-09',
      });
      const simulator = simulators.get(provider);
      if (simulator) {
        await eventually(
          async () => (await call(who, 'GET', `/api/payments/${payment.id}`)).status === 'requires_action',
          30_000,
        );
        simulator.act(payment.id, 'pay');
      } else await playSandbox(who, payment.id, 'succeed');

      const confirmation = await mailTo(email, 'purchase');
      assert.equal(confirmation.subject, `Sua compra: Chá pago com ${provider}`);
      assert.match(confirmation.text, /Total: R\$\s49,00/);
      assert.match(confirmation.attachments[0].fileName, /\.pdf$/);
      assert.ok(confirmation.attachments[0].bytes > 1000);
      assert.match((await mailTo(email, 'enrollment')).subject, new RegExp(`Chá pago com ${provider}`));
      const enrollment = await call(who, 'GET', `/api/courses/${course.id}/enrollment`);
      assert.equal(`${enrollment.state} by ${enrollment.reason}`, 'active by purchase');
      const bell = await call(who, 'GET', '/api/notifications');
      assert.deepEqual(bell.items.map((item: { kind: string }) => item.kind).sort(), ['enrollment', 'purchase']);
      const sold = await call('support', 'GET', '/api/admin/notifications/log?kind=sale&channel=email');
      assert.deepEqual([sold.items[0].state, sold.items[0].reason], ['held', 'digest']);
      assert.deepEqual(await booked(provider, payment.id), [{ captured: 4900, refunded: 0 }]);

      await call(who, 'POST', `/api/payments/${payment.id}/refunds`, {});
      const refund = await mailTo(email, 'refund');
      assert.match(refund.text, /valor total do seu pedido, R\$\s49,00/);
      assert.match(refund.text, new RegExp(`não tem mais acesso a Chá pago com ${provider}`));
      assert.match(refund.attachments[0].fileName, /\.pdf$/);
      await platform.host.settle();
      assert.equal((await ask(who, 'GET', `/api/courses/${course.id}/enrollment`)).status, 404);
      assert.deepEqual(await booked(provider, payment.id), [{ captured: 4900, refunded: 4900 }]);
    });
  }

  it('is told of a card that was declined, pays the same price with another, is told of what renews soon, and the seller of what was paid out', async () => {
    const course = await sellCourse('Chá em dia');
    const club = await call('seller', 'POST', '/api/memberships', {
      name: 'Clube do chá',
      language: 'pt-BR',
      scope: 'courses',
      summary: 'Todos os chás.',
      courseIds: [course.id],
      prices: [{ interval: 'month', price: { amount: 1990, currency: 'BRL' } }],
    });
    const published = await call('seller', 'POST', `/api/memberships/${club.id}/publish`);
    await platform.host.settle();
    await register('rui');

    const payment = await call('rui', 'POST', `/api/payments/courses/${course.id}`, { provider: 'sandbox' });
    await playSandbox('rui', payment.id, 'decline');
    const failed = await mailTo(addressOf('rui'), 'payment-failed');
    assert.match(failed.text, /R\$\s49,00/);
    assert.ok(failed.text.includes(`/orders/${payment.orderId}`), failed.text);

    // Tried again, it costs what it cost, although the course has become dearer.
    const dearer = { price: { amount: 9900, currency: 'BRL' } };
    await call('seller', 'PATCH', `/api/courses/${course.id}`, dearer);
    const second = await call('rui', 'POST', `/api/orders/${payment.orderId}/payments`, { provider: 'sandbox' });
    await playSandbox('rui', second.id, 'succeed');
    assert.match((await mailTo(addressOf('rui'), 'purchase')).text, /Total: R\$\s49,00/);
    assert.deepEqual(await booked('sandbox', second.id), [{ captured: 4900, refunded: 0 }]);

    const subscribed = await call('rui', 'POST', '/api/subscriptions', {
      sku: published.plans[0].sku,
      provider: 'sandbox',
    });
    const first = await call('rui', 'GET', `/api/orders/${subscribed.openOrderId}`);
    await playSandbox('rui', first.payments[0].id, 'succeed');
    await eventually(async () => (await call('rui', 'GET', '/api/subscriptions')).items[0]?.state === 'active', 30_000);
    await call('seller', 'PUT', '/api/seller/payout-method', {
      kind: 'pix',
      value: 'seller@stoa.test',
      holderName: 'Ana Souza',
    });

    ahead += 28 * day;
    for (const who of ['rui', 'seller', 'support', 'admin']) await signIn(who);
    const { pool } = platform.host.database('payments');
    await pool.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
    const reminder = await mailTo(addressOf('rui'), 'renewal-reminder');
    assert.match(reminder.text, /Clube do chá/);
    assert.match(reminder.text, /R\$\s19,90/);

    const { items } = await call('admin', 'POST', '/api/admin/payouts');
    assert.deepEqual(
      items.map(({ amount }: { amount: object }) => amount),
      [{ amount: 4823, currency: 'BRL' }],
    );
    await call('admin', 'POST', `/api/admin/payouts/${items[0].id}/confirmation`, { reference: 'E123' });
    const paidOut = await mailTo(addressOf('seller'), 'payout');
    assert.match(paidOut.text, /R\$\s?48[.,]23/);
    assert.match(paidOut.text, /E123/);
  });
});
