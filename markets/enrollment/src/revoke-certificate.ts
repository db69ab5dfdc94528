import { type Ctx, type Deps, hasRole, kernelErrors, requireUser, statement } from '@stoa/kernel';
import { refuseErased } from './erased-people.ts';
import { findById, toCertificate } from './verify-certificate.ts';

const setRevoked = statement<
  [id: string, revoked: boolean, actionId: string, actorId: string, reason: string],
  { changed: number }
>(
  'enrollment.set_revoked',
  `with changed as (
     update certificates set revoked_at = case when $2 then now() end
     where id = $1 and (revoked_at is not null) <> $2 returning id
   ),
   noted as (
     insert into certificate_actions (id, certificate_id, action, actor_id, reason)
     select $3, id, case when $2 then 'revoked' else 'restored' end, $4, $5 from changed
   )
   select count(*)::int as changed from changed`,
);

type Input = { certificateId: string; revoked: boolean; reason: string };

/**
 * Revokes a certificate or makes it valid again, and keeps who did it and why. Doing it twice is the same as once.
 * Instructors may do it in their own courses, administrators everywhere.
 * @throws not_signed_in, not_found (also for a certificate of someone else's course); invalid_token once the account is gone
 */
export function setRevocation(deps: Pick<Deps, 'db' | 'ids'>) {
  return async ({ certificateId, revoked, reason }: Input, ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const row = await deps.db.row(findById, [certificateId]);
    if (!row) throw kernelErrors.not_found();
    const teaches = hasRole(ctx, 'instructor') && row.instructor_id === userId;
    if (!teaches && !hasRole(ctx, 'admin')) throw kernelErrors.not_found();
    await deps.db.transaction(async (tx) => {
      await refuseErased(tx, userId);
      await tx.row(setRevoked, [certificateId, revoked, deps.ids.id(), userId, reason]);
    });
    const after = await deps.db.row(findById, [certificateId]);
    if (!after) throw kernelErrors.not_found();
    return toCertificate(after);
  };
}
