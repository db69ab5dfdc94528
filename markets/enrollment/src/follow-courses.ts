import { CourseArchived, CoursePublished, LessonPassed } from '@stoa/contracts';
import { type Ctx, type Deps, on, type Received, statement, type Transaction } from '@stoa/kernel';
import { applyPassesIn } from './apply-passes.ts';
import { completeLesson } from './complete-lesson.ts';
import { finishCourses } from './finish-courses.ts';

type CourseParams = [
  id: string,
  slug: string,
  title: string,
  titles: string,
  language: string,
  priceAmount: number | null,
  priceCurrency: string | null,
  instructorId: string,
  instructorName: string,
  version: number,
  durationSeconds: number,
  lessonCount: number,
  state: 'published' | 'archived',
];
const putCourse = statement<CourseParams, { id: string }>(
  'enrollment.put_course',
  `insert into courses as c (id, slug, title, titles, language, price_amount, price_currency, instructor_id,
     instructor_name, state, version, duration_seconds, lesson_count)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $13, $10, $11, $12)
   on conflict (id) do update set slug = excluded.slug, title = excluded.title, titles = excluded.titles,
     language = excluded.language, price_amount = excluded.price_amount, price_currency = excluded.price_currency,
     instructor_id = excluded.instructor_id, instructor_name = excluded.instructor_name, state = excluded.state,
     version = excluded.version, duration_seconds = excluded.duration_seconds, lesson_count = excluded.lesson_count,
     updated_at = now()
     where c.version <= excluded.version
   returning id`,
);
const putLessons = statement<[courseId: string, version: number, lessons: string], { removed: number; added: number }>(
  'enrollment.put_lessons',
  `with incoming as (
     select (lesson ->> 'id')::uuid as id, lesson ->> 'title' as title, lesson ->> 'kind' as kind,
       lesson ->> 'completion' as completion, (lesson ->> 'durationSeconds')::int as duration_seconds,
       (lesson ->> 'mediaSeconds')::int as media_seconds, place::int as place
     from jsonb_array_elements($3::jsonb) with ordinality as given (lesson, place)
   ),
   gone as (
     update lessons set removed_version = $2
     where course_id = $1 and removed_version is null and id not in (select id from incoming) returning id
   ),
   known as (select l.id, l.removed_version from lessons l join incoming using (id)),
   put as (
     insert into lessons as l (id, course_id, title, kind, completion, duration_seconds, media_seconds, place, first_version)
     select id, $1, title, kind, completion, duration_seconds, media_seconds, place, $2 from incoming
     on conflict (id) do update set title = excluded.title, kind = excluded.kind, completion = excluded.completion,
       duration_seconds = excluded.duration_seconds, media_seconds = excluded.media_seconds, place = excluded.place,
       first_version = case when l.removed_version is null then l.first_version else $2 end,
       removed_version = null
     returning id
   )
   select (select count(*)::int from gone) as removed,
     (select count(*)::int from put where id not in (select id from known where removed_version is null)) as added`,
);
const lockLearners = statement<[courseId: string], never>(
  'enrollment.lock_learners',
  'select from enrollments where course_id = $1 order by id for no key update',
);
const recount = statement<[courseId: string], never>(
  'enrollment.recount_lessons',
  `update enrollments e set completed_lessons = counted.n
   from (
     select e2.id, count(p.lesson_id)::int as n
     from enrollments e2
     left join (lesson_progress p join lessons l on l.id = p.lesson_id and l.removed_version is null)
       on p.enrollment_id = e2.id and p.state = 'completed'
     where e2.course_id = $1 group by e2.id
   ) counted
   where counted.id = e.id and e.completed_lessons <> counted.n`,
);
const archiveCourse = statement<[courseId: string], never>(
  'enrollment.archive_course',
  "update courses set state = 'archived', updated_at = now() where id = $1",
);
const notePass = statement<[userId: string, lessonId: string, courseId: string], never>(
  'enrollment.note_pass',
  'insert into lesson_passes (user_id, lesson_id, course_id) select $1, $2, $3 where not is_erased($1) on conflict do nothing',
);

type Published = Received<typeof CoursePublished.data>['data'];
type Told = { course: NonNullable<Published['course']>; lessons: Published['lessons'] };

const completions = new Set(['viewed', 'watched', 'passed']);

/**
 * Keeps the local copy of courses, and the promises that hang on it: when lessons go, whoever has now completed all that
 * remain has completed the course; when lessons come, those who completed the course before keep it. A course that was
 * archived goes on changing for those who are in it, and lets nobody new in.
 */
export function followCourses(deps: Pick<Deps, 'ids'>) {
  const finishLearners = async (tx: Transaction, courseId: string, ctx: Ctx): Promise<void> => {
    // Locked first and counted in a second statement, which sees what the lock waited for.
    await tx.rows(lockLearners, [courseId]);
    await tx.run(recount, [courseId]);
    await finishCourses(tx, deps, { courseId, userId: null }, ctx);
  };

  const keepCourse = async (
    tx: Transaction,
    { course, lessons, state }: Told & { state: 'published' | 'archived' },
    ctx: Ctx,
  ): Promise<void> => {
    const known = await tx.row(putCourse, [
      course.id,
      course.slug,
      course.title,
      JSON.stringify(course.titles),
      course.language,
      course.price && course.price.amount > 0n ? Number(course.price.amount) : null,
      course.price && course.price.amount > 0n ? course.price.currency : null,
      course.instructorId,
      course.instructorName,
      course.version,
      course.durationSeconds,
      lessons.length,
      state,
    ]);
    // A repeat of an older version: what is here is newer.
    if (!known) return;
    const given = lessons.map(({ id, title, kind, completion, durationSeconds, mediaSeconds }) => ({
      id,
      title,
      kind,
      completion: completions.has(completion) ? completion : 'viewed',
      durationSeconds,
      mediaSeconds,
    }));
    const changed = await tx.row(putLessons, [course.id, course.version, JSON.stringify(given)]);
    if (!changed || changed.removed + changed.added === 0) return;
    await finishLearners(tx, course.id, ctx);
    if (changed.added > 0) await applyPassesIn(tx, deps, { courseId: course.id, userId: null }, ctx);
  };

  return [
    on(CoursePublished, async ({ data }: Received<typeof CoursePublished.data>, tx, ctx) => {
      const { course, lessons } = data;
      if (!course) throw new Error('CoursePublished without a course');
      await keepCourse(tx, { course, lessons, state: 'published' }, ctx);
    }),
    on(CourseArchived, async ({ data }: Received<typeof CourseArchived.data>, tx, ctx) => {
      const { course, lessons, courseId } = data;
      // What was said before it came with the outline.
      if (!course) await tx.run(archiveCourse, [courseId]);
      else await keepCourse(tx, { course, lessons, state: 'archived' }, ctx);
    }),
    on(LessonPassed, async ({ data }, tx, ctx) => {
      await tx.run(notePass, [data.userId, data.lessonId, data.courseId]);
      await completeLesson(tx, deps, { userId: data.userId, lessonId: data.lessonId }, ctx);
    }),
  ];
}
