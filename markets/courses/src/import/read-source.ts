import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { ImportError, type ImportErrorCode } from './import-error.ts';
import type { ImportedCourse, ImportedFile } from './imported-course.ts';
import type { MarkdownCourseSettings } from './markdown/read-markdown-course.ts';

/** A file of a course that was read in another thread. */
export type ReadFile = Omit<ImportedFile, 'open'> & { from: { location: string } | { content: Uint8Array } };
/** A course as plain data, whichever importer read it. `settings` is null when its format has none. */
export type ReadCourse = Omit<ImportedCourse, 'files'> & {
  files: ReadFile[];
  settings: MarkdownCourseSettings | null;
};
export type Answer = { course: ReadCourse } | { refused: { code: ImportErrorCode; message: string } };

export type ReadLimits = {
  /** Seconds from the start of unpacking to the finished course. */
  seconds: number;
  /** Megabytes of JavaScript heap. */
  memoryMb: number;
};

const workerFile = new URL('./read-source.worker.ts', import.meta.url);

/**
 * Reads a course from a folder or archive on this machine, in a thread of its own: parsing never holds up the requests
 * of this process, and a source that needs more time or memory than allowed is refused instead of stopping it.
 *
 * `format` null: recognized by its files. An archive is unpacked into `workFolder`, which the caller removes when it has
 * stored the files.
 * @throws ImportError for a source that is refused
 */
export async function readSource(
  source: { path: string; format: 'olx' | 'markdown' | null; workFolder: string },
  limits: ReadLimits,
): Promise<ReadCourse> {
  const worker = new Worker(workerFile, {
    workerData: source,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.once('message', (given: Answer) => resolve(given));
      worker.once('error', (error: Error) => reject(refusalOf(error, limits)));
      worker.once('exit', (code) => reject(new Error(`the thread that reads a source ended with code ${code}`)));
      timer = setTimeout(
        () => reject(new ImportError('import_too_slow', `reading took more than ${limits.seconds} seconds`)),
        limits.seconds * 1000,
      );
    });
    if ('refused' in answer) throw new ImportError(answer.refused.code, answer.refused.message);
    return answer.course;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function refusalOf(error: Error, limits: ReadLimits): Error {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new ImportError('import_too_heavy', `reading took more than ${limits.memoryMb} MB of memory`, {
    cause: error,
  });
}

/** The bytes of a file, in chunks of at most `chunkBytes`. */
export async function* openReadFile({ from }: ReadFile, chunkBytes: number): AsyncGenerator<Uint8Array> {
  if ('content' in from) {
    for (let at = 0; at < from.content.length; at += chunkBytes) yield from.content.subarray(at, at + chunkBytes);
    return;
  }
  const file = await open(from.location, constants.O_RDONLY | constants.O_NOFOLLOW);
  yield* file.createReadStream({ highWaterMark: chunkBytes });
}
