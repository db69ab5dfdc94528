import { type Ctx, type Deps, defineJob, kernelErrors, requireService, statement } from '@stoa/kernel';
import { refuseErased } from './erased-people.ts';

const retries = 3;
/** Runs of an import before the person is told that it failed. */
export const importTries = retries + 1;

/** One import. The job is queued in the transaction that writes the import's row. */
export const RunImport = defineJob<{ importId: string }>('run-import', {
  retries,
  retryDelaySeconds: 2,
  timeoutSeconds: 3600,
});

const insertImport = statement<
  [
    id: string,
    requestedBy: string | null,
    instructorId: string,
    instructorName: string,
    format: string | null,
    name: string,
    folder: string | null,
    publish: boolean,
  ],
  never
>(
  'courses.insert_import',
  `insert into imports (id, requested_by, instructor_id, instructor_name, format, source_name, folder, publish)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

/**
 * Queues an import whose archive is in its place, or whose folder is named.
 * @throws invalid_token once the account of whoever teaches is gone
 */
export async function queueImport(
  { db, jobs }: Pick<Deps, 'db' | 'jobs'>,
  input: {
    id: string;
    /** Null: the platform itself. */
    requestedBy: string | null;
    instructor: { id: string; name: string };
    /** Null: recognized by its files. */
    format: 'olx' | 'markdown' | null;
    /** What the person sees: the name of the file or folder. */
    sourceName: string;
    folder: string | null;
    publish: boolean;
  },
  ctx: Ctx,
): Promise<{ id: string; state: 'queued' }> {
  await db.transaction(async (tx) => {
    await refuseErased(tx, input.instructor.id);
    await tx.run(insertImport, [
      input.id,
      input.requestedBy,
      input.instructor.id,
      input.instructor.name,
      input.format,
      input.sourceName.replaceAll('\u0000', '').slice(0, 300),
      input.folder,
      input.publish,
    ]);
    await jobs.send(RunImport, { importId: input.id }, ctx, { tx });
  });
  return { id: input.id, state: 'queued' };
}

/**
 * Queues the import of a folder or archive on this machine. Only the platform itself may name places on it.
 * @throws not_allowed, validation_failed for a format that is not known
 */
export function importFolder(deps: Pick<Deps, 'db' | 'jobs' | 'ids'>) {
  return async (
    input: { format: string; folder: string; instructorId: string; instructorName: string; publish: boolean },
    ctx: Ctx,
  ): Promise<{ id: string; state: 'queued' }> => {
    requireService(ctx);
    const { format, folder } = input;
    if (format !== 'olx' && format !== 'markdown' && format !== '') {
      throw kernelErrors.validation_failed({
        errors: [{ pointer: '/format', code: 'invalid_choice', message: 'olx, markdown or empty' }],
      });
    }
    return queueImport(
      deps,
      {
        id: deps.ids.id(),
        requestedBy: null,
        instructor: { id: input.instructorId, name: input.instructorName },
        format: format === '' ? null : format,
        sourceName: folder.split(/[\\/]/).filter(Boolean).at(-1) ?? folder,
        folder,
        publish: input.publish,
      },
      ctx,
    );
  };
}
