import { type Ctx, type Queries, statement } from '@stoa/kernel';
import { recordAudit } from './audit.ts';
import type { IdentityDeps } from './identity-deps.ts';

const revokeSessions = statement<[userId: string, at: string, because: string, except: string | null], never>(
  'identity.revoke_sessions_of_user',
  `update sessions set revoked_at = $2, revoked_because = $3
   where user_id = $1 and revoked_at is null and id::text is distinct from $4`,
);
// Before anything is looked for: what a request to the OpenID Provider is about to write is then either there to be
// found, or not written any more (see `openAdapter`).
export const countEnding = statement<[userId: string, validAfter: string | null], never>(
  'identity.count_session_ending',
  `update users set session_endings = session_endings + 1, sessions_valid_after = coalesce($2, sessions_valid_after)
   where id = $1`,
);
// A grant is kept when the session that is kept refers to it; everything that hangs on another grant or session goes.
const dropProviderState = statement<[userId: string, except: string | null], never>(
  'identity.drop_oidc_state_of_user',
  `with kept as (
     select a.value ->> 'grantId' as grant_id
     from oidc_payloads s, jsonb_each(coalesce(s.payload -> 'authorizations', '{}')) as a
     where s.model = 'Session' and s.account_id = $1 and s.uid = $2
   )
   delete from oidc_payloads p
   where p.account_id = $1 and not (p.model = 'Session' and p.uid is not distinct from $2)
     and (p.grant_id is null or p.grant_id not in (select grant_id from kept where grant_id is not null))`,
);
const forgetDevices = statement<[userId: string], never>(
  'identity.forget_devices',
  'delete from known_devices where user_id = $1',
);

// Who asked for another address may be whom these sessions are ended against.
const dropEmailChange = statement<[userId: string, at: string], never>(
  'identity.drop_email_change',
  "update mail_requests set closed_at = $2 where user_id = $1 and purpose = 'change_email' and closed_at is null",
);

type Ending = {
  userId: string;
  because: string;
  /** Session id to spare: the one the request came with. */
  except?: string | undefined;
  /** Devices lose their own budget of attempts too: somebody else may know the old password there. */
  forgetDevices?: boolean;
};

/**
 * Ends all sessions of a person, those of the API and those of the OpenID Provider with their grants, codes and
 * refresh tokens; a change of address that waits for its link ends too. Access tokens end by themselves within five minutes.
 */
export async function endEverySession(tx: Queries, deps: IdentityDeps, ctx: Ctx, ending: Ending): Promise<void> {
  const at = deps.clock.now().toISOString();
  await tx.run(countEnding, [ending.userId, ending.except ? null : at]);
  await tx.run(revokeSessions, [ending.userId, at, ending.because, ending.except ?? null]);
  await tx.run(dropProviderState, [ending.userId, ending.except ?? null]);
  await tx.run(dropEmailChange, [ending.userId, at]);
  if (ending.forgetDevices) await tx.run(forgetDevices, [ending.userId]);
  await recordAudit(tx, deps, ctx, {
    action: 'sessions.ended',
    subjectId: ending.userId,
    details: { because: ending.because },
  });
}
