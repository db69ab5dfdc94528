import { InstalmentPlanChanged, OrderPaid, OrderRefunded, PurchaseAssigned, PurchaseUnassigned } from '@stoa/contracts';
import { allocateMoney, type Ctx, type Deps, derivedId, on, statement, type Transaction } from '@stoa/kernel';
import { applyPassesIn } from './apply-passes.ts';
import { isErased } from './erased-people.ts';

type Grant = {
  key: string;
  lineId: string;
  orderId: string;
  userId: string;
  courseId: string;
  reason: 'purchase' | 'gift' | 'seat';
  /** Minor units paid for it; null for gifts and seats, which somebody else paid. */
  paid: number | null;
};

/** Opens what is closed or new, and tells it. */
const granted = (condition: string) => `granted as (
     insert into enrollments as e (id, user_id, course_id, reason, price_amount, learner_name)
     select $1, $2, c.id, $4, $5, coalesce(p.name, '')
     from courses c left join people p on p.user_id = $2 where c.id = $3 ${condition}
     on conflict (user_id, course_id) do update
       set state = 'active', left_at = null, reason = excluded.reason, price_amount = excluded.price_amount,
           last_activity_at = now()
       where e.state <> 'active'
     returning id, course_id, reason
   ),
   told as (
     insert into outbox (id, type, subject, partition_key, data, traceparent)
     select $6, 'stoa.enrollment.access.granted.v1', granted.id::text, granted.id::text,
       jsonb_build_object('enrollmentId', granted.id, 'userId', $2::uuid, 'courseId', c.id, 'courseTitle', c.title,
         'courseSlug', c.slug, 'reason', granted.reason), $7
     from granted join courses c on c.id = granted.course_id
   )`;
type Opening = [
  enrollmentId: string,
  userId: string,
  courseId: string,
  reason: string,
  paid: number | null,
  eventId: string,
  traceparent: string,
];
const openByPlan = statement<Opening, { id: string }>(
  'enrollment.open_by_plan',
  `with ${granted('')} select id from granted`,
);
const openBought = statement<
  [...Opening, key: string, lineId: string, orderId: string],
  { erased: boolean; known: boolean; entitled: boolean; opened: boolean }
>(
  'enrollment.open_bought',
  // One that is there already, open or taken back, stays as it is. Of somebody who is gone nothing is written.
  `with person as (select is_erased($2) as erased),
   entitled as (
     insert into entitlements (key, line_id, order_id, user_id, course_id, reason, granted_at)
     select $8, $9, $10, $2, id, $4, now() from courses, person where id = $3 and not erased on conflict (key) do nothing returning key
   ),
   ${granted('and exists (select from entitled)')}
   select (select erased from person) as erased, exists (select from courses where id = $3) as known, exists (select from entitled) as entitled,
     exists (select from granted) as opened`,
);
const entitleByPlan = statement<
  [planId: string, userId: string, courseId: string, entitled: boolean, revision: number],
  { user_id: string | null; revoked_at: string | null }
>(
  'enrollment.entitle_by_plan',
  // One entitlement per plan, which comes and goes with it. An older word than the one that is here changes nothing, and
  // an erased person stays erased.
  `insert into entitlements as e (key, line_id, order_id, user_id, course_id, reason, granted_at, revoked_at, revision)
   values ($1, $1, $1, $2, $3, 'purchase', now(), case when not $4 then now() end, $5)
   on conflict (key) do update set revision = excluded.revision,
     revoked_at = case when $4 and e.user_id is not null then null else coalesce(e.revoked_at, now()) end
     where e.revision < excluded.revision
   returning user_id, revoked_at`,
);
const knowsCourse = statement<[courseId: string], { id: string }>(
  'enrollment.knows_course',
  'select id from courses where id = $1',
);
const keepBought = statement<[userId: string, courseId: string, reason: string, paid: number | null], { id: string }>(
  'enrollment.keep_bought',
  // What a membership lent is theirs now; access was announced before, and goes on.
  `update enrollments set reason = $3, price_amount = $4
   where user_id = $1 and course_id = $2 and state = 'active' and reason = 'membership' returning id`,
);
const lendAgain = statement<[userId: string, courseId: string], { id: string }>(
  'enrollment.lend_again',
  // Given back, but their membership includes it: access goes on. The lock is as in enroll_free.
  `with cover as (
     select s.subscription_id
     from courses c
     join membership_subscriptions s on s.user_id = $1 and s.entitled
     join membership_plans p on p.id = s.plan_id
     join memberships m on m.id = p.membership_id
     where c.id = $2 and (m.scope = 'catalogue' or (m.scope = 'seller' and c.instructor_id = m.seller_id)
       or (m.scope = 'courses' and c.id = any(m.course_ids)))
     for share of s, m
   )
   update enrollments e set reason = 'membership', price_amount = null
   where e.user_id = $1 and e.course_id = $2 and e.state = 'active' and e.reason in ('purchase', 'gift', 'seat')
     and not exists (select 1 from entitlements x where x.user_id = $1 and x.course_id = $2 and x.revoked_at is null)
     and exists (select from cover)
   returning id`,
);
const takeBack = statement<
  [key: string, lineId: string | null, orderId: string],
  { key: string; user_id: string | null; course_id: string | null }
