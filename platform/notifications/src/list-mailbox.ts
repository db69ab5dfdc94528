import { type Ctx, type Deps, Page, requireRole, statement, Timestamp, toPage } from '@stoa/kernel';
import { z } from 'zod';
import { type MailProvider, mailProviders } from './channels/open.ts';
import { idCursor } from './id-cursor.ts';

/** Where a message stands. A line under the bell is `sent` at once. */
export const messageStates = [
  'held',
  'queued',
  'sent',
  'delivered',
  'bounced',
  'digested',
  'failed',
  'suppressed',
] as const;

/** A mail in the console's list. `subject` and the address are null until it is written. */
export const MailSummary = z.strictObject({
  id: z.string(),
  kind: z.string(),
  state: z.enum(messageStates),
  reason: z.string().nullable(),
  attempts: z.int(),
  to: z.strictObject({ name: z.string(), address: z.string() }).nullable(),
  subject: z.string().nullable(),
  locale: z.string().nullable(),
  transport: z.enum(mailProviders).nullable(),
  createdAt: Timestamp,
  sentAt: Timestamp.nullable(),
});
export const MailPage = Page(MailSummary);

export type MailRow = {
  id: string;
  kind: string;
  state: (typeof messageStates)[number];
  reason: string | null;
  attempts: number;
  to_name: string | null;
  to_address: string | null;
  subject: string | null;
  locale: string | null;
  transport: MailProvider | null;
  created_at: string;
  sent_at: string | null;
};
const listMail = statement<
  [pattern: string | null, state: string | null, before: string | null, limit: number],
  MailRow
>(
  'notifications.list_mail',
  `select m.id, m.kind, m.state, m.reason, m.attempts, b.to_name, b.to_address, b.subject, b.locale, b.transport, m.created_at, m.sent_at
   from messages m left join mailbox b on b.message_id = m.id
   where m.channel = 'email'
     and ($1::text is null or b.to_address ilike $1 or b.to_name ilike $1 or b.subject ilike $1 or m.kind ilike $1)
     and ($2::text is null or m.state = $2)
     and ($3::uuid is null or m.id < $3)
   order by m.id desc limit $4`,
);

type Input = { q?: string | undefined; state?: string | undefined; limit: number; cursor?: string | undefined };

/** Mails, newest first, by address, name, subject or kind. For support. @throws validation_failed for a foreign cursor */
export function listMailbox(deps: Pick<Deps, 'db'>) {
  return async (input: Input, ctx: Ctx): Promise<z.output<typeof MailPage>> => {
    requireRole(ctx, 'support');
    const before = idCursor(input.cursor, ctx.locale);
    // What people type is text: % and _ are no wildcards.
    const pattern = input.q?.trim() ? `%${input.q.trim().replace(/[\\%_]/g, '\\$&')}%` : null;
    const rows = await deps.db.rows(listMail, [pattern, input.state ?? null, before, input.limit + 1]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.id], item: toSummary });
  };
}

/** A row as the console shows it. */
export function toSummary(row: MailRow): z.output<typeof MailSummary> {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    to: row.to_address === null ? null : { name: row.to_name ?? '', address: row.to_address },
    subject: row.subject,
    locale: row.locale,
    transport: row.transport,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  };
}
