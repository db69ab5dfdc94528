import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type Database, statement } from '@stoa/kernel';
import { importsFolder } from './import-files.ts';

const abandon = statement<[], never>(
  'courses.abandon_imports',
  `update imports set state = 'failed', stage = 'done', error_code = 'import_interrupted', error_detail = '', finished_at = now()
   where state in ('queued', 'running') and created_at < now() - interval '7 days'`,
);
const listNeeded = statement<[ids: string[]], { id: string }>(
  'courses.list_imports_to_keep',
  `select id from imports where id = any($1::uuid[])
     and (state in ('queued', 'running') or error_code = 'import_interrupted' and finished_at > now() - interval '7 days')`,
);

const hourMs = 3_600_000;
const importId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=$|\.upload$)/;

/**
 * Removes files of imports that are over, left behind by a process that died, and gives up imports that have waited for
 * a week. What is younger than an hour stays: it may be an upload that has no import yet.
 */
export function sweepImports({ db, home, clock }: { db: Database; home: string; clock: Clock }) {
  return async (): Promise<void> => {
    await db.run(abandon, []);
    const folder = importsFolder(home);
    const names = (await readdir(folder).catch(ifAbsent([]))).flatMap((name) => {
      const id = importId.exec(name)?.[0];
      return id ? [{ name, id }] : [];
    });
    const needed = new Set((await db.rows(listNeeded, [names.map(({ id }) => id)])).map((row) => row.id));
    for (const { name, id } of names) {
      if (needed.has(id)) continue;
      const path = join(folder, name);
      const found = await stat(path).catch(ifAbsent(null));
      if (found && clock.now().getTime() - found.mtimeMs > hourMs) await rm(path, { recursive: true, force: true });
    }
  };
}

/** A failure because of a file that is not there, answered by a value; any other goes on. */
function ifAbsent<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
}
