import { createHash } from 'node:crypto';
import type { Clock } from '@stoa/kernel';
import { type Egress, EgressRefused } from '../egress/egress.ts';
import { type ChannelAdapter, type Outcome, type PushMessage, retryAfterSeconds, unreachable } from './port.ts';
import { type VapidKey, vapidSigner } from './vapid.ts';
import { encryptForBrowser } from './web-push-encryption.ts';

type Options = {
  key: VapidKey;
  /** Whom a push service may turn to: `mailto:` or `https:`. */
  subject: string;
  /** Endpoints come from browsers, that is, from anybody: this must be a client that stays on the public internet. */
  egress: Egress;
  clock: Clock;
  timeoutMs?: number;
};

/** Push to browsers (RFC 8030), encrypted for the browser and signed with our key. */
export function webPushAdapter({ key, subject, egress, clock, timeoutMs }: Options): ChannelAdapter<PushMessage> {
  const sign = vapidSigner({ key, subject, clock });
  return {
    provider: 'webpush',
    send: async ({ target, title, body, url, kind, ttlSeconds, urgent }, { messageId }) => {
      if (target.kind !== 'webpush') throw new Error('not a device of this provider');
      let sealed: Buffer;
      try {
        sealed = encryptForBrowser({
          plaintext: Buffer.from(JSON.stringify({ id: messageId, title, body, url, kind })),
          receiverKey: Buffer.from(target.p256dh, 'base64url'),
          authSecret: Buffer.from(target.auth, 'base64url'),
        });
      } catch (error) {
        // A key that is no point of the curve; texts are cut to size before they come here.
        return { kind: 'refused', reason: 'bad_address', detail: error instanceof Error ? error.message : 'bad key' };
      }
      try {
        const answer = await egress.send({
          url: target.endpoint,
          headers: {
            authorization: await sign(target.endpoint),
            'content-type': 'application/octet-stream',
            'content-encoding': 'aes128gcm',
            ttl: String(ttlSeconds),
            urgency: urgent ? 'high' : 'normal',
            // A newer push of the same message takes the place of one that waits: a repeat is not shown twice.
            topic: createHash('sha256').update(messageId).digest('base64url').slice(0, 32),
          },
          body: sealed,
          ...(timeoutMs ? { timeoutMs } : {}),
        });
        return readAnswer(answer.status, {
          location: answer.headers.location,
          asked: retryAfterSeconds(answer.headers['retry-after'], clock.now()),
          body: answer.body,
        });
      } catch (error) {
        if (error instanceof EgressRefused) return { kind: 'refused', reason: 'bad_address', detail: error.message };
        return unreachable(error);
      }
    },
    close: () => undefined,
  };
}

function readAnswer(
  status: number,
  { location, asked, body }: { location: string | undefined; asked: number | null; body: string },
): Outcome {
  const detail = `${status} ${body.replace(/\s+/g, ' ')}`.trim().slice(0, 300);
  if (status >= 200 && status < 300) return { kind: 'accepted', providerId: location ?? null, detail: `${status}` };
  if (status === 404 || status === 410) return { kind: 'refused', reason: 'unregistered', detail };
  if (status === 400 || status === 413) return { kind: 'refused', reason: 'rejected', detail };
  return { kind: 'retry', afterSeconds: status === 429 ? (asked ?? 60) : asked, detail };
}
