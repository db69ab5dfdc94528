import { mkdir, stat } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { ImportError } from './import-error.ts';
import type { ImportedFile, SourceTree } from './imported-course.ts';
import { readMarkdownCourse } from './markdown/read-markdown-course.ts';
import { readOlx } from './read-olx.ts';
import type { Answer, ReadCourse, ReadFile } from './read-source.ts';
import { openArchive, openFolder } from './source-tree.ts';
import type { StoredTree } from './stored-tree.ts';

/**
 * The thread in which a source is unpacked and read. What people upload may be built to take for ever or to fill the
 * memory; here that ends one import and nothing else (see `read-source.ts`).
 */
const Input = z.object({
  path: z.string(),
  format: z.enum(['olx', 'markdown']).nullable(),
  workFolder: z.string(),
});

async function readSource({ path, format, workFolder }: z.infer<typeof Input>): Promise<ReadCourse> {
  const tree = await openSource(path, workFolder);
  const opened = new WeakMap<AsyncIterable<Uint8Array>, string>();
  const watched: SourceTree = {
    ...tree,
    open: (name) => {
      const bytes = tree.open(name);
      opened.set(bytes, name);
      return bytes;
    },
  };
  const placed = (files: readonly ImportedFile[]) => Promise.all(files.map((file) => placeOf(file, { tree, opened })));
  if ((format ?? (await formatOf(tree))) === 'olx') {
    const course = await readOlx(watched);
    return { ...course, files: await placed(course.files), settings: null };
  }
  const course = await readMarkdownCourse(watched);
  return { ...course, files: await placed(course.files) };
}

/** What the command line names may be a folder or, like an upload, an archive. */
async function openSource(path: string, workFolder: string): Promise<StoredTree> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return openFolder(path);
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  return openArchive(path, { into: workFolder });
}

/** As deep as the reader of OLX looks for a course. */
async function formatOf(tree: SourceTree): Promise<'olx' | 'markdown'> {
  const paths = await tree.list();
  return paths.some((path) => /^([^/]+\/){0,3}(course|library)\.xml$/.test(path)) ? 'olx' : 'markdown';
}

/** A file as another thread can open it: where it lies, or the bytes of one that an importer has made itself. */
async function placeOf(
  { open, ...file }: ImportedFile,
  { tree, opened }: { tree: StoredTree; opened: WeakMap<AsyncIterable<Uint8Array>, string> },
): Promise<ReadFile> {
  const bytes = open();
  const name = opened.get(bytes);
  if (name !== undefined) return { ...file, from: { location: await tree.locate(name) } };
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return { ...file, from: { content: new Uint8Array(Buffer.concat(chunks)) } };
}

const answer: Answer = await readSource(Input.parse(workerData)).then(
  (course) => ({ course }),
  (error: unknown) => {
    if (error instanceof ImportError) return { refused: { code: error.code, message: error.message } };
    throw error;
  },
);
parentPort?.postMessage(answer);