>(
  'enrollment.take_back',
  // The end of what was never heard of is kept, too.
  `with ended as (
     update entitlements set revoked_at = now()
     where (key = $1 or line_id = $2) and revoked_at is null returning key, user_id, course_id
   ),
   tombstone as (
     insert into entitlements (key, line_id, order_id, revoked_at) values ($1, coalesce($2, $1), $3, now())
     on conflict (key) do nothing
   )
   select key, user_id, course_id from ended`,
);
const close = statement<
  [userId: string, courseId: string, reason: string, eventId: string, traceparent: string],
  { id: string }
>(
  'enrollment.close_purchased',
  // Whoever bought it twice, or was also given it, keeps it; so does somebody who has it free of charge.
  `with gone as (
     update enrollments e set state = 'revoked', left_at = now()
     where e.user_id = $1 and e.course_id = $2 and e.state = 'active' and e.reason in ('purchase', 'gift', 'seat')
       and not exists (
         select 1 from entitlements x where x.user_id = $1 and x.course_id = $2 and x.revoked_at is null
       )
     returning id, user_id, course_id
   )
   insert into outbox (id, type, subject, partition_key, data, traceparent)
   select $4, 'stoa.enrollment.access.revoked.v1', gone.id::text, gone.id::text,
     jsonb_build_object('enrollmentId', gone.id, 'userId', gone.user_id, 'courseId', gone.course_id, 'reason', $3::text), $5
   from gone returning id`,
);

const kind = 'course:';
type Line = { sku: string; includes: string[]; total?: { amount: bigint } | undefined };

/**
 * The courses a line stands for, each with the key of its entitlement and its share of what was paid. A course has the
 * key it was given; of several courses at one price each has its own, derived from that and always the same.
 */
function coursesOf(line: Line | undefined, key: string): { courseId: string; key: string; paid: number }[] {
  if (!line) return [];
  const skus = line.includes.length > 0 ? line.includes : [line.sku];
  const courseIds = skus.flatMap((sku) => (sku.startsWith(kind) ? [sku.slice(kind.length)] : []));
  // Memberships, cars, energy: nothing of ours, and nothing to divide.
  if (courseIds.length === 0) return [];
  // `XXX` is ISO 4217's code where no currency is involved: shares do not depend on it.
  const whole = { amount: Number(line.total?.amount ?? 0), currency: 'XXX' };
  const shares = allocateMoney(
    whole,
    courseIds.map(() => 1),
  );
  return courseIds.map((courseId, index) => ({
    courseId,
    key: line.includes.length > 0 ? derivedId(key, courseId) : key,
    paid: shares[index]?.amount ?? 0,
  }));
}

/**
 * Gives access for what was paid and takes it back with a refund: exactly once per line, gift or seat, whatever is
 * delivered twice or late (invariant 4: access exists if and only if it is paid for or free, and not refunded).
 * A course not heard of yet makes the event wait: it is tried again, and parked where an operator sees it. What was bought for
 * somebody who is gone is nobody's, whichever is heard first.
 */
