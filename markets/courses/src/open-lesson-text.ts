import { type Ctx, type Deps, requireRole } from '@stoa/kernel';
import { findCourseById, findOwnLesson } from './find-course.ts';

/**
 * The text of a lesson, in the language it was written in, for its author.
 * @throws not_allowed, lesson_not_found
 */
export function openLessonText({ db }: Pick<Deps, 'db'>) {
  return async (id: string, ctx: Ctx) => {
    requireRole(ctx, 'instructor');
    const lesson = await findOwnLesson(db, id, ctx);
    const language = (await db.row(findCourseById, [lesson.course_id]))?.language ?? ctx.locale;
    // The parsers of Markdown and HTML are a tenth of what all contexts take to load, and most processes never need them.
    const { writeLessonText } = await import('./lesson-text.ts');
    const markdown = writeLessonText(lesson.content, { language, locale: ctx.locale });
    return { title: lesson.title, language, version: lesson.version, markdown };
  };
}
