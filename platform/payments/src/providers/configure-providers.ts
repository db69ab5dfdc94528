import { readFileSync } from 'node:fs';
import { type Clock, type Log, loadConfig, type Settings } from '@stoa/kernel';
import { z } from 'zod';
import { createEgress, type Fetch } from './egress.ts';
import { readFacts } from './facts.ts';
import { loadLater } from './load-later.ts';
import { createPayPalProvider } from './paypal/provider.ts';
import { createOfflineVerifier } from './paypal/verify-webhook.ts';
import { createPicPayProvider } from './picpay/provider.ts';
import { createPixProvider } from './pix/provider.ts';
import { type ConfiguredProvider, type Provider, ProviderFailure } from './provider.ts';
import { stripeCapabilities } from './stripe/capabilities.ts';

const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));
const text = z.string().trim().min(1);

/** Settings of the providers. What a provider cannot do without is listed in `required`. */
export const providerSettings = z.object({
  /** Names, separated by commas: only these are offered. Every configured one when it is not set. */
  STOA_PROVIDERS: text.optional(),
  /** JSON object of corrected facts, see facts.ts. */
  STOA_PROVIDER_FACTS: text.optional(),

  STOA_STRIPE_SECRET_KEY: text.optional(),
  STOA_STRIPE_WEBHOOK_SECRET: text.optional(),
  STOA_STRIPE_API_URL: url.default('https://api.stripe.com'),

  STOA_PAYPAL_CLIENT_ID: text.optional(),
  STOA_PAYPAL_CLIENT_SECRET: text.optional(),
  STOA_PAYPAL_WEBHOOK_ID: text.optional(),
  STOA_PAYPAL_API_URL: url.default('https://api-m.paypal.com'),
  STOA_PAYPAL_CERT_HOSTS: text.default('api.paypal.com,api.sandbox.paypal.com'),
  /** PEM file of certificates that PayPal's are issued by, where its own answer leaves them out. */
  STOA_PAYPAL_CERT_CA_FILE: text.optional(),

  STOA_PICPAY_TOKEN: text.optional(),
  STOA_PICPAY_SELLER_TOKEN: text.optional(),
  STOA_PICPAY_API_URL: url.default('https://appws.picpay.com/ecommerce/public'),
  STOA_PICPAY_REFUND_ENDPOINT: z.enum(['refunds', 'cancellations']).default('refunds'),

  STOA_PIX_API_URL: url.optional(),
  STOA_PIX_TOKEN_URL: url.optional(),
  STOA_PIX_CLIENT_ID: text.optional(),
  STOA_PIX_CLIENT_SECRET: text.optional(),
  STOA_PIX_KEY: text.optional(),
  STOA_PIX_MERCHANT_NAME: text.default('Stoa'),
  STOA_PIX_MERCHANT_CITY: text.default('BRASILIA'),
  STOA_PIX_SCOPE: text.default('cob.write cob.read pix.write pix.read'),
  /** PEM files of the client certificate the bank issued, for mutual TLS. */
  STOA_PIX_CERT_FILE: text.optional(),
  STOA_PIX_CERT_KEY_FILE: text.optional(),
  STOA_PIX_CA_FILE: text.optional(),
  STOA_PIX_WEBHOOK_TOKEN: text.optional(),
});
type ProviderSettings = z.output<typeof providerSettings>;

/** What each provider cannot do without. */
export const required = {
  stripe: ['STOA_STRIPE_SECRET_KEY', 'STOA_STRIPE_WEBHOOK_SECRET'],
  paypal: ['STOA_PAYPAL_CLIENT_ID', 'STOA_PAYPAL_CLIENT_SECRET', 'STOA_PAYPAL_WEBHOOK_ID'],
  picpay: ['STOA_PICPAY_TOKEN', 'STOA_PICPAY_SELLER_TOKEN'],
  pix: ['STOA_PIX_API_URL', 'STOA_PIX_TOKEN_URL', 'STOA_PIX_CLIENT_ID', 'STOA_PIX_CLIENT_SECRET', 'STOA_PIX_KEY'],
} as const satisfies Record<string, readonly (keyof ProviderSettings)[]>;

export type ProviderName = keyof typeof required;

type Options = {
  settings: Settings;
  /** Where people and providers reach this installation. */
  publicUrl: string;
  clock: Clock;
  log: Log;
  /** For every call to a provider; the global one by default, with the bank's client certificate for Pix. */
  fetch?: Fetch;
};

/**
 * The providers of an installation besides the sandbox: ready, or not and why. Nothing is called here.
 * @throws Error naming settings whose value is not valid, never the value
 */
