import type { Ctx, Deps } from '@stoa/kernel';
import { statement, type Transaction } from '@stoa/kernel';
import { completeLesson } from './complete-lesson.ts';
import { finishCourses } from './finish-courses.ts';

const waitingPasses = statement<[courseId: string, userId: string | null], { user_id: string; lesson_id: string }>(
  'enrollment.waiting_passes',
  `select s.user_id, s.lesson_id
   from lesson_passes s
   join lessons l on l.id = s.lesson_id and l.removed_version is null
   join enrollments e on e.user_id = s.user_id and e.course_id = l.course_id and e.state = 'active'
   left join lesson_progress p on p.enrollment_id = e.id and p.lesson_id = l.id
   where s.course_id = $1 and ($2::uuid is null or s.user_id = $2) and p.state is distinct from 'completed'`,
);

/**
 * Gives passes their effect that came before the lesson or the enrollment was known here: events of different contexts
 * have no order among them. And completes the course for somebody who comes back and finds that they had completed all
 * that is left of it.
 */
export async function applyPasses(
  deps: Pick<Deps, 'db' | 'ids'>,
  { courseId, userId }: { courseId: string; userId: string },
  ctx: Ctx,
): Promise<void> {
  await deps.db.transaction((tx) => applyPassesIn(tx, deps, { courseId, userId }, ctx));
}

/** The same in a transaction that is already open; `userId` null means everyone. */
export async function applyPassesIn(
  tx: Transaction,
  deps: Pick<Deps, 'ids'>,
  { courseId, userId }: { courseId: string; userId: string | null },
  ctx: Ctx,
): Promise<void> {
  for (const row of await tx.rows(waitingPasses, [courseId, userId])) {
    await completeLesson(tx, deps, { userId: row.user_id, lessonId: row.lesson_id }, ctx);
  }
  await finishCourses(tx, deps, { courseId, userId }, ctx);
}
