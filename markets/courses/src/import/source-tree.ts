import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportError } from './import-error.ts';
import { type StoredFiles, type StoredTree, treeOf } from './stored-tree.ts';

export { type ArchiveLimits, openArchive } from './open-archive.ts';

const folderFileLimit = 50_000;
const folderDepthLimit = 32;

/**
 * A folder of this machine as a source tree. Symbolic links, sockets and devices are not followed and not listed.
 * The folder is walked once, on first use; files that appear later are not seen.
 * Throws `source_missing` when the folder is not there and `source_too_large` for more than 50 000 files.
 */
export function openFolder(path: string): StoredTree {
  let walked: Promise<StoredFiles> | undefined;
  return treeOf(() => {
    walked ??= walkFolder(path);
    return walked;
  });
}

async function walkFolder(path: string): Promise<StoredFiles> {
  const files: StoredFiles = new Map();
  const root = await realpath(path).catch((cause: unknown) => {
    throw new ImportError('source_missing', `the folder "${path}" cannot be opened`, { cause });
  });
  const walk = async (folder: string, prefix: string, depth: number): Promise<void> => {
    if (depth > folderDepthLimit) throw new ImportError('source_too_large', `"${prefix}" is nested too deep`);
    const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
      throw new ImportError('source_missing', `"${path}" is not a readable folder`, { cause });
    });
    for (const entry of entries) {
      const location = join(folder, entry.name);
      const name = prefix + entry.name;
      if (entry.isDirectory()) await walk(location, `${name}/`, depth + 1);
      if (!entry.isFile()) continue;
      if (files.size >= folderFileLimit) {
        throw new ImportError('source_too_large', `the folder has more than ${folderFileLimit} files`);
      }
      files.set(name, { location, bytes: (await lstat(location)).size });
    }
  };
  await walk(root, '', 0);
  return files;
}
