import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

type Signed = {
  authToken: string;
  /** The address as the provider called it: our public address, not what a proxy made of it. */
  url: string;
  /** Parameters of a form body; empty for JSON. */
  params: Readonly<Record<string, string>>;
  /** Bytes of a JSON body, whose hash is in the address (`bodySHA256`). */
  rawBody?: Buffer | undefined;
  signature: string | undefined;
};

/**
 * True if Twilio signed this callback: base64 of HMAC-SHA1 over the address and each parameter's name and value, sorted
 * by name in byte order (https://www.twilio.com/docs/usage/webhooks/webhooks-security).
 */
export function isTwilioCallback({ authToken, url, params, rawBody, signature }: Signed): boolean {
  if (!signature) return false;
  const names = Object.keys(params).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const signed = names.reduce((text, name) => `${text}${name}${params[name]}`, url);
  const expected = createHmac('sha1', authToken).update(signed, 'utf8').digest();
  const given = Buffer.from(signature, 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const hash = URL.canParse(url) ? new URL(url).searchParams.get('bodySHA256') : null;
  if (rawBody === undefined) return hash === null;
  return hash !== null && hash.toLowerCase() === createHash('sha256').update(rawBody).digest('hex');
}

/** What Twilio says of a message, in our words. `sent` and earlier states are not final. */
export type SmsReport = { sid: string; what: 'sent' | 'delivered' | 'undelivered'; detail: string };

/** A status callback's news; undefined if it has none for us. */
export function readSmsStatus(params: Readonly<Record<string, string>>): SmsReport | undefined {
  const sid = params.MessageSid ?? params.SmsSid;
  if (!sid) return undefined;
  const status = params.MessageStatus ?? '';
  const detail = params.ErrorCode ? `${status} ${params.ErrorCode}` : status;
  if (status === 'sent') return { sid, what: 'sent', detail };
  if (status === 'delivered' || status === 'read') return { sid, what: 'delivered', detail };
  if (status === 'failed' || status === 'undelivered' || status === 'canceled')
    return { sid, what: 'undelivered', detail };
  return undefined;
}

/** Whether an incoming message asks to stop or to start again; undefined for any other. */
export function readOptOut(params: Readonly<Record<string, string>>): { number: string; stop: boolean } | undefined {
  const number = params.From;
  const type = params.OptOutType;
  if (!number || (type !== 'STOP' && type !== 'START')) return undefined;
  return { number, stop: type === 'STOP' };
}
