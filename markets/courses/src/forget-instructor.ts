import { type Ctx, type Deps, parseLocale, statement, type Text, type Transaction } from '@stoa/kernel';
import { findMembership } from './membership-tables.ts';
import { announceCourse } from './publish-course.ts';
import { announceMembership } from './publish-membership.ts';
import { searchTextOf } from './search-text.ts';
import type { CourseRow } from './tables.ts';

/** Who stands on a course whose instructor asked to be forgotten, in the language of the course. */
const anonymousAuthor: Text = { en: 'Anonymous author', 'pt-BR': 'Autoria anônima', es: 'Autoría anónima' };

type Taught = Pick<CourseRow, 'id' | 'title' | 'summary' | 'translations' | 'language'>;
const lockTaught = statement<[instructorId: string], Taught>(
  'courses.lock_courses_of_instructor',
  `select id, title, summary, translations, language from courses where instructor_id = $1
   order by id for no key update`,
);
const takeNameOff = statement<[id: string, name: string, search: string], never>(
  'courses.take_name_off_course',
  `update courses set instructor_name = $2, search_text = $3, version = version + 1, updated_at = now() where id = $1`,
);
const archive = statement<[id: string], never>(
  'courses.archive_forgotten',
  `update courses set state = 'archived', version = version + 1, updated_at = now()
   where id = $1 and state <> 'archived'`,
);
const archiveBundles = statement<[sellerId: string], never>(
  'courses.archive_bundles_of_seller',
  "update bundles set state = 'archived', updated_at = now() where seller_id = $1 and state <> 'archived'",
);
const archiveMemberships = statement<[sellerId: string], { id: string }>(
  'courses.archive_memberships_of_seller',
  `update memberships set state = 'archived', seller_name = '', version = version + 1, updated_at = now()
   where seller_id = $1 returning id`,
);
const forgetImports = statement<[instructorId: string], never>(
  'courses.forget_imports',
  // With the names of their files. The files themselves go with the next sweep, which finds no import that needs them.
  'delete from imports where instructor_id = $1',
);
const forgetRequester = statement<[userId: string], never>(
  'courses.forget_who_asked_for_imports',
  'update imports set requested_by = null where requested_by = $1',
);

/**
 * Forgets a person who taught. What was ever in the catalogue leaves it, so that nothing is sold in their name any more,
 * and stays with everybody who has it: they paid for it or were promised it. It then bears no name. Drafts, bundles and
 * memberships are put away the same way, imports are deleted. Administrators can still open all of it.
 *
 * The person's id stays on what they made: nobody's name hangs on it once identity has forgotten them, and the books of
 * payments, which the law says have to be kept, refer to it.
 */
export function forgetInstructor({ ids }: Pick<Deps, 'ids'>) {
  return async (tx: Transaction, { userId }: { userId: string }, ctx: Ctx): Promise<void> => {
    for (const course of await tx.rows(lockTaught, [userId])) {
      const instructorName = anonymousAuthor[parseLocale(course.language) ?? 'en'];
      await tx.run(takeNameOff, [course.id, instructorName, searchTextOf({ ...course, instructorName })]);
      // Others keep a copy of the name: they hear of the change before they hear that the course is gone.
      await announceCourse(tx, course.id, { ctx, ids });
      const archived = await tx.run(archive, [course.id]);
      if (archived > 0) await announceCourse(tx, course.id, { ctx, ids });
    }
    await tx.run(archiveBundles, [userId]);
    for (const { id } of await tx.rows(archiveMemberships, [userId])) {
      const membership = await findMembership(tx, id);
      if (membership) await announceMembership(tx, membership, { ctx, ids });
    }
    await tx.run(forgetImports, [userId]);
    await tx.run(forgetRequester, [userId]);
  };
}
