import {
  type Ctx,
  crashPoint,
  currencyExponent,
  type Deps,
  gather,
  kernelErrors,
  requireUser,
  statement,
} from '@stoa/kernel';
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
  /** Which of those that were asked for, counted from 1. */
  place: number;
  price_amount: number | null;
  price_currency: string | null;
  granted: EnrollmentRow | null;
  existing: EnrollmentRow | null;
  /** Passes wait for an effect, or lessons that were left went while this person was away. */
  is_owed: boolean;
  /** Their account is gone, and their token is not. */
  erased: boolean;
};
const enrollFree = statement<
  [
    ids: string[],
    userIds: string[],
    courseIds: string[],
    learnerNames: string[],
    eventIds: string[],
    traceparents: string[],
  ],
  EnrollRow
>(
  'enrollment.enroll_free',
  // One statement for any number of people: each enrollment and its event, or neither. Enrolling again changes nothing, except
  // after leaving or a refund. Rows are written in the order given, which callers sort. The locks make a membership that ends at
  // this moment wait, or us for it: nobody gets in behind its back. Each course and cover is looked up by itself: the planner does
  // not know how few are asked for.
  `with asked as (
     select given.*, course.*, is_erased(given.user_id) as erased
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[]) with ordinality
       as given (id, user_id, course_id, learner_name, event_id, traceparent, place)
     cross join lateral (
       select slug, title, price_amount, price_currency, instructor_id, lesson_count from courses
       where courses.id = given.course_id and state = 'published' limit 1
     ) course
   ),
   covered as (
     select asked.place
     from asked
     cross join lateral (
       select from membership_subscriptions s
       join membership_plans p on p.id = s.plan_id
       join memberships m on m.id = p.membership_id
       where s.user_id = asked.user_id and s.entitled
         and (m.scope = 'catalogue' or (m.scope = 'seller' and asked.instructor_id = m.seller_id)
           or (m.scope = 'courses' and asked.course_id = any(m.course_ids)))
       limit 1 for share of s, m
     ) cover
     where asked.price_amount is not null
   ),
   granted as (
     insert into enrollments as e (id, user_id, course_id, reason, learner_name)
     select id, user_id, course_id, case when price_amount is null then 'free' else 'membership' end, learner_name
     from asked where not erased and (price_amount is null or place in (select place from covered)) order by place
     on conflict (user_id, course_id) do update
       set state = 'active', left_at = null, reason = excluded.reason, price_amount = null, last_activity_at = now(), learner_name = excluded.learner_name
       where e.state <> 'active'
     returning id, user_id, course_id, state, reason, enrolled_at, completed_at, certificate_id, completed_lessons
   ),
   said as (
     insert into outbox (id, type, subject, partition_key, data, traceparent)
     select asked.event_id, 'stoa.enrollment.access.granted.v1', granted.id::text, granted.id::text,
       jsonb_build_object('enrollmentId', granted.id, 'userId', granted.user_id, 'courseId', granted.course_id,
         'courseTitle', asked.title, 'courseSlug', asked.slug, 'reason', granted.reason), asked.traceparent
     from granted join asked on asked.user_id = granted.user_id and asked.course_id = granted.course_id
   )
   select asked.place, asked.price_amount, asked.price_currency, asked.erased, to_jsonb(granted) as granted, to_jsonb(existing) as existing,
     exists (select 1 from lesson_passes s where s.user_id = asked.user_id and s.course_id = asked.course_id)
       or (asked.lesson_count > 0 and coalesce(granted.completed_at, existing.completed_at) is null
         and coalesce(granted.completed_lessons, existing.completed_lessons, 0) >= asked.lesson_count) as is_owed
   from asked
   left join granted on granted.user_id = asked.user_id and granted.course_id = asked.course_id
   left join lateral (
     select id, course_id, state, reason, enrolled_at, completed_at, certificate_id, completed_lessons
     from enrollments where user_id = asked.user_id and course_id = asked.course_id and state = 'active' limit 1
   ) existing on true`,
);
export const findEnrollment = statement<[userId: string, courseId: string], EnrollmentRow>(
  'enrollment.find_enrollment',
  `select id, course_id, state, reason, enrolled_at, completed_at, certificate_id
   from enrollments where user_id = $1 and course_id = $2 and state = 'active'`,
);
const enrolled = crashPoint('enrollment.enroll.after_commit');

type Asked = { id: string; userId: string; courseId: string; name: string; eventId: string; traceparent: string };
const pairOf = ({ userId, courseId }: Asked) => `${userId} ${courseId}`;

/**
 * Gives a person access to a course that is free, or that a membership of theirs includes. However often and however parallel
 * it is asked for, there is one enrollment and one event. Someone who left comes back to their progress. What is asked for at
 * the same moment is written in one statement.
 * @throws not_signed_in, course_not_found, course_requires_purchase; invalid_token once the account is gone
 */
export function enroll(deps: Pick<Deps, 'db' | 'ids'>) {
  const enrollTogether = gather<Asked, EnrollRow | null>({
    most: 32,
    apart: pairOf,
    work: async (all) => {
      const sorted = all.toSorted((a, b) => (pairOf(a) < pairOf(b) ? -1 : 1));
      const rows = await deps.db.rows(enrollFree, [
        sorted.map(({ id }) => id),
        sorted.map(({ userId }) => userId),
        sorted.map(({ courseId }) => courseId),
        sorted.map(({ name }) => name),
        sorted.map(({ eventId }) => eventId),
        sorted.map(({ traceparent }) => traceparent),
      ]);
      const found = new Map(rows.map((row) => [sorted[row.place - 1], row]));
      return all.map((one) => found.get(one) ?? null);
    },
  });
  return async ({ courseId }: { courseId: string }, ctx: Ctx): Promise<Enrollment> => {
    const user = requireUser(ctx);
    const id = ctx.requestId ?? deps.ids.id();
    const asked = { id, userId: user.userId, courseId, name: user.name, eventId: deps.ids.id() };
    const row = await enrollTogether({ ...asked, traceparent: ctx.traceparent });
    enrolled();
    if (row?.erased) throw kernelErrors.invalid_token();
    const found = row?.granted ?? row?.existing;
    if (found && !row?.is_owed) return toEnrollment(found);
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