export function configureProviders({ settings, publicUrl, clock, log, fetch: given }: Options): ConfiguredProvider[] {
  const config = loadConfig(providerSettings, settings);
  const facts = readFacts(config.STOA_PROVIDER_FACTS);
  const wanted = config.STOA_PROVIDERS?.split(',').map((name) => name.trim());
  for (const name of wanted ?? []) {
    if (name !== 'sandbox' && name !== 'sandbox-code' && !Object.hasOwn(required, name))
      throw new Error(`STOA_PROVIDERS: there is no provider ${name}`);
  }
  if (!publicUrl.startsWith('https://'))
    log.debug({ publicUrl }, 'payment providers report to public https addresses only; this one is for development');
  const fetchFor = (name: ProviderName): Fetch => given ?? (name === 'pix' ? pixFetch(config) : plainFetch);
  const egressOf = (name: ProviderName) => createEgress({ name, fetch: fetchFor(name), clock });

  const makers: Record<ProviderName, () => Provider> = {
    stripe: () =>
      loadLater({
        name: 'stripe',
        capabilities: stripeCapabilities(facts),
        load: async () => {
          const { createStripeProvider } = await import('./stripe/provider.ts');
          return createStripeProvider({
            config: {
              secretKey: config.STOA_STRIPE_SECRET_KEY ?? '',
              webhookSecret: config.STOA_STRIPE_WEBHOOK_SECRET ?? '',
              apiUrl: config.STOA_STRIPE_API_URL,
            },
            egress: egressOf('stripe'),
            clock,
            facts,
          });
        },
      }),
    paypal: () => {
      const egress = egressOf('paypal');
      return createPayPalProvider({
        config: {
          apiUrl: config.STOA_PAYPAL_API_URL,
          clientId: config.STOA_PAYPAL_CLIENT_ID ?? '',
          clientSecret: config.STOA_PAYPAL_CLIENT_SECRET ?? '',
          webhookId: config.STOA_PAYPAL_WEBHOOK_ID ?? '',
        },
        egress,
        clock,
        facts,
        verify: createOfflineVerifier({
          webhookId: config.STOA_PAYPAL_WEBHOOK_ID ?? '',
          clock,
          mostDays: facts['paypal.webhookDays'],
          certHosts: config.STOA_PAYPAL_CERT_HOSTS.split(',').map((host) => host.trim()),
          apiOrigin: new URL(config.STOA_PAYPAL_API_URL).origin,
          extraCertificates: readFile(config.STOA_PAYPAL_CERT_CA_FILE),
          fetchCertificate: async (address) => {
            const deadline = new Date(clock.now().getTime() + 10_000);
            const answer = await egress.send({ method: 'GET', url: address, deadline, headers: { accept: '*/*' } });
            if (answer.status !== 200)
              throw new ProviderFailure('unknown', `paypal: the certificate was answered with ${answer.status}`);
            return answer.text;
          },
        }),
      });
    },
    picpay: () =>
      createPicPayProvider({
        config: {
          apiUrl: config.STOA_PICPAY_API_URL,
          token: config.STOA_PICPAY_TOKEN ?? '',
          sellerToken: config.STOA_PICPAY_SELLER_TOKEN ?? '',
          refundEndpoint: config.STOA_PICPAY_REFUND_ENDPOINT,
        },
        egress: egressOf('picpay'),
        clock,
        facts,
      }),
    pix: () =>
      createPixProvider({
        config: {
          apiUrl: config.STOA_PIX_API_URL ?? '',
          tokenUrl: config.STOA_PIX_TOKEN_URL ?? '',
          clientId: config.STOA_PIX_CLIENT_ID ?? '',
          clientSecret: config.STOA_PIX_CLIENT_SECRET ?? '',
          scope: config.STOA_PIX_SCOPE,
          key: config.STOA_PIX_KEY ?? '',
          merchantName: config.STOA_PIX_MERCHANT_NAME,
          merchantCity: config.STOA_PIX_MERCHANT_CITY,
          webhookToken: config.STOA_PIX_WEBHOOK_TOKEN,
        },
        egress: egressOf('pix'),
        clock,
        facts,
      }),
  };

  const configure = (name: ProviderName): ConfiguredProvider => {
    if (wanted && !wanted.includes(name)) return { name, provider: null, unavailable: 'switched_off', missing: [] };
    const missing = required[name].filter((setting) => config[setting] === undefined);
    if (missing.length > 0) return { name, provider: null, unavailable: 'not_configured', missing };
    return { name, provider: makers[name](), unavailable: null };
  };
  return [configure('stripe'), configure('paypal'), configure('picpay'), configure('pix')];
}

const plainFetch: Fetch = (address, init) => fetch(address, init);

/** `fetch` that shows the bank our client certificate. */
function pixFetch(config: ProviderSettings): Fetch {
  const [cert] = readFile(config.STOA_PIX_CERT_FILE);
  const [key] = readFile(config.STOA_PIX_CERT_KEY_FILE);
  const ca = readFile(config.STOA_PIX_CA_FILE);
  if (!cert && ca.length === 0) return plainFetch;
  const connect = { ...(cert ? { cert } : {}), ...(key ? { key } : {}), ...(ca.length > 0 ? { ca } : {}) };
  const open = async () => {
    const undici = await import('undici');
    return { undici, dispatcher: new undici.Agent({ maxResponseSize: 4 * 1024 * 1024, connect }) };
  };
  let opened: ReturnType<typeof open> | undefined;
  return async (address, init) => {
    opened ??= open();
    const { undici, dispatcher } = await opened;
    const answer = await undici.fetch(address, { ...init, dispatcher });
    // Undici's classes are not the global ones: what is passed on is plain.
    return new Response(noBody(answer.status) ? null : await answer.arrayBuffer(), {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
    });
  };
}

function noBody(status: number): boolean {
  return status === 204 || status === 304;
}

function readFile(path: string | undefined): string[] {
  return path ? [readFileSync(path, 'utf8')] : [];
}
