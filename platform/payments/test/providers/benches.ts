import { createServer } from 'node:http';
import { createLog, statement, systemClock } from '@stoa/kernel';
import { openTestDatabase, startTestPlatform } from '@stoa/kernel/testing';
import { configureProviders } from '../../src/providers/configure-providers.ts';
import type { Provider, WebhookRequest } from '../../src/providers/provider.ts';
import { planFault } from '../../src/providers/sandbox/book.ts';
import { sandboxWebhookSecret } from '../../src/providers/sandbox/open-sandbox.ts';
import { signWebhook } from '../../src/providers/stoa-signature.ts';
import { sandboxContext } from './sandbox-context.ts';
import type { BookEntry, PayerAction, Simulator } from './simulators/server.ts';
import { type SimulatorName, startSimulator } from './simulators/start-simulator.ts';

/** A provider with the other side of it in reach: the payer, the book, the webhooks. */
export type Bench = {
  provider: Provider;
  act: (of: { reference: string; providerReference: string }, action: PayerAction) => Promise<void>;
  book: () => Promise<BookEntry[]>;
  /** Makes the answer to the next call of an operation get lost after the work. */
  loseAnswer: (operation: 'create' | 'refund' | 'capture', reference: string) => Promise<void>;
  /** Webhooks sent so far about a charge, newest last. */
  webhooks: (reference: string) => Promise<WebhookRequest[]>;
  /** The same webhook as a stranger, or the past, would send it. */
  spoil: (request: WebhookRequest, how: 'forged' | 'stale') => WebhookRequest;
  /** The simulator behind it; the sandbox has none. */
  simulator: Simulator | undefined;
  settings: Record<string, string>;
  close: () => Promise<void>;
};

/** A provider in front of its simulator. */
export async function benchOf(name: SimulatorName): Promise<Bench> {
  const receiver = await startReceiver();
  const url = `${receiver.url}/api/webhooks/${name}`;
  const simulator = await startSimulator(name, { webhookUrl: url });
  const log = createLog({ level: 'silent' });
  const settings = simulator.settings;
  const configured = configureProviders({ settings, publicUrl: 'http://localhost', clock: systemClock, log });
  const provider = configured.find((one) => one.name === name)?.provider;
  if (!provider) throw new Error(`${name} is not configured`);
  const toRequest = (sent: { headers: Record<string, string>; body: string }, at = url): WebhookRequest => ({
    headers: sent.headers,
    rawBody: Buffer.from(sent.body),
    url: at,
    method: 'POST',
  });
  return {
    provider,
    simulator,
    settings,
    act: async ({ providerReference }, action) => simulator.act(providerReference, action),
    book: async () => simulator.book(),
    loseAnswer: async (operation) => simulator.fail('reset_after', { operation }),
    webhooks: async (reference) => {
      await simulator.settled();
      const bare = reference.replaceAll('-', '');
      return simulator.sent
        .filter(({ body }) => body.includes(reference) || body.includes(bare))
        .map((sent) => toRequest(sent, sent.url || url));
    },
    spoil: (request, how) => spoilFor(name, { ...request, headers: { ...request.headers } }, how),
    close: async () => {
      await simulator.close();
      await receiver.close();
    },
  };
}

function spoilFor(name: SimulatorName, request: WebhookRequest, how: 'forged' | 'stale'): WebhookRequest {
  const headers: Record<string, string | undefined> = { ...request.headers };
  if (name === 'stripe') {
    const [time = '', signature = ''] = (headers['stripe-signature'] ?? '').split(',');
    headers['stripe-signature'] =
      how === 'forged'
        ? `${time},${signature.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`
        : `t=1,${signature}`;
  }
  if (name === 'paypal') {
    const signature = headers['paypal-transmission-sig'] ?? '';
    if (how === 'forged')
      headers['paypal-transmission-sig'] = signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    else headers['paypal-transmission-time'] = '2020-01-01T00:00:00Z';
  }
  if (name === 'picpay') headers['x-seller-token'] = 'forged';
  if (name === 'pix') {
    return { ...request, url: request.url.replace(/\?.*$/, '?token=forged') };
  }
  return { ...request, headers };
}

const listCharges = statement<
  [],
  {
    reference: string;
    provider_reference: string;
    amount: number;
    currency: string;
    state: string;
    captured: number;
    refunded: number;
    refunds: { reference: string; amount: number }[];
  }
>(
  'payments.test_sandbox_book',
  `select c.reference, c.provider_reference, c.amount, c.currency, c.state, c.captured, c.refunded,
     coalesce((select jsonb_agg(jsonb_build_object('reference', r.reference, 'amount', r.amount))
       from sandbox_refunds r where r.charge = c.provider_reference), '[]') as refunds
   from sandbox_charges c`,
);

/** The sandbox, which is its own simulator; with its page, or with a code to scan. */
export async function sandboxBench(look: 'page' | 'code' = 'page'): Promise<Bench> {
  const receiver = await startReceiver();
  const { context, opened } = await sandboxContext();
  const platform = await startTestPlatform([context]);
  const sandbox = opened();
  const provider = look === 'page' ? sandbox.provider : sandbox.code.provider;
  if (!provider) throw new Error('the sandbox is off');
  const db = openTestDatabase(platform.databaseUrl, 'payments');
  const url = `${receiver.url}/api/webhooks/sandbox`;
  const secret = sandboxWebhookSecret({ settings: process.env, home: platform.home });
  const outcomes: Partial<Record<PayerAction, string>> = { pay: 'succeed' };
  return {
    provider: { ...provider, create: (charge, call) => provider.create({ ...charge, callbackUrl: url }, call) },
    simulator: undefined,
    settings: { secret },
    act: async ({ providerReference }, action) => {
      const { status } = await platform.call('POST', `/api/sandbox/payments/${providerReference}`, {
        body: { outcome: outcomes[action] ?? action },
      });
      if (status !== 200) throw new Error(`the sandbox answered ${status}`);
    },
    book: async () =>
      (await db.rows(listCharges, [])).map((row) => ({
        reference: row.reference,
        providerReference: row.provider_reference,
        amount: { amount: row.amount, currency: row.currency },
        state: row.state,
        captured: row.captured,
        refunded: row.refunded,
        refunds: row.refunds,
      })),
    loseAnswer: (operation, reference) => planFault(db, { operation, kind: 'timeout_after', reference }),
    webhooks: async (reference) => receiver.requests.filter(({ rawBody }) => rawBody.includes(reference)),
    spoil: (request, how) => ({
      ...request,
      headers: {
        'stoa-signature':
          how === 'forged'
            ? signWebhook('another secret', request.rawBody, new Date())
            : signWebhook(secret, request.rawBody, new Date(Date.now() - 3_600_000)),
      },
    }),
    close: async () => {
      await db.close();
      await platform.close();
      await receiver.close();
    },
  };
}

/** A shop that takes every webhook and remembers it. */
async function startReceiver(): Promise<{ url: string; requests: WebhookRequest[]; close: () => Promise<void> }> {
  const requests: WebhookRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      requests.push({ headers, rawBody: Buffer.concat(chunks), url: request.url ?? '', method: 'POST' });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('the receiver has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
