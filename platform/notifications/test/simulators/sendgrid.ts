import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { z } from 'zod';
import { type ProviderServer, type Received, type Reply, startProviderServer } from './provider-server.ts';

const Address = z.strictObject({ email: z.string(), name: z.string().optional() });
const Mail = z.strictObject({
  personalizations: z.array(z.strictObject({ to: z.array(Address).min(1) })).min(1),
  from: Address,
  subject: z.string().min(1),
  content: z.array(z.strictObject({ type: z.string(), value: z.string().min(1) })).min(1),
  headers: z.record(z.string(), z.string()).optional(),
  custom_args: z.record(z.string(), z.string()).optional(),
  attachments: z
    .array(
      z.strictObject({
        content: z.base64(),
        filename: z.string().min(1),
        type: z.string(),
        disposition: z.enum(['attachment', 'inline']),
      }),
    )
    .optional(),
});
export type SentMail = z.output<typeof Mail> & { id: string };

/** Headers that the API keeps for itself. */
const reserved = new Set([
  'x-sg-id',
  'x-sg-eid',
  'received',
  'dkim-signature',
  'content-type',
  'content-transfer-encoding',
  'to',
  'from',
  'subject',
  'reply-to',
  'cc',
  'bcc',
]);

export type SendgridSimulator = ProviderServer & {
  apiKey: string;
  mails: SentMail[];
  /** What the event webhook is verified with. */
  verificationKey: string;
  /** A delivery of the event webhook, signed. */
  events: (events: object[], at?: Date) => { body: string; headers: Record<string, string> };
};

const errors = (status: number, ...list: { message: string; field: string | null }[]): Reply => ({
  status,
  body: { errors: list.map((error) => ({ ...error, help: null })) },
});

/** `POST /v3/mail/send` and the signed event webhook. */
export async function startSendgrid(): Promise<SendgridSimulator> {
  const apiKey = `SG.${randomBytes(16).toString('base64url')}`;
  const mails: SentMail[] = [];
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  const answer = ({ method, path, headers, body }: Received): Reply => {
    if (path !== '/v3/mail/send' || method !== 'POST') return errors(404, { message: 'not found', field: null });
    if (headers.authorization !== `Bearer ${apiKey}`)
      return errors(401, { message: 'The provided authorization grant is invalid, expired, or revoked', field: null });
    if (!headers.accept) return errors(406, { message: 'Missing Accept header', field: null });
    if (headers['content-type'] !== 'application/json')
      return errors(415, { message: 'Content-Type should be application/json.', field: null });
    if (body.length > 30 * 1024 * 1024) return errors(413, { message: 'Request Entity Too Large', field: null });
    const read = Mail.safeParse(JSON.parse(body.toString('utf8')));
    if (!read.success) {
      return errors(
        400,
        ...read.error.issues.map((issue) => ({ message: issue.message, field: issue.path.join('.') })),
      );
    }
    const mail = read.data;
    for (const [n, { to }] of mail.personalizations.entries()) {
      for (const [m, { email }] of to.entries()) {
        if (!/^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$/.test(email))
          return errors(400, {
            message: 'Does not contain a valid address.',
            field: `personalizations.${n}.to.${m}.email`,
          });
      }
    }
    if (mail.content[0]?.type !== 'text/plain' && mail.content.length > 1)
      return errors(400, {
        message: 'If present, text/plain and text/html may only be provided once, with text/plain first.',
        field: 'content',
      });
    const kept = Object.keys(mail.headers ?? {}).find((name) => reserved.has(name.toLowerCase()));
    if (kept) return errors(400, { message: `${kept} is a reserved header`, field: 'headers' });
    const id = randomBytes(11).toString('base64url');
    mails.push({ ...mail, id });
    return { status: 202, headers: { 'x-message-id': id } };
  };

  const server = await startProviderServer({
    answer,
    overloaded: {
      ...errors(429, { message: 'too many requests', field: null }),
      headers: { 'x-ratelimit-limit': '600', 'x-ratelimit-remaining': '0', 'retry-after': '23' },
    },
    down: errors(503, { message: 'service unavailable', field: null }),
  });
  return Object.assign(server, {
    apiKey,
    mails,
    verificationKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    events: (events: object[], at = new Date()) => {
      // Their serializer breaks lines: whoever parses and writes it again gets other bytes.
      const body = `${JSON.stringify(events, null, 1)}\r\n`;
      const timestamp = String(Math.floor(at.getTime() / 1000));
      const signature = sign('sha256', Buffer.from(timestamp + body), privateKey).toString('base64');
      return {
        body,
        headers: {
          'content-type': 'application/json',
          'x-twilio-email-event-webhook-signature': signature,
          'x-twilio-email-event-webhook-timestamp': timestamp,
        },
      };
    },
  });
}
