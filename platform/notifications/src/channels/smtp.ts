import { type ChannelAdapter, type EmailMessage, type Outcome, unreachable } from './port.ts';

export type Sender = { name: string; address: string };

type Options = { url: string; from: Sender; timeoutMs?: number };

/** Mail over SMTP. What the server takes is its own from there on; it may still send it back later. */
export function smtpAdapter({ url, from, timeoutMs = 30_000 }: Options): ChannelAdapter<EmailMessage> {
  let transport: ReturnType<typeof openTransport> | undefined;
  return {
    provider: 'smtp',
    send: async ({ to, subject, html, text, messageId, headers, attachments }) => {
      try {
        transport ??= openTransport(url, timeoutMs);
        const info = await (await transport).sendMail({
          from,
          to,
          subject,
          html,
          text,
          messageId,
          headers,
          attachments: attachments.map(({ fileName, contentType, content }) => ({
            filename: fileName,
            contentType,
            content: Buffer.from(content),
          })),
        });
        return { kind: 'accepted', providerId: messageId, detail: info.response.slice(0, 500) };
      } catch (error) {
        return readFailure(error);
      }
    },
    close: () => void transport?.then((opened) => opened.close()),
  };
}

async function openTransport(url: string, timeoutMs: number) {
  // Loaded with the first mail.
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: Math.min(timeoutMs, 10_000),
    greetingTimeout: Math.min(timeoutMs, 10_000),
    socketTimeout: timeoutMs,
    // A mail is made of our own texts: nothing in it may make the server read files or fetch addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * 5xx to the recipient or to the content is final (RFC 5321, 4.2.1). A 5xx to our log-in or sender is ours to repair.
 * Only the enhanced codes of "no such mailbox" (RFC 3463, 5.1.1, 5.1.2, 5.1.3, 5.1.6 and 5.1.10 of RFC 7505) say that the
 * address is bad: a 550 alone may be about us.
 */
function readFailure(error: unknown): Outcome {
  if (!(error instanceof Error) || !('responseCode' in error) || !('command' in error)) return unreachable(error);
  const { responseCode, command } = error;
  const detail = error.message.slice(0, 500);
  const final = typeof responseCode === 'number' && responseCode >= 500 && responseCode < 600;
  if (!final || typeof command !== 'string' || !/^(RCPT TO|DATA)/.test(command)) return unreachable(error);
  const nobody = /\b5\.1\.(?:1|2|3|6|10)\b/.test(detail);
  return { kind: 'refused', reason: nobody ? 'bad_address' : 'rejected', detail };
}
