import { MembershipChanged, SubscriptionChanged } from '@stoa/contracts';
import { type Ctx, type Deps, on, statement, type Transaction } from '@stoa/kernel';
import { applyPassesIn } from './apply-passes.ts';
import { isErased } from './erased-people.ts';

const putMembership = statement<
  [
    id: string,
    slug: string,
    name: string,
    sellerId: string | null,
    scope: string,
    courseIds: string[],
    state: string,
    version: number,
  ],
  { id: string }
>(
  'enrollment.put_membership',
  `insert into memberships as m (id, slug, name, seller_id, scope, course_ids, state, version)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (id) do update set slug = excluded.slug, name = excluded.name, seller_id = excluded.seller_id,
     scope = excluded.scope, course_ids = excluded.course_ids, state = excluded.state, version = excluded.version, updated_at = now()
     where m.version <= excluded.version
   returning id`,
);
const putPlans = statement<[membershipId: string, planIds: string[]], never>(
  'enrollment.put_membership_plans',
  'insert into membership_plans (id, membership_id) select id, $1 from unnest($2::uuid[]) as id on conflict (id) do nothing',
);
const putSubscription = statement<
  [subscriptionId: string, userId: string, planId: string, entitled: boolean, revision: number],
  { user_id: string | null }
>(
  'enrollment.put_subscription',
  // An erased person stays erased, whatever is still said about them.
  `insert into membership_subscriptions as s (subscription_id, user_id, plan_id, entitled, revision) values ($1, $2, $3, $4, $5)
   on conflict (subscription_id) do update set plan_id = excluded.plan_id, revision = excluded.revision, updated_at = now(),
     entitled = excluded.entitled and s.user_id is not null
     where s.revision < excluded.revision
   returning user_id`,
);
type Enrolled = { id: string; user_id: string; course_id: string };
const listUncovered = statement<[userId: string | null, membershipId: string | null], Enrolled>(
  'enrollment.list_uncovered',
  `select e.id, e.user_id, e.course_id from enrollments e
   where e.reason = 'membership' and e.state = 'active' and ($1::uuid is null or e.user_id = $1)
     and ($2::uuid is null or e.user_id in (
       select s.user_id from membership_subscriptions s join membership_plans p on p.id = s.plan_id where p.membership_id = $2))
     and not exists (select 1 from membership_cover v where v.user_id = e.user_id and v.course_id = e.course_id)
   order by e.id for no key update of e`,
);
const listShutOut = statement<[userId: string | null, membershipId: string | null], Enrolled>(
  'enrollment.list_shut_out',
  `select e.id, e.user_id, e.course_id from enrollments e
   where e.reason = 'membership' and e.state = 'revoked' and ($1::uuid is null or e.user_id = $1)
     and ($2::uuid is null or e.user_id in (
       select s.user_id from membership_subscriptions s join membership_plans p on p.id = s.plan_id where p.membership_id = $2))
     and exists (select 1 from membership_cover v where v.user_id = e.user_id and v.course_id = e.course_id)
   order by e.id for no key update of e`,
);
const close = statement<[id: string, eventId: string, traceparent: string], { id: string }>(
  'enrollment.close_membership',
  `with gone as (
     update enrollments set state = 'revoked', left_at = now()
     where id = $1 and state = 'active' and reason = 'membership' returning id, user_id, course_id
   )
   insert into outbox (id, type, subject, partition_key, data, traceparent)
   select $2, 'stoa.enrollment.access.revoked.v1', gone.id::text, gone.id::text,
     jsonb_build_object('enrollmentId', gone.id, 'userId', gone.user_id, 'courseId', gone.course_id, 'reason', 'membership_over'), $3
   from gone returning id`,
);
const reopen = statement<[id: string, eventId: string, traceparent: string], { id: string }>(
  'enrollment.reopen_membership',
  `with granted as (
     update enrollments set state = 'active', left_at = null, last_activity_at = now()
     where id = $1 and state = 'revoked' and reason = 'membership' returning id, user_id, course_id
   )
   insert into outbox (id, type, subject, partition_key, data, traceparent)
   select $2, 'stoa.enrollment.access.granted.v1', granted.id::text, granted.id::text,
     jsonb_build_object('enrollmentId', granted.id, 'userId', granted.user_id, 'courseId', c.id, 'courseTitle', c.title,
       'courseSlug', c.slug, 'reason', 'membership'), $3
   from granted join courses c on c.id = granted.course_id returning id`,
);

const kind = 'plan:';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The plan a SKU stands for, or null when it is nothing of ours. */
function planOf(sku: string): string | null {
  const id = sku.startsWith(kind) ? sku.slice(kind.length) : '';
  return uuid.test(id) ? id : null;
}

/**
 * Opens and closes what memberships include. A member enrolls on demand (`enroll`); here access ends with the membership
 * and comes back with it, and progress is kept. What was bought, given or free is left alone.
 */
export function followSubscriptions(deps: Pick<Deps, 'ids'>) {
  /** Brings what was opened by memberships in line with what they cover: of one person, or of all who had one. */
  const settle = async (
    tx: Transaction,
    { userId, membershipId }: { userId: string | null; membershipId: string | null },
    ctx: Ctx,
  ): Promise<void> => {
    for (const { id } of await tx.rows(listUncovered, [userId, membershipId]))
      await tx.row(close, [id, deps.ids.id(), ctx.traceparent]);
    for (const { id, user_id, course_id } of await tx.rows(listShutOut, [userId, membershipId])) {
      await tx.row(reopen, [id, deps.ids.id(), ctx.traceparent]);
      await applyPassesIn(tx, deps, { courseId: course_id, userId: user_id }, ctx);
    }
  };
  return [
    on(MembershipChanged, async ({ data }, tx, ctx) => {
      const { membership } = data;
      if (!membership) throw new Error('MembershipChanged without a membership');
      const known = await tx.row(putMembership, [
        membership.id,
        membership.slug,
        membership.name,
        membership.sellerId || null,
        membership.scope,
        membership.courseIds,
        membership.state,
        membership.version,
      ]);
      // A repeat of an older version: what is here is newer.
      if (!known) return;
      await tx.run(putPlans, [membership.id, membership.plans.map(({ id }) => id)]);
      await settle(tx, { userId: null, membershipId: membership.id }, ctx);
    }),
    on(SubscriptionChanged, async ({ data }, tx, ctx) => {
      const planId = planOf(data.sku);
      if (!planId || !data.buyerId || (await isErased(tx, data.buyerId))) return;
      const { subscriptionId, buyerId, entitled, revision } = data;
      const put = await tx.row(putSubscription, [subscriptionId, buyerId, planId, entitled, Number(revision)]);
      if (put?.user_id) await settle(tx, { userId: put.user_id, membershipId: null }, ctx);
    }),
  ];
}
