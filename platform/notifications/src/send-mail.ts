import type { IdentityService, PaymentsService } from '@stoa/contracts';
import { type Client, type Ctx, crashPoint, type Deps, ExpectedError, type Socket, statement } from '@stoa/kernel';
import type { Channels } from './channels/open.ts';
import type { Attachment } from './channels/port.ts';
import { findRecipient } from './find-recipient.ts';
import type { SendJob } from './record-messages.ts';
import { type Ending, type Message, sendMessage } from './send-message.ts';
import type { NotificationSettings } from './settings.ts';
import { suppressAddress, suppressionOf } from './suppressions.ts';
import { templateOf } from './templates/all.ts';
import type { LinkSource, OneTimeLink } from './templates/template.ts';
import type { Unsubscribing } from './unsubscribe.ts';
import { hideLink, writeMail } from './write-mail.ts';

const keepMail = statement<
  [
    id: string,
    address: string,
    name: string,
    locale: string,
    subject: string,
    html: string,
    text: string,
    headers: string,
    transport: string,
    linkMinutes: number | null,
    attachments: string,
  ]
>(
  'notifications.keep_mail',
  `insert into mailbox (message_id, to_address, to_name, locale, subject, html, text, headers, transport, link_minutes, link_expires_at, attachments)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $9 = 'mailbox' then now() + make_interval(mins => $10) end, $11)
   on conflict (message_id) do update set to_address = excluded.to_address, to_name = excluded.to_name,
     locale = excluded.locale, subject = excluded.subject, html = excluded.html, text = excluded.text,
     headers = excluded.headers, transport = excluded.transport, link_minutes = excluded.link_minutes,
     link_expires_at = excluded.link_expires_at, attachments = excluded.attachments, written_at = now()`,
);

const beforeSmtp = crashPoint('notifications.send_mail.before_smtp');
const afterSmtp = crashPoint('notifications.send_mail.after_smtp');
const afterRecord = crashPoint('notifications.send_mail.after_record');

/** A link to a thing that stays (a guest's order, a gift) is shown to operators for so long. */
const lastingMinutes = 30 * 24 * 60;
/** Mail servers refuse large mails; an invoice is some kilobytes. */
const mostAttachmentBytes = 10 * 1024 * 1024;

type SendDeps = Pick<Deps, 'db' | 'log' | 'jobs' | 'clock' | 'ids' | 'publicUrl'> & {
  calls: { identity: Client<typeof IdentityService> };
  sockets: { payments: Socket<typeof PaymentsService> };
  settings: NotificationSettings;
  channels: Channels;
  unsubscribing: Unsubscribing;
};

/**
 * Writes one mail in its reader's language and hands it over. A crash between the server's "250" and our record sends
 * it once more. The repeat carries the same Message-ID, so that mail programs show it once; except where it carries a
 * new one-time link, which ended the link before: there the newer mail must not be taken for a copy of the older.
 */
