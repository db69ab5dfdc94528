import { createHmac, timingSafeEqual } from 'node:crypto';
import { WebhookRefused } from './provider.ts';

/** Seconds a signed request stays good: long enough for clocks that differ, too short to replay what was overheard. */
export const signatureToleranceSeconds = 300;

/**
 * Signs a webhook body: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, the scheme of Stripe's webhooks
 * (docs.stripe.com/webhooks/signatures).
 */
export function signWebhook(secret: string, body: string | Buffer, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${digest(secret, String(seconds), body).toString('hex')}`;
}

/**
 * Verifies such a header on the exact bytes. Several `v1` are fine, one has to match: that is how secrets are rolled.
 * @throws WebhookRefused `signature`, or `stale` when the time is more than five minutes from ours
 */
export function verifySignature(options: {
  secret: string;
  header: string | undefined;
  body: Buffer;
  now: Date;
}): void {
  const parts = (options.header ?? '').split(',').map((part) => part.trim());
  const time = parts.find((part) => part.startsWith('t='))?.slice(2);
  if (!time || !/^\d{1,12}$/.test(time)) throw new WebhookRefused('signature');
  const expected = digest(options.secret, time, options.body);
  const matches = parts
    .filter((part) => part.startsWith('v1='))
    .slice(0, 10)
    .map((part) => Buffer.from(part.slice(3), 'hex'))
    .filter((given) => given.length === expected.length && timingSafeEqual(given, expected));
  if (matches.length === 0) throw new WebhookRefused('signature');
  const age = Math.abs(options.now.getTime() / 1000 - Number(time));
  if (age > signatureToleranceSeconds) throw new WebhookRefused('stale');
}

function digest(secret: string, time: string, body: string | Buffer): Buffer {
  return createHmac('sha256', secret).update(`${time}.`).update(body).digest();
}
