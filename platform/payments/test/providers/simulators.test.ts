import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { createLog, systemClock, systemIds } from '@stoa/kernel';
import { configureProviders } from '../../src/providers/configure-providers.ts';
import { type Provider, type WebhookEvidence, WebhookRefused } from '../../src/providers/provider.ts';
import type { Simulator } from './simulators/server.ts';
import { type SimulatorName, simulators, startSimulator } from './simulators/start-simulator.ts';

const names: SimulatorName[] = ['stripe', 'paypal', 'picpay', 'pix'];

for (const name of names) {
  describe(`the simulator of ${name}`, () => {
    let simulator: Simulator;
    let provider: Provider;
    let shop: Server;
    const taken: WebhookEvidence[] = [];
    let refused = 0;

    before(async () => {
      // A shop that verifies what comes, as the real one does.
      shop = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const headers = Object.fromEntries(
            Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
          );
          provider
            .readWebhook({
              headers,
              rawBody: Buffer.concat(chunks),
              url: `http://shop.test${request.url}`,
              method: 'POST',
            })
            .then(
              (evidence) => {
                taken.push(...evidence);
                response.writeHead(200).end();
              },
              (error: unknown) => {
                refused += 1;
                response.writeHead(error instanceof WebhookRefused ? 400 : 500).end();
              },
            );
        });
      });
      await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
      const address = shop.address();
      if (!address || typeof address !== 'object') throw new Error('no port');
      simulator = await startSimulator(name, {
        webhookUrl: `http://127.0.0.1:${address.port}/api/webhooks/${name}`,
        lateMs: 400,
      });
      const log = createLog({ level: 'silent' });
      const configured = configureProviders({
        settings: simulator.settings,
        publicUrl: 'http://x',
        clock: systemClock,
        log,
      });
      const found = configured.find((one) => one.name === name)?.provider;
      assert.ok(found);
      provider = found;
    });
    after(async () => {
      await simulator.close();
      shop.closeAllConnections();
      await new Promise((resolve) => shop.close(resolve));
    });

    const call = () => ({ idempotencyKey: 'k', deadline: new Date(Date.now() + 5000) });
    const make = () =>
      provider.create(
        {
          reference: systemIds.id(),
          amount: { amount: 9900, currency: 'BRL' },
          capture: 'automatic',
          description: 'Course',
          locale: 'en',
          payer: { email: 'ana@example.com', name: 'Ana Lima', document: '12345678909' },
          returnUrl: 'https://shop.example/back',
          cancelUrl: 'https://shop.example/cart',
          callbackUrl: simulator.url,
          expiresAt: new Date(Date.now() + 3_600_000),
        },
        call(),
      );
    const about = (of: { reference: string; providerReference: string }) =>
      taken.filter(
        (one) =>
          one.about === 'charge_named' &&
          (one.reference === of.reference || one.providerReference === of.providerReference),
      );

    it('delivers webhooks once, thrice, late, or not at all', async () => {
      for (const [mode, least, most] of [
        ['prompt', 1, 2],
        ['duplicate', 3, 6],
        ['lost', 0, 0],
      ] as const) {
        simulator.webhooks(mode);
        const made = await make();
        simulator.act(made.providerReference, 'pay');
        await simulator.settled();
        const count = about(made).length;
        assert.ok(count >= least && count <= most, `${mode}: ${count}`);
      }
      simulator.webhooks('late');
      const made = await make();
      simulator.act(made.providerReference, 'pay');
      assert.equal(about(made).length, 0);
      await simulator.settled();
      assert.ok(about(made).length >= 1);
      simulator.webhooks('prompt');
    });

    it('delivers two charges’ webhooks the other way round', async () => {
      simulator.webhooks('reordered');
      const first = await make();
      const second = await make();
      simulator.act(first.providerReference, 'pay');
      simulator.act(second.providerReference, 'pay');
      await simulator.settled();
      assert.ok(about(first).length + about(second).length >= 1);
      simulator.webhooks('prompt');
    });

    it('forges webhooks that are refused, and tells of orders nobody made', async () => {
      simulator.webhooks('forged');
      const made = await make();
      const before = refused;
      simulator.act(made.providerReference, 'pay');
      await simulator.settled();
      assert.ok(refused > before);
      assert.equal(about(made).length, 0);
      simulator.webhooks('stale');
      const old = await make();
      simulator.act(old.providerReference, 'pay');
      await simulator.settled();
      assert.equal(about(old).length, 0);
      simulator.webhooks('unknown_order');
      const other = await make();
      const heard = taken.length;
      simulator.act(other.providerReference, 'pay');
      await simulator.settled();
      assert.equal(about(other).length, 0);
      for (const one of taken.slice(heard)) {
        assert.ok(one.about === 'charge_named');
        if (!one.providerReference) continue;
        assert.equal(
          await provider.find(
            {
              reference: one.reference ?? '',
              providerReference: one.providerReference,
              amount: { amount: 1, currency: 'BRL' },
            },
            call(),
          ),
          undefined,
        );
      }
      simulator.webhooks('prompt');
    });

    it('has a page for the payer, and commands for programs', async () => {
      const made = await make();
      const { nextAction } = made;
      const address = nextAction?.type === 'wait' ? null : nextAction?.url;
      const page = address ?? `${simulator.url}/_pay/${made.providerReference}`;
      const shown = await fetch(page);
      assert.equal(shown.status, 200);
      assert.match(await shown.text(), /9900 BRL/);
      const paid = await fetch(page, {
        method: 'POST',
        body: new URLSearchParams({ action: 'pay' }),
        redirect: 'manual',
      });
      assert.equal(paid.status, 303);
      if (name !== 'pix') assert.equal(paid.headers.get('location'), 'https://shop.example/back');
      await provider.find({ ...made, amount: made.amount }, call());
      const book: unknown = await (await fetch(`${simulator.url}/_control/book`)).json();
      assert.ok(Array.isArray(book));
      assert.ok(JSON.stringify(book).includes('"captured":9900'));
      const second = await make();
      const command = await fetch(`${simulator.url}/_control/pay`, {
        method: 'POST',
        body: JSON.stringify({
          charge:
            nextAction?.type === 'qr_code' && second.nextAction?.type === 'qr_code'
              ? second.nextAction.qrCode
              : second.reference,
        }),
      });
      assert.equal(command.status, 200);
      assert.equal((await provider.find({ ...second, amount: second.amount }, call()))?.state, 'succeeded');
    });

    it('refuses strangers and what the specification refuses', async () => {
      const paths: Record<SimulatorName, [string, string]> = {
        stripe: ['POST', '/v1/checkout/sessions'],
        paypal: ['POST', '/v2/checkout/orders'],
        picpay: ['POST', '/ecommerce/public/payments'],
        pix: ['PUT', `/api/v2/cob/${'a'.repeat(32)}`],
      };
      const [method, path] = paths[name];
      const stranger = await fetch(`${simulator.url}${path}`, {
        method,
        body: '{}',
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(stranger.status, 401);
      const known: Record<SimulatorName, Record<string, string>> = {
        stripe: { authorization: 'Bearer sk_test_simulated', 'stripe-version': 'x' },
        paypal: { authorization: 'Bearer paypal-access-token' },
        picpay: { 'x-picpay-token': 'picpay-token' },
        pix: { authorization: 'Bearer pix-access-token' },
      };
      const wrong: Record<SimulatorName, [type: string, body: string][]> = {
        stripe: [
          ['application/json', '{}'],
          ['application/x-www-form-urlencoded', 'mode=payment&unknown=1'],
          ['application/x-www-form-urlencoded', 'mode=payment&line_items[0][price_data][unit_amount]=1.5'],
        ],
        paypal: [
          ['application/json', '{}'],
          [
            'application/json',
            '{"intent":"CAPTURE","purchase_units":[{"amount":{"currency_code":"USD","value":"100.001"}}]}',
          ],
          [
            'application/json',
            '{"intent":"CAPTURE","purchase_units":[{"amount":{"currency_code":"USD","value":100}}]}',
          ],
          [
            'application/json',
            '{"intent":"CAPTURE","purchase_units":[{"amount":{"currency_code":"JPY","value":"1.50"}}]}',
          ],
        ],
        picpay: [
          ['application/json', '{}'],
          [
            'application/json',
            '{"referenceId":"1","callbackUrl":"https://x.example","value":"20.51","buyer":{"document":"123.456.789-09"}}',
          ],
          [
            'application/json',
            '{"referenceId":"1","callbackUrl":"https://x.example","value":20.51,"buyer":{"document":"12345678909"}}',
          ],
        ],
        pix: [
          ['application/json', '{}'],
          ['application/json', '{"valor":{"original":"37.0"},"chave":"7d9f0335-8dcc-4054-9bf9-0dbd61d36906"}'],
          ['application/json', '{"valor":{"original":37.00},"chave":"7d9f0335-8dcc-4054-9bf9-0dbd61d36906"}'],
        ],
      };
      const before = simulator.book().length;
      for (const [type, body] of wrong[name]) {
        const answer = await fetch(`${simulator.url}${path}`, {
          method,
          body,
          headers: { ...known[name], 'content-type': type },
        });
        assert.ok(answer.status >= 400 && answer.status < 500, `${body} → ${answer.status}`);
      }
      assert.equal(simulator.book().length, before);
    });
  });
}

it('there is a simulator for every provider that can be configured', () => {
  const log = createLog({ level: 'silent' });
  const configured = configureProviders({ settings: {}, publicUrl: 'http://x', clock: systemClock, log });
  assert.deepEqual(Object.keys(simulators).sort(), configured.map(({ name }) => name).sort());
});
