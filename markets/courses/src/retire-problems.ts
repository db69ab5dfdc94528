import type { AssessmentService } from '@stoa/contracts';
import { type Client, type Ctx, type Database, defineJob, statement } from '@stoa/kernel';
import { withCourseLock } from './course-lock.ts';

/** Retires the problems of lessons that were removed; queued in the transaction that removes them. */
export const RetireProblems = defineJob<{ courseId: string; lessonIds: string[] }>('retire-problems');

const existingLessons = statement<[ids: string[]], { id: string }>(
  'courses.list_existing_lessons',
  'select id from lessons where id = any($1::uuid[])',
);

type Own = { db: Database; calls: { assessment: Client<typeof AssessmentService> } };

/** Tells assessment that the problems of these lessons are gone, unless an import has brought a lesson back meanwhile. */
export function retireProblems({ db, calls }: Own) {
  return ({ courseId, lessonIds }: { courseId: string; lessonIds: string[] }, ctx: Ctx): Promise<void> =>
    withCourseLock(db, courseId, async () => {
      const back = new Set((await db.rows(existingLessons, [lessonIds])).map((row) => row.id));
      for (const lessonId of lessonIds) {
        if (!back.has(lessonId)) await calls.assessment.putProblems({ courseId, lessonId, problems: [] }, ctx);
      }
    });
}
