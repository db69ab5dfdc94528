import { join } from 'node:path';

/** Where imports keep what they need while they run, below the installation's files. */
export function importsFolder(home: string): string {
  return join(home, 'imports');
}

/** The uploaded archive of an import. */
export function archiveOf(home: string, importId: string): string {
  return join(importsFolder(home), `${importId}.upload`);
}

/** Where an archive is unpacked. */
export function workFolderOf(home: string, importId: string): string {
  return join(importsFolder(home), importId);
}
