import { flag, loadConfig, type Settings } from '@stoa/kernel';
import { z } from 'zod';

export const notificationSettings = z.object({
  /** `smtp://user:password@host:587` or `smtps://host:465`; append `?requireTLS=true` to refuse plain text. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'starts with smtp:// or smtps://')
    .optional(),
  /** Mail over SendGrid's v3 API instead of SMTP. */
  SENDGRID_API_KEY: z.string().min(1).optional(),
  SENDGRID_URL: z.url().default('https://api.sendgrid.com'),
  /** Verification key of its signed event webhook, base64 as it shows it. Without it bounces are not heard of. */
  SENDGRID_WEBHOOK_KEY: z.string().min(1).optional(),
  /** `Stoa <hello@example.com>` or an address alone. */
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'is "Name <address>" or an address')
    .optional(),
  /** Retries of a message that could not be handed over, with doubling waits, before it is parked. */
  MAIL_RETRIES: z.coerce.number().int().min(0).max(20).default(8),
  MAIL_RETRY_SECONDS: z.coerce.number().int().min(1).max(3600).default(15),
  /** Days that written mails stay readable in the console. */
  MAILBOX_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, 'is AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  /** A number in E.164, or the sid of a messaging service. */
  TWILIO_FROM: z
    .string()
    .regex(/^(?:\+[1-9]\d{6,14}|MG[0-9a-f]{32})$/, 'is +number or MG and 32 hexadecimal digits')
    .optional(),
  TWILIO_URL: z.url().default('https://api.twilio.com'),
  /** The service account's JSON, or the path of its file. */
  FCM_SERVICE_ACCOUNT: z.string().min(1).optional(),
  FCM_URL: z.url().default('https://fcm.googleapis.com'),
  /** 32 bytes in base64url; made from the installation's secret when it is not set. */
  VAPID_PRIVATE_KEY: z.string().optional(),
  /** Whom push services may turn to: `mailto:` or `https:`. */
  VAPID_SUBJECT: z
    .string()
    .regex(/^(?:mailto:|https:\/\/)/, 'starts with mailto: or https://')
    .optional(),
  /** Lets webhooks and push endpoints lead to this machine, for development. */
  STOA_EGRESS_LOOPBACK: flag.default(false),
  /** Most messages to one person; what protects the account is not counted. */
  EMAILS_PER_HOUR: z.coerce.number().int().min(1).max(10_000).default(60),
  PUSHES_PER_HOUR: z.coerce.number().int().min(1).max(10_000).default(30),
  SMS_PER_DAY: z.coerce.number().int().min(1).max(1000).default(10),
  /** How often held messages and webhook retries are looked for. */
  NOTIFICATIONS_POLL_MS: z.coerce.number().int().min(20).max(600_000).default(5000),
  /** Open WebSockets of one person in one process: tabs and devices. */
  REALTIME_PER_PERSON: z.coerce.number().int().min(1).max(100).default(10),
  /** Open WebSockets in one process. */
  REALTIME_CONNECTIONS: z.coerce.number().int().min(1).max(100_000).default(5000),
});

/** What an operator decides about notifications. */
export type NotificationSettings = {
  smtpUrl: string | undefined;
  sendgrid: { apiKey: string; url: string; webhookKey: string | undefined } | undefined;
  from: { name: string; address: string };
  retries: number;
  retrySeconds: number;
  mailboxDays: number;
  twilio: { accountSid: string; authToken: string; from: string; url: string } | undefined;
  fcm: { account: string; url: string } | undefined;
  vapid: { privateKey: string | undefined; subject: string | undefined };
  reachesLoopback: boolean;
  limits: Limits;
  pollMs: number;
  socketsPerPerson: number;
  sockets: number;
};

/** Most messages to one person: mails and pushes in an hour, text messages in a day. */
export type Limits = { email: number; push: number; sms: number };

/**
 * Reads the settings of this context.
 * @throws Error if one is not valid, two contradict each other, or mail is to be sent and nobody said from which address
 */
export function readSettings(settings: Settings): NotificationSettings {
  const config = loadConfig(notificationSettings, settings);
  if (config.SMTP_URL && !config.MAIL_FROM) throw new Error('SMTP_URL is set but MAIL_FROM is not');
  if (config.SENDGRID_API_KEY && !config.MAIL_FROM) throw new Error('SENDGRID_API_KEY is set but MAIL_FROM is not');
  if (config.SMTP_URL && config.SENDGRID_API_KEY)
    throw new Error('SMTP_URL and SENDGRID_API_KEY are both set; mail goes one way');
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: twilioFrom } = config;
  const complete = accountSid && authToken && twilioFrom;
  if (!complete && (accountSid || authToken || twilioFrom))
    throw new Error('text messages need TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM');
  return {
    smtpUrl: config.SMTP_URL,
    sendgrid: config.SENDGRID_API_KEY
      ? { apiKey: config.SENDGRID_API_KEY, url: config.SENDGRID_URL, webhookKey: config.SENDGRID_WEBHOOK_KEY }
      : undefined,
    from: parseSender(config.MAIL_FROM ?? 'Stoa <stoa@localhost>'),
    retries: config.MAIL_RETRIES,
    retrySeconds: config.MAIL_RETRY_SECONDS,
    mailboxDays: config.MAILBOX_DAYS,
    twilio: complete ? { accountSid, authToken, from: twilioFrom, url: config.TWILIO_URL } : undefined,
    fcm: config.FCM_SERVICE_ACCOUNT ? { account: config.FCM_SERVICE_ACCOUNT, url: config.FCM_URL } : undefined,
    vapid: { privateKey: config.VAPID_PRIVATE_KEY, subject: config.VAPID_SUBJECT },
    reachesLoopback: config.STOA_EGRESS_LOOPBACK,
    limits: { email: config.EMAILS_PER_HOUR, push: config.PUSHES_PER_HOUR, sms: config.SMS_PER_DAY },
    pollMs: config.NOTIFICATIONS_POLL_MS,
    socketsPerPerson: config.REALTIME_PER_PERSON,
    sockets: config.REALTIME_CONNECTIONS,
  };
}

function parseSender(sender: string): { name: string; address: string } {
  const match = /^(.*)<([^>]+)>$/.exec(sender);
  if (!match) return { name: 'Stoa', address: sender };
  return { name: (match[1] ?? '').trim().replace(/^"|"$/g, '') || 'Stoa', address: match[2] ?? sender };
}
