import type { EnrollmentService, MediaService } from '@stoa/contracts';
import { localizeDocument } from '@stoa/contracts/document-notes';
import { type Client, type Ctx, type Database, serviceCtx } from '@stoa/kernel';
import { errors } from './errors.ts';
import { findCourseById, findLesson, listOutline, maySee } from './find-course.ts';
import { mayShow } from './measure-documents.ts';
import { pickLanguage } from './show-course.ts';
import { accessOf, lockOf, progressIn } from './show-outline.ts';
import type { LessonRow } from './tables.ts';

type Own = {
  db: Database;
  calls: { enrollment: Client<typeof EnrollmentService>; media: Client<typeof MediaService> };
};

/**
 * A lesson with its content in the language closest to the reader's, addresses of its files, and its neighbours.
 * @throws lesson_not_found, lesson_locked
 */
export function openLesson(own: Own) {
  return async (id: string, ctx: Ctx) => {
    const lesson = await own.db.row(findLesson, [id]);
    const course = lesson && (await own.db.row(findCourseById, [lesson.course_id]));
    if (!lesson || !course || !maySee(ctx, course)) throw errors.lesson_not_found();
    const access = await accessOf(own, course.id, ctx);
    if (lockOf(lesson, { course, access, ctx })) throw errors.lesson_locked();

    const translated = Object.keys(lesson.translations);
    const language = pickLanguage(ctx.locale, translated, course.language);
    const local = lesson.translations[language];
    const [outline, assets] = await Promise.all([
      own.db.rows(listOutline, [course.id, pickLanguage(ctx.locale, course.languages, course.language)]),
      addressesOf(own, lesson, ctx),
    ]);
    const index = outline.findIndex((row) => row.id === lesson.id);
    const neighbour = (row: (typeof outline)[number] | undefined) => (row ? { id: row.id, title: row.title } : null);
    return {
      id: lesson.id,
      courseId: course.id,
      courseSlug: course.slug,
      moduleId: lesson.module_id,
      moduleTitle: outline[index]?.module_title ?? '',
      title: local?.title ?? lesson.title,
      path: lesson.path,
      kind: lesson.kind,
      durationSeconds: lesson.duration_seconds,
      mediaSeconds: lesson.media_seconds,
      completion: lesson.completion,
      graded: lesson.graded,
      preview: lesson.preview,
      language,
      languages: [...new Set([course.language, ...translated])],
      version: lesson.version,
      content: localizeDocument(local?.content ?? lesson.content, ctx.locale),
      assets,
      previous: neighbour(outline[index - 1]),
      next: neighbour(outline[index + 1]),
      progress: progressIn(access)(lesson.id),
    };
  };
}

/** Addresses of the files a lesson may show. */
async function addressesOf({ calls }: Pick<Own, 'calls'>, lesson: LessonRow, ctx: Ctx) {
  if (lesson.asset_ids.length === 0) return {};
  const asking = { ...ctx, actor: serviceCtx('courses').actor };
  const { assets } = await calls.media.getAssets({ ids: lesson.asset_ids }, asking);
  const shown = assets.filter((asset) => mayShow(asset, lesson.course_id));
  const { urls } = await calls.media.signUrls({ ids: shown.map((asset) => asset.id) }, asking);
  const paths = new Map(urls.map((url) => [url.assetId, url.path]));
  return Object.fromEntries(
    shown.flatMap(({ id, contentType, fileName, bytes }) => {
      const url = paths.get(id);
      return url === undefined ? [] : [[id, { url, contentType, fileName, bytes: Number(bytes) }]];
    }),
  );
}
