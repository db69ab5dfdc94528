import type { MediaService } from '@stoa/contracts';
import { type Client, type Ctx, type Deps, type FastifyRequest, requireRole, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import { checkMayEdit, editCourse, findCourseById } from './find-course.ts';
import { showCourse } from './show-course.ts';
import { storeCover } from './store-cover.ts';

/** The version stays: a picture is saved alone, and what somebody is writing about the course meanwhile still fits. */
const setCover = statement<[id: string, assetId: string | null], never>(
  'courses.set_course_cover',
  'update courses set cover_asset_id = $2, updated_at = now() where id = $1 and cover_asset_id is distinct from $2',
);

type Own = Pick<Deps, 'db'> & { calls: { media: Client<typeof MediaService> } };

/**
 * Gives a course a picture: multipart with one image.
 * @throws not_allowed, course_not_found, cover_missing, cover_not_an_image, payload_too_large, unsupported_media_type
 */
export function coverCourse(own: Own) {
  return async (id: string, request: FastifyRequest, ctx: Ctx) => {
    requireRole(ctx, 'instructor');
    // Before a byte is kept for somebody who may not.
    await checkMayEdit(own.db, id, ctx);
    const assetId = await storeCover(own, { request, owner: { kind: 'course', id } }, ctx);
    return change(own, { id, assetId }, ctx);
  };
}

/** Takes the picture of a course away; without one it has a drawn one. @throws not_allowed, course_not_found */
export function uncoverCourse(own: Pick<Own, 'db'>) {
  return async (id: string, ctx: Ctx) => {
    requireRole(ctx, 'instructor');
    return change(own, { id, assetId: null }, ctx);
  };
}

async function change({ db }: Pick<Own, 'db'>, { id, assetId }: { id: string; assetId: string | null }, ctx: Ctx) {
  const course = await db.transaction(async (tx) => {
    await editCourse(tx, id, ctx);
    await tx.run(setCover, [id, assetId]);
    return tx.row(findCourseById, [id]);
  });
  if (!course) throw errors.course_not_found();
  return showCourse(course, ctx.locale);
}
