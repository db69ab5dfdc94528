import { type Ctx, type Deps, hasRole, requireRole, statement, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';
import { type MailRow, MailSummary, toSummary } from './list-mailbox.ts';
import { emailChanged } from './templates/email-changed.ts';
import { resetPassword } from './templates/reset-password.ts';
import { hideLink, writeMail } from './write-mail.ts';

/** A mail as it was written, and what happened to it. Text is null until it is written. */
export const Mail = z.strictObject({
  ...MailSummary.shape,
  html: z.string().nullable(),
  text: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  /** True if its one-time link is not shown: it went to the person alone, is over, or is not for this reader. */
  linkHidden: z.boolean(),
  /** What went with it, by name; the documents themselves are with the order. */
  attachments: z.array(z.strictObject({ fileName: z.string(), bytes: z.int() })),
  timeline: z.array(z.strictObject({ what: z.string(), detail: z.string().nullable(), at: Timestamp })),
});

type Row = MailRow & {
  params: unknown;
  html: string | null;
  text: string | null;
  headers: Record<string, string> | null;
  link_minutes: number | null;
  link_live: boolean;
  attachments: { fileName: string; bytes: number }[] | null;
  time_zone: string | null;
};
const findMail = statement<[id: string], Row>(
  'notifications.find_mail',
  `select m.id, m.kind, m.state, m.reason, m.attempts, m.params, b.to_name, b.to_address, b.subject, b.locale, b.transport,
          m.created_at, m.sent_at, b.html, b.text, b.headers, b.attachments, b.link_minutes, coalesce(b.link_expires_at > now(), false) as link_live, r.time_zone
   from messages m left join mailbox b on b.message_id = m.id left join recipients r on r.user_id = m.user_id
   where m.id = $1 and m.channel = 'email'`,
);
const listEvents = statement<[id: string], { what: string; detail: string | null; at: string }>(
  'notifications.list_message_events',
  'select what, detail, at from message_events where message_id = $1 order by id',
);

/**
 * One mail with its timeline. For support. The link of a password reset, and the one that takes an account back to its old
 * address, open the account they belong to, so only an administrator sees them, and only where no mail server delivers it; a link that is over is not shown to anyone.
 * @throws mail_not_found
 */
export function readMail(deps: Pick<Deps, 'db' | 'publicUrl'>) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<z.output<typeof Mail>> => {
    requireRole(ctx, 'support');
    const row = await deps.db.row(findMail, [id]);
    if (!row) throw errors.mail_not_found();
    const timeline = await deps.db.rows(listEvents, [id]);
    const opensAccount = row.kind === resetPassword.kind || row.kind === emailChanged.kind;
    const mayUse = !opensAccount || hasRole(ctx, 'admin');
    const linkHidden = row.link_minutes !== null && !(row.link_live && mayUse);
    const content =
      linkHidden && row.link_minutes !== null
        ? writeMail({
            kind: row.kind,
            params: row.params,
            recipient: { name: row.to_name ?? '', locale: row.locale ?? 'en', time_zone: row.time_zone ?? 'UTC' },
            link: hideLink(row.link_minutes),
            publicUrl: deps.publicUrl,
          })
        : { html: row.html, text: row.text };
    return {
      ...toSummary(row),
      html: content.html,
      text: content.text,
      headers: row.headers ?? {},
      linkHidden,
      attachments: row.attachments ?? [],
      timeline,
    };
  };
}
