import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { IdentityService } from '@stoa/contracts';
import { serviceCtx } from '@stoa/kernel';
import { eventually, freePort, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { contexts } from '../src/contexts.ts';

const password = 'pebble window carpet 52';
let platform: TestPlatform;
const tokens = new Map<string, string>();

before(async () => {
  // The sandbox reports payments to the public address, as any provider would.
  const port = await freePort();
  platform = await startTestPlatform(contexts, { ownIssuer: true, publicUrl: `http://localhost:${port}` });
  await platform.host.app.listen({ port, host: 'localhost' });
  for (const [name, roles] of [
    ['seller', ['student', 'instructor']],
    ['support', ['student', 'support']],
  ] as const) {
    const person = { email: `${name}@stoa.test`, name, password, roles: [...roles], locale: 'en', timeZone: 'UTC' };
    await platform.host.client(IdentityService).ensureUser({ ...person, emailVerified: true }, serviceCtx('test'));
    const { body } = await platform.call('POST', '/api/auth/login', { body: { email: person.email, password } });
    tokens.set(name, body.accessToken);
  }
});
after(() => platform?.close());

async function call(who: string | null, method: string, path: string, body?: unknown) {
  const answer = await platform.call(method, path, {
    ...(body === undefined ? {} : { body }),
    headers: who ? { authorization: `Bearer ${tokens.get(who)}` } : {},
  });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The mail of a kind to an address, once it is sent. */
const mailTo = (address: string, kind: string) =>
  eventually(async () => {
    const { items } = await call('support', 'GET', `/api/admin/mailbox?q=${encodeURIComponent(address)}`);
    const found = items.find((mail: { kind: string; state: string }) => mail.kind === kind && mail.state === 'sent');
    return found && call('support', 'GET', `/api/admin/mailbox/${found.id}`);
  }, 30_000);

describe('somebody who signs up and buys', () => {
  it('is welcomed, told of the payment with the invoice, let in, and told of the refund with the credit note', async () => {
    const course = await call('seller', 'POST', '/api/courses', {
      title: 'Chá para vender',
      language: 'pt-BR',
      summary: 'Um curso com preço.',
      price: { amount: 4900, currency: 'BRL' },
    });
    await call('seller', 'POST', `/api/courses/${course.id}/lessons`, { title: 'A única aula', module: 'Tudo' });
    await call('seller', 'POST', `/api/courses/${course.id}/publish`);
    await platform.host.settle();

    const email = 'bia@stoa.test';
    const registered = await call(null, 'POST', '/api/auth/register', {
      email,
      password,
      name: 'Bia Couto',
      locale: 'pt-BR',
    });
    tokens.set('buyer', registered.accessToken);
    assert.equal((await mailTo(email, 'welcome')).subject, 'Boas-vindas à Stoa');

    const payment = await call('buyer', 'POST', `/api/payments/courses/${course.id}`, { provider: 'sandbox' });
    const page = await eventually(
      async () => (await call('buyer', 'GET', `/api/payments/${payment.id}`)).nextAction?.url,
      30_000,
    );
    const reference = new URL(page, 'http://localhost').pathname.split('/').at(-1);
    await call(null, 'POST', `/api/sandbox/payments/${reference}`, { outcome: 'succeed' });

    const confirmation = await mailTo(email, 'purchase');
    assert.equal(confirmation.subject, 'Sua compra: Chá para vender');
    assert.match(confirmation.text, /Total: R\$\s49,00/);
    assert.match(confirmation.attachments[0].fileName, /\.pdf$/);
    assert.ok(confirmation.attachments[0].bytes > 1000);
    assert.match((await mailTo(email, 'enrollment')).subject, /Chá para vender/);
    const bell = await call('buyer', 'GET', '/api/notifications');
    assert.deepEqual(bell.items.map((item: { kind: string }) => item.kind).sort(), ['enrollment', 'purchase']);
    const sold = await call('support', 'GET', '/api/admin/notifications/log?kind=sale&channel=email');
    assert.deepEqual(
      sold.items.map((item: { state: string; reason: string }) => [item.state, item.reason]),
      [['held', 'digest']],
    );

    await call('buyer', 'POST', `/api/payments/${payment.id}/refunds`, {});
    const refund = await mailTo(email, 'refund');
    assert.match(refund.text, /valor total do seu pedido, R\$\s49,00/);
    assert.match(refund.text, /não tem mais acesso a Chá para vender/);
    assert.match(refund.attachments[0].fileName, /\.pdf$/);
  });
});
