import type { EnrollmentService, MediaService } from '@stoa/contracts';
import type { Client, Ctx, Database } from '@stoa/kernel';
import { errors } from './errors.ts';
import { findCourseById, findLesson, listOutline, mayEdit } from './find-course.ts';
import { pickLanguage } from './show-course.ts';
import { accessOf, lockOf } from './show-outline.ts';

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
    const lesson = await own.db.row(findLesson, [id, ctx.locale]);
    const course = lesson && (await own.db.row(findCourseById, [lesson.course_id]));
    if (!lesson || !course) throw errors.lesson_not_found();
    if (course.state === 'draft' && !mayEdit(ctx, course)) throw errors.lesson_not_found();
    const access = await accessOf(own, course.id, ctx);
    if (lockOf(lesson, { course, access, ctx })) throw errors.lesson_locked();

    const language = pickLanguage(ctx.locale, Object.keys(lesson.translations), course.language);
    const local = lesson.translations[language];
    const [outline, assets] = await Promise.all([
      own.db.rows(listOutline, [course.id, pickLanguage(ctx.locale, course.languages, course.language)]),
      addressesOf(own, lesson.asset_ids, ctx),
    ]);
    const index = outline.findIndex((row) => row.id === id);
    const neighbour = (row: (typeof outline)[number] | undefined) => (row ? { id: row.id, title: row.title } : null);
    const progress = access?.lessons.find((entry) => entry.lessonId === id);
    return {
      id: lesson.id,
      courseId: course.id,
      courseSlug: course.slug,
      moduleId: lesson.module_id,
      moduleTitle: lesson.module_title,
      title: local?.title ?? lesson.title,
      path: lesson.path,
      kind: lesson.kind,
      durationSeconds: lesson.duration_seconds,
      completion: lesson.completion,
      graded: lesson.graded,
      preview: lesson.preview,
      language,
      languages: [course.language, ...Object.keys(lesson.translations)],
      version: lesson.version,
      content: local?.content ?? lesson.content,
      assets,
      previous: neighbour(outline[index - 1]),
      next: neighbour(outline[index + 1]),
      progress: progress ? { state: progress.state, positionSeconds: progress.positionSeconds } : null,
    };
  };
}

async function addressesOf(own: Own, ids: readonly string[], ctx: Ctx) {
  if (ids.length === 0) return {};
  const [{ urls }, { assets }] = await Promise.all([
    own.calls.media.signUrls({ ids: [...ids] }, { ...ctx, actor: { kind: 'service', name: 'courses' } }),
    own.calls.media.getAssets({ ids: [...ids] }, { ...ctx, actor: { kind: 'service', name: 'courses' } }),
  ]);
  const facts = new Map(assets.map((asset) => [asset.id, asset]));
  return Object.fromEntries(
    urls.map((url) => {
      const asset = facts.get(url.assetId);
      return [
        url.assetId,
        {
          url: url.path,
          contentType: asset?.contentType ?? 'application/octet-stream',
          fileName: asset?.fileName ?? '',
          bytes: Number(asset?.bytes ?? 0),
        },
      ];
    }),
  );
}
