import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import {
  type Ctx,
  type Deps,
  errorCode,
  type FastifyRequest,
  kernelErrors,
  requireRole,
  requireUser,
} from '@stoa/kernel';
import { errors } from './errors.ts';
import { archiveOf, importsFolder } from './import-files.ts';
import { queueImport } from './queue-import.ts';

type Own = Pick<Deps, 'db' | 'ids' | 'jobs' | 'home'> & { maxUploadBytes: number };

/**
 * Receives an archive (multipart, one file) and queues its import. The bytes go straight to disk; what is in them is
 * looked at by the job. The format may be a field of the form too; without one it is recognized.
 * @throws not_allowed, import_file_missing, import_upload_broken, payload_too_large, unsupported_media_type,
 *   validation_failed
 */
export function uploadImport(own: Own) {
  return async (request: FastifyRequest, format: 'olx' | 'markdown' | undefined, ctx: Ctx) => {
    requireRole(ctx, 'instructor');
    const user = requireUser(ctx);
    const file = await request.file({ throwFileSizeLimit: false, limits: { fileSize: own.maxUploadBytes } });
    if (!file) throw errors.import_file_missing();
    const id = own.ids.id();
    const archive = archiveOf(own.home, id);
    await mkdir(importsFolder(own.home), { recursive: true, mode: 0o700 });
    try {
      await pipeline(file.file, createWriteStream(archive, { flags: 'wx', mode: 0o600 })).catch((error: unknown) => {
        // What fails on the disk or in the server has a code of its own; a form that stops in the middle has none.
        throw errorCode(error) === undefined ? errors.import_upload_broken({ cause: error }) : error;
      });
      if (file.file.truncated) throw kernelErrors.payload_too_large();
      if (file.file.bytesRead === 0) throw errors.import_file_missing();
      return await queueImport(
        own,
        {
          id,
          requestedBy: user.userId,
          instructor: { id: user.userId, name: user.name },
          format: format ?? formatIn(file.fields.format),
          sourceName: file.filename,
          folder: null,
          publish: false,
        },
        ctx,
      );
    } catch (error) {
      await rm(archive, { force: true });
      throw error;
    }
  };
}

/** The form field `format`; fields that come after the file are not waited for. */
function formatIn(field: unknown): 'olx' | 'markdown' | null {
  if (typeof field !== 'object' || field === null || !('value' in field) || field.value === '') return null;
  if (field.value === 'olx' || field.value === 'markdown') return field.value;
  throw kernelErrors.validation_failed({
    errors: [{ pointer: '/format', code: 'invalid_choice', message: 'olx or markdown' }],
  });
}
