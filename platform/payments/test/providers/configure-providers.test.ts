import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createLog, systemClock, systemIds } from '@stoa/kernel';
import { configureProviders, required } from '../../src/providers/configure-providers.ts';
import { createOfflineVerifier } from '../../src/providers/paypal/verify-webhook.ts';
import { ProviderFailure, WebhookRefused, type WebhookRequest } from '../../src/providers/provider.ts';
import { makeCertificate } from './simulators/certificate.ts';
import type { Simulator } from './simulators/server.ts';
import { startSimulator } from './simulators/start-simulator.ts';

const log = createLog({ level: 'silent' });
const configure = (settings: Record<string, string>) =>
  configureProviders({ settings, publicUrl: 'http://localhost:3000', clock: systemClock, log });
const stripe = { STOA_STRIPE_SECRET_KEY: 'sk_test_a-secret', STOA_STRIPE_WEBHOOK_SECRET: 'whsec_a' };

describe('configuring providers', () => {
  it('says which settings are missing, and nothing is ready by accident', () => {
    const configured = configure({});
    assert.deepEqual(
      configured.map(({ name }) => name),
      ['stripe', 'paypal', 'picpay', 'pix'],
    );
    for (const one of configured) {
      assert.equal(one.unavailable, 'not_configured');
      if (one.unavailable) assert.ok(one.missing.length > 0);
    }
    const half = configure({ STOA_STRIPE_SECRET_KEY: 'sk' })[0];
    assert.ok(half?.unavailable);
    assert.deepEqual(half.missing, ['STOA_STRIPE_WEBHOOK_SECRET']);
    const empty = configure({ ...stripe, STOA_STRIPE_SECRET_KEY: '' })[0];
    assert.equal(empty?.unavailable, 'not_configured');
  });

  it('offers what is configured, and only what is wanted', () => {
    assert.equal(configure(stripe)[0]?.unavailable, null);
    const off = configure({ ...stripe, STOA_PROVIDERS: 'pix, sandbox' })[0];
    assert.equal(off?.unavailable, 'switched_off');
    assert.throws(() => configure({ STOA_PROVIDERS: 'strip' }), /no provider strip/);
  });

  it('names a wrong setting and never its value', () => {
    assert.throws(
      () => configure({ ...stripe, STOA_STRIPE_API_URL: 'ftp://secret-place' }),
      (error) =>
        error instanceof Error &&
        error.message.includes('STOA_STRIPE_API_URL') &&
        !error.message.includes('secret-place'),
    );
  });

  it('documents every setting a provider cannot do without', () => {
    for (const names of Object.values(required)) for (const name of names) assert.match(name, /^STOA_[A-Z_]+$/);
  });
});

describe('currencies on the wire', () => {
  const opened: Simulator[] = [];
  after(async () => {
    for (const simulator of opened) await simulator.close();
  });
  const open = async (name: 'stripe' | 'paypal') => {
    const simulator = await startSimulator(name);
    opened.push(simulator);
    const provider = configure(simulator.settings).find((one) => one.name === name)?.provider;
    assert.ok(provider);
    return { simulator, provider };
  };
  const chargeOf = (amount: number, currency: string) => ({
    reference: systemIds.id(),
    amount: { amount, currency },
    capture: 'automatic' as const,
    description: 'Course',
    locale: 'en' as const,
    payer: { email: 'ana@example.com', name: 'Ana' },
    returnUrl: 'https://shop.example/',
    cancelUrl: 'https://shop.example/',
    callbackUrl: 'https://shop.example/',
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  const call = () => ({ idempotencyKey: 'k', deadline: new Date(Date.now() + 5000) });
  const tooFine = (error: unknown) =>
    error instanceof ProviderFailure && error.outcome === 'refused' && error.providerCode === 'amount_too_fine';

  it('Stripe: yen without cents, dinars with three digits of which the last is nought', async () => {
    const { simulator, provider } = await open('stripe');
    const yen = await provider.create(chargeOf(500, 'JPY'), call());
    assert.deepEqual(yen.amount, { amount: 500, currency: 'JPY' });
    assert.match(simulator.asked.at(-1)?.body ?? '', /unit_amount\]=500(&|$)/);
    const dinar = await provider.create(chargeOf(12_340, 'KWD'), call());
    assert.deepEqual(dinar.amount, { amount: 12_340, currency: 'KWD' });
    await assert.rejects(provider.create(chargeOf(12_345, 'KWD'), call()), tooFine);
    // The kernel counts Malagasy ariary in hundredths, Stripe does not.
    const ariary = await provider.create(chargeOf(500_000, 'MGA'), call());
    assert.match(simulator.asked.at(-1)?.body ?? '', /unit_amount\]=5000(&|$)/);
    assert.equal(ariary.amount.amount, 500_000);
  });

  it('PayPal: decimal texts, whole ones for yen and forints', async () => {
    const { simulator, provider } = await open('paypal');
    const dollars = await provider.create(chargeOf(5, 'USD'), call());
    assert.match(simulator.asked.at(-1)?.body ?? '', /"value":"0.05"/);
    assert.equal(dollars.amount.amount, 5);
    await provider.create(chargeOf(500, 'JPY'), call());
    assert.match(simulator.asked.at(-1)?.body ?? '', /"value":"500"/);
    const forints = await provider.create(chargeOf(12_900, 'HUF'), call());
    assert.match(simulator.asked.at(-1)?.body ?? '', /"value":"129"/);
    assert.equal(forints.amount.amount, 12_900);
    await assert.rejects(provider.create(chargeOf(12_990, 'HUF'), call()), tooFine);
  });
});

