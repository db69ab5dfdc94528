import { createHash } from 'node:crypto';
import { type Ctx, type Deps, kernelErrors, type Locale, parseLocale, requireUser, statement } from '@stoa/kernel';
import { z } from 'zod';

/** Seconds between asking for a ticket and using it. */
const ticketSeconds = 30;

export const Ticket = z.strictObject({ ticket: z.string(), expiresInSeconds: z.int() });

const insertTicket = statement<[hash: Buffer, userId: string, locale: string, seconds: number]>(
  'notifications.insert_ticket',
  `insert into realtime_tickets (token_hash, user_id, locale, expires_at)
   select $1, $2, $3, now() + make_interval(secs => $4) where not is_erased($2)`,
);
const takeTicket = statement<[hash: Buffer], { user_id: string; locale: string; live: boolean }>(
  'notifications.take_ticket',
  'delete from realtime_tickets where token_hash = $1 returning user_id, locale, expires_at > now() as live',
);

const hashOf = (ticket: string) => createHash('sha256').update(ticket).digest();

/**
 * Admits the caller to the WebSocket once, within 30 seconds. A browser cannot send a bearer header when it opens a
 * WebSocket and must not hold tokens: its server asks for the ticket and hands over nothing else.
 * @throws not_signed_in; invalid_token once the account is gone
 */
export function createTicket(deps: Pick<Deps, 'db' | 'ids'>) {
  return async (ctx: Ctx): Promise<z.output<typeof Ticket>> => {
    const { userId } = requireUser(ctx);
    const ticket = deps.ids.token(32);
    const kept = await deps.db.run(insertTicket, [hashOf(ticket), userId, ctx.locale, ticketSeconds]);
    if (kept === 0) throw kernelErrors.invalid_token();
    return { ticket, expiresInSeconds: ticketSeconds };
  };
}

/** Whom a WebSocket belongs to, and the language of the page that opened it. */
export type Admission = { userId: string; locale: Locale };

/** Takes a ticket out of the box: it works once. Undefined if it is unknown, used or too old. */
export async function redeemTicket(db: Deps['db'], ticket: string): Promise<Admission | undefined> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(ticket)) return undefined;
  const row = await db.row(takeTicket, [hashOf(ticket)]);
  if (!row?.live) return undefined;
  return { userId: row.user_id, locale: parseLocale(row.locale) ?? 'en' };
}
