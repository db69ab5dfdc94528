import { createHash } from 'node:crypto';
import type { MediaService } from '@stoa/contracts';
import type { Note } from '@stoa/contracts/note';
import { type Client, type Ctx, ExpectedError } from '@stoa/kernel';
import type { ImportReportItem } from './import/imported-course.ts';
import { note } from './import/notes.ts';
import { openReadFile, type ReadCourse, type ReadFile } from './import/read-source.ts';
import { assetPathsIn } from './rewrite-document.ts';

/** Below the 4 MiB that media takes in one call. */
const chunkBytes = 1024 * 1024;

/** What media says about a file that it will not take, however often it is sent. */
const refusals: Readonly<Record<string, Note>> = {
  payload_too_large: note('file_refused_size'),
  validation_failed: note('file_refused_name'),
};

type Own = { calls: { media: Client<typeof MediaService> } };
type Job = {
  courseId: string;
  course: ReadCourse;
  /** Gets a `failed` line for each file that media refuses. */
  report: ImportReportItem[];
  ctx: Ctx;
  onProgress: (done: number, total: number) => Promise<void>;
};

/**
 * Gives the files of a course to media and returns the id of each by its path. A file that is there already is not sent
 * again. Pictures of the course page are public, everything else is for people who are enrolled. Media may delete what
 * is not used: in the days that it waits an import is over, and what it brought is in `source_files`.
 */
export async function storeFiles(own: Own, { courseId, course, report, ctx, onProgress }: Job) {
  const ids = new Map<string, string>();
  const descriptions = [course.description, ...Object.values(course.translations).map((texts) => texts.description)];
  const open = new Set(descriptions.flatMap((description) => (description ? assetPathsIn(description) : [])));
  if (course.coverPath) open.add(course.coverPath);
  for (const [index, file] of course.files.entries()) {
    await onProgress(index, course.files.length);
    try {
      ids.set(file.path, await storeFile(own, { file, courseId, isPublic: open.has(file.path), ctx }));
    } catch (error) {
      const why = error instanceof ExpectedError ? refusals[error.code] : undefined;
      if (!why) throw error;
      const line = report.findIndex((item) => item.source === file.path);
      const before = report[line] ?? { source: file.path, type: 'static', lessonKey: null };
      report.splice(line < 0 ? report.length : line, 1, { ...before, outcome: 'failed', notes: [why] });
    }
  }
  return ids;
}

async function storeFile(
  { calls }: Own,
  { file, courseId, isPublic, ctx }: { file: ReadFile; courseId: string; isPublic: boolean; ctx: Ctx },
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of openReadFile(file, chunkBytes)) hash.update(chunk);
  const { assetId, complete, receivedBytes } = await calls.media.beginAsset(
    {
      ownerKind: 'course',
      ownerId: courseId,
      key: file.path,
      fileName: file.name,
      contentType: file.contentType,
      bytes: BigInt(file.bytes),
      sha256: hash.digest('hex'),
      visibility: isPublic ? 'public' : 'enrolled',
      disposable: true,
    },
    ctx,
  );
  if (complete) return assetId;
  let offset = 0;
  for await (const content of openReadFile(file, chunkBytes)) {
    const end = offset + content.length;
    // An import that was cut off goes on where it stopped.
    if (end > Number(receivedBytes)) await calls.media.appendAsset({ assetId, offset: BigInt(offset), content }, ctx);
    offset = end;
  }
  await calls.media.completeAsset({ assetId }, ctx);
  return assetId;
}
