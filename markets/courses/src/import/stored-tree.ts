import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { ImportError } from './import-error.ts';
import type { SourceTree } from './imported-course.ts';
import { note } from './notes.ts';

const defaultReadLimit = 10 * 1024 * 1024;

/** Where the bytes of each path of a tree lie on disk. Paths that are not in the map do not exist for the tree. */
export type StoredFiles = Map<string, { location: string; bytes: number }>;

/** A source tree on disk. `locate` gives the place of a file, so that another thread can open it too. */
export type StoredTree = SourceTree & { locate: (path: string) => Promise<string> };

/** A source tree over files whose places on disk are known. Only listed paths can be read, whatever a course asks for. */
export function treeOf(load: () => Promise<StoredFiles>): StoredTree {
  const find = async (path: string) => {
    const found = (await load()).get(path);
    if (found === undefined) throw new ImportError('source_missing', note('file_missing', { path }));
    return found;
  };
  return {
    list: async () => [...(await load()).keys()].sort(),
    exists: async (path) => (await load()).has(path),
    size: async (path) => (await find(path)).bytes,
    locate: async (path) => (await find(path)).location,
    read: async (path, maxBytes = defaultReadLimit) => {
      const { location } = await find(path);
      const file = await open(location, constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        const { size } = await file.stat();
        if (size > maxBytes) {
          throw new ImportError(
            'source_file_too_large',
            note('file_too_large', { path, bytes: size, limit: maxBytes }),
          );
        }
        return await file.readFile();
      } finally {
        await file.close();
      }
    },
    open: async function* (path) {
      const { location } = await find(path);
      const file = await open(location, constants.O_RDONLY | constants.O_NOFOLLOW);
      yield* file.createReadStream();
    },
  };
}
