import { LessonPassed } from '@stoa/contracts';
import { type Ctx, emit, type Ids, statement, type Transaction } from '@stoa/kernel';

// Two problems of a lesson passed at the same moment must see each other, and so must a problem passed while its lesson
// is being imported again; otherwise the last one to finish would find the lesson not yet passed and nobody would say so.
const lockForLearner = statement<[lessonId: string, userId: string], never>(
  'assessment.lock_lesson_of_learner',
  `select pg_advisory_xact_lock_shared(hashtextextended('assessment lesson ' || $1::text, 0)),
     pg_advisory_xact_lock(hashtextextended('assessment lesson ' || $1::text || ' ' || $2::text, 0))`,
);
const lockForAuthor = statement<[lessonId: string], never>(
  'assessment.lock_lesson',
  `select pg_advisory_xact_lock(hashtextextended('assessment lesson ' || $1::text, 0))`,
);
const recordPassed = statement<[lessonId: string, userId: string | null], { user_id: string; course_id: string }>(
  'assessment.record_passed_lessons',
  // The lock: whoever is being forgotten at this moment has passed nothing, or is forgotten once this is written.
  `with wanted as (
     select id, course_id from problems where lesson_id = $1 and gradable and removed_at is null
   ), passed as (
     select s.user_id, wanted.course_id
     from wanted join problem_states s on s.problem_id = wanted.id
     where s.passed_at is not null and ($2::uuid is null or s.user_id = $2)
       and not exists (select from lesson_results r where r.user_id = s.user_id and r.lesson_id = $1)
     for key share of s
   )
   insert into lesson_results (user_id, lesson_id, course_id)
   select user_id, $1, min(course_id::text)::uuid from passed
   group by user_id
   having count(*) = (select count(*) from wanted)
   on conflict (user_id, lesson_id) do nothing
   returning user_id, course_id`,
);

/** First statement of a transaction in which a person may pass a lesson. */
export async function lockLessonOfLearner(tx: Transaction, lessonId: string, userId: string): Promise<void> {
  await tx.run(lockForLearner, [lessonId, userId]);
}

/** First statement of a transaction that changes which problems a lesson has. */
export async function lockLesson(tx: Transaction, lessonId: string): Promise<void> {
  await tx.run(lockForAuthor, [lessonId]);
}

/**
 * Records who has passed all gradable problems of a lesson, and says so once per person and lesson.
 * @param userId one person, or `null` for everybody (after the lesson's problems changed)
 */
export async function passLesson(
  deps: { ids: Ids },
  tx: Transaction,
  lesson: { lessonId: string; userId: string | null },
  ctx: Ctx,
): Promise<void> {
  for (const passed of await tx.rows(recordPassed, [lesson.lessonId, lesson.userId])) {
    await emit(tx, ctx, deps.ids, {
      event: LessonPassed,
      aggregate: workOf(lesson.lessonId, passed.user_id),
      data: { userId: passed.user_id, courseId: passed.course_id, lessonId: lesson.lessonId },
    });
  }
}

/** The aggregate of assessment events: one person's work on one lesson. Its events arrive in order. */
export function workOf(lessonId: string, userId: string): string {
  return `${lessonId}/${userId}`;
}
