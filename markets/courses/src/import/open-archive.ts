import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import yauzl from 'yauzl';
import { ImportError, reasonOf } from './import-error.ts';
import { type StoredFiles, type StoredTree, treeOf } from './stored-tree.ts';

export type ArchiveLimits = {
  /** Entries, folders included. Default 20 000. */
  files: number;
  /** Bytes after unpacking, all files together. Default 2 GiB. */
  unpackedBytes: number;
  /** Bytes of the archive itself. Default 2 GiB. */
  archiveBytes: number;
  /** Unpacked bytes per packed byte, checked beyond the first 16 MiB. Default 200; texts rarely pass 20. */
  ratio: number;
};

const defaults: ArchiveLimits = { files: 20_000, unpackedBytes: 2 ** 31, archiveBytes: 2 ** 31, ratio: 200 };
const ratioGrace = 16 * 1024 * 1024;
const nameLimit = 1024;
const segmentLimit = 255;

/**
 * Unpacks a tar.gz or zip (told apart by content, not by name) and returns it as a source tree.
 *
 * `into` is a private folder for this import; remove it when the import is over. Names of the archive never become
 * names on disk: files are written under numbers, so no name can lead outside. After a refusal nothing is left in it.
 * Archives inside the archive stay files.
 *
 * Throws ImportError with `archive_unsafe`, `archive_too_large` or `archive_unreadable`.
 */
export async function openArchive(
  source: string | AsyncIterable<Uint8Array>,
  options: { into: string; limits?: Partial<ArchiveLimits> },
): Promise<StoredTree> {
  const limits = { ...defaults, ...options.limits };
  const folder = join(options.into, `unpacked-${randomUUID()}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const bytes: AsyncIterable<Uint8Array> = typeof source === 'string' ? createReadStream(source) : source;
    const { head, all, close } = await peek(bytes);
    const store = storeIn({ folder, limits });
    if (head[0] === 0x1f && head[1] === 0x8b) await unpackTar({ bytes: all, store, limits });
    else if (head[0] === 0x50 && head[1] === 0x4b) await unpackZip({ bytes: all, folder, store, limits });
    else {
      await close();
      throw new ImportError('archive_unreadable', 'the file is neither a tar.gz nor a zip archive');
    }
    return treeOf(async () => store.files);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (error instanceof ImportError) throw error;
    throw new ImportError('archive_unreadable', `the archive cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * The path an archive name stands for: `/`-separated, relative, no `.` segments. Empty for the top folder itself.
 * Throws `archive_unsafe` for every name that could mean a place outside or that hides what it is.
 */
export function safeArchivePath(name: string): string {
  const refuse = (why: string): never => {
    throw new ImportError('archive_unsafe', `the archive has a name ${why}: ${JSON.stringify(name.slice(0, 120))}`);
  };
  if (name.length > nameLimit) refuse('that is too long');
  if (hasControlCharacter(name)) refuse('with control characters');
  if (name.includes('\\')) refuse('with a backslash');
  if (name.startsWith('/')) refuse('that is absolute');
  if (/^[a-z]:/i.test(name)) refuse('with a drive letter');
  if (!name.isWellFormed() || name.includes('\uFFFD')) refuse('that is not valid text');
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) refuse('that leaves its folder');
  if (segments.some((segment) => Buffer.byteLength(segment) > segmentLimit)) refuse('that is too long');
  return segments.join('/');
}

function hasControlCharacter(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

type Store = ReturnType<typeof storeIn>;

/** Takes entries one by one, keeps the limits and remembers which number each path was written under. */
function storeIn({ folder, limits }: { folder: string; limits: ArchiveLimits }) {
  const files: StoredFiles = new Map();
  /** Paths as a file system without case and normal forms would see them, and whether they are folders. */
  const taken = new Map<string, 'file' | 'folder'>();
  let entries = 0;
  let total = 0;

  const claim = (path: string, kind: 'file' | 'folder') => {
    const folded = path.normalize('NFC').toLowerCase();
    const before = taken.get(folded);
    if (before !== undefined && (before === 'file' || kind === 'file')) {
      throw new ImportError('archive_unsafe', `two entries of the archive have the same name: "${path}"`);
    }
    taken.set(folded, kind);
  };
  const claimParents = (path: string) => {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) claim(path.slice(0, at), 'folder');
  };
  const countEntry = () => {
    entries += 1;
    if (entries > limits.files) {
      throw new ImportError('archive_too_large', `the archive has more than ${limits.files} entries`);
    }
  };

  return {
    files,
    addFolder: (name: string) => {
      countEntry();
      const path = safeArchivePath(name);
      if (path === '') return;
      claimParents(path);
      claim(path, 'folder');
    },
    addFile: async (name: string, content: AsyncIterable<Uint8Array>) => {
      countEntry();
      const path = safeArchivePath(name);
      if (path === '') throw new ImportError('archive_unsafe', 'the archive has a file without a name');
      claimParents(path);
      claim(path, 'file');
      const location = join(folder, String(files.size));
      const file = await open(location, 'wx', 0o600);
      let bytes = 0;
      try {
        for await (const chunk of content) {
          bytes += chunk.byteLength;
          total += chunk.byteLength;
          if (total > limits.unpackedBytes) {
            throw new ImportError(
              'archive_too_large',
              `the archive unpacks to more than ${limits.unpackedBytes} bytes`,
            );
          }
          await file.writeFile(chunk);
        }
      } finally {
        await file.close();
      }
      files.set(path, { location, bytes });
    },
  };
}

async function unpackTar(input: { bytes: AsyncIterable<Uint8Array>; store: Store; limits: ArchiveLimits }) {
  const { bytes, store, limits } = input;
  let packed = 0;
  let unpacked = 0;
  const meterPacked = meter((chunk) => {
    packed += chunk.byteLength;
    if (packed > limits.archiveBytes) throw archiveTooBig(limits);
  });
  const meterUnpacked = meter((chunk) => {
    unpacked += chunk.byteLength;
    if (unpacked > ratioGrace && unpacked > packed * limits.ratio) throw ratioTooHigh(limits);
  });
  const extract = tar.extract();
  let failure: unknown;
  const pumping = pipeline(Readable.from(bytes), meterPacked, createGunzip(), meterUnpacked, extract).catch(
    (error: unknown) => {
      failure = error;
    },
  );
  try {
    for await (const entry of extract) {
      // It may break before anybody reads it; the reader gets the same error again.
      entry.on('error', ignore);
      const { name, type } = entry.header;
      if (type === 'directory') {
        store.addFolder(name);
        entry.resume();
      } else if (type === 'file' || type === 'contiguous-file') {
        await store.addFile(name, bytesOf(entry));
      } else {
        throw new ImportError('archive_unsafe', `the archive has a ${type}: "${name.slice(0, 120)}"`);
      }
    }
  } catch (error) {
    extract.destroy();
    await pumping;
    // A refusal of a meter reaches the loop as a plain stream error; the meter's own reason is the better one.
    throw failure instanceof ImportError ? failure : error;
  }
  await pumping;
  if (failure !== undefined) throw failure;
}

async function unpackZip(input: {
  bytes: AsyncIterable<Uint8Array>;
  folder: string;
  store: Store;
  limits: ArchiveLimits;
}) {
  const { bytes, folder, store, limits } = input;
  // A zip is read from its end, so the stream is spooled first.
  const spool = join(folder, 'archive');
  let packed = 0;
  const count = meter((chunk) => {
    packed += chunk.byteLength;
    if (packed > limits.archiveBytes) throw archiveTooBig(limits);
  });
  await pipeline(Readable.from(bytes), count, createWriteStream(spool, { flags: 'wx', mode: 0o600 }));
  const zip = await openZip(spool);
  let unpacked = 0;
  try {
    for await (const entry of zipEntries(zip)) {
      const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
      if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) {
        throw new ImportError('archive_unsafe', `the archive has a link or device: "${entry.fileName.slice(0, 120)}"`);
      }
      if (entry.isEncrypted()) throw new ImportError('archive_unreadable', 'the archive is encrypted');
      if (entry.fileName.endsWith('/') || kind === 0o040000) {
        store.addFolder(entry.fileName);
        continue;
      }
      const content = await openEntry(zip, entry);
      await store.addFile(
        entry.fileName,
        follow(content, (chunk) => {
          unpacked += chunk.byteLength;
          if (unpacked > ratioGrace && unpacked > packed * limits.ratio) throw ratioTooHigh(limits);
        }),
      );
    }
  } finally {
    zip.close();
  }
  await rm(spool);
}

