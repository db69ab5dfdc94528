import type { Clock } from '@stoa/kernel';
import type { Egress, EgressAnswer } from '../egress/egress.ts';
import {
  asRecord,
  type ChannelAdapter,
  type EmailMessage,
  type Outcome,
  readJsonObject,
  retryAfterSeconds,
  unreachable,
} from './port.ts';
import type { Sender } from './smtp.ts';

type Options = {
  apiKey: string;
  /** Default `https://api.sendgrid.com`; services that speak the same API differ here alone. */
  baseUrl: string;
  from: Sender;
  egress: Egress;
  clock: Clock;
  timeoutMs?: number;
};

/** Mail over the SendGrid v3 API, or one that speaks it. What became of a mail comes later, by the event webhook. */
export function sendgridAdapter({
  apiKey,
  baseUrl,
  from,
  egress,
  clock,
  timeoutMs,
}: Options): ChannelAdapter<EmailMessage> {
  const url = new URL('/v3/mail/send', baseUrl).toString();
  return {
    provider: 'sendgrid',
    send: async (mail, { messageId }) => {
      const body = {
        personalizations: [{ to: [{ email: mail.to.address, ...(mail.to.name ? { name: mail.to.name } : {}) }] }],
        from: { email: from.address, name: from.name },
        subject: mail.subject,
        // Plain text first: the API refuses another order.
        content: [
          { type: 'text/plain', value: mail.text },
          { type: 'text/html', value: mail.html },
        ],
        headers: { ...mail.headers, 'Message-ID': mail.messageId },
        // Comes back with every event about this mail.
        custom_args: { stoa_message: messageId },
        ...(mail.attachments.length > 0
          ? {
              attachments: mail.attachments.map(({ fileName, contentType, content }) => ({
                content: Buffer.from(content).toString('base64'),
                filename: fileName,
                type: contentType,
                disposition: 'attachment',
              })),
            }
          : {}),
      };
      try {
        const answer = await egress.send({
          url,
          headers: {
            authorization: `Bearer ${apiKey}`,
            'content-type': 'application/json',
            accept: 'application/json',
          },
          body: JSON.stringify(body),
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
  if (status === 202) {
    const id = headers['x-message-id'];
    return { kind: 'accepted', providerId: typeof id === 'string' ? id : null, detail: 'accepted' };
  }
  const list: unknown = readJsonObject(body)?.errors;
  const errors = (Array.isArray(list) ? list : []).map((entry) => {
    const error = asRecord(entry);
    return { message: String(error?.message ?? ''), field: String(error?.field ?? '') };
  });
  const detail = `${status} ${errors.map(({ message }) => message).join('; ') || 'no explanation'}`.slice(0, 500);
  if (status === 400 && errors.length > 0) {
    // Texts change; the field that is named does not.
    const address = errors.every(({ field }) => /^personalizations\.\d+\.to\b/.test(field));
    return { kind: 'refused', reason: address ? 'bad_address' : 'rejected', detail };
  }
  if (status === 413) return { kind: 'refused', reason: 'rejected', detail };
  if (status === 429) {
    const reset = Number(headers['x-ratelimit-reset']);
    const wait = Number.isFinite(reset) ? Math.ceil(reset - now.getTime() / 1000) : null;
    const asked = retryAfterSeconds(headers['retry-after'], now) ?? (wait !== null && wait > 0 ? wait : null);
    return { kind: 'retry', afterSeconds: Math.min(asked ?? 60, 3600), detail };
  }
  return { kind: 'retry', afterSeconds: retryAfterSeconds(headers['retry-after'], now), detail };
}
