import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { asRecord } from './port.ts';

/** The verification key as the provider shows it: base64 of a SubjectPublicKeyInfo. @throws Error if it is none */
export function readSendgridKey(base64: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ec') throw new Error('the event webhook key is not an elliptic curve key');
  return key;
}

type Signed = { key: KeyObject; signature: string | undefined; timestamp: string | undefined; body: Buffer; now: Date };

/** Older deliveries are refused: somebody may have recorded them. Repeats within it are found by their event ids. */
const toleranceSeconds = 600;

/** True if the provider signed exactly these bytes, recently: ECDSA with SHA-256 over timestamp and raw body. */
export function isSendgridEvent({ key, signature, timestamp, body, now }: Signed): boolean {
  if (!signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  return verify('sha256', Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'base64'));
}

/** One thing that happened to a mail, in our words. */
export type MailEvent = {
  /** The provider's id of the event: it may come twice. */
  eventId: string;
  /** Our message, if the event says it. */
  messageId: string | null;
  address: string;
  what: 'delivered' | 'deferred' | 'bounced' | 'complained' | 'dropped' | 'unsubscribed' | 'opened' | 'clicked';
  /** The address has no mailbox, as opposed to one that refused this mail. */
  permanent: boolean;
  detail: string;
  /** RFC 3339. */
  at: string;
};

const kinds: Readonly<Record<string, MailEvent['what']>> = {
  delivered: 'delivered',
  deferred: 'deferred',
  bounce: 'bounced',
  blocked: 'bounced',
  spamreport: 'complained',
  dropped: 'dropped',
  unsubscribe: 'unsubscribed',
  group_unsubscribe: 'unsubscribed',
  open: 'opened',
  click: 'clicked',
};
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The events of a delivery that mean something to us. Undefined if the body is not a list of events. */
export function readSendgridEvents(body: string, now: Date): MailEvent[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!Array.isArray(parsed)) return undefined;
  return parsed.flatMap((entry) => {
    const event = asRecord(entry);
    const what = kinds[String(event?.event ?? '')];
    const eventId = event?.sg_event_id;
    if (!event || !what || typeof eventId !== 'string' || typeof event.email !== 'string') return [];
    const messageId =
      typeof event.stoa_message === 'string' && uuid.test(event.stoa_message) ? event.stoa_message : null;
    const detail = [event.status, event.reason, event.response].filter((part) => typeof part === 'string').join(' ');
    const seconds = typeof event.timestamp === 'number' ? event.timestamp : now.getTime() / 1000;
    return [
      {
        eventId: eventId.slice(0, 200),
        messageId,
        address: event.email.toLowerCase().slice(0, 320),
        what,
        // "blocked" is about this mail or our address, not about theirs.
        permanent: event.event === 'bounce' && event.type !== 'blocked',
        detail: detail.slice(0, 500),
        at: new Date(seconds * 1000).toISOString(),
      },
    ];
  });
}
