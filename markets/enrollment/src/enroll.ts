import { type Ctx, crashPoint, currencyExponent, type Deps, requireUser, statement } from '@stoa/kernel';
import { applyPasses } from './apply-passes.ts';
import { errors } from './errors.ts';

/** An enrollment as its owner sees it. */
export type Enrollment = {
  id: string;
  courseId: string;
  state: 'active' | 'left' | 'revoked';
  reason: string;
  enrolledAt: string;
  completedAt: string | null;
  certificateId: string | null;
};
export type EnrollmentRow = {
  id: string;
  course_id: string;
  state: 'active' | 'left' | 'revoked';
  reason: string;
  enrolled_at: string;
  completed_at: string | null;
  certificate_id: string | null;
};

type EnrollRow = {
  price_amount: number | null;
  price_currency: string | null;
  granted: EnrollmentRow | null;
  existing: EnrollmentRow | null;
  has_passes: boolean;
};
const enrollFree = statement<
  [id: string, userId: string, courseId: string, learnerName: string, eventId: string, traceparent: string],
  EnrollRow
>(
  'enrollment.enroll_free',
  // One statement: the enrollment and its event, or neither. Enrolling again changes nothing, except after leaving or a refund.
  // The locks make a membership that ends at this moment wait, or us for it: nobody gets in behind its back.
  `with course as (
     select id, slug, title, price_amount, price_currency, instructor_id from courses where id = $3 and state = 'published'
   ),
   cover as (
     select s.subscription_id
     from course c
     join membership_subscriptions s on s.user_id = $2 and s.entitled
     join membership_plans p on p.id = s.plan_id
     join memberships m on m.id = p.membership_id
     where c.price_amount is not null and (m.scope = 'catalogue' or (m.scope = 'seller' and c.instructor_id = m.seller_id)
       or (m.scope = 'courses' and c.id = any(m.course_ids)))
     for share of s, m
   ),
   granted as (
     insert into enrollments as e (id, user_id, course_id, reason, learner_name)
     select $1, $2, course.id, case when price_amount is null then 'free' else 'membership' end, $4
     from course where price_amount is null or exists (select from cover)
     on conflict (user_id, course_id) do update
       set state = 'active', left_at = null, reason = excluded.reason, price_amount = null, last_activity_at = now(), learner_name = excluded.learner_name
       where e.state <> 'active'
     returning id, course_id, state, reason, enrolled_at, completed_at, certificate_id
   ),
   said as (
     insert into outbox (id, type, subject, partition_key, data, traceparent)
     select $5, 'stoa.enrollment.access.granted.v1', granted.id::text, granted.id::text,
       jsonb_build_object('enrollmentId', granted.id, 'userId', $2::uuid, 'courseId', course.id,
         'courseTitle', course.title, 'courseSlug', course.slug, 'reason', granted.reason), $6
     from granted, course
   )
   select course.price_amount, course.price_currency, to_jsonb(granted) as granted, to_jsonb(existing) as existing,
     exists (select 1 from lesson_passes s where s.user_id = $2 and s.course_id = $3) as has_passes
   from course
   left join granted on true
   left join lateral (
     select id, course_id, state, reason, enrolled_at, completed_at, certificate_id
     from enrollments where user_id = $2 and course_id = $3 and state = 'active'
   ) existing on true`,
);
export const findEnrollment = statement<[userId: string, courseId: string], EnrollmentRow>(
  'enrollment.find_enrollment',
  `select id, course_id, state, reason, enrolled_at, completed_at, certificate_id
   from enrollments where user_id = $1 and course_id = $2 and state = 'active'`,
);
const enrolled = crashPoint('enrollment.enroll.after_commit');

/**
 * Gives a person access to a course that is free, or that a membership of theirs includes. However often and however parallel it is asked for, there is one enrollment
 * and one event. Someone who left comes back to their progress.
 * @throws not_signed_in, course_not_found, course_requires_purchase
 */
export function enroll(deps: Pick<Deps, 'db' | 'ids'>) {
  return async ({ courseId }: { courseId: string }, ctx: Ctx): Promise<Enrollment> => {
    const user = requireUser(ctx);
    const id = ctx.requestId ?? deps.ids.id();
    const row = await deps.db.row(enrollFree, [id, user.userId, courseId, user.name, deps.ids.id(), ctx.traceparent]);
    enrolled();
    const found = row?.granted ?? row?.existing;
    if (found && !row?.has_passes) return toEnrollment(found);
    // Also when nothing was granted: a retry after a crash between the commit and this line makes up for it.
    if (found) await applyPasses(deps, { courseId, userId: user.userId }, ctx);
    // A parallel request enrolled this person after our statement began to look, or the course was archived.
    const known = await deps.db.row(findEnrollment, [user.userId, courseId]);
    if (known) return toEnrollment(known);
    if (!row) throw errors.course_not_found();
    if (row.price_amount === null || row.price_currency === null) throw new Error('neither enrolled nor refused');
    const price = formatPrice(row.price_amount, row.price_currency, ctx.locale);
    throw errors.course_requires_purchase({ params: { price } });
  };
}

function formatPrice(amount: number, currency: string, locale: string): string {
  const value = amount / 10 ** currencyExponent(currency);
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value);
}

/** A row as its owner sees it; times inside JSON are brought to the form of all others. */
export function toEnrollment(row: EnrollmentRow): Enrollment {
  return {
    id: row.id,
    courseId: row.course_id,
    state: row.state,
    reason: row.reason,
    enrolledAt: toTimestamp(row.enrolled_at),
    completedAt: row.completed_at === null ? null : toTimestamp(row.completed_at),
    certificateId: row.certificate_id,
  };
}

/** `2026-01-01T10:00:00.5+00:00`, as PostgreSQL writes times into JSON, with `Z`. */
export function toTimestamp(time: string): string {
  return time.replace('+00:00', 'Z');
}
