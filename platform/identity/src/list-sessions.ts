import { type Ctx, requireUser, statement } from '@stoa/kernel';
import { countEnding, endEverySession } from './end-sessions.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';

type SessionRow = {
  id: string;
  kind: 'api' | 'web';
  ip: string | null;
  user_agent: string | null;
  created_at: string;
  last_used_at: string;
  expires_at: string | null;
};

const listOfUser = statement<[userId: string, at: string], SessionRow>(
  'identity.list_sessions',
  `select s.id::text as id, 'api' as kind, s.ip, s.user_agent, s.created_at, s.last_used_at, s.expires_at
   from sessions s join users u on u.id = s.user_id
   where s.user_id = $1 and s.revoked_at is null and s.expires_at > $2 and s.created_at >= u.sessions_valid_after
     and exists (select from refresh_tokens t where t.session_id = s.id and t.used_at is null and t.idle_expires_at > $2)
   union all
   select p.uid, 'web', p.ip, p.user_agent, p.created_at,
          greatest(p.created_at, (select max(r.created_at) from oidc_payloads r
                                  where r.account_id = $1 and r.payload ->> 'sessionUid' = p.uid)), p.expires_at
   from oidc_payloads p
   where p.account_id = $1 and p.model = 'Session' and (p.expires_at is null or p.expires_at > $2)
   order by last_used_at desc, id limit 100`,
);
const endOne = statement<[userId: string, id: string, at: string], { id: string }>(
  'identity.end_own_session',
  `with api as (
     update sessions set revoked_at = $3, revoked_because = 'ended_by_owner'
     where user_id = $1 and id::text = $2 and revoked_at is null returning id::text as id
   ), grants as (
     select a.value ->> 'grantId' as grant_id
     from oidc_payloads s, jsonb_each(coalesce(s.payload -> 'authorizations', '{}')) as a
     where s.model = 'Session' and s.account_id = $1 and s.uid = $2
   ), web as (
     delete from oidc_payloads
     where account_id = $1 and ((model = 'Session' and uid = $2) or payload ->> 'sessionUid' = $2
        or grant_id in (select grant_id from grants where grant_id is not null))
     returning model, uid
   )
   select id from api union all select uid from web where model = 'Session'`,
);

/** The sessions of a person, newest use first: those of the API and those of browsers. */
export async function sessionsOf(deps: IdentityDeps, userId: string) {
  const rows = await deps.db.rows(listOfUser, [userId, deps.clock.now().toISOString()]);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    ip: row.ip,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }));
}

/** The sessions of the person who asks. */
export function listSessions(deps: IdentityDeps) {
  return async (ctx: Ctx, currentId: string | undefined) => {
    const { userId } = requireUser(ctx);
    const sessions = await sessionsOf(deps, userId);
    return { items: sessions.map((session) => ({ ...session, current: session.id === currentId })) };
  };
}

/** Ends one session of the person who asks. @throws session_not_found */
export function endSession(deps: IdentityDeps) {
  return async (id: string, ctx: Ctx): Promise<void> => {
    const { userId } = requireUser(ctx);
    await deps.db.transaction(async (tx) => {
      await tx.run(countEnding, [userId, null, null]);
      if (!(await tx.row(endOne, [userId, id, deps.clock.now().toISOString()]))) throw errors.session_not_found();
    });
  };
}

/** Ends every session of the person who asks, this one included. */
export function endAllSessions(deps: IdentityDeps) {
  return async (ctx: Ctx): Promise<void> => {
    const { userId } = requireUser(ctx);
    await deps.db.transaction((tx) => endEverySession(tx, deps, ctx, { userId, because: 'signed_out_everywhere' }));
  };
}
