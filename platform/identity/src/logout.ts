import { type Ctx, statement } from '@stoa/kernel';
import { endEverySession } from './end-sessions.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { graceMs } from './refresh.ts';
import { hashToken } from './secrets.ts';
import { deviceOf } from './sessions.ts';

const revokeByToken = statement<
  [hash: Buffer, at: string, client: Buffer, repeatableSince: string],
  { user_id: string; usable: boolean }
>(
  'identity.revoke_session_by_token',
  `with found as (
     select s.id, s.user_id,
            s.revoked_at is null and s.expires_at > $2 and t.idle_expires_at > $2
              and (t.used_at is null or (t.used_by = $3 and t.used_at >= $4 and not exists (
                select from refresh_tokens n where n.hash = t.successor_hash and n.used_at is not null))) as usable
     from refresh_tokens t join sessions s on s.id = t.session_id where t.hash = $1
   ), revoked as (
     update sessions set revoked_at = $2, revoked_because = 'signed_out'
     where id in (select id from found) and revoked_at is null
   )
   select user_id, usable from found`,
);

/**
 * Ends the session a refresh token belongs to; with `everywhere` all sessions of its person, if the token is one that
 * would still refresh. An unknown token is no error: the caller wanted to be signed out and is.
 */
export function logOut(deps: IdentityDeps) {
  return async (input: { refreshToken: string; everywhere?: boolean | undefined }, ctx: Ctx): Promise<void> => {
    const now = deps.clock.now();
    const found = await deps.db.row(revokeByToken, [
      hashToken(input.refreshToken),
      now.toISOString(),
      deviceOf(deps, ctx),
      new Date(now.getTime() - graceMs).toISOString(),
    ]);
    // A token that would not refresh any more must not end other sessions than its own: it may be in wrong hands.
    if (!found?.usable || !input.everywhere) return;
    await deps.db.transaction((tx) =>
      endEverySession(tx, deps, ctx, { userId: found.user_id, because: 'signed_out_everywhere' }),
    );
  };
}
