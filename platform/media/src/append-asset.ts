import type { MediaService } from '@stoa/contracts';
import {
  crashPoint,
  type Deps,
  errorCode,
  type Implementation,
  kernelErrors,
  requireService,
  statement,
} from '@stoa/kernel';
import { errors } from './errors.ts';
import { onlyIds } from './get-assets.ts';
import type { Storage } from './storage.ts';

const maxContentBytes = 4 * 1024 * 1024;

/** What is arriving for an asset. */
export type UploadRow = {
  upload_name: string | null;
  upload_bytes: number;
  upload_received: number;
  upload_sha256: string | null;
  upload_content_type: string;
  blob: string | null;
};
export const findUpload = statement<[id: string], UploadRow>(
  'media.find_upload',
  `select upload_name, upload_bytes, upload_received, upload_sha256, upload_content_type, blob
   from assets where id = $1`,
);
const noteReceived = statement<[id: string, upload: string, received: number], { upload_received: number }>(
  'media.note_received',
  `update assets set upload_received = greatest(upload_received, $3), touched_at = now()
   where id = $1 and upload_name = $2 returning upload_received`,
);
const written = crashPoint('media.append.after_write');

/**
 * Adds bytes to an open upload. They are on disk before the row says so: after a crash the sender repeats a piece at the
 * worst.
 * @throws not_found, media_upload_not_open, media_upload_gap, payload_too_large, not_allowed
 */
export function appendAsset(
  deps: Pick<Deps, 'db'> & { storage: Storage },
): Implementation<typeof MediaService>['appendAsset'] {
  return async (input, ctx) => {
    requireService(ctx);
    const [id] = onlyIds([input.assetId]);
    const upload = id ? await deps.db.row(findUpload, [id]) : undefined;
    if (!id || !upload) throw kernelErrors.not_found();
    if (!upload.upload_name) throw errors.media_upload_not_open();
    const offset = Number(input.offset);
    const end = offset + input.content.byteLength;
    if (input.content.byteLength > maxContentBytes || end > upload.upload_bytes) throw kernelErrors.payload_too_large();
    if (offset < 0 || offset > upload.upload_received)
      throw errors.media_upload_gap({ params: { received: upload.upload_received } });
    if (end <= upload.upload_received) return { receivedBytes: BigInt(upload.upload_received) };
    try {
      await deps.storage.write(upload.upload_name, offset, input.content);
    } catch (error) {
      const code = errorCode(error);
      // Another call gave this upload up or completed it in the meantime.
      if (code === 'ENOENT') throw errors.media_upload_not_open({ cause: error });
      if (code === 'ENOSPC' || code === 'EDQUOT') throw kernelErrors.temporarily_unavailable({ cause: error });
      throw error;
    }
    written();
    const row = await deps.db.row(noteReceived, [id, upload.upload_name, end]);
    if (!row) throw errors.media_upload_not_open();
    return { receivedBytes: BigInt(row.upload_received) };
  };
}
