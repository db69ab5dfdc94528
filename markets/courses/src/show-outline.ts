import type { EnrollmentService } from '@stoa/contracts';
import { type Client, type Ctx, constantAnswer, type Database, type Locale, type Text } from '@stoa/kernel';
import { errors } from './errors.ts';
import { findCourseById, listOutline, mayEdit, seeRevision } from './find-course.ts';
import { keepAnswers } from './kept-answers.ts';
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
): Lock | null {
  if (options.access?.enrolled || mayEdit(options.ctx, options.course)) return null;
  return lockForStrangers(lesson, options.course, options.ctx.locale);
}

type Lock = { rule: 'enrollment' | 'purchase'; message: string; until: null };

function lockForStrangers(lesson: { preview: boolean }, course: CourseRow, locale: Locale): Lock | null {
  if (lesson.preview) return null;
  const priced = course.price_amount !== null;
  return {
    rule: priced ? 'purchase' : 'enrollment',
    message: (priced ? buyFirst : enrollFirst)[locale],
    until: null,
  };
}

type Progress = ReturnType<ReturnType<typeof progressIn>>;
type ShownLesson = ReturnType<typeof showLesson> & { progress: Progress };
type Outline = {
  courseId: string;
  slug: string;
  version: number;
  language: string;
  enrolled: boolean;
  lastLessonId: string | null;
  completedAt: string | null;
  certificateId: string | null;
  modules: { id: string; title: string; lessons: ShownLesson[] }[];
};

/**
 * The outline of a course in order: modules with their lessons, each with what locks it for this person and why, and
 * how far the person is in it.
 *
 * What does not depend on the person is kept per course and language (see `KeptAnswers`): the outline with the locks that
 * strangers meet, and the one without. Access and progress are asked for each time.
 * @throws course_not_found
 */
export function showOutline(own: Own) {
  const kept = keepAnswers<{ locked: Outline; open: Outline }>(200);
  return async (idOrSlug: string, ctx: Ctx): Promise<Outline> => {
    const course = await seeRevision(own.db, idOrSlug, ctx);
    const [outlines, access] = await Promise.all([
      kept.of(`${course.id} ${ctx.locale}`, course.revision, () => makeOutlines(own.db, course.id, ctx.locale)),
      accessOf(own, course.id, ctx),
    ]);
    if (!access?.enrolled) return mayEdit(ctx, course) ? outlines.open : outlines.locked;
    const progress = progressIn(access);
    return {
      ...outlines.open,
      enrolled: true,
      lastLessonId: access.lastLessonId || null,
      completedAt: access.completedAt || null,
      certificateId: access.certificateId || null,
      modules: outlines.open.modules.map(({ id, title, lessons }) => ({
        id,
        title,
        lessons: lessons.map((lesson) => ({ ...lesson, progress: progress(lesson.id) })),
      })),
    };
  };
}

/** The outline as strangers see it, and without locks. */
async function makeOutlines(db: Database, id: string, locale: Locale): Promise<{ locked: Outline; open: Outline }> {
  const course = await db.row(findCourseById, [id]);
  if (!course) throw errors.course_not_found();
  const language = pickLanguage(locale, course.languages, course.language);
  const rows = await db.rows(listOutline, [id, language]);
  const outlineWith = (lock: (row: OutlineRow) => Lock | null): Outline =>
    constantAnswer({
      courseId: id,
      slug: course.slug,
      version: course.version,
      language,
      enrolled: false,
      lastLessonId: null,
      completedAt: null,
      certificateId: null,
      modules: byModule(rows, (row) => ({ ...showLesson(row, lock(row)), progress: null })),
    });
  return { locked: outlineWith((row) => lockForStrangers(row, course, locale)), open: outlineWith(() => null) };
}

function byModule(rows: readonly OutlineRow[], show: (row: OutlineRow) => ShownLesson): Outline['modules'] {
  const modules: Outline['modules'] = [];
  for (const row of rows) {
    let current = modules.at(-1);
    if (current?.id !== row.module_id) {
      current = { id: row.module_id, title: row.module_title, lessons: [] };
      modules.push(current);
    }
    current.lessons.push(show(row));
  }
  return modules;
}

function showLesson(row: OutlineRow, lockedBy: Lock | null) {
  return {
    id: row.id,
    title: row.title,
    path: row.path,
    kind: row.kind,
    durationSeconds: row.duration_seconds,
    mediaSeconds: row.media_seconds,
    completion: row.completion,
    graded: row.graded,
    preview: row.preview,
    locked: lockedBy !== null,
    lockedBy,
  };
}
