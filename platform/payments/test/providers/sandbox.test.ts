import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { createLog, type Database, systemClock, systemIds } from '@stoa/kernel';
import { eventually, openTestDatabase, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { type Charge, type Provider, ProviderFailure, WebhookRefused } from '../../src/providers/provider.ts';
import { planFault } from '../../src/providers/sandbox/book.ts';
import { openSandbox, sandboxWebhookSecret } from '../../src/providers/sandbox/open-sandbox.ts';
import { outcomes } from '../../src/providers/sandbox/play-payer.ts';
import { signWebhook } from '../../src/providers/stoa-signature.ts';
import { sandboxContext } from './sandbox-context.ts';

describe('the sandbox', () => {
  let platform: TestPlatform;
  let provider: Provider;
  let db: Database;
  let shop: Server;
  let callbackUrl = '';
  let answer = 200;
  const heard: { headers: Record<string, string | undefined>; rawBody: Buffer }[] = [];

  before(async () => {
    shop = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const signature = request.headers['stoa-signature'];
        heard.push({
          headers: { 'stoa-signature': typeof signature === 'string' ? signature : undefined },
          rawBody: Buffer.concat(chunks),
        });
        response.writeHead(answer).end();
      });
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    const address = shop.address();
    if (!address || typeof address !== 'object') throw new Error('no port');
    callbackUrl = `http://127.0.0.1:${address.port}/api/webhooks/sandbox`;
    const { context, opened } = await sandboxContext({ STOA_SANDBOX_LATE_SECONDS: '2' });
    platform = await startTestPlatform([context]);
    const sandbox = opened();
    if (!sandbox.provider) throw new Error('the sandbox is off');
    provider = sandbox.provider;
    db = openTestDatabase(platform.databaseUrl, 'payments');
  });
  after(async () => {
    await db?.close();
    await platform?.close();
    await new Promise((resolve) => shop.close(resolve));
  });

  const call = () => ({ idempotencyKey: systemIds.id(), deadline: new Date(Date.now() + 5000) });
  const chargeOf = (given: Partial<Charge> = {}): Charge => ({
    reference: systemIds.id(),
    amount: { amount: 12_990, currency: 'BRL' },
    capture: 'automatic',
    description: 'Pottery <for> "beginners"',
    locale: 'pt-BR',
    payer: { email: 'ana@example.com', name: 'Ana Lima' },
    returnUrl: 'https://shop.example/orders/1',
    cancelUrl: 'https://shop.example/cart',
    callbackUrl,
    expiresAt: new Date(Date.now() + 3_600_000),
    ...given,
  });
  const play = (reference: string, outcome: string) =>
    platform.call('POST', `/api/sandbox/payments/${reference}`, { body: { outcome } });
  const heardOf = async (reference: string) => {
    const events = [];
    for (const { headers, rawBody } of heard) {
      const [event] = await provider.readWebhook({ headers, rawBody, url: callbackUrl, method: 'POST' });
      if (event && rawBody.toString().includes(reference)) events.push(event);
    }
    return events;
  };

  it('creates one charge for a reference, whoever asks how often, and refuses another amount for it', async () => {
    const charge = chargeOf();
    const made = await Promise.all(Array.from({ length: 20 }, () => provider.create(charge, call())));
    assert.equal(new Set(made.map((report) => report.providerReference)).size, 1);
    await assert.rejects(
      provider.create({ ...charge, amount: { amount: 1, currency: 'BRL' } }, call()),
      (error) => error instanceof ProviderFailure && error.outcome === 'refused',
    );
    const found = await provider.find({ reference: charge.reference, providerReference: null }, call());
    assert.deepEqual(found, made[0]);
  });

  it('finds nothing where nothing arrived', async () => {
    assert.equal(await provider.find({ reference: systemIds.id(), providerReference: null }, call()), undefined);
  });

  it('takes a payment and reports it by a signed webhook', async () => {
    const charge = chargeOf();
    const { providerReference } = await provider.create(charge, call());
    const played = await play(providerReference, 'succeed');
    assert.equal(played.status, 200);
    assert.equal(played.body.state, 'succeeded');
    const events = await eventually(async () => {
      const found = await heardOf(charge.reference);
      return found.length > 0 && found;
    });
    const [event] = events;
    assert.ok(event?.about === 'charge');
    assert.equal(event.report.state, 'succeeded');
    assert.equal(event.report.captured, 12_990);
    assert.equal(event.report.fee, 377);
    assert.equal((await play(providerReference, 'succeed')).status, 409, 'nobody pays twice');
  });

  it('refuses forged, stale and unreadable webhooks', async () => {
    const secret = sandboxWebhookSecret({ settings: process.env, home: platform.home });
    const read = (header: string | undefined, body: string) =>
      provider.readWebhook({
        headers: { 'stoa-signature': header },
        rawBody: Buffer.from(body),
        url: callbackUrl,
        method: 'POST',
      });
    const refusal = (reason: string) => (error: unknown) => error instanceof WebhookRefused && error.reason === reason;
    const now = new Date();
    await assert.rejects(read(undefined, '{}'), refusal('signature'));
    await assert.rejects(read(signWebhook('another secret', '{}', now), '{}'), refusal('signature'));
    await assert.rejects(read(signWebhook(secret, '{}', now), '{ }'), refusal('signature'));
    await assert.rejects(read(signWebhook(secret, '{}', new Date(now.getTime() - 301_000)), '{}'), refusal('stale'));
    await assert.rejects(read(signWebhook(secret, '{}', now), '{}'), refusal('malformed'));
  });

  it('repeats, delays, reorders and loses its webhooks when asked to', async () => {
    const made: Record<string, { reference: string; providerReference: string }> = {};
    for (const outcome of ['duplicate_webhook', 'late_webhook', 'reordered_webhook', 'timeout_after']) {
      const charge = chargeOf();
      made[outcome] = await provider.create(charge, call());
      assert.equal((await play(made[outcome].providerReference, outcome)).status, 200);
    }
    const eventsOf = (outcome: string) => heardOf(made[outcome]?.reference ?? '');
    assert.equal((await eventsOf('late_webhook')).length, 0);
    const three = await eventually(async () => {
      const events = await eventsOf('duplicate_webhook');
      return events.length === 3 && events;
    }, 15_000);
    assert.equal(new Set(three.map((event) => event.evidenceId)).size, 1);
    await eventually(async () => (await eventsOf('late_webhook')).length === 1, 15_000);
    const two = await eventually(async () => {
      const events = await eventsOf('reordered_webhook');
      return events.length === 2 && events;
    }, 15_000);
    assert.deepEqual(
      two.map((event) => event.type),
      ['charge.succeeded', 'charge.processing'],
    );
    const lost = made.timeout_after;
    assert.ok(lost);
    assert.equal((await eventsOf('timeout_after')).length, 0);
    for (let asked = 0; asked < 2; asked += 1) {
      await assert.rejects(
        provider.find(lost, call()),
        (error) => error instanceof ProviderFailure && error.outcome === 'unknown',
      );
    }
    assert.equal((await provider.find(lost, call()))?.state, 'succeeded');
  });

  it('tries a webhook again until it is taken', async () => {
    answer = 500;
    const charge = chargeOf();
    const { providerReference } = await provider.create(charge, call());
    await play(providerReference, 'decline');
    await eventually(async () => (await heardOf(charge.reference)).length >= 1);
    answer = 200;
    const events = await eventually(async () => {
      const found = await heardOf(charge.reference);
      return found.length >= 2 && found;
    }, 20_000);
    assert.equal(new Set(events.map((event) => event.evidenceId)).size, 1);
    assert.ok(events[0]?.about === 'charge');
    assert.equal(events[0].report.reason, 'declined');
  });

  it('asks for confirmation, and tells a refusal of it apart from a refused card', async () => {
    const yes = await provider.create(chargeOf(), call());
    assert.equal((await play(yes.providerReference, 'challenge')).body.state, 'requires_action');
    assert.equal((await play(yes.providerReference, 'succeed')).body.state, 'succeeded');
    const no = await provider.create(chargeOf(), call());
    await play(no.providerReference, 'challenge');
    assert.equal((await play(no.providerReference, 'decline')).body.reason, 'authentication_failed');
    const broke = await provider.create(chargeOf(), call());
    assert.equal((await play(broke.providerReference, 'insufficient_funds')).body.reason, 'insufficient_funds');
  });

  it('holds an amount and takes part of it, once', async () => {
    const charge = chargeOf({ capture: 'manual' });
    const made = await provider.create(charge, call());
    assert.equal((await play(made.providerReference, 'succeed')).body.state, 'authorized');
    const amount = { amount: 10_000, currency: 'BRL' };
    const taken = await Promise.all([
      provider.capture({ ...made, amount }, call()),
      provider.capture({ ...made, amount }, call()),
    ]);
    for (const report of taken) {
      assert.equal(report.state, 'succeeded');
      assert.equal(report.captured, 10_000);
    }
    await assert.rejects(
      provider.capture({ ...made, amount: { amount: 2000, currency: 'BRL' } }, call()),
      (error) => error instanceof ProviderFailure && error.outcome === 'refused',
    );
  });

  it('refunds once for a reference, and never more than it took', async () => {
    const charge = chargeOf();
    const made = await provider.create(charge, call());
    await play(made.providerReference, 'succeed');
    const of = {
      chargeReference: charge.reference,
      providerReference: made.providerReference,
      reason: 'requested',
    };
    const reference = systemIds.id();
    const amount = { amount: 4000, currency: 'BRL' };
    const refunds = await Promise.all(
      Array.from({ length: 10 }, () => provider.refund({ ...of, reference, amount }, call())),
    );
    assert.equal(new Set(refunds.map((refund) => refund.providerReference)).size, 1);
    await assert.rejects(
      provider.refund({ ...of, reference: systemIds.id(), amount: { amount: 9000, currency: 'BRL' } }, call()),
      (error) => error instanceof ProviderFailure && error.providerCode === 'amount_too_large',
    );
    assert.equal((await provider.find(made, call()))?.refunded, 4000);
    const found = await provider.findRefund({ ...of, reference, amount, refundProviderReference: null }, call());
    assert.deepEqual(found, refunds[0]);
  });

  it('keeps a method and charges it later without the payer', async () => {
    const first = await provider.create(chargeOf({ keepMethod: true }), call());
    await play(first.providerReference, 'succeed_then_decline');
    const savedMethod = (await provider.find(first, call()))?.savedMethod;
    assert.ok(savedMethod);
    const second = await provider.create(chargeOf({ savedMethod }), call());
    assert.equal(second.state, 'failed');
    assert.equal(second.reason, 'declined');
    const good = await provider.create(chargeOf({ keepMethod: true }), call());
    await play(good.providerReference, 'succeed');
    const kept = (await provider.find(good, call()))?.savedMethod;
    const renewal = await provider.create(chargeOf({ ...(kept ? { savedMethod: kept } : {}) }), call());
    assert.equal(renewal.state, 'succeeded');
  });

  it('disputes a payment, and gives it back when the dispute is won', async () => {
    const charge = chargeOf();
    const made = await provider.create(charge, call());
    await play(made.providerReference, 'succeed');
    await play(made.providerReference, 'dispute');
    assert.equal((await provider.find(made, call()))?.disputed, 12_990);
    assert.equal((await play(made.providerReference, 'dispute')).status, 409);
    await play(made.providerReference, 'dispute_won');
    assert.equal((await provider.find(made, call()))?.disputed, 0);
    const list =
      (await provider.listTransactions?.(
        { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) },
        call(),
      )) ?? [];
    const own = list.filter((row) => row.reference === charge.reference);
    assert.deepEqual(
      own.map((row) => [row.kind, row.amount.amount]),
      [
        ['charge', 12_990],
        ['fee', -377],
        ['dispute', -12_990],
        ['dispute', 12_990],
      ],
    );
  });

  it('cannot be paid once its time is over, or once it was called off', async () => {
    const late = await provider.create(chargeOf({ expiresAt: new Date(Date.now() - 1) }), call());
    assert.equal(late.state, 'expired');
    assert.equal((await play(late.providerReference, 'succeed')).status, 409);
    const off = await provider.create(chargeOf(), call());
    assert.equal((await provider.cancel(off, call())).state, 'canceled');
    assert.equal((await provider.cancel(off, call())).state, 'canceled');
    assert.equal((await play(off.providerReference, 'succeed')).status, 409);
  });

  it('loses the answer before or after the work, as planned', async () => {
    const charge = chargeOf();
    await planFault(db, { operation: 'create', kind: 'timeout_before', reference: charge.reference });
    const unknown = (error: unknown) => error instanceof ProviderFailure && error.outcome === 'unknown';
    await assert.rejects(provider.create(charge, call()), unknown);
    assert.equal(await provider.find({ reference: charge.reference, providerReference: null }, call()), undefined);
    await planFault(db, { operation: 'create', kind: 'timeout_after', reference: charge.reference });
    await assert.rejects(provider.create(charge, call()), unknown);
    assert.ok(await provider.find({ reference: charge.reference, providerReference: null }, call()));
  });

  it('shows its page in three languages and pays by a plain form', async () => {
    const made = await provider.create(chargeOf({ keepMethod: true }), call());
    assert.ok(made.nextAction?.type === 'redirect');
    const path = new URL(made.nextAction.url).pathname;
    for (const [lang, text] of [
      ['pt-BR', 'Qual cartão?'],
      ['en', 'Which card?'],
      ['es', '¿Qué tarjeta?'],
    ]) {
      const page = await platform.call('GET', `${path}?lang=${lang}`);
      assert.equal(page.status, 200);
      assert.match(String(page.headers['content-type']), /^text\/html/);
      assert.ok(page.body.includes(text), `the page speaks ${lang}`);
      assert.ok(page.body.includes('Pottery &lt;for&gt; &quot;beginners&quot;'), 'the description is escaped');
      const policy = String(page.headers['content-security-policy']);
      assert.match(policy, /default-src 'none'/);
      assert.ok(!policy.includes('unsafe'));
      assert.match(policy, /form-action 'self' https:\/\/shop\.example/);
      assert.ok(!page.body.includes('<script'));
    }
    const send = (fields: Record<string, string>) => {
      const parts = Object.entries(fields).map(
        ([name, value]) => `--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      return platform.call('POST', path, {
        body: Buffer.from(`${parts.join('')}--edge--\r\n`),
        headers: { 'content-type': 'multipart/form-data; boundary=edge' },
      });
    };
    const nothing = await send({});
    assert.equal(nothing.status, 303);
    assert.match(String(nothing.headers.location), /notice=choose/);
    const challenged = await send({ outcome: 'challenge' });
    assert.match(String(challenged.headers.location), /^\/api\/sandbox\/checkout\//);
    assert.match((await platform.call('GET', path)).body, /É você mesmo\?/);
    const paid = await send({ outcome: 'succeed' });
    assert.equal(paid.headers.location, 'https://shop.example/orders/1');
    assert.match((await platform.call('GET', path)).body, /<h1>Pago<\/h1>/);
    const again = await send({ outcome: 'succeed' });
    assert.equal(again.headers.location, 'https://shop.example/orders/1', 'pressed twice is pressed once');
    const late = await send({ outcome: 'decline' });
    assert.match(String(late.headers.location), /^\/api\/sandbox\/checkout\//, 'the page tells that it is paid');
    assert.equal((await send({ outcome: 'dispute' })).headers.location?.toString().includes('choose'), true);
  });

  it('shows a page, not an error, at an address that leads nowhere', async () => {
    const page = await platform.call('GET', '/api/sandbox/checkout/sbx_nothing', { locale: 'es' });
    assert.equal(page.status, 404);
    assert.match(page.body, /Esta página de pago no existe/);
    assert.equal((await play('sbx_nothing', 'succeed')).status, 404);
    assert.equal((await play('sbx_nothing', 'fly')).status, 400);
  });

  it('is not there when it is switched off, or when other providers are named', () => {
    for (const settings of [{ STOA_SANDBOX: 'off' }, { STOA_PROVIDERS: 'stripe,pix' }]) {
      const off = openSandbox({
        db,
        clock: systemClock,
        ids: systemIds,
        publicUrl: 'http://localhost',
        settings,
        home: platform.home,
        log: createLog({ level: 'silent' }),
      });
      assert.equal(off.provider, null);
      assert.equal(off.routes.length, 0);
      assert.equal(off.configured.unavailable, 'switched_off');
    }
  });

  it('has every outcome the contract of the API names', () => {
    for (const outcome of [
      'succeed',
      'decline',
      'challenge',
      'timeout_before',
      'timeout_after',
      'duplicate_webhook',
      'late_webhook',
    ])
      assert.ok(outcomes.some((known) => known === outcome));
  });
});
