import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { errorCode } from '@stoa/kernel';
import type { Storage } from './storage.ts';

const namePattern = /^[0-9a-f]{32}$/;

/**
 * Keeps files in a folder of this machine: `incoming/<name>` while they arrive, `kept/ab/cd/<name>` afterwards, so that
 * no folder grows large. Whatever is not a name of ours is refused before a path is made of it.
 */
export function diskStorage(folder: string): Storage {
  const checked = (name: string): string => {
    if (!namePattern.test(name)) throw new Error('not the name of a stored file');
    return name;
  };
  const incoming = (name: string) => join(folder, 'incoming', checked(name));
  const kept = (name: string) => join(folder, 'kept', checked(name).slice(0, 2), name.slice(2, 4), name);

  return {
    create: async () => {
      const name = randomBytes(16).toString('hex');
      const path = incoming(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, 'wx', 0o600);
      await file.close();
      return name;
    },
    write: async (name, offset, content) => {
      const file = await open(incoming(name), 'r+');
      try {
        for (let written = 0; written < content.byteLength; ) {
          const { bytesWritten } = await file.write(content, written, content.byteLength - written, offset + written);
          written += bytesWritten;
        }
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    size: async (name) => (await sizeOf(kept(name))) ?? (await sizeOf(incoming(name))),
    keep: async (name) => {
      const path = kept(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await rename(incoming(name), path);
      } catch (error) {
        // Moved before a crash that kept the answer from the caller.
        if (errorCode(error) !== 'ENOENT' || (await sizeOf(path)) === undefined) throw error;
      }
      for (let parent = dirname(path); parent.length >= folder.length; parent = dirname(parent))
        await syncFolder(parent);
    },
    open: async (name, { start, end }) => {
      if (end < start) return Readable.from([]);
      const file = await open(kept(name), 'r').catch((error: unknown) => {
        if (errorCode(error) === 'ENOENT') return open(incoming(name), 'r');
        throw error;
      });
      return file.createReadStream({ start, end, highWaterMark: 256 * 1024 });
    },
    remove: async (name) => {
      await rm(incoming(name), { force: true });
      await rm(kept(name), { force: true });
    },
    list: async function* () {
      for (const top of ['incoming', 'kept']) yield* walk(join(folder, top));
    },
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the entries of a folder durable: a file's own fsync does not promise that its name survives. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows has no fsync of folders.
    if (errorCode(error) !== 'EPERM' && errorCode(error) !== 'EISDIR') throw error;
  } finally {
    await handle.close();
  }
}

async function* walk(folder: string): AsyncIterable<{ name: string; changedAt: Date }> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (namePattern.test(entry.name)) {
      const found = await stat(path).catch(() => undefined);
      if (found) yield { name: entry.name, changedAt: found.mtime };
    }
  }
}