describe('PayPal’s certificates', () => {
  const day = 86_400_000;
  const valid = { from: new Date(Date.now() - day), to: new Date(Date.now() + day) };
  const good = makeCertificate('messageverificationcerts.paypal.com', valid);
  const request = (certUrl: string): WebhookRequest => ({
    headers: {
      'paypal-auth-algo': 'SHA256withRSA',
      'paypal-cert-url': certUrl,
      'paypal-transmission-id': 'id',
      'paypal-transmission-sig': 'AAAA',
      'paypal-transmission-time': new Date().toISOString(),
    },
    rawBody: Buffer.from('{}'),
    url: 'https://shop.example/',
    method: 'POST',
  });
  const verifier = (pem: string, asked: string[] = [], authorities = [good.authority]) =>
    createOfflineVerifier({
      webhookId: 'w',
      mostDays: 4,
      clock: systemClock,
      certHosts: ['api.paypal.com'],
      apiOrigin: 'https://api-m.paypal.com',
      extraCertificates: authorities,
      fetchCertificate: async (url) => {
        asked.push(url);
        return pem;
      },
    });
  const refused = (reason: string) => (error: unknown) => error instanceof WebhookRefused && error.reason === reason;
  const address = 'https://api.paypal.com/v1/notifications/certs/CERT-1';

  it('are fetched from PayPal alone', async () => {
    const asked: string[] = [];
    const verify = verifier(good.certificate, asked);
    for (const foreign of [
      'http://api.paypal.com/v1/notifications/certs/CERT-1',
      'https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1',
      'https://evil.example/v1/notifications/certs/CERT-1',
      'https://api.paypal.com:8443/v1/notifications/certs/CERT-1',
      'https://user@api.paypal.com/v1/notifications/certs/CERT-1',
      'https://api.paypal.com/somewhere/else',
      'https://api.paypal.com/v1/notifications/certs/../../../evil',
      'file:///etc/passwd',
      'nonsense',
    ])
      await assert.rejects(verify(request(foreign)), refused('foreign'), foreign);
    assert.deepEqual(asked, []);
  });

  it('count only with PayPal’s name, in their time, from a trusted authority', async () => {
    await assert.rejects(
      verifier(good.certificate)(request(address)),
      refused('signature'),
      'the certificate passed, the signature did not',
    );
    const other = makeCertificate('paypal.com.evil.example', valid);
    await assert.rejects(verifier(other.certificate, [], [other.authority])(request(address)), refused('foreign'));
    const past = makeCertificate('x.paypal.com', { from: new Date(0), to: new Date(Date.now() - day) });
    await assert.rejects(verifier(past.certificate, [], [past.authority])(request(address)), refused('foreign'));
    const self = makeCertificate('x.paypal.com', valid);
    await assert.rejects(
      verifier(self.certificate + self.authority)(request(address)),
      refused('foreign'),
      'an authority in the answer is not trusted for being there',
    );
    await assert.rejects(verifier('no certificate')(request(address)), refused('foreign'));
  });

  it('whose way up is incomplete prove nothing: then PayPal is asked', async () => {
    const simulator = await startSimulator('paypal', { webhookUrl: 'http://127.0.0.1:9/' });
    const { STOA_PAYPAL_CERT_CA_FILE: _authority, ...settings } = simulator.settings;
    const provider = configure(settings).find((one) => one.name === 'paypal')?.provider;
    assert.ok(provider);
    const made = await provider.create(
      {
        reference: systemIds.id(),
        amount: { amount: 100, currency: 'USD' },
        capture: 'automatic',
        description: 'Course',
        locale: 'en',
        payer: { email: 'ana@example.com', name: 'Ana' },
        returnUrl: 'https://shop.example/',
        cancelUrl: 'https://shop.example/',
        callbackUrl: 'https://shop.example/',
        expiresAt: new Date(Date.now() + 3_600_000),
      },
      { idempotencyKey: 'k', deadline: new Date(Date.now() + 5000) },
    );
    simulator.act(made.providerReference, 'pay');
    const sent = simulator.sent[0];
    assert.ok(sent);
    const webhook = { headers: sent.headers, rawBody: Buffer.from(sent.body), url: '', method: 'POST' };
    assert.equal((await provider.readWebhook(webhook))[0]?.about, 'charge_named');
    const asked = () => simulator.asked.filter(({ path }) => path.endsWith('verify-webhook-signature')).length;
    assert.equal(asked(), 1);
    const other = { ...webhook, rawBody: Buffer.from(`${sent.body} `) };
    await assert.rejects(provider.readWebhook(other), refused('signature'));
    assert.equal(asked(), 1, 'what does not fit the certificate is not asked about');
    await simulator.close();
  });

  it('are fetched once', async () => {
    const asked: string[] = [];
    const verify = verifier(good.certificate, asked);
    for (let times = 0; times < 3; times += 1) await assert.rejects(verify(request(address)), refused('signature'));
    assert.equal(asked.length, 1);
  });
});