export function sendMail(deps: SendDeps, job: SendJob) {
  const { db, settings, channels, publicUrl } = deps;

  const deliver = async (message: Message, ctx: Ctx): Promise<Ending> => {
    const person = await findRecipient(deps, message, ctx);
    if (!person) return { end: 'suppressed', reason: 'the person has no account any more' };
    const template = templateOf(message.kind);
    const { security } = template;
    const source = template.linkOf(message.params, { guest: message.user_id === null });
    const link = source ? await linkOf(deps, source, ctx) : undefined;
    if (template.linked && !link) return { end: 'suppressed', reason: 'the request is used or expired' };
    // A link that proves or gives back an address goes there, wherever the person's other mail goes.
    const recipient = link?.address ? { ...person, email: link.address } : person;
    const stopped = await suppressionOf(db, { channel: 'email', address: recipient.email, security });
    if (stopped) return { end: 'suppressed', reason: `the address is on the suppression list: ${stopped}` };
    const attachments = await attachmentsOf(deps, template.documentOf(message.params), ctx);

    const { kind, params } = message;
    const endable = template.news && message.user_id ? { userId: message.user_id, kind } : undefined;
    const unsubscribePath = endable && deps.unsubscribing.pageOf(endable);
    const mail = writeMail({ kind, params, recipient, link, unsubscribePath, publicUrl });
    const domain = settings.from.address.split('@')[1] ?? 'localhost';
    const renewed = source?.from === 'identity';
    const messageId = `<${message.id}${renewed ? `.${message.attempts}` : ''}@${domain}>`;
    const headers = {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.locale,
      'X-Stoa-Message': message.id,
      ...(endable
        ? {
            'List-Unsubscribe': `<${publicUrl}${deps.unsubscribing.oneClickOf(endable)}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    };
    // Where a real server delivers it, nobody but the reader needs the link: the copy we keep goes without.
    const kept =
      link && channels.mailProvider !== 'mailbox'
        ? writeMail({ kind, params, recipient, link: hideLink(link.validMinutes), publicUrl })
        : mail;
    await db.run(keepMail, [
      message.id,
      recipient.email,
      recipient.name,
      mail.locale,
      kept.subject,
      kept.html,
      kept.text,
      JSON.stringify({ ...headers, 'Message-ID': messageId, From: `${settings.from.name} <${settings.from.address}>` }),
      channels.mailProvider,
      link?.validMinutes ?? null,
      JSON.stringify(attachments.map(({ fileName, content }) => ({ fileName, bytes: content.length }))),
    ]);
    beforeSmtp();
    const outcome = await channels.email.send(
      {
        to: { name: recipient.name, address: recipient.email },
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        messageId,
        headers,
        attachments,
      },
      { messageId: message.id, attempt: message.attempts },
    );
    if (outcome.kind === 'retry') return { end: 'later', afterSeconds: outcome.afterSeconds, detail: outcome.detail };
    if (outcome.kind === 'refused') {
      const { reason, detail } = outcome;
      if (reason === 'bad_address')
        await suppressAddress(db, deps, { channel: 'email', address: recipient.email, reason, detail });
      return { end: 'refused', detail };
    }
    afterSmtp();
    return { end: 'sent', provider: channels.email.provider, providerId: outcome.providerId, detail: outcome.detail };
  };

  return sendMessage(deps, { channel: 'email', job, deliver, recorded: afterRecord });
}

/** `address` is whom the link is for, when it is for one address alone. */
type AddressedLink = OneTimeLink & { address?: string };

/** A fresh link; undefined if what it leads to is used, expired or not installed here. */
async function linkOf(deps: SendDeps, source: LinkSource, ctx: Ctx): Promise<AddressedLink | undefined> {
  try {
    if (source.from === 'identity') {
      const { requestId } = source;
      const { path, validMinutes, address } = await deps.calls.identity.createMailLink({ requestId }, ctx);
      return { path, validMinutes, address };
    }
    const payments = deps.sockets.payments.of('payments');
    if (!payments) return undefined;
    const { url } = await payments.getLink({ kind: source.kind, id: source.id }, ctx);
    return { path: pathOf(url, deps.publicUrl), validMinutes: lastingMinutes };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The path of an address of ours. @throws Error if it is somebody else's: a mail must not lead there */
function pathOf(address: string, publicUrl: string): string {
  const url = new URL(address, publicUrl);
  if (url.origin !== new URL(publicUrl).origin) throw new Error('a link in a mail must stay on our own address');
  return `${url.pathname}${url.search}`;
}

/** The invoice or credit note. A mail without it is better than none: it is also with the order. */
async function attachmentsOf(deps: SendDeps, documentId: string | undefined, ctx: Ctx): Promise<Attachment[]> {
  const payments = deps.sockets.payments.of('payments');
  if (!documentId || !payments) return [];
  try {
    const { fileName, pdf } = await payments.getDocument({ invoiceId: documentId }, ctx);
    if (pdf.length === 0 || pdf.length > mostAttachmentBytes) {
      deps.log.warn({ documentId, bytes: pdf.length }, 'a document is not of a size to be sent');
      return [];
    }
    return [{ fileName, contentType: 'application/pdf', content: pdf }];
  } catch (error) {
    if (!isGone(error)) throw error;
    deps.log.warn({ documentId }, 'a mail goes out without its document, which payments does not have');
    return [];
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ExpectedError && (error.definition.status === 404 || error.definition.status === 410);
}