function openZip(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { autoClose: false, lazyEntries: true, strictFileNames: true, validateEntrySizes: true };
    yauzl.open(path, options, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

async function* zipEntries(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | null>((resolve, reject) => {
      const settle = (done: () => void) => {
        zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
        done();
      };
      zip.on('entry', (found: yauzl.Entry) => settle(() => resolve(found)));
      zip.on('end', () => settle(() => resolve(null)));
      zip.on('error', (error: Error) => settle(() => reject(unsafeName(error) ?? error)));
      zip.readEntry();
    });
    if (entry === null) return;
    yield entry;
  }
}

/** The zip reader refuses some names before we see them. */
function unsafeName(error: Error): ImportError | null {
  if (!/invalid characters in fileName|absolute path|invalid relative path/.test(error.message)) return null;
  return new ImportError('archive_unsafe', `the archive has an unsafe name: ${error.message.slice(0, 200)}`);
}

const ignore = () => {};

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, content) => {
      if (error) {
        reject(error);
        return;
      }
      // It may break before anybody reads it; the reader gets the same error again.
      content.on('error', ignore);
      resolve(content);
    });
  });
}

async function* follow(content: AsyncIterable<Uint8Array>, see: (chunk: Uint8Array) => void) {
  for await (const chunk of content) {
    see(chunk);
    yield chunk;
  }
}

async function* bytesOf(chunks: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('an archive entry gave something that is not bytes');
    yield chunk;
  }
}

function meter(see: (chunk: Uint8Array) => void): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      try {
        see(chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      done(null, chunk);
    },
  });
}

function archiveTooBig(limits: ArchiveLimits): ImportError {
  return new ImportError('archive_too_large', `the archive has more than ${limits.archiveBytes} bytes`);
}

function ratioTooHigh(limits: ArchiveLimits): ImportError {
  return new ImportError('archive_too_large', `the archive unpacks to more than ${limits.ratio} times its size`);
}

/** The first bytes, and the whole stream again from its start. */
async function peek(bytes: AsyncIterable<Uint8Array>) {
  const iterator = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < 4) {
    const next = await iterator.next();
    if (next.done) break;
    first.push(next.value);
    length += next.value.byteLength;
  }
  const head = Buffer.concat(first);
  const all = (async function* () {
    try {
      yield head;
      for (;;) {
        const next = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  })();
  const close = async () => {
    await iterator.return?.();
  };
  return { head, all, close };
}
