import type { CoursesService, EnrollmentService } from '@stoa/contracts';
import { type Client, type Ctx, type Database, ExpectedError, hasRole, serviceCtx } from '@stoa/kernel';
import { errors } from './errors.ts';
import { findProblem, type ProblemRow } from './tables.ts';

/** What problems need: their tables, the one question to enrollment, and whose a course is that was never published. */
export type ProblemDeps = {
  db: Database;
  calls: { enrollment: Client<typeof EnrollmentService>; courses: Client<typeof CoursesService> };
};

/** Id of the person who asks, `null` for a visitor. */
export function personOf(ctx: Ctx): string | null {
  return ctx.actor.kind === 'user' ? ctx.actor.userId : null;
}

/**
 * A problem the person may work on, with what they have done on it.
 * @throws problem_not_found, problem_not_open
 */
export async function openProblem(deps: ProblemDeps, problemId: string, ctx: Ctx): Promise<ProblemRow> {
  const row = await deps.db.row(findProblem, [problemId, personOf(ctx)]);
  if (row === undefined) throw errors.problem_not_found();
  await requireOpen(deps, row, ctx);
  return row;
}

/**
 * Lets through whoever may see the lesson of a problem: anyone if it is a preview, those who teach the course, and
 * everybody enrolled in it.
 * @throws problem_not_open
 */
export async function requireOpen(
  deps: ProblemDeps,
  lesson: Pick<ProblemRow, 'course_id' | 'preview' | 'published' | 'instructor_id'>,
  ctx: Ctx,
): Promise<void> {
  if (lesson.preview === true && lesson.published === true) return;
  const userId = personOf(ctx);
  if (hasRole(ctx, 'admin') || (userId !== null && userId === lesson.instructor_id)) return;
  if (userId === null) throw errors.problem_not_open();
  // Courses are heard of when they are published; until then only courses knows whose they are.
  const isUnheard = lesson.published === null && hasRole(ctx, 'instructor');
  if (isUnheard && (await teaches(deps, { userId, courseId: lesson.course_id }, ctx))) return;
  const access = await deps.calls.enrollment.getAccess({ userId, courseId: lesson.course_id }, ctx);
  if (!access.enrolled) throw errors.problem_not_open();
}

async function teaches(
  { calls }: Pick<ProblemDeps, 'calls'>,
  { userId, courseId }: { userId: string; courseId: string },
  ctx: Ctx,
): Promise<boolean> {
  const asking = serviceCtx('assessment', { traceparent: ctx.traceparent, locale: ctx.locale });
  try {
    return (await calls.courses.getOutline({ courseId }, asking)).course?.instructorId === userId;
  } catch (error) {
    if (error instanceof ExpectedError && error.definition.status === 404) return false;
    throw error;
  }
}
