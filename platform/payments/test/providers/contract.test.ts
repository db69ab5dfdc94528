import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLog, systemClock, systemIds } from '@stoa/kernel';
import { eventually } from '@stoa/kernel/testing';
import { configureProviders } from '../../src/providers/configure-providers.ts';
import {
  type Charge,
  type FailureOutcome,
  ProviderFailure,
  type WebhookEvidence,
  WebhookRefused,
} from '../../src/providers/provider.ts';
import { type Bench, benchOf, sandboxBench } from './benches.ts';
import { type FailureMode, failureModes } from './simulators/server.ts';
import type { SimulatorName } from './simulators/start-simulator.ts';

const opens: Record<string, () => Promise<Bench>> = {
  sandbox: () => sandboxBench('page'),
  'sandbox-code': () => sandboxBench('code'),
  stripe: () => benchOf('stripe'),
  paypal: () => benchOf('paypal'),
  picpay: () => benchOf('picpay'),
  pix: () => benchOf('pix'),
};

const call = (milliseconds = 5000) => ({
  idempotencyKey: systemIds.id(),
  deadline: new Date(Date.now() + milliseconds),
});

function chargeOf(given: Partial<Charge> = {}): Charge {
  return {
    reference: systemIds.id(),
    amount: { amount: 12_990, currency: 'BRL' },
    capture: 'automatic',
    description: 'Pottery for beginners',
    locale: 'pt-BR',
    payer: { email: 'ana@example.com', name: 'Ana Lima Exemplo', document: '12345678909', phone: '+5527912345678' },
    returnUrl: 'https://shop.example/orders/1',
    cancelUrl: 'https://shop.example/cart',
    callbackUrl: 'https://shop.example/api/webhooks/any',
    expiresAt: new Date(Date.now() + 3_600_000),
    ...given,
  };
}

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const failed = (outcome: FailureOutcome) => (error: unknown) => {
  assert.ok(error instanceof ProviderFailure, `expected a ProviderFailure, got ${error}`);
  assert.equal(error.outcome, outcome, error.message);
  return true;
};
const refusal = (reason: WebhookRefused['reason']) => (error: unknown) =>
  error instanceof WebhookRefused && error.reason === reason;

