import { type Ctx, type Deps, requireRole, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import { editLesson } from './find-course.ts';
import { announceCourse } from './publish-course.ts';
import { countLessons, dropEmptyModule } from './write-lesson.ts';

const listPlaces = statement<[courseId: string], { id: string; module_id: string }>(
  'courses.list_places',
  `select l.id, l.module_id from lessons l join modules m on m.id = l.module_id
   where l.course_id = $1 order by m.position, l.position`,
);
const findTarget = statement<[id: string, courseId: string], { id: string }>(
  'courses.find_module_of_course',
  'select id from modules where id = $1 and course_id = $2',
);
// Titles between a module and its lesson in sources that nest deeper are the module's, and stay behind.
const putIntoModule = statement<[id: string, moduleId: string], never>(
  'courses.put_into_module',
  `update lessons set module_id = $2, path = '{}' where id = $1`,
);
const placeLessons = statement<[courseId: string, ids: string[]], never>(
  'courses.place_lessons',
  `update lessons l set position = own.place
   from unnest($2::uuid[]) with ordinality as own (id, place) where l.id = own.id and l.course_id = $1`,
);

type LessonPlace = { moduleId?: string | undefined; position: number };
type PlacedLesson = { id: string; courseId: string; moduleId: string; position: number };

/**
 * Puts a lesson at a place of its module or of another one of its course, counted from 1; a place behind the last is the
 * last. A module that is empty then goes, as when its last lesson is removed. The place is told and not the way there, so
 * asking twice moves it once; what the lesson says stays as it is, and so does its version.
 * @throws not_allowed, lesson_not_found, module_not_found (also one of another course)
 */
export function moveLesson({ db, ids }: Pick<Deps, 'db' | 'ids'>) {
  return async (id: string, { moduleId, position }: LessonPlace, ctx: Ctx): Promise<PlacedLesson> => {
    requireRole(ctx, 'instructor');
    return db.transaction(async (tx) => {
      const { lesson, course } = await editLesson(tx, id, ctx);
      const target = moduleId ?? lesson.module_id;
      if (!(await tx.row(findTarget, [target, course.id]))) throw errors.module_not_found();
      const before = await tx.rows(listPlaces, [course.id]);
      const others = before.filter((one) => one.id !== id);
      const neighbours = others.filter((one) => one.module_id === target).map((one) => one.id);
      const inModule = neighbours.toSpliced(position - 1, 0, id);
      const placed: PlacedLesson = { id, courseId: course.id, moduleId: target, position: inModule.indexOf(id) + 1 };
      const order = [...others.filter((one) => one.module_id !== target).map((one) => one.id), ...inModule];
      const was = before.filter((one) => one.module_id === target).map((one) => one.id);
      if (target === lesson.module_id && inModule.every((one, index) => one === was[index])) return placed;
      if (target !== lesson.module_id) await tx.run(putIntoModule, [id, target]);
      // Which modules come first is theirs to say: only the order within one counts.
      await tx.run(placeLessons, [course.id, order]);
      await tx.run(dropEmptyModule, [lesson.module_id]);
      await tx.run(countLessons, [course.id]);
      await announceCourse(tx, course.id, { ctx, ids });
      return placed;
    });
  };
}
