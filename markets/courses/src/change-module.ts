import { type Ctx, type Deps, requireRole, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import { editModule } from './find-course.ts';
import { announceCourse } from './publish-course.ts';
import { countLessons } from './write-lesson.ts';

const listModules = statement<[courseId: string], { id: string; title: string; shown: boolean }>(
  'courses.list_modules',
  `select id, title, exists (select 1 from lessons where module_id = m.id) as shown
   from modules m where course_id = $1 order by position`,
);
const renameModule = statement<[id: string, title: string], never>(
  'courses.rename_module',
  'update modules set title = $2 where id = $1',
);
const placeModules = statement<[courseId: string, ids: string[]], never>(
  'courses.place_modules',
  `update modules m set position = own.place
   from unnest($2::uuid[]) with ordinality as own (id, place) where m.id = own.id and m.course_id = $1`,
);

type ModuleChange = { title?: string | undefined; position?: number | undefined };
type ChangedModule = { id: string; courseId: string; title: string; position: number };

/**
 * Gives a module another title or another place among the modules of its course, counted from 1 as the outline shows
 * them; a place behind the last is the last. The place is told and not the way there, so asking twice moves it once.
 * @throws not_allowed, module_not_found
 */
export function changeModule({ db, ids }: Pick<Deps, 'db' | 'ids'>) {
  return async (id: string, change: ModuleChange, ctx: Ctx): Promise<ChangedModule> => {
    requireRole(ctx, 'instructor');
    return db.transaction(async (tx) => {
      const { id: courseId } = await editModule(tx, id, ctx);
      const before = await tx.rows(listModules, [courseId]);
      const module = before.find((one) => one.id === id);
      if (!module) throw errors.module_not_found();
      const title = change.title ?? module.title;
      const order = movedTo(before, module, change.position);
      const changed: ChangedModule = { id, courseId, title, position: order.indexOf(id) + 1 };
      const isMoved = order.some((one, index) => one !== before[index]?.id);
      if (title === module.title && !isMoved) return changed;
      if (title !== module.title) await tx.run(renameModule, [id, title]);
      if (isMoved) await tx.run(placeModules, [courseId, order]);
      await tx.run(countLessons, [courseId]);
      await announceCourse(tx, courseId, { ctx, ids });
      return changed;
    });
  };
}

type Placed = { id: string; shown: boolean };

/** The ids of all modules with one at a place of the outline. Those without lessons are in no outline and go last. */
function movedTo(modules: readonly Placed[], module: Placed, position: number | undefined): string[] {
  if (position === undefined) return modules.map(({ id }) => id);
  const isOutlined = (one: Placed) => one.shown || one.id === module.id;
  const others = modules.filter((one) => isOutlined(one) && one.id !== module.id);
  const outlined = others.toSpliced(position - 1, 0, module);
  return [...outlined, ...modules.filter((one) => !isOutlined(one))].map(({ id }) => id);
}