for (const [name, open] of Object.entries(opens)) {
  describe(`${name} keeps the contract of providers:`, () => {
    let bench: Bench;
    before(async () => {
      bench = await open();
    });
    after(() => bench?.close());

    const entriesOf = async (reference: string) =>
      (await bench.book()).filter((entry) => entry.reference === reference);

    async function paid(given: Partial<Charge> = {}) {
      const charge = chargeOf(given);
      const made = await bench.provider.create(charge, call());
      await bench.act(made, 'pay');
      const found = await bench.provider.find({ ...made, amount: charge.amount }, call());
      assert.ok(found);
      return { charge, made, found };
    }

    it('a charge waits for the payer and says where to go', async () => {
      const charge = chargeOf();
      const made = await bench.provider.create(charge, call());
      assert.equal(made.reference, charge.reference);
      assert.equal(made.state, 'requires_action');
      assert.deepEqual(made.amount, charge.amount);
      assert.equal(made.captured, 0);
      assert.equal(made.nextAction?.type, bench.provider.capabilities.presents);
      if (made.nextAction?.type === 'redirect') assert.ok(URL.canParse(made.nextAction.url));
      if (made.nextAction?.type === 'qr_code') assert.ok(made.nextAction.qrCode.length > 10);
    });

    it('the same reference is one charge, asked for at once or again', async () => {
      const charge = chargeOf();
      const first = await bench.provider.create(charge, call());
      const again = await Promise.all([bench.provider.create(charge, call()), bench.provider.create(charge, call())]);
      for (const report of again) assert.equal(report.providerReference, first.providerReference);
      assert.equal((await entriesOf(charge.reference)).length, 1);
      await assert.rejects(bench.provider.create({ ...charge, amount: brl(1) }, call()), failed('refused'));
      assert.deepEqual((await entriesOf(charge.reference))[0]?.amount, charge.amount);
    });

    it('a charge whose answer was lost is found or made again, and is one', async () => {
      const charge = chargeOf();
      await bench.loseAnswer('create', charge.reference);
      await assert.rejects(bench.provider.create(charge, call()), failed('unknown'));
      const found = await bench.provider.find(
        { reference: charge.reference, providerReference: null, amount: charge.amount },
        call(),
      );
      if (found) assert.deepEqual(found.amount, charge.amount);
      const made = await bench.provider.create(charge, call());
      assert.equal(made.state, 'requires_action');
      if (found) assert.equal(found.providerReference, made.providerReference);
      assert.equal((await entriesOf(charge.reference)).length, 1);
    });

    it('a charge that never arrived is not found', async () => {
      const reference = systemIds.id();
      assert.equal(
        await bench.provider.find({ reference, providerReference: null, amount: brl(1) }, call()),
        undefined,
      );
    });

    it('a paid charge is taken, once, whole', async () => {
      const { charge, found } = await paid();
      assert.equal(found.state, 'succeeded');
      assert.equal(found.captured, charge.amount.amount);
      assert.deepEqual(found.amount, charge.amount);
      assert.equal(found.refunded, 0);
      if (found.fee !== null) assert.ok(found.fee > 0 && found.fee < charge.amount.amount);
      const [entry, ...more] = await entriesOf(charge.reference);
      assert.equal(entry?.captured, charge.amount.amount);
      assert.equal(more.length, 0);
      // Asked by our reference alone, where the provider can.
      const byReference = await bench.provider.find(
        { reference: charge.reference, providerReference: null, amount: charge.amount },
        call(),
      );
      if (byReference) assert.equal(byReference.captured, charge.amount.amount);
    });

    it('a charge that was called off cannot be paid any more, and calling it off again changes nothing', async () => {
      const charge = chargeOf();
      const made = await bench.provider.create(charge, call());
      assert.equal((await bench.provider.cancel(made, call())).state, 'canceled');
      assert.match((await bench.provider.cancel(made, call())).state, /^(canceled|expired)$/);
      try {
        await bench.act(made, 'pay');
      } catch {
        // Most providers let nobody near it; at PayPal the payer can still approve, and then nothing is taken.
      }
      const found = await bench.provider.find({ ...made, amount: charge.amount }, call());
      assert.match(found?.state ?? '', /^(canceled|expired)$/);
      assert.equal((await entriesOf(charge.reference))[0]?.captured, 0);
    });

    it('calling off what is paid reports it as it is', async () => {
      const { made } = await paid();
      assert.equal((await bench.provider.cancel(made, call())).state, 'succeeded');
    });

    it('an amount can be held and taken later in part, or that is refused from the start', async () => {
      const charge = chargeOf({ capture: 'manual' });
      if (!bench.provider.capabilities.captureLater) {
        await assert.rejects(bench.provider.create(charge, call()), failed('refused'));
        return;
      }
      const made = await bench.provider.create(charge, call());
      await bench.act(made, 'pay');
      const held = await bench.provider.find({ ...made, amount: charge.amount }, call());
      assert.equal(held?.state, 'authorized');
      assert.equal(held?.captured, 0);
      await assert.rejects(bench.provider.capture({ ...made, amount: brl(13_000) }, call()), failed('refused'));
      const taken = await bench.provider.capture({ ...made, amount: brl(10_001) }, call());
      assert.equal(taken.state, 'succeeded');
      assert.equal(taken.captured, 10_001);
      const again = await bench.provider.capture({ ...made, amount: brl(10_001) }, call());
      assert.equal(again.captured, 10_001);
      assert.equal((await entriesOf(charge.reference))[0]?.captured, 10_001);
    });

    it('a capture whose answer was lost happened once', async (t) => {
      if (!bench.provider.capabilities.captureLater) return t.diagnostic('nothing is captured later here');
      const charge = chargeOf({ capture: 'manual' });
      const made = await bench.provider.create(charge, call());
      await bench.act(made, 'pay');
      // PayPal holds the amount when it is asked how the charge stands.
      await bench.provider.find({ ...made, amount: charge.amount }, call());
      await bench.loseAnswer('capture', charge.reference);
      await assert.rejects(bench.provider.capture({ ...made, amount: brl(5000) }, call()), failed('unknown'));
      const found = await bench.provider.find({ ...made, amount: charge.amount }, call());
      assert.equal(found?.captured, 5000);
      assert.equal((await bench.provider.capture({ ...made, amount: brl(5000) }, call())).captured, 5000);
    });

    it('a held amount can be let go', async (t) => {
      if (!bench.provider.capabilities.captureLater) return t.diagnostic('nothing is held here');
      const charge = chargeOf({ capture: 'manual' });
      const made = await bench.provider.create(charge, call());
      await bench.act(made, 'pay');
      await bench.provider.find({ ...made, amount: charge.amount }, call());
      assert.equal((await bench.provider.cancel(made, call())).state, 'canceled');
      await assert.rejects(bench.provider.capture({ ...made, amount: brl(1000) }, call()), failed('refused'));
      assert.equal((await entriesOf(charge.reference))[0]?.captured, 0);
    });

    it('money goes back once for a reference, in parts, and never more than was taken', async () => {
      const { charge, made } = await paid();
      const of = { chargeReference: charge.reference, providerReference: made.providerReference, reason: 'requested' };
      const first = { ...of, reference: systemIds.id(), amount: brl(4000), refundedBefore: 0 };
      const made1 = await bench.provider.refund(first, call());
      assert.match(made1.state, /^(processing|succeeded)$/);
      assert.deepEqual(made1.amount, brl(4000));
      await bench.provider.refund(first, call());
      assert.equal((await entriesOf(charge.reference))[0]?.refunded, 4000);
      const found = await bench.provider.findRefund(
        { ...first, refundProviderReference: made1.providerReference },
        call(),
      );
      assert.equal(found?.state, 'succeeded');
      await assert.rejects(
        bench.provider.refund({ ...of, reference: systemIds.id(), amount: brl(8991), refundedBefore: 4000 }, call()),
        failed('refused'),
      );
      await bench.provider.refund(
        { ...of, reference: systemIds.id(), amount: brl(8990), refundedBefore: 4000 },
        call(),
      );
      assert.equal((await entriesOf(charge.reference))[0]?.refunded, 12_990);
      const end = await bench.provider.find({ ...made, amount: charge.amount }, call());
      assert.equal(end?.refunded, 12_990);
      assert.equal(end?.state, 'succeeded');
    });

    it('a refund whose answer was lost is found, and repeating it gives nothing back twice', async () => {
      const { charge, made } = await paid();
      const refund = {
        reference: systemIds.id(),
        chargeReference: charge.reference,
        providerReference: made.providerReference,
        amount: brl(3000),
        reason: 'requested',
        refundedBefore: 0,
      };
      assert.equal(await bench.provider.findRefund({ ...refund, refundProviderReference: null }, call()), undefined);
      await bench.loseAnswer('refund', charge.reference);
      await assert.rejects(bench.provider.refund(refund, call()), failed('unknown'));
      const found = await bench.provider.findRefund({ ...refund, refundProviderReference: null }, call());
      assert.deepEqual(found?.amount, brl(3000));
      await bench.provider.refund(refund, call());
      assert.equal((await entriesOf(charge.reference))[0]?.refunded, 3000);
    });

    it('a whole refund whose answer was lost is found, whatever else is known', async () => {
      const { charge, made } = await paid();
      const refund = {
        reference: systemIds.id(),
        chargeReference: charge.reference,
        providerReference: made.providerReference,
        amount: charge.amount,
        reason: 'requested',
      };
      await bench.loseAnswer('refund', charge.reference);
      await assert.rejects(bench.provider.refund(refund, call()), failed('unknown'));
      const found = await bench.provider.findRefund({ ...refund, refundProviderReference: null }, call());
      assert.deepEqual(found?.amount, charge.amount);
      await bench.provider.refund(refund, call());
      assert.equal((await entriesOf(charge.reference))[0]?.refunded, charge.amount.amount);
    });

    it('nothing goes back of what was never paid', async () => {
      const charge = chargeOf();
      const made = await bench.provider.create(charge, call());
      await assert.rejects(
        bench.provider.refund(
          {
            reference: systemIds.id(),
            chargeReference: charge.reference,
            providerReference: made.providerReference,
            amount: brl(100),
            reason: 'requested',
            refundedBefore: 0,
          },
          call(),
        ),
        (error) => error instanceof ProviderFailure && error.outcome !== 'not_sent',
      );
    });

    it('a webhook leads to its charge; a repeat is the same evidence; a forged or old one is refused', async () => {
      const { charge, made } = await paid();
      const requests = await eventually(async () => {
        const sent = await bench.webhooks(charge.reference);
        return sent.length > 0 && sent;
      });
      const [request] = requests;
      assert.ok(request);
      const [evidence] = await bench.provider.readWebhook(request);
      assert.ok(evidence);
      assert.ok(namesOf(evidence).some((one) => one === charge.reference || one === made.providerReference));
      const [repeat] = await bench.provider.readWebhook(request);
      assert.equal(repeat?.evidenceId, evidence.evidenceId);
      await assert.rejects(bench.provider.readWebhook(bench.spoil(request, 'forged')), refusal('signature'));
      await assert.rejects(
        bench.provider.readWebhook(bench.spoil(request, 'stale')),
        (error) => error instanceof WebhookRefused && /^(stale|signature)$/.test(error.reason),
      );
      await assert.rejects(
        bench.provider.readWebhook({ ...request, headers: {}, url: 'http://shop.test/' }),
        refusal('signature'),
      );
      if (name !== 'picpay' && name !== 'pix') {
        const changed = Buffer.concat([request.rawBody, Buffer.from(' ')]);
        await assert.rejects(bench.provider.readWebhook({ ...request, rawBody: changed }), refusal('signature'));
      }
    });

    it('currencies it does not take are refused before anything happens', async () => {
      const { currencies } = bench.provider.capabilities;
      if (currencies === 'any') return;
      const charge = chargeOf({ amount: { amount: 1000, currency: 'XAU' } });
      await assert.rejects(bench.provider.create(charge, call()), failed('refused'));
      assert.equal((await entriesOf(charge.reference)).length, 0);
    });

    it('a kept method is charged without the payer, where that is offered', async () => {
      const charge = chargeOf({ keepMethod: true });
      if (!bench.provider.capabilities.savedMethods) {
        await assert.rejects(bench.provider.create(chargeOf({ savedMethod: 'none' }), call()), failed('refused'));
        return;
      }
      const made = await bench.provider.create(charge, call());
      await bench.act(made, 'pay');
      const savedMethod = (await bench.provider.find(made, call()))?.savedMethod;
      assert.ok(savedMethod);
      const renewal = chargeOf({ savedMethod });
      const charged = await bench.provider.create(renewal, call());
      assert.equal(charged.state, 'succeeded');
      assert.equal(charged.captured, 12_990);
      const again = await bench.provider.create(renewal, call());
      assert.equal(again.providerReference, charged.providerReference);
      assert.equal((await entriesOf(renewal.reference)).length, 1);
      const found = await bench.provider.find({ reference: renewal.reference, providerReference: null }, call());
      assert.equal(found?.captured, 12_990);
    });

    it('a method can be kept without taking anything, where methods are kept', async () => {
      const charge = chargeOf({ keepMethod: true, amount: brl(0) });
      if (!bench.provider.capabilities.savedMethods) {
        await assert.rejects(bench.provider.create(charge, call()), failed('refused'));
        return;
      }
      const made = await bench.provider.create(charge, call());
      assert.equal(made.state, 'requires_action');
      assert.deepEqual(made.amount, brl(0));
      await bench.act(made, 'pay');
      const kept = await bench.provider.find(made, call());
      assert.equal(kept?.state, 'succeeded');
      assert.equal(kept?.captured, 0);
      assert.ok(kept?.savedMethod);
      const later = await bench.provider.create(chargeOf({ savedMethod: kept.savedMethod }), call());
      assert.equal(later.state, 'succeeded');
      await assert.rejects(bench.provider.create(chargeOf({ amount: brl(0) }), call()), failed('refused'));
    });

    it('a dispute is reported with its charge, where they are', async () => {
      if (name === 'pix' || name === 'picpay') return;
      const { charge, made } = await paid();
      await bench.act(made, 'dispute');
      const disputes = await eventually(async () => {
        const reports = [];
        for (const request of await bench.webhooks('')) {
          for (const evidence of await bench.provider.readWebhook(request)) {
            if (evidence.about === 'dispute' && evidence.report.chargeReference === charge.reference)
              reports.push(evidence.report);
          }
        }
        return reports.length > 0 && reports;
      });
      assert.equal(disputes[0]?.state, 'open');
      assert.deepEqual(disputes[0]?.amount, charge.amount);
    });

    it('its own report has what was charged and refunded, where it has one', async () => {
      if (!bench.provider.listTransactions) {
        assert.equal(bench.provider.capabilities.reports, false);
        return;
      }
      const { charge, made } = await paid();
      const reference = systemIds.id();
      await bench.provider.refund(
        {
          reference,
          chargeReference: charge.reference,
          providerReference: made.providerReference,
          amount: brl(990),
          reason: '',
        },
        call(),
      );
      const period = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
      const rows = await bench.provider.listTransactions(period, call());
      const sum = (kind: string, of: string) =>
        rows
          .filter((row) => row.kind === kind && row.reference === of)
          .reduce((all, row) => all + row.amount.amount, 0);
      assert.equal(sum('charge', charge.reference), 12_990);
      assert.equal(sum('refund', reference), -990);
      assert.ok(sum('fee', charge.reference) <= 0);
    });

    it('a call that comes too late is not made', async () => {
      const charge = chargeOf();
      await assert.rejects(bench.provider.create(charge, call(-1)), failed('not_sent'));
      assert.equal((await entriesOf(charge.reference)).length, 0);
    });
  });
}

