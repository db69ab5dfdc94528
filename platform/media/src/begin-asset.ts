import type { MediaService } from '@stoa/contracts';
import { type Deps, type Implementation, kernelErrors, requireService, statement } from '@stoa/kernel';
import { servedType } from './detect-type.ts';
import { measureBlob } from './measure-blob.ts';
import type { Storage } from './storage.ts';

type Blob = { name: string; detected_type: string; seconds: number | null };
const findBlob = statement<[sha256: string, bytes: number], Blob>(
  'media.find_blob',
  // The lock keeps the sweep from removing it before the asset refers to it.
  'select name, detected_type, seconds from blobs where sha256 = $1 and bytes = $2 for key share',
);

const noteSeconds = statement<[name: string, seconds: number], never>(
  'media.note_seconds',
  'update blobs set seconds = $2 where name = $1',
);

type AssetValues = [
  id: string,
  ownerKind: string,
  ownerId: string,
  key: string,
  fileName: string,
  contentType: string,
  visibility: string,
  blob: string,
  disposable: boolean,
];
const putComplete = statement<AssetValues, { id: string; replaced: string | null }>(
  'media.put_complete_asset',
  `with before as (select id, upload_name from assets where owner_kind = $2 and owner_id = $3 and key = $4 for update)
   insert into assets (id, owner_kind, owner_id, key, file_name, content_type, visibility, blob, disposable, completed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())
   on conflict (owner_kind, owner_id, key) do update set
     file_name = excluded.file_name, content_type = excluded.content_type, visibility = excluded.visibility,
     completed_at = case when assets.blob = excluded.blob then assets.completed_at else excluded.completed_at end,
     blob = excluded.blob, upload_name = null, upload_received = 0, touched_at = now(), unused_since = null,
     disposable = excluded.disposable
   returning id, (select upload_name from before) as replaced`,
);

type UploadValues = [
  id: string,
  ownerKind: string,
  ownerId: string,
  key: string,
  fileName: string,
  contentType: string,
  visibility: string,
  upload: string,
  bytes: number,
  sha256: string | null,
  disposable: boolean,
];
type UploadRow = { id: string; upload_name: string; upload_received: number; replaced: string | null };
const putUpload = statement<UploadValues, UploadRow>(
  'media.put_upload',
  // The same content asked for again goes on where it stopped; other content starts over, with a new file.
  `with before as (
     select id, upload_name,
            upload_name is not null and upload_bytes = $9 and upload_sha256 is not distinct from $10
              and $10::text is not null as same
     from assets where owner_kind = $2 and owner_id = $3 and key = $4 for update
   )
   insert into assets as a (id, owner_kind, owner_id, key, file_name, content_type, visibility, upload_file_name,
     upload_content_type, upload_visibility, upload_name, upload_bytes, upload_sha256, disposable)
   values ($1, $2, $3, $4, $5, $6, $7, $5, $6, $7, $8, $9, $10, $11)
   on conflict (owner_kind, owner_id, key) do update set
     upload_file_name = $5, upload_content_type = $6, upload_visibility = $7, touched_at = now(), unused_since = null, disposable = $11,
     upload_name = case when a.upload_name is not null and a.upload_bytes = $9 and a.upload_sha256 = $10
       then a.upload_name else $8 end,
     upload_received = case when a.upload_name is not null and a.upload_bytes = $9 and a.upload_sha256 = $10
       then a.upload_received else 0 end,
     upload_bytes = $9, upload_sha256 = $10
   returning id, upload_name, upload_received,
     (select b.upload_name from before b where not b.same) as replaced`,
);

/**
 * Starts storing a file, or says that it is there already: identical content (by SHA-256) is stored once, whoever owns
 * it. Readers of an asset that is being replaced get the old content until the new one is complete.
 * @throws validation_failed, payload_too_large, not_allowed to anyone but the platform itself
 */
export function beginAsset(
  deps: Pick<Deps, 'db' | 'ids'> & { storage: Storage; maxBytes: number },
): Implementation<typeof MediaService>['beginAsset'] {
  return async (input, ctx) => {
    requireService(ctx);
    const bytes = Number(input.bytes);
    const sha256 = input.sha256.toLowerCase();
    refuseInvalid([
      ['/ownerKind', input.ownerKind !== '' && input.ownerKind.length <= 50],
      ['/ownerId', input.ownerId !== '' && input.ownerId.length <= 200],
      ['/key', input.key !== '' && input.key.length <= 1024],
      ['/bytes', Number.isSafeInteger(bytes) && bytes >= 0],
      ['/sha256', sha256 === '' || /^[0-9a-f]{64}$/.test(sha256)],
      ['/visibility', input.visibility === 'public' || input.visibility === 'enrolled'],
    ]);
    if (bytes > deps.maxBytes) throw kernelErrors.payload_too_large();
    const fileName = input.fileName.slice(0, 255) || 'file';
    const { ownerKind, ownerId, key, visibility, disposable } = input;

    if (sha256) {
      const known = await deps.db.transaction(async (tx) => {
        const blob = await tx.row(findBlob, [sha256, bytes]);
        if (!blob) return undefined;
        const type = servedType(input.contentType, blob.detected_type);
        const values: AssetValues = [
          deps.ids.id(),
          ownerKind,
          ownerId,
          key,
          fileName,
          type,
          visibility,
          blob.name,
          disposable,
        ];
        const asset = await tx.row(putComplete, values);
        return asset && { ...asset, blob };
      });
      if (known) {
        if (known.replaced) await deps.storage.remove(known.replaced);
        // Content from before lengths were read.
        const { name, detected_type: type, seconds } = known.blob;
        if (seconds === null) {
          await deps.db.run(noteSeconds, [name, await measureBlob(deps.storage, { name, bytes, type })]);
        }
        return { assetId: known.id, complete: true, receivedBytes: input.bytes };
      }
    }
    const created = await deps.storage.create();
    const row = await deps.db.row(putUpload, [
      deps.ids.id(),
      ownerKind,
      ownerId,
      key,
      fileName,
      input.contentType.slice(0, 255),
      visibility,
      created,
      bytes,
      sha256 || null,
      disposable,
    ]);
    if (!row) throw new Error('an upsert returned no row');
    if (row.upload_name !== created) await deps.storage.remove(created);
    if (row.replaced) await deps.storage.remove(row.replaced);
    return { assetId: row.id, complete: false, receivedBytes: BigInt(row.upload_received) };
  };
}

function refuseInvalid(checks: readonly [pointer: string, valid: boolean][]): void {
  const errors = checks
    .filter(([, valid]) => !valid)
    .map(([pointer]) => ({ pointer, code: 'invalid', message: 'This is not valid.' }));
  if (errors.length > 0) throw kernelErrors.validation_failed({ errors });
}
