import type { EnrollmentService } from '@stoa/contracts';
import type { Client, Ctx, Database, Text } from '@stoa/kernel';
import { listOutline, mayEdit, seeCourse } from './find-course.ts';
import { pickLanguage } from './show-course.ts';
import type { CourseRow, OutlineRow } from './tables.ts';

type Own = { db: Database; calls: { enrollment: Client<typeof EnrollmentService> } };
export type Access = Awaited<ReturnType<Client<typeof EnrollmentService>['getAccess']>>;

const enrollFirst: Text = {
  en: 'Enroll in the course to open this lesson.',
  'pt-BR': 'Matricule-se no curso para abrir esta aula.',
  es: 'Inscríbete en el curso para abrir esta lección.',
};
const buyFirst: Text = {
  en: 'Buy the course to open this lesson.',
  'pt-BR': 'Compre o curso para abrir esta aula.',
  es: 'Compra el curso para abrir esta lección.',
};

/** What the person has in the course; null for strangers. One call to enrollment. */
export async function accessOf({ calls }: Pick<Own, 'calls'>, courseId: string, ctx: Ctx): Promise<Access | null> {
  if (ctx.actor.kind !== 'user') return null;
  return calls.enrollment.getAccess({ userId: ctx.actor.userId, courseId }, ctx);
}

/** Looks up how far the person is in a lesson; null for people who are not enrolled. */
export function progressIn(access: Access | null) {
  const known = new Map(access?.lessons.map((lesson) => [lesson.lessonId, lesson]));
  return (lessonId: string): { state: string; positionSeconds: number } | null => {
    const lesson = known.get(lessonId);
    if (lesson) return { state: lesson.state, positionSeconds: lesson.positionSeconds };
    return access?.enrolled ? { state: 'not_started', positionSeconds: 0 } : null;
  };
}

/** Why a lesson is closed to this person, or null if it is open. */
export function lockOf(
  lesson: { preview: boolean },
  options: { course: CourseRow; access: Access | null; ctx: Ctx },
): { rule: 'enrollment' | 'purchase'; message: string; until: null } | null {
  if (lesson.preview || options.access?.enrolled || mayEdit(options.ctx, options.course)) return null;
  const priced = options.course.price_amount !== null;
  return {
    rule: priced ? 'purchase' : 'enrollment',
    message: (priced ? buyFirst : enrollFirst)[options.ctx.locale],
    until: null,
  };
}

type ShownLesson = ReturnType<typeof showLesson> & { progress: ReturnType<ReturnType<typeof progressIn>> };

/**
 * The outline of a course in order: modules with their lessons, each with what locks it for this person and why, and
 * how far the person is in it.
 * @throws course_not_found
 */
export function showOutline(own: Own) {
  return async (idOrSlug: string, ctx: Ctx) => {
    const course = await seeCourse(own.db, idOrSlug, ctx);
    const language = pickLanguage(ctx.locale, course.languages, course.language);
    const [rows, access] = await Promise.all([
      own.db.rows(listOutline, [course.id, language]),
      accessOf(own, course.id, ctx),
    ]);
    const progress = progressIn(access);
    const modules: { id: string; title: string; lessons: ShownLesson[] }[] = [];
    for (const row of rows) {
      let current = modules.at(-1);
      if (current?.id !== row.module_id) {
        current = { id: row.module_id, title: row.module_title, lessons: [] };
        modules.push(current);
      }
      current.lessons.push({ ...showLesson(row, lockOf(row, { course, access, ctx })), progress: progress(row.id) });
    }
    return {
      courseId: course.id,
      slug: course.slug,
      version: course.version,
      language,
      enrolled: access?.enrolled ?? false,
      lastLessonId: access?.lastLessonId || null,
      completedAt: access?.completedAt || null,
      certificateId: access?.certificateId || null,
      modules,
    };
  };
}

function showLesson(row: OutlineRow, lockedBy: ReturnType<typeof lockOf>) {
  return {
    id: row.id,
    title: row.title,
    path: row.path,
    kind: row.kind,
    durationSeconds: row.duration_seconds,
    completion: row.completion,
    graded: row.graded,
    preview: row.preview,
    locked: lockedBy !== null,
    lockedBy,
  };
}