function namesOf(evidence: WebhookEvidence): (string | null)[] {
  if (evidence.about === 'charge') return [evidence.report.reference, evidence.report.providerReference];
  if (evidence.about === 'charge_named') return [evidence.reference, evidence.providerReference];
  return [];
}

const simulated: SimulatorName[] = ['stripe', 'paypal', 'picpay', 'pix'];
const lost: Partial<Record<FailureMode, FailureOutcome | 'fine'>> = {
  status_429: 'not_sent',
  status_503_retry_after: 'not_sent',
  slow: 'fine',
  wrong_amount: 'fine',
  wrong_currency: 'fine',
};
const shortDeadline = new Set<FailureMode>(['timeout_before', 'timeout_after', 'slow_drip_after']);

for (const name of simulated) {
  describe(`${name} on a bad day:`, () => {
    let bench: Bench;
    const messages: string[] = [];
    before(async () => {
      bench = await benchOf(name);
    });
    after(() => bench?.close());

    async function attempt<T>(work: Promise<T>): Promise<{ result: T } | { failure: ProviderFailure }> {
      try {
        return { result: await work };
      } catch (error) {
        assert.ok(error instanceof ProviderFailure, `only ProviderFailure leaves an adapter, not ${error}`);
        messages.push(`${error.message} ${error.stack} ${error.cause}`);
        return { failure: error };
      }
    }

    for (const mode of failureModes) {
      const expected = lost[mode] ?? 'unknown';
      it(`${mode}: creating is ${expected}, and the next try leaves one charge`, async () => {
        const { simulator } = bench;
        assert.ok(simulator);
        const charge = chargeOf();
        // The access token is there already: this is about the call itself.
        await bench.provider.find({ reference: charge.reference, providerReference: 'warm', amount: brl(1) }, call());
        simulator.fail(mode, { operation: 'create' });
        const first = await attempt(bench.provider.create(charge, call(shortDeadline.has(mode) ? 250 : 5000)));
        if (expected === 'fine') assert.ok('result' in first, 'failure' in first ? first.failure.message : '');
        else assert.equal('failure' in first ? first.failure.outcome : 'fine', expected);
        if (expected === 'not_sent') {
          assert.equal('failure' in first ? first.failure.retryAfterSeconds : null, 2);
          assert.equal(simulator.book().filter((entry) => entry.reference === charge.reference).length, 0);
        }
        simulator.clearFailures();
        const made = await bench.provider.create(charge, call());
        assert.deepEqual(made.amount, charge.amount);
        assert.equal(simulator.book().filter((entry) => entry.reference === charge.reference).length, 1);
      });

      it(`${mode}: asking and refunding fail the same way, and refund once`, async () => {
        const { simulator } = bench;
        assert.ok(simulator);
        const charge = chargeOf();
        const made = await bench.provider.create(charge, call());
        await bench.act(made, 'pay');
        await bench.provider.find({ ...made, amount: charge.amount }, call());
        const milliseconds = shortDeadline.has(mode) ? 250 : 5000;
        simulator.fail(mode, { operation: 'find' });
        const asked = await attempt(bench.provider.find({ ...made, amount: charge.amount }, call(milliseconds)));
        if ('result' in asked && mode.startsWith('wrong')) {
          const honest = JSON.stringify(asked.result?.amount) === JSON.stringify(charge.amount);
          const silent = name === 'picpay' || name === 'pix' ? mode === 'wrong_currency' : false;
          assert.equal(honest, silent, 'what the provider says is passed on as it says it');
        } else assert.equal('failure' in asked ? asked.failure.outcome : 'fine', expected);
        simulator.clearFailures();
        const refund = {
          reference: systemIds.id(),
          chargeReference: charge.reference,
          providerReference: made.providerReference,
          amount: brl(1000),
          reason: 'requested',
          refundedBefore: 0,
        };
        simulator.fail(mode, { operation: 'refund' });
        const first = await attempt(bench.provider.refund(refund, call(milliseconds)));
        if (expected !== 'fine') assert.equal('failure' in first ? first.failure.outcome : 'fine', expected);
        simulator.clearFailures();
        await bench.provider.refund(refund, call());
        const entry = simulator.book().find((one) => one.reference === charge.reference);
        assert.equal(entry?.refunded, 1000);
      });
    }

    for (const mode of failureModes.filter((one) => !one.startsWith('wrong'))) {
      it(`${mode}: calling off may fail, and the next try ends it`, async () => {
        const { simulator } = bench;
        assert.ok(simulator);
        const charge = chargeOf();
        const made = await bench.provider.create(charge, call());
        simulator.fail(mode, { operation: name === 'picpay' ? 'refund' : 'cancel' });
        const first = await attempt(bench.provider.cancel(made, call(shortDeadline.has(mode) ? 250 : 5000)));
        const expected = lost[mode] ?? 'unknown';
        // Where nothing is read from the answer, only what is certain from its status counts.
        if ('failure' in first) assert.equal(first.failure.outcome, expected);
        else assert.ok(expected === 'fine' || /after$|page$/.test(mode), mode);
        simulator.clearFailures();
        await bench.provider.cancel(made, call());
        const found = await bench.provider.find({ ...made, amount: charge.amount }, call());
        assert.match(found?.state ?? '', /^(canceled|expired)$/);
      });
    }

    it('nobody listening at all is not sent', async () => {
      const closed = await benchOf(name);
      await closed.close();
      const first = await attempt(closed.provider.create(chargeOf(), call()));
      assert.equal('failure' in first ? first.failure.outcome : 'fine', 'not_sent');
    });

    it('credentials that are refused are not tried as anything else', async () => {
      const settings = Object.fromEntries(
        Object.entries(bench.settings).map(([key, value]) => [
          key,
          /(SECRET_KEY|CLIENT_SECRET|PICPAY_TOKEN)$/.test(key) ? 'wrong-secret' : value,
        ]),
      );
      const log = createLog({ level: 'silent' });
      const other = configureProviders({ settings, publicUrl: 'http://localhost', clock: systemClock, log });
      const provider = other.find((one) => one.name === name)?.provider;
      assert.ok(provider);
      const first = await attempt(provider.create(chargeOf(), call()));
      assert.equal('failure' in first ? first.failure.outcome : 'fine', 'refused');
    });

    it('no failure tells a secret, a name, an address or a document', () => {
      assert.ok(messages.length > 20);
      const secrets = Object.entries(bench.settings)
        .filter(([key]) => /SECRET|TOKEN$|CLIENT_ID/.test(key))
        .map(([, value]) => value);
      assert.ok(secrets.length > 0);
      for (const message of messages) {
        for (const secret of [
          ...secrets,
          'wrong-secret',
          'ana@example.com',
          'Ana Lima',
          '12345678909',
          '123.456.789-09',
        ])
          assert.ok(!message.includes(secret), `${secret} in ${message}`);
      }
    });
  });
}
