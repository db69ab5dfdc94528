import { type Ctx, type Deps, statement, type Transaction } from '@stoa/kernel';
import { newCertificate } from './complete-lesson.ts';

const nowFinished = statement<[courseId: string, userId: string | null], { id: string }>(
  'enrollment.now_finished',
  `select e.id from enrollments e join courses c on c.id = e.course_id
   where c.id = $1 and ($2::uuid is null or e.user_id = $2) and e.state = 'active' and e.completed_at is null
     and c.lesson_count > 0 and e.completed_lessons >= c.lesson_count
   order by e.id`,
);
const finishCourse = statement<
  [
    enrollmentId: string,
    certificateId: string,
    code: string,
    shownCode: string,
    eventId: string,
    locale: string,
    traceparent: string,
  ],
  never
>(
  'enrollment.finish_course',
  `with finished as (
     update enrollments e set completed_at = now(), completed_version = c.version, certificate_id = $2
     from courses c where e.id = $1 and c.id = e.course_id and e.completed_at is null
     returning e.id, e.user_id, e.course_id, e.learner_name, e.completed_at, c.slug, c.title, c.titles, c.instructor_name
   ),
   certified as (
     insert into certificates (id, enrollment_id, user_id, course_id, code, holder_name, course_title, instructor_name,
       locale, time_zone, completed_at)
     select $2, f.id, f.user_id, f.course_id, $3, coalesce(nullif(people.name, ''), f.learner_name),
       coalesce(f.titles ->> coalesce(people.locale, $6), f.title), f.instructor_name,
       coalesce(people.locale, $6), coalesce(people.time_zone, 'UTC'), f.completed_at
     from finished f left join people on people.user_id = f.user_id
   )
   insert into outbox (id, type, subject, partition_key, data, traceparent)
   select $5, 'stoa.enrollment.course.completed.v1', f.course_id::text, f.id::text, jsonb_build_object(
     'enrollmentId', f.id, 'userId', f.user_id, 'courseId', f.course_id, 'courseTitle', f.title, 'courseSlug', f.slug,
     'certificateId', $2::uuid, 'verificationCode', $4::text,
     'completedAt', to_char(f.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), $7
   from finished f`,
);

/**
 * Completes a course, with certificate and event, for those who have access and have completed every lesson that it has,
 * without there being a last one to complete: lessons were removed, perhaps while they were away. `userId` null means everyone.
 */
export async function finishCourses(
  tx: Transaction,
  deps: Pick<Deps, 'ids'>,
  { courseId, userId }: { courseId: string; userId: string | null },
  ctx: Ctx,
): Promise<void> {
  for (const { id } of await tx.rows(nowFinished, [courseId, userId])) {
    await tx.run(finishCourse, [id, ...newCertificate(deps), deps.ids.id(), ctx.locale, ctx.traceparent]);
  }
}
