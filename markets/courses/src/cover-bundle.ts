import type { MediaService } from '@stoa/contracts';
import { type Client, type Ctx, type Deps, type FastifyRequest, requireRole, statement } from '@stoa/kernel';
import { errors } from './errors.ts';
import { type BundleView, editBundle, readBundledCourses, readBundles, showBundle } from './find-bundle.ts';
import { storeCover } from './store-cover.ts';

const setCover = statement<[id: string, assetId: string | null], never>(
  'courses.set_bundle_cover',
  'update bundles set cover_asset_id = $2, updated_at = now() where id = $1 and cover_asset_id is distinct from $2',
);

type Own = Pick<Deps, 'db'> & { calls: { media: Client<typeof MediaService> } };

/**
 * Gives a bundle a picture: multipart with one image.
 * @throws not_allowed, bundle_not_found, cover_missing, cover_not_an_image, payload_too_large, unsupported_media_type
 */
export function coverBundle(own: Own) {
  return async (id: string, request: FastifyRequest, ctx: Ctx): Promise<BundleView> => {
    requireRole(ctx, 'instructor');
    // Before a byte is kept for somebody who may not.
    await own.db.transaction((tx) => editBundle(tx, id, ctx));
    const assetId = await storeCover(own, { request, owner: { kind: 'bundle', id } }, ctx);
    return change(own, { id, assetId }, ctx);
  };
}

/** Takes the picture of a bundle away; without one it has a drawn one. @throws not_allowed, bundle_not_found */
export function uncoverBundle(own: Pick<Own, 'db'>) {
  return async (id: string, ctx: Ctx): Promise<BundleView> => {
    requireRole(ctx, 'instructor');
    return change(own, { id, assetId: null }, ctx);
  };
}

async function change(
  { db }: Pick<Own, 'db'>,
  { id, assetId }: { id: string; assetId: string | null },
  ctx: Ctx,
): Promise<BundleView> {
  await db.transaction(async (tx) => {
    await editBundle(tx, id, ctx);
    await tx.run(setCover, [id, assetId]);
  });
  const [bundle] = await readBundles(db, [id]);
  if (!bundle) throw errors.bundle_not_found();
  return showBundle(bundle, (await readBundledCourses(db, [id], ctx.locale)).get(id) ?? [], ctx.locale);
}
