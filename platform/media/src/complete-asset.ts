import { createHash } from 'node:crypto';
import type { MediaService } from '@stoa/contracts';
import { crashPoint, type Deps, type Implementation, kernelErrors, requireService, statement } from '@stoa/kernel';
import { findUpload } from './append-asset.ts';
import { detectType, headBytes, servedType } from './detect-type.ts';
import { errors } from './errors.ts';
import { assetFacts, onlyIds, toAsset } from './get-assets.ts';
import { measureBlob } from './measure-blob.ts';
import type { Storage } from './storage.ts';

const keepBlob = statement<
  [name: string, sha256: string, bytes: number, detected: string, seconds: number],
  { name: string; detected_type: string }
>(
  'media.keep_blob',
  // Not `do nothing`: the update locks the row and returns it, so that the sweep cannot take it meanwhile.
  `insert into blobs (name, sha256, bytes, detected_type, seconds) values ($1, $2, $3, $4, $5)
   on conflict (sha256) do update set seconds = excluded.seconds
   returning name, detected_type`,
);
const finish = statement<[id: string, upload: string, blob: string, contentType: string], never>(
  'media.finish_upload',
  `update assets set blob = $3, content_type = $4, file_name = upload_file_name, visibility = upload_visibility,
     completed_at = now(), touched_at = now(), upload_name = null, upload_received = 0
   where id = $1 and upload_name = $2`,
);
const giveUp = statement<[id: string, upload: string], never>(
  'media.give_up_upload',
  'update assets set upload_name = null, upload_received = 0 where id = $1 and upload_name = $2',
);
const kept = crashPoint('media.complete.after_keep');

/**
 * Ends an upload: size and SHA-256 are checked on what is really on disk, the bytes say what the file is, and then
 * readers get it. Ending a complete asset again gives the same answer.
 * @throws not_found, media_upload_not_open, media_upload_incomplete, media_upload_corrupted, not_allowed
 */
export function completeAsset(
  deps: Pick<Deps, 'db'> & { storage: Storage },
): Implementation<typeof MediaService>['completeAsset'] {
  const { db, storage } = deps;
  const answer = async (id: string) => {
    const [row] = await db.rows(assetFacts, [[id]]);
    if (!row) throw errors.media_upload_not_open();
    return { asset: toAsset(row) };
  };
  return async (input, ctx) => {
    requireService(ctx);
    const [id] = onlyIds([input.assetId]);
    const upload = id ? await db.row(findUpload, [id]) : undefined;
    if (!id || !upload) throw kernelErrors.not_found();
    const name = upload.upload_name;
    if (!name) return answer(id);
    if (upload.upload_received !== upload.upload_bytes) {
      throw errors.media_upload_incomplete({
        params: { received: upload.upload_received, bytes: upload.upload_bytes },
      });
    }
    const size = await storage.size(name);
    // Another call completed it between the row and the file, with content that was stored already.
    if (size === undefined) return answer(id);
    const content = await examine(storage, name, size);
    if (size !== upload.upload_bytes || (upload.upload_sha256 && upload.upload_sha256 !== content.sha256)) {
      await db.run(giveUp, [id, name]);
      await storage.remove(name);
      throw errors.media_upload_corrupted();
    }
    const detected = detectType(content.head);
    const seconds = await measureBlob(storage, { name, bytes: size, type: detected });
    const blob = await db.transaction(async (tx) => {
      const row = await tx.row(keepBlob, [name, content.sha256, size, detected, seconds]);
      if (!row) throw new Error('an upsert returned no row');
      if (row.name === name) await storage.keep(name);
      kept();
      await tx.run(finish, [id, name, row.name, servedType(upload.upload_content_type, detected)]);
      return row;
    });
    if (blob.name !== name) await storage.remove(name);
    return answer(id);
  };
}

async function examine(storage: Storage, name: string, size: number): Promise<{ sha256: string; head: Uint8Array }> {
  const hash = createHash('sha256');
  const head = new Uint8Array(headBytes);
  let read = 0;
  for await (const chunk of await storage.open(name, { start: 0, end: size - 1 })) {
    hash.update(chunk);
    if (read < headBytes) head.set(chunk.subarray(0, headBytes - read), read);
    read += chunk.length;
  }
  return { sha256: hash.digest('hex'), head: head.subarray(0, Math.min(read, headBytes)) };
}
