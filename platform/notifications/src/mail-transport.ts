import { createTransport } from 'nodemailer';
import type { NotificationSettings } from './settings.ts';

/** A mail ready to be handed over. */
export type OutgoingMail = {
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  messageId: string;
  headers: Record<string, string>;
};

/** Hands mails to the next server, or says that there is none and they stay in the mailbox. */
export type MailTransport = {
  kind: 'smtp' | 'mailbox';
  /**
   * @returns what the server answered
   * @throws MailRefused if trying again is pointless; anything else may work later
   */
  send: (mail: OutgoingMail) => Promise<string>;
  close: () => void;
};

/** The server knows this mail or this address and will never take it. */
export class MailRefused extends Error {
  constructor(answer: string) {
    super(answer);
    this.name = 'MailRefused';
  }
}

/** Opens the way out: SMTP if it is configured, else the mailbox alone. */
export function openMailTransport(settings: NotificationSettings): MailTransport {
  if (!settings.smtpUrl) {
    return { kind: 'mailbox', send: async () => 'kept in the mailbox', close: () => undefined };
  }
  const transporter = createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // A mail is made of our own texts: nothing in it may make the server read files or fetch addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: 'smtp',
    send: async (mail) => {
      try {
        const info = await transporter.sendMail({ ...mail, from: settings.from });
        return info.response.slice(0, 500);
      } catch (error) {
        throw isRefusal(error) ? new MailRefused(error.message.slice(0, 500)) : error;
      }
    },
    close: () => transporter.close(),
  };
}

/** 5xx to the recipient or to the content (RFC 5321, 4.2.1). A 5xx to our log-in or sender is ours to repair. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || !('responseCode' in error) || !('command' in error)) return false;
  const { responseCode, command } = error;
  if (typeof responseCode !== 'number' || typeof command !== 'string') return false;
  return responseCode >= 500 && responseCode < 600 && /^(RCPT TO|DATA)/.test(command);
}
