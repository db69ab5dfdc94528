import type { EnrollmentService } from '@stoa/contracts';
import { type Deps, hasRole, type Implementation, kernelErrors, statement } from '@stoa/kernel';

type Row = { membership_id: string; plan_id: string; subscription_id: string; entitled: boolean };
const listHeld = statement<[userId: string], Row>(
  'enrollment.list_held_memberships',
  `select p.membership_id, s.plan_id, s.subscription_id, s.entitled
   from membership_subscriptions s join membership_plans p on p.id = s.plan_id
   where s.user_id = $1 order by s.updated_at desc, s.subscription_id limit 100`,
);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The memberships a person has or has had, the last changed first.
 * @throws not_allowed to people who ask about someone else
 */
export function getMemberships(deps: Pick<Deps, 'db'>): Implementation<typeof EnrollmentService>['getMemberships'] {
  return async ({ userId }, ctx) => {
    const own = ctx.actor.kind === 'user' && ctx.actor.userId === userId;
    if (!own && !hasRole(ctx, 'admin')) throw kernelErrors.not_allowed();
    if (!uuid.test(userId)) return { memberships: [] };
    const rows = await deps.db.rows(listHeld, [userId]);
    return {
      memberships: rows.map((row) => ({
        membershipId: row.membership_id,
        planId: row.plan_id,
        subscriptionId: row.subscription_id,
        open: row.entitled,
      })),
    };
  };
}
