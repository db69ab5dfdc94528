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
export const countEnding = statement<[userId: string, validAfter: string | null, kept: string | null], never>(
  'identity.count_session_ending',
  `update users set session_endings = session_endings + 1, session_kept = $3,
          sessions_valid_after = coalesce($2, sessions_valid_after)
   where id = $1`,
);
// A grant is kept when the session that is kept refers to it, and a step that another tab of its browser is asked when it
// waits for an answer: one that has been given, with a password, was given with the old one. Everything else goes.
const dropProviderState = statement<[userId: string, except: string | null], never>(
  'identity.drop_oidc_state_of_user',
  `with kept as (
     select a.value ->> 'grantId' as grant_id
     from oidc_payloads s, jsonb_each(coalesce(s.payload -> 'authorizations', '{}')) as a
     where s.model = 'Session' and s.account_id = $1 and s.uid = $2
   )
   delete from oidc_payloads p
   where p.account_id = $1 and not coalesce(case p.model
     when 'Session' then p.uid = $2
     when 'Interaction' then p.payload #>> '{session,uid}' = $2 and p.payload #> '{result,login}' is null
     else p.grant_id in (select grant_id from kept where grant_id is not null)
   end, false)`,
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
  await tx.run(countEnding, [ending.userId, ending.except ? null : at, ending.except ?? null]);
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
