import { loadConfig, type Settings } from '@stoa/kernel';
import { z } from 'zod';

const schema = z.object({
  /** `smtp://user:password@host:587` or `smtps://host:465`; append `?requireTLS=true` to refuse plain text. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'starts with smtp:// or smtps://')
    .optional(),
  /** `Stoa <hello@example.com>` or an address alone. */
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'is "Name <address>" or an address')
    .optional(),
  /** Retries of a mail that could not be handed over, with doubling waits, before it is parked. */
  MAIL_RETRIES: z.coerce.number().int().min(0).max(20).default(8),
  MAIL_RETRY_SECONDS: z.coerce.number().int().min(1).max(3600).default(15),
  /** Days that written mails stay readable in the console. */
  MAILBOX_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  /** Open WebSockets of one person in one process: tabs and devices. */
  REALTIME_PER_PERSON: z.coerce.number().int().min(1).max(100).default(10),
  /** Open WebSockets in one process. */
  REALTIME_CONNECTIONS: z.coerce.number().int().min(1).max(100_000).default(5000),
});

/** What an operator decides about notifications. */
export type NotificationSettings = {
  smtpUrl: string | undefined;
  from: { name: string; address: string };
  retries: number;
  retrySeconds: number;
  mailboxDays: number;
  socketsPerPerson: number;
  sockets: number;
};

/**
 * Reads the settings of this context.
 * @throws Error if one is not valid, or mail is to be sent and nobody said from which address
 */
export function readSettings(settings: Settings): NotificationSettings {
  const config = loadConfig(schema, settings);
  if (config.SMTP_URL && !config.MAIL_FROM) throw new Error('SMTP_URL is set but MAIL_FROM is not');
  return {
    smtpUrl: config.SMTP_URL,
    from: parseSender(config.MAIL_FROM ?? 'Stoa <stoa@localhost>'),
    retries: config.MAIL_RETRIES,
    retrySeconds: config.MAIL_RETRY_SECONDS,
    mailboxDays: config.MAILBOX_DAYS,
    socketsPerPerson: config.REALTIME_PER_PERSON,
    sockets: config.REALTIME_CONNECTIONS,
  };
}

function parseSender(sender: string): { name: string; address: string } {
  const match = /^(.*)<([^>]+)>$/.exec(sender);
  if (!match) return { name: 'Stoa', address: sender };
  return { name: (match[1] ?? '').trim().replace(/^"|"$/g, '') || 'Stoa', address: match[2] ?? sender };
}