export function followOrders(deps: Pick<Deps, 'ids'>) {
  const grant = async (tx: Transaction, given: Grant, ctx: Ctx) => {
    const { key, lineId, orderId, userId, courseId, reason, paid } = given;
    const opening: Opening = [deps.ids.id(), userId, courseId, reason, paid, deps.ids.id(), ctx.traceparent];
    const done = await tx.row(openBought, [...opening, key, lineId, orderId]);
    if (done?.erased) return;
    if (!done?.known) throw new Error(`course ${courseId} was paid for and is not known yet`);
    if (!done.entitled) return;
    // After it: an enrollment by a membership that got in between has made it wait and done nothing.
    if (!done.opened) await tx.row(keepBought, [userId, courseId, reason, paid]);
    await applyPassesIn(tx, deps, { courseId, userId }, ctx);
  };
  const revoke = async (
    tx: Transaction,
    { key, lineId, orderId, reason }: { key: string; lineId: string | null; orderId: string; reason: string },
    ctx: Ctx,
  ) => {
    for (const ended of await tx.rows(takeBack, [key, lineId, orderId])) {
      if (!ended.user_id || !ended.course_id) continue;
      await tx.row(lendAgain, [ended.user_id, ended.course_id]);
      await tx.row(close, [ended.user_id, ended.course_id, reason, deps.ids.id(), ctx.traceparent]);
    }
  };
  /** Opens or closes what is paid in parts. Progress is kept; whatever else gives the same course stays. */
  const followPlan = async (
    tx: Transaction,
    plan: {
      planId: string;
      userId: string;
      courseId: string;
      entitled: boolean;
      revision: number;
      paid: number;
      state: string;
    },
    ctx: Ctx,
  ) => {
    const { planId, userId, courseId, entitled, revision } = plan;
    if (await isErased(tx, userId)) return;
    if (!(await tx.row(knowsCourse, [courseId])))
      throw new Error(`course ${courseId} is paid for in parts and is not known yet`);
    const put = await tx.row(entitleByPlan, [planId, userId, courseId, entitled, revision]);
    if (!put?.user_id) return;
    if (put.revoked_at === null) {
      await tx.row(openByPlan, [
        deps.ids.id(),
        userId,
        courseId,
        'purchase',
        plan.paid,
        deps.ids.id(),
        ctx.traceparent,
      ]);
      await tx.row(keepBought, [userId, courseId, 'purchase', plan.paid]);
      await applyPassesIn(tx, deps, { courseId, userId }, ctx);
      return;
    }
    await tx.row(lendAgain, [userId, courseId]);
    const reason = plan.state === 'paused' ? 'instalment_missed' : 'refunded';
    await tx.row(close, [userId, courseId, reason, deps.ids.id(), ctx.traceparent]);
  };
  return [
    on(OrderPaid, async ({ data }, tx, ctx) => {
      for (const line of data.lines) {
        // What is paid in parts opens with its plan and not with an order.
        if (!line.ownerId || line.instalment) continue;
        const { lineId, ownerId: userId } = line;
        for (const course of coursesOf(line, lineId))
          await grant(tx, { ...course, lineId, orderId: data.orderId, userId, reason: 'purchase' }, ctx);
      }
    }),
    on(InstalmentPlanChanged, async ({ data }, tx, ctx) => {
      if (!data.sku.startsWith(kind) || !data.buyerId) return;
      await followPlan(
        tx,
        {
          planId: data.planId,
          userId: data.buyerId,
          courseId: data.sku.slice(kind.length),
          entitled: data.entitled,
          revision: Number(data.revision),
          paid: Number(data.total?.amount ?? 0),
          state: data.state,
        },
        ctx,
      );
    }),
    on(PurchaseAssigned, async ({ data }, tx, ctx) => {
      if (!data.line) return;
      const reason = data.reason === 'seat' ? 'seat' : data.reason === 'gift' ? 'gift' : 'purchase';
      const { lineId } = data.line;
      const { orderId, ownerId: userId } = data;
      for (const { courseId, key, paid } of coursesOf(data.line, data.assignmentId || lineId))
        await grant(
          tx,
          { key, lineId, orderId, userId, courseId, reason, paid: reason === 'purchase' ? paid : null },
          ctx,
        );
    }),
    on(PurchaseUnassigned, async ({ data }, tx, ctx) => {
      for (const { key } of coursesOf(data.line, data.assignmentId))
        await revoke(tx, { key, lineId: null, orderId: data.orderId, reason: 'seat_taken_back' }, ctx);
    }),
    on(OrderRefunded, async ({ data }, tx, ctx) => {
      for (const line of data.revoked) {
        if (line.instalment) continue;
        for (const { key } of coursesOf(line, line.lineId))
          await revoke(tx, { key, lineId: line.lineId, orderId: data.orderId, reason: 'refunded' }, ctx);
      }
    }),
  ];
}
