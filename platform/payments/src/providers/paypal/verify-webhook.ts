import { createVerify, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { crc32 } from 'node:zlib';
import type { Clock } from '@stoa/kernel';
import { WebhookRefused, type WebhookRequest } from '../provider.ts';

/**
 * Whether PayPal sent the request: `genuine`, or `unproven` when everything fits and only the way from the certificate
 * up to a trusted root is incomplete; then PayPal has to be asked.
 * @throws WebhookRefused, or ProviderFailure when that cannot be found out now
 */
export type VerifyPayPalWebhook = (request: WebhookRequest) => Promise<'genuine' | 'unproven'>;

type Looked = { certificate: X509Certificate; proven: boolean };

type Options = {
  webhookId: string;
  clock: Clock;
  /** Days after which a webhook is too old. */
  mostDays: number;
  /** Hosts whose certificates are looked at, e.g. `api.paypal.com`. */
  certHosts: readonly string[];
  /** Of the API: what we send our secret to may tell us its certificate. */
  apiOrigin: string;
  /** PEM of certificates trusted besides the usual roots: intermediates PayPal leaves out, a simulator's own. */
  extraCertificates: readonly string[];
  /** Gets the PEM at an address that passed the checks. */
  fetchCertificate: (url: string) => Promise<string>;
};

const mostCertificates = 20;

/**
 * Verifies PayPal's webhooks without asking PayPal: RSA-SHA256 over `transmission id|time|webhook id|CRC-32 of the raw
 * body`, with the certificate at the address in the headers. The certificate is PayPal's only if its host is on the
 * list, its name ends in `.paypal.com`, it is valid now, and it chains to a trusted root. Kept once it was looked at.
 * Source: PayPal's webhook guide and its Python SDK (`notifications.py`).
 */
export function createOfflineVerifier(options: Options): VerifyPayPalWebhook {
  const kept = new Map<string, Looked>();

  async function certificateAt(address: string): Promise<Looked> {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const listed = url?.protocol === 'https:' && !url.port && options.certHosts.includes(url.hostname);
    if (!url || url.username || !(listed || url.origin === options.apiOrigin)) throw new WebhookRefused('foreign');
    if (!url.pathname.startsWith('/v1/notifications/certs/')) throw new WebhookRefused('foreign');
    const known = kept.get(url.href);
    if (known) return known;
    const pem = await options.fetchCertificate(url.href);
    const looked = lookAt(pem, options);
    if (kept.size >= mostCertificates) kept.clear();
    kept.set(url.href, looked);
    return looked;
  }

  return async ({ headers, rawBody }) => {
    const id = headers['paypal-transmission-id'];
    const time = headers['paypal-transmission-time'];
    const signature = headers['paypal-transmission-sig'];
    const address = headers['paypal-cert-url'];
    if (!id || !time || !signature || !address || headers['paypal-auth-algo'] !== 'SHA256withRSA')
      throw new WebhookRefused('signature');
    const age = (options.clock.now().getTime() - Date.parse(time)) / 1000;
    if (!Number.isFinite(age)) throw new WebhookRefused('signature');
    const { certificate, proven } = await certificateAt(address);
    if (!isCurrent(certificate, options.clock)) throw new WebhookRefused('signature');
    const signed = payPalSignedText({ id, time, webhookId: options.webhookId, rawBody });
    const genuine = createVerify('RSA-SHA256').update(signed).verify(certificate.publicKey, signature, 'base64');
    if (!genuine) throw new WebhookRefused('signature');
    if (age > options.mostDays * 86_400 || age < -300) throw new WebhookRefused('stale');
    return proven ? 'genuine' : 'unproven';
  };
}

/** What PayPal signs. */
export function payPalSignedText(of: { id: string; time: string; webhookId: string; rawBody: Buffer }): string {
  return [of.id, of.time, of.webhookId, crc32(of.rawBody)].join('|');
}

function isCurrent(certificate: X509Certificate, clock: Clock): boolean {
  const now = clock.now().getTime();
  return Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
}

/**
 * The first certificate of a PEM, if it is PayPal's, and whether every step up to a trusted one holds.
 * @throws WebhookRefused `foreign` when its name is another, it is not valid now, or it vouches for itself
 */
function lookAt(pem: string, options: Pick<Options, 'extraCertificates' | 'clock'>): Looked {
  const given = certificatesOf(pem);
  const leaf = given[0];
  const name = /(?:^|\n)CN=([^\n]+)/.exec(leaf?.subject ?? '')?.[1] ?? '';
  if (!leaf || !/\.paypal\.com$/.test(name) || !isCurrent(leaf, options.clock)) throw new WebhookRefused('foreign');
  const anchors = options.extraCertificates.flatMap(certificatesOf);
  let current = leaf;
  for (let step = 0; step < 6; step += 1) {
    const at = current;
    const issued = (by: X509Certificate) => at.checkIssued(by) && at.verify(by.publicKey);
    if (anchors.some((anchor) => issued(anchor) || anchor.fingerprint256 === at.fingerprint256))
      return { certificate: leaf, proven: true };
    if (roots().some(issued)) return { certificate: leaf, proven: true };
    // An end that is its own beginning and that nobody trusts: not a gap, a stranger.
    if (issued(at)) throw new WebhookRefused('foreign');
    const next = given
      .slice(1)
      .find(
        (candidate) => candidate.ca && candidate !== at && isCurrent(candidate, options.clock) && issued(candidate),
      );
    if (!next) break;
    current = next;
  }
  return { certificate: leaf, proven: false };
}

let known: X509Certificate[] | undefined;
function roots(): X509Certificate[] {
  known ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return known;
}

function certificatesOf(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.slice(0, 10).map((block) => new X509Certificate(block));
  } catch {
    throw new WebhookRefused('foreign');
  }
}
