import { CourseArchived, CoursePublished, UserDeleted } from '@stoa/contracts';
import { on, type Received, type Subscription, statement, type Transaction } from '@stoa/kernel';
import { noteErased } from './erased-people.ts';

const saveCourse = statement<[id: string, language: string, instructorId: string | null, published: boolean], never>(
  'assessment.save_course',
  `insert into courses (id, language, instructor_id, published) values ($1, $2, $3, $4)
   on conflict (id) do update set language = excluded.language, instructor_id = excluded.instructor_id, published = excluded.published`,
);
const saveLessons = statement<[courseId: string, ids: string[], previews: boolean[]], never>(
  'assessment.save_lessons',
  `insert into lessons (id, course_id, preview)
   select given.id, $1, given.preview from unnest($2::uuid[], $3::boolean[]) as given (id, preview)
   on conflict (id) do update set course_id = excluded.course_id, preview = excluded.preview`,
);
const forgetLessons = statement<[courseId: string, kept: string[]], never>(
  'assessment.forget_lessons',
  'delete from lessons where course_id = $1 and id <> all($2::uuid[])',
);
const archiveCourse = statement<[id: string], never>(
  'assessment.archive_course',
  'update courses set published = false where id = $1',
);
const eraseAttempts = statement<[userId: string], never>(
  'assessment.erase_attempts',
  'delete from attempts where user_id = $1',
);
const eraseStates = statement<[userId: string], never>(
  'assessment.erase_states',
  'delete from problem_states where user_id = $1',
);
const eraseResults = statement<[userId: string], never>(
  'assessment.erase_results',
  'delete from lesson_results where user_id = $1',
);

type Published = Received<typeof CoursePublished.data>['data'];
type Told = { course: NonNullable<Published['course']>; lessons: Published['lessons'] };

async function keepCourse(tx: Transaction, { course, lessons }: Told): Promise<void> {
  await tx.run(saveCourse, [course.id, course.language, course.instructorId || null, course.state === 'published']);
  const ids = lessons.map((lesson) => lesson.id);
  await tx.run(forgetLessons, [course.id, ids]);
  await tx.run(saveLessons, [course.id, ids, lessons.map((lesson) => lesson.preview)]);
}

/** What assessment hears: the facts of courses it needs to show problems, and people who leave. */
export const subscriptions: readonly Subscription[] = [
  on(CoursePublished, async ({ data: { course, lessons } }, tx) => {
    if (course) await keepCourse(tx, { course, lessons });
  }),
  on(CourseArchived, async ({ data: { courseId, course, lessons } }, tx) => {
    // What was said before it came with the outline.
    if (!course) await tx.run(archiveCourse, [courseId]);
    else await keepCourse(tx, { course, lessons });
  }),
  on(UserDeleted, async ({ data, time }, tx) => {
    await noteErased(tx, { userId: data.userId, at: time });
    await tx.run(eraseAttempts, [data.userId]);
    await tx.run(eraseStates, [data.userId]);
    await tx.run(eraseResults, [data.userId]);
  }),
];
