import { type Ctx, crashPoint, statement } from '@stoa/kernel';
import { recordAudit } from './audit.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { hashToken } from './secrets.ts';
import { answerSignedIn, deviceOf, idleSeconds, type SignedIn } from './sessions.ts';
import type { UserRow } from './users.ts';

type TokenRow = UserRow & {
  session_id: string;
  session_created_at: string;
  session_expires_at: string;
  revoked_at: string | null;
  deleted_at: string | null;
  idle_expires_at: string;
  used_at: string | null;
  used_by: Buffer | null;
  successor_used_at: string | null;
};

const lockToken = statement<[hash: Buffer], TokenRow>(
  'identity.lock_refresh_token',
  `select u.id, u.email, u.name, u.password_hash, u.roles, u.locale, u.time_zone, u.email_verified_at, u.disabled_at,
          u.sessions_valid_after, u.version, u.created_at, u.deleted_at,
          s.id as session_id, s.created_at as session_created_at, s.expires_at as session_expires_at, s.revoked_at,
          t.idle_expires_at, t.used_at, t.used_by,
          (select n.used_at from refresh_tokens n where n.hash = t.successor_hash) as successor_used_at
   from refresh_tokens t join sessions s on s.id = t.session_id join users u on u.id = s.user_id
   where t.hash = $1`,
);
// Taken first: parallel refreshes of one session go one after the other, and each sees what the one before did.
const lockSession = statement<[hash: Buffer], { id: string }>(
  'identity.lock_session_of_token',
  `select s.id from sessions s where s.id = (select session_id from refresh_tokens where hash = $1) for update`,
);
const rotate = statement<
  [hash: Buffer, successor: Buffer, at: string, usedBy: Buffer, idleExpiresAt: string, sessionId: string],
  never
>(
  'identity.rotate_refresh_token',
  `with used as (
     update refresh_tokens set used_at = $3, used_by = $4, successor_hash = $2 where hash = $1
   ), seen as (
     update sessions set last_used_at = $3 where id = $6
   )
   insert into refresh_tokens (hash, session_id, created_at, idle_expires_at) values ($2, $6, $3, $5)`,
);
const revoke = statement<[sessionId: string, at: string, because: string], never>(
  'identity.revoke_session',
  'update sessions set revoked_at = $2, revoked_because = $3 where id = $1 and revoked_at is null',
);

/**
 * A token that was just used may be sent again by the same client for this long, as long as nobody has used its
 * successor: two tabs refreshing at once, or an answer lost in a restart. It gets the same successor. A thief on
 * another device gets nothing from it, and on the same one is found out by the next refresh.
 */
export const graceMs = 30_000;

const beforeCommit = crashPoint('identity.refresh.before_commit');
const afterCommit = crashPoint('identity.refresh.after_commit');

/**
 * Exchanges a refresh token for the next one and a new access token. A token used twice means that two parties hold it:
 * the session is revoked with everything that came from it (RFC 9700, 4.14.2).
 * @throws refresh_token_invalid, refresh_token_reused
 */
export function refresh(deps: IdentityDeps) {
  return async (input: { refreshToken: string }, ctx: Ctx): Promise<SignedIn> => {
    const hash = hashToken(input.refreshToken);
    // Made from the one before and the installation's secret, so that a repeat gets the same without it being stored.
    const successor = deps.secrets.mac('refresh-chain', input.refreshToken).toString('base64url');
    const client = deviceOf(deps, ctx);
    const outcome = await deps.db.transaction(async (tx) => {
      await tx.row(lockSession, [hash]);
      const row = await tx.row(lockToken, [hash]);
      const now = deps.clock.now();
      if (!row || !isAlive(row, now)) return { kind: 'invalid' as const };
      if (row.used_at !== null) {
        const repeated =
          row.successor_used_at === null &&
          row.used_by !== null &&
          row.used_by.equals(client) &&
          now.getTime() - Date.parse(row.used_at) <= graceMs;
        if (repeated) return { kind: 'refreshed' as const, row };
        await tx.run(revoke, [row.session_id, now.toISOString(), 'refresh_token_reused']);
        await recordAudit(tx, deps, ctx, {
          action: 'session.refresh_token_reused',
          subjectId: row.id,
          details: { sessionId: row.session_id },
        });
        return { kind: 'reused' as const };
      }
      if (Date.parse(row.idle_expires_at) <= now.getTime()) return { kind: 'invalid' as const };
      const idleExpiresAt = new Date(now.getTime() + idleSeconds * 1000).toISOString();
      await tx.run(rotate, [hash, hashToken(successor), now.toISOString(), client, idleExpiresAt, row.session_id]);
      beforeCommit();
      return { kind: 'refreshed' as const, row };
    });
    afterCommit();
    if (outcome.kind === 'invalid') throw errors.refresh_token_invalid();
    if (outcome.kind === 'reused') throw errors.refresh_token_reused();
    return answerSignedIn(deps, outcome.row, { id: outcome.row.session_id, refreshToken: successor });
  };
}

function isAlive(row: TokenRow, now: Date): boolean {
  return (
    row.revoked_at === null &&
    row.deleted_at === null &&
    row.disabled_at === null &&
    Date.parse(row.session_expires_at) > now.getTime() &&
    Date.parse(row.session_created_at) >= Date.parse(row.sessions_valid_after)
  );
}
