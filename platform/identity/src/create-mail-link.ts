import { type Ctx, requireService, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { hashToken } from './secrets.ts';

export type Purpose = 'verify_email' | 'reset_password' | 'change_email' | 'undo_email_change';

/** Days in which the owner of the old address may take the account back. */
export const undoDays = 7;

/** How long a link works after its mail was written, and where it leads. */
const links: Record<Purpose, { minutes: number; path: string }> = {
  verify_email: { minutes: 24 * 60, path: '/verify-email' },
  reset_password: { minutes: 60, path: '/reset-password' },
  change_email: { minutes: 24 * 60, path: '/change-email' },
  undo_email_change: { minutes: undoDays * 24 * 60, path: '/undo-email-change' },
};

const findOpen = statement<[id: string, notBefore: string], { purpose: Purpose; address: string }>(
  'identity.find_open_mail_request',
  // Proving an address and resetting a password are for the address the account has. To change it, the link goes to one
  // that nobody has: an address that is taken gets no mail from somebody else's wish.
  `select m.purpose, coalesce(m.address, u.email) as address from mail_requests m join users u on u.id = m.user_id
   where m.id = $1 and m.closed_at is null and m.created_at > $2 and u.deleted_at is null
     and case m.purpose
           when 'undo_email_change' then true
           when 'change_email' then not exists (select from users other where other.email_key = m.email_key)
           else u.email_key = m.email_key
         end`,
);
const setToken = statement<[id: string, hash: Buffer, expiresAt: string], never>(
  'identity.set_mail_request_token',
  'update mail_requests set token_hash = $2, token_expires_at = $3 where id = $1 and closed_at is null',
);

/** Mail that could not be sent for this long is not worth a link any more. */
const requestOpenMs = 24 * 3_600_000;

/**
 * Makes the one-time link of a request at the moment its mail is written. Only the hash of the token is kept; a second
 * call (the mail job ran again) makes a new link and ends the one before. Also says which address the link is for: not
 * always the one the account has. Only the platform itself may call it.
 * @throws not_allowed, mail_request_not_open
 */
export function createMailLink(deps: IdentityDeps) {
  return async (
    { requestId }: { requestId: string },
    ctx: Ctx,
  ): Promise<{ path: string; validMinutes: number; address: string }> => {
    requireService(ctx);
    if (!/^[0-9a-f-]{36}$/i.test(requestId)) throw errors.mail_request_not_open();
    const now = deps.clock.now().getTime();
    const request = await deps.db.row(findOpen, [requestId, new Date(now - requestOpenMs).toISOString()]);
    if (!request) throw errors.mail_request_not_open();
    const { minutes, path } = links[request.purpose];
    const token = deps.ids.token();
    const expiresAt = new Date(now + minutes * 60_000).toISOString();
    if ((await deps.db.run(setToken, [requestId, hashToken(token), expiresAt])) === 0)
      throw errors.mail_request_not_open();
    return { path: `${path}?token=${token}`, validMinutes: minutes, address: request.address };
  };
}
