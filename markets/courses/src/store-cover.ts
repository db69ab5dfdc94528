import { createHash } from 'node:crypto';
import type { MediaService } from '@stoa/contracts';
import { type Client, type Ctx, type FastifyRequest, kernelErrors, serviceCtx } from '@stoa/kernel';
import { errors } from './errors.ts';
import { isWholePicture } from './whole-picture.ts';

/** What browsers show in an `<img>`, as media tells it from the bytes. Nothing that can carry scripts. */
const imageTypes = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif']);
export const coverMaxBytes = 5 * 1024 * 1024;
/** Below the 4 MiB that media takes in one call. */
const chunkBytes = 1024 * 1024;

type Own = { calls: { media: Client<typeof MediaService> } };
type Owner = { kind: 'bundle' | 'course'; id: string };

/**
 * Takes the one picture of a multipart form and gives it to media, open to everybody. The same picture is the same asset;
 * another one is another, so that nobody is shown an old one from a cache.
 * @returns the asset's id
 * @throws cover_missing, cover_not_an_image, payload_too_large, unsupported_media_type
 */
export async function storeCover(
  { calls }: Own,
  { request, owner }: { request: FastifyRequest; owner: Owner },
  ctx: Ctx,
): Promise<string> {
  const file = await request.file({ throwFileSizeLimit: false, limits: { fileSize: coverMaxBytes } });
  if (!file) throw errors.cover_missing();
  const content = await file.toBuffer();
  if (file.file.truncated) throw kernelErrors.payload_too_large();
  if (content.length === 0) throw errors.cover_missing();
  if (!isWholePicture(content)) throw errors.cover_not_an_image();
  const sha256 = createHash('sha256').update(content).digest('hex');
  // Media serves its siblings; that the person may do this has been decided here.
  const asking = { ...ctx, actor: serviceCtx('courses').actor };
  const { assetId, complete } = await calls.media.beginAsset(
    {
      ownerKind: owner.kind,
      ownerId: owner.id,
      key: `cover/${sha256.slice(0, 16)}`,
      fileName: file.filename,
      contentType: file.mimetype,
      bytes: BigInt(content.length),
      sha256,
      visibility: 'public',
      disposable: true,
    },
    asking,
  );
  for (let offset = 0; !complete && offset < content.length; offset += chunkBytes)
    await calls.media.appendAsset(
      { assetId, offset: BigInt(offset), content: content.subarray(offset, offset + chunkBytes) },
      asking,
    );
  if (!complete) await calls.media.completeAsset({ assetId }, asking);
  const { assets } = await calls.media.getAssets({ ids: [assetId] }, asking);
  if (!imageTypes.has(assets[0]?.contentType ?? '')) throw errors.cover_not_an_image();
  return assetId;
}
