import type { IdentityService } from '@stoa/contracts';
import { type Client, type Ctx, crashPoint, type Deps, ExpectedError, statement } from '@stoa/kernel';
import { keepRecipient } from './follow-people.ts';
import { MailRefused, type MailTransport } from './mail-transport.ts';
import type { NotificationSettings } from './settings.ts';
import { templateOf } from './templates/all.ts';
import type { OneTimeLink } from './templates/template.ts';
import { hideLink, type Recipient, writeMail } from './write-mail.ts';

type Message = { id: string; user_id: string; kind: string; params: unknown; attempts: number };
const beginAttempt = statement<[id: string], Message>(
  'notifications.begin_mail_attempt',
  `with message as (
     update messages set attempts = attempts + 1 where id = $1 and channel = 'email' and state in ('queued', 'failed')
     returning id, user_id, kind, params, attempts
   ), noted as (
     insert into message_events (message_id, what, detail) select id, 'attempted', attempts::text from message
   )
   select * from message`,
);
type KnownRecipient = Omit<Recipient, 'email'> & { email: string | null };
const findRecipient = statement<[userId: string], KnownRecipient>(
  'notifications.find_recipient',
  'select email, name, locale, time_zone from recipients where user_id = $1',
);
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
  ]
>(
  'notifications.keep_mail',
  `insert into mailbox (message_id, to_address, to_name, locale, subject, html, text, headers, transport, link_minutes, link_expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $9 = 'mailbox' then now() + make_interval(mins => $10) end)
   on conflict (message_id) do update set to_address = excluded.to_address, to_name = excluded.to_name,
     locale = excluded.locale, subject = excluded.subject, html = excluded.html, text = excluded.text,
     headers = excluded.headers, transport = excluded.transport, link_minutes = excluded.link_minutes,
     link_expires_at = excluded.link_expires_at, written_at = now()`,
);
const endMail = statement<[id: string, state: string, what: string, detail: string, reason: string | null]>(
  'notifications.end_mail',
  `with message as (
     update messages set state = $2, reason = $5, sent_at = case when $2 = 'sent' then now() end
     where id = $1 and state in ('queued', 'failed') returning id
   )
   insert into message_events (message_id, what, detail) select id, $3, $4 from message`,
);
const noteFailure = statement<[id: string, error: string, final: boolean]>(
  'notifications.note_mail_failure',
  `with message as (
     update messages set reason = $2, state = case when $3 then 'failed' else state end
     where id = $1 and state in ('queued', 'failed') returning id
   )
   insert into message_events (message_id, what, detail) select id, 'failed', $2 from message`,
);

const beforeSmtp = crashPoint('notifications.send_mail.before_smtp');
const afterSmtp = crashPoint('notifications.send_mail.after_smtp');
const afterRecord = crashPoint('notifications.send_mail.after_record');

type SendDeps = Pick<Deps, 'db' | 'log' | 'publicUrl'> & {
  calls: { identity: Client<typeof IdentityService> };
  settings: NotificationSettings;
  transport: MailTransport;
};

/**
 * Writes one mail in its reader's language and hands it over. Runs until it succeeds: a message that is already sent
 * or suppressed is left alone. A crash between the server's "250" and our record sends it once more. The repeat
 * carries the same Message-ID, so that mail programs show it once; except where it carries a new one-time link, which
 * ended the link before: there the newer mail must not be taken for a copy of the older.
 */
export function sendMail(deps: SendDeps) {
  const { db, settings, transport, publicUrl } = deps;

  const suppress = (id: string, reason: string) => db.run(endMail, [id, 'suppressed', 'suppressed', reason, reason]);

  const deliver = async (message: Message, ctx: Ctx): Promise<void> => {
    const recipient = await recipientOf(deps, message.user_id, ctx);
    if (!recipient) {
      await suppress(message.id, 'the person has no account any more');
      return;
    }
    const { linked } = templateOf(message.kind);
    const link = linked ? await linkOf(deps, message.params, ctx) : undefined;
    if (linked && !link) {
      await suppress(message.id, 'the request is used or expired');
      return;
    }
    const { kind, params } = message;
    const mail = writeMail({ kind, params, recipient, link, publicUrl });
    const domain = settings.from.address.split('@')[1] ?? 'localhost';
    const messageId = `<${message.id}${linked ? `.${message.attempts}` : ''}@${domain}>`;
    const headers = {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.locale,
      'X-Stoa-Message': message.id,
    };
    // Where a real server delivers it, nobody but the reader needs the link: the copy we keep goes without.
    const kept =
      link && transport.kind === 'smtp'
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
      transport.kind,
      link?.validMinutes ?? null,
    ]);
    beforeSmtp();
    const answer = await transport.send({
      to: { name: recipient.name, address: recipient.email },
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      messageId,
      headers,
    });
    afterSmtp();
    await db.run(endMail, [message.id, 'sent', 'sent', answer, null]);
    afterRecord();
  };

  return async ({ messageId }: { messageId: string }, ctx: Ctx): Promise<void> => {
    const message = await db.row(beginAttempt, [messageId]);
    if (!message) return;
    try {
      await deliver(message, ctx);
    } catch (error) {
      const text = (error instanceof Error ? error.message : String(error)).slice(0, 500);
      if (error instanceof MailRefused) {
        await db.run(endMail, [message.id, 'failed', 'refused', text, text]);
        deps.log.warn({ messageId, kind: message.kind }, 'a mail was refused for good');
        return;
      }
      await db.run(noteFailure, [message.id, text, message.attempts > settings.retries]);
      throw error;
    }
  };
}

/** The person as last heard of; asked for at identity when their event is still on its way. Undefined if they are gone. */
async function recipientOf(deps: SendDeps, userId: string, ctx: Ctx): Promise<Recipient | undefined> {
  const known = await deps.db.row(findRecipient, [userId]);
  if (known) return known.email ? { ...known, email: known.email } : undefined;
  const { users } = await deps.calls.identity.getUsers({ ids: [userId] }, ctx);
  const user = users.find((candidate) => candidate.id === userId);
  if (!user) return undefined;
  await keepRecipient(deps.db, {
    userId,
    email: user.email,
    name: user.name,
    locale: user.locale,
    timeZone: user.timeZone,
  });
  return { email: user.email, name: user.name, locale: user.locale, time_zone: user.timeZone || 'UTC' };
}

/** A fresh one-time link for the request in the parameters; undefined if it is used or expired. */
async function linkOf(deps: SendDeps, params: unknown, ctx: Ctx): Promise<OneTimeLink | undefined> {
  if (typeof params !== 'object' || params === null || !('requestId' in params) || typeof params.requestId !== 'string')
    throw new Error('a mail with a link has no request id');
  try {
    const { path, validMinutes } = await deps.calls.identity.createMailLink({ requestId: params.requestId }, ctx);
    return { path, validMinutes };
  } catch (error) {
    if (error instanceof ExpectedError && (error.definition.status === 404 || error.definition.status === 410))
      return undefined;
    throw error;
  }
}
