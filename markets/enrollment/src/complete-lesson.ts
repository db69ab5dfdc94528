import { type Ctx, crashPoint, type Deps, statement, type Transaction } from '@stoa/kernel';
import { encodeVerificationCode, formatVerificationCode } from './verification-code.ts';

const lock = statement<[userId: string, lessonId: string], { enrollment_id: string }>(
  'enrollment.lock_for_completion',
  // The enrollment's lock serializes completions of one person, so the last lesson sees all others. The share lock on
  // the course keeps its outline from changing in between.
  `select e.id as enrollment_id
   from lessons l join courses c on c.id = l.course_id
   join enrollments e on e.course_id = c.id and e.user_id = $1 and e.state = 'active'
   where l.id = $2 and l.removed_version is null
   for share of c for no key update of e`,
);

type CompleteParams = [
  enrollmentId: string,
  lessonId: string,
  certificateId: string,
  code: string,
  shownCode: string,
  lessonEventId: string,
  courseEventId: string,
  tokenName: string | null,
  locale: string,
  traceparent: string,
];
const complete = statement<CompleteParams, { completed: number }>(
  'enrollment.complete_lesson',
  `with lesson as (
     select l.id, c.id as course_id, c.slug, c.title, c.titles, c.instructor_name, c.version, c.lesson_count
     from lessons l join courses c on c.id = l.course_id where l.id = $2 and l.removed_version is null
   ),
   done as (
     insert into lesson_progress as p (enrollment_id, lesson_id, state, completed_at)
     select $1, lesson.id, 'completed', now() from lesson
     on conflict (enrollment_id, lesson_id) do update set state = 'completed', completed_at = now(), updated_at = now()
       where p.state <> 'completed'
     returning lesson_id
   ),
   counted as (
     update enrollments e set
       completed_lessons = e.completed_lessons + 1,
       last_lesson_id = $2, last_activity_at = now(),
       completed_at = case when e.completed_at is null and e.completed_lessons + 1 >= lesson.lesson_count
         then now() else e.completed_at end,
       completed_version = case when e.completed_at is null and e.completed_lessons + 1 >= lesson.lesson_count
         then lesson.version else e.completed_version end,
       certificate_id = case when e.completed_at is null and e.completed_lessons + 1 >= lesson.lesson_count
         then $3 else e.certificate_id end
     from done, lesson where e.id = $1
     returning e.id, e.user_id, e.course_id, e.learner_name, e.completed_at, e.certificate_id = $3::uuid as finished
   ),
   certified as (
     insert into certificates (id, enrollment_id, user_id, course_id, code, holder_name, course_title, instructor_name,
       locale, time_zone, completed_at)
     select $3, counted.id, counted.user_id, counted.course_id, $4,
       coalesce(nullif(people.name, ''), nullif($8, ''), counted.learner_name),
       coalesce(lesson.titles ->> coalesce(people.locale, $9), lesson.title), lesson.instructor_name,
       coalesce(people.locale, $9), coalesce(people.time_zone, 'UTC'), counted.completed_at
     from counted cross join lesson left join people on people.user_id = counted.user_id
     where counted.finished
   ),
   said as (
     insert into outbox (id, type, subject, partition_key, data, traceparent)
     select event.id, event.type, event.subject, counted.id::text, event.data, $10
     from counted cross join lesson cross join lateral (values
       (1, $6::uuid, 'stoa.enrollment.lesson.completed.v1', ($2::uuid)::text, jsonb_build_object(
         'enrollmentId', counted.id, 'userId', counted.user_id, 'courseId', counted.course_id, 'lessonId', $2::uuid)),
       (2, $7::uuid, 'stoa.enrollment.course.completed.v1', counted.course_id::text, jsonb_build_object(
         'enrollmentId', counted.id, 'userId', counted.user_id, 'courseId', counted.course_id,
         'courseTitle', lesson.title, 'courseSlug', lesson.slug, 'certificateId', $3::uuid,
         'verificationCode', $5::text,
         'completedAt', to_char(counted.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
     ) as event (place, id, type, subject, data)
     where event.place = 1 or counted.finished
     order by event.place
   )
   select count(*)::int as completed from counted`,
);
const beforeCommit = crashPoint('enrollment.complete_lesson.before_commit');

/**
 * Marks a lesson as completed for a person and, when it was the last one, the course: progress, counters, certificate
 * and events in the caller's transaction. A completed lesson stays as it is; without access nothing happens.
 * @returns true if the person has access to the lesson
 */
export async function completeLesson(
  tx: Transaction,
  deps: Pick<Deps, 'ids'>,
  { userId, lessonId }: { userId: string; lessonId: string },
  ctx: Ctx,
): Promise<boolean> {
  const enrollment = await tx.row(lock, [userId, lessonId]);
  if (!enrollment) return false;
  await tx.row(complete, [
    enrollment.enrollment_id,
    lessonId,
    ...newCertificate(deps),
    deps.ids.id(),
    deps.ids.id(),
    ctx.actor.kind === 'user' ? ctx.actor.name : null,
    ctx.locale,
    ctx.traceparent,
  ]);
  beforeCommit();
  return true;
}

/** Id, code and shown code of a certificate that may be issued. */
export function newCertificate(deps: Pick<Deps, 'ids'>): [id: string, code: string, shown: string] {
  const code = encodeVerificationCode(Buffer.from(deps.ids.token(16), 'base64url'));
  return [deps.ids.id(), code, formatVerificationCode(code)];
}
