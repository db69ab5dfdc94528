import type { Clock } from '@stoa/kernel';
import type { Egress, EgressAnswer } from '../egress/egress.ts';
import {
  type ChannelAdapter,
  type Outcome,
  type Refusal,
  readJsonObject,
  retryAfterSeconds,
  type SmsMessage,
  unreachable,
} from './port.ts';

type Options = {
  accountSid: string;
  authToken: string;
  /** A number in E.164, or the sid of a messaging service (MG...). */
  sender: string;
  /** Default `https://api.twilio.com`. */
  baseUrl: string;
  /** Where the provider reports what became of a message; it is called with `?message=<id>`. */
  callbackUrl: string;
  egress: Egress;
  clock: Clock;
  timeoutMs?: number;
};

/** Codes that mean the number: invalid, not mobile, not reachable, in a region that is not served. Others are about the text. */
const refusalOf: Readonly<Record<number, Refusal>> = {
  21211: 'bad_address',
  21214: 'bad_address',
  21217: 'bad_address',
  21408: 'bad_address',
  21421: 'bad_address',
  21612: 'bad_address',
  21614: 'bad_address',
  21610: 'suppressed',
};
/** About our own number or account: ours to repair. */
const ours: ReadonlySet<number> = new Set([20003, 20404, 21212, 21603, 21606, 21607, 21659, 21660, 21703, 21705]);

/** Text messages over Twilio. The answer says that it was taken; the status callback says what became of it. */
export function twilioAdapter(options: Options): ChannelAdapter<SmsMessage> {
  const { accountSid, authToken, sender, baseUrl, callbackUrl, egress, clock, timeoutMs } = options;
  const url = new URL(`/2010-04-01/Accounts/${accountSid}/Messages.json`, baseUrl).toString();
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  return {
    provider: 'twilio',
    send: async ({ to, text }, { messageId }) => {
      const callback = new URL(callbackUrl);
      callback.searchParams.set('message', messageId);
      const form = new URLSearchParams({ To: to, Body: text });
      form.set(sender.startsWith('MG') ? 'MessagingServiceSid' : 'From', sender);
      // The provider calls from the internet: without an address there it would refuse the message.
      if (callback.protocol === 'https:') form.set('StatusCallback', callback.toString());
      try {
        const answer = await egress.send({
          url,
          headers: { authorization, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
          body: form.toString(),
          ...(timeoutMs ? { timeoutMs } : {}),
        });
        return readAnswer(answer, clock.now());
      } catch (error) {
        return unreachable(error);
      }
    },
    close: () => undefined,
  };
}

function readAnswer({ status, headers, body }: EgressAnswer, now: Date): Outcome {
  const json = readJsonObject(body);
  if (status === 201 && typeof json?.sid === 'string') {
    return { kind: 'accepted', providerId: json.sid, detail: String(json.status ?? 'queued') };
  }
  const code = typeof json?.code === 'number' ? json.code : 0;
  const detail = `${status} ${code || ''} ${json ? String(json.message ?? '') : 'not JSON'}`.slice(0, 500);
  if (status === 429)
    return { kind: 'retry', afterSeconds: retryAfterSeconds(headers['retry-after'], now) ?? 30, detail };
  if (status === 400 && code && !ours.has(code))
    return { kind: 'refused', reason: refusalOf[code] ?? 'rejected', detail };
  return { kind: 'retry', afterSeconds: retryAfterSeconds(headers['retry-after'], now), detail };
}
