import { type Ctx, type Deps, statement, type Transaction } from '@stoa/kernel';
import { isErased } from './erased-people.ts';
import { announceCourse } from './publish-course.ts';
import { searchTextOf } from './search-text.ts';
import type { CourseRow } from './tables.ts';

const lockOutdated = statement<
  [instructorId: string, name: string],
  Pick<CourseRow, 'id' | 'title' | 'summary' | 'translations'>
>(
  'courses.lock_courses_to_rename',
  `select id, title, summary, translations from courses where instructor_id = $1 and instructor_name <> $2
   order by id for no key update`,
);
const rename = statement<[id: string, name: string, search: string], never>(
  'courses.rename_instructor',
  `update courses set instructor_name = $2, search_text = $3, version = version + 1, updated_at = now() where id = $1`,
);
const renameSeller = statement<[sellerId: string, name: string], never>(
  'courses.rename_seller',
  // Nobody is told: what others know of a membership is not whose name it bears.
  'update memberships set seller_name = $2 where seller_id = $1 and seller_name <> $2',
);

/**
 * Puts a person's new name on the courses they teach and the memberships they sell: what is shown, what is searched, and what others know of
 * those that were ever published.
 */
export function renameInstructor({ ids }: Pick<Deps, 'ids'>) {
  return async (tx: Transaction, { userId, name }: { userId: string; name: string }, ctx: Ctx): Promise<void> => {
    // Their courses name nobody any more, whatever is heard again.
    if (await isErased(tx, userId)) return;
    for (const course of await tx.rows(lockOutdated, [userId, name])) {
      await tx.run(rename, [course.id, name, searchTextOf({ ...course, instructorName: name })]);
      await announceCourse(tx, course.id, { ctx, ids });
    }
    await tx.run(renameSeller, [userId, name]);
  };
}
