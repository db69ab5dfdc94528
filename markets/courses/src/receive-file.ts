import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { MediaService } from '@stoa/contracts';
import {
  type Client,
  type Ctx,
  type Deps,
  errorCode,
  type FastifyRequest,
  kernelErrors,
  requireRole,
  serviceCtx,
} from '@stoa/kernel';
import { errors } from './errors.ts';
import { checkMayEdit } from './find-course.ts';
import { srtToVtt } from './import/captions-to-vtt.ts';
import { archiveOf, importsFolder } from './import-files.ts';

/** Below the 4 MiB that media takes in one call. */
const chunkBytes = 1024 * 1024;
/** Of SubRip captions: those of a film of three hours have 200 kB. */
export const captionBytes = 2 * 1024 * 1024;

/** What lessons are made of, by the type that media tells from the bytes. Nothing that could run in a page. */
const kinds: readonly [types: RegExp, kind: FileKind][] = [
  [/^video\/(mp4|webm)$/, 'video'],
  [/^audio\/(mpeg|ogg|wav|mp4|webm)$/, 'audio'],
  [/^image\/(png|jpeg|gif|webp|avif)$/, 'image'],
  [/^text\/vtt$/, 'captions'],
  [/^application\/(pdf|zip)$/, 'file'],
];
/** Names that such files have: who sends another is told before a long upload and not after it. */
const names = /\.(mp4|m4v|webm|mp3|ogg|oga|opus|wav|m4a|png|jpe?g|gif|webp|avif|vtt|srt|pdf|zip)$/i;

export type FileKind = 'video' | 'audio' | 'image' | 'captions' | 'file';
export type ReceivesFiles = Pick<Deps, 'db' | 'ids' | 'home'> & {
  maxFileBytes: number;
  calls: { media: Client<typeof MediaService> };
};
/** A file as media keeps it. `src` is its address in documents, `seconds` how long it plays, 0 where that is not known. */
export type SentFile = {
  assetId: string;
  src: string;
  kind: FileKind;
  fileName: string;
  contentType: string;
  bytes: number;
  seconds: number;
};

/**
 * Receives a file for the lessons of a course: multipart with one file. It waits on disk until all of it is there and its
 * hash is known, so media never keeps a part of it; the same bytes are the same file. A lesson shows it by its `src`.
 * SubRip captions become WebVTT.
 * @returns `src` for the blocks of a document; `seconds` it plays, 0 where its headers do not say
 * @throws not_allowed, course_not_found, file_missing, file_type_refused, import_upload_broken, payload_too_large,
 *   unsupported_media_type
 */
export function receiveFile(own: ReceivesFiles) {
  const take = takeFile(own);
  return async (courseId: string, request: FastifyRequest, ctx: Ctx): Promise<SentFile> => {
    requireRole(ctx, 'instructor');
    await checkMayEdit(own.db, courseId, ctx);
    return take(courseId, request, { ctx });
  };
}

/** What a form says about its file: its name, and the fields before it. Those after it are not waited for. */
export type FileForm = { fileName: string; field: (name: string) => string | undefined };

/**
 * Receives the file of a request as {@link receiveFile} does, for a use case that has decided that the person may send it.
 * @param accept throws for a file that is not wanted, before its bytes are received; an empty form has none
 */
export function takeFile(own: ReceivesFiles) {
  return async (
    courseId: string,
    request: FastifyRequest,
    { ctx, accept }: { ctx: Ctx; accept?: (form: FileForm) => void },
  ): Promise<SentFile> => {
    const file = await request.file({ throwFileSizeLimit: false, limits: { fileSize: own.maxFileBytes } });
    // A browser sends an empty file without a name where none was chosen.
    if (!file?.filename) throw errors.file_missing();
    const { fields } = file;
    accept?.({ fileName: file.filename, field: (name) => textIn(fields[name]) });
    if (!names.test(file.filename)) throw errors.file_type_refused();
    await mkdir(importsFolder(own.home), { recursive: true, mode: 0o700 });
    // Beside the archives of imports, under a name of theirs: the same sweep removes what a crash leaves behind.
    const path = archiveOf(own.home, own.ids.id());
    const hash = createHash('sha256');
    try {
      const counted = async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      };
      await pipeline(file.file, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 })).catch(
        (error: unknown) => {
          // What fails on the disk has a code of its own; a form that stops in the middle has none.
          throw errorCode(error) === undefined ? errors.import_upload_broken({ cause: error }) : error;
        },
      );
      if (file.file.truncated) throw kernelErrors.payload_too_large();
      const bytes = file.file.bytesRead;
      if (bytes === 0) throw errors.file_missing();
      const { filename, mimetype } = file;
      const received = { path, bytes, sha256: hash.digest('hex'), filename, mimetype, courseId };
      return await keep(own, /\.srt$/i.test(filename) ? await asWebVtt(received) : received, ctx);
    } finally {
      await rm(path, { force: true });
    }
  };
}

type Received = { path: string; bytes: number; sha256: string; filename: string; mimetype: string; courseId: string };

/**
 * SubRip captions as WebVTT, which is what browsers show, in the place of what was received.
 * @throws payload_too_large, file_type_refused
 */
async function asWebVtt(received: Received): Promise<Received> {
  if (received.bytes > captionBytes) throw kernelErrors.payload_too_large();
  const { vtt, cues } = srtToVtt(textOf(await readFile(received.path)));
  if (cues === 0) throw errors.file_type_refused();
  const content = Buffer.from(vtt);
  await writeFile(received.path, content);
  return {
    ...received,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    filename: received.filename.replace(/\.srt$/i, '.vtt'),
    mimetype: 'text/vtt',
  };
}

/** SubRip says nothing of its encoding: UTF-8 where it is that, a byte order mark is believed, older files are Windows-1252. */
function textOf(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff')
    return new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(bytes);
  return isUtf8(bytes) ? bytes.toString() : new TextDecoder('windows-1252').decode(bytes);
}

/** The text of a form field. */
function textIn(field: unknown): string | undefined {
  if (typeof field !== 'object' || field === null || !('value' in field)) return undefined;
  return typeof field.value === 'string' ? field.value : undefined;
}

async function keep({ calls }: Pick<ReceivesFiles, 'calls'>, received: Received, ctx: Ctx): Promise<SentFile> {
  const { path, bytes, sha256, courseId } = received;
  // Media serves its siblings; that the person may do this has been decided above.
  const asking = { ...ctx, actor: serviceCtx('courses').actor };
  const { assetId, complete, receivedBytes } = await calls.media.beginAsset(
    {
      ownerKind: 'course',
      ownerId: courseId,
      key: `file/${sha256}`,
      fileName: received.filename,
      contentType: received.mimetype,
      bytes: BigInt(bytes),
      sha256,
      visibility: 'enrolled',
      disposable: true,
    },
    asking,
  );
  if (!complete) {
    // An upload that was cut off between us and media goes on where it stopped.
    let offset = Number(receivedBytes);
    for await (const content of createReadStream(path, { start: offset, highWaterMark: chunkBytes })) {
      await calls.media.appendAsset({ assetId, offset: BigInt(offset), content }, asking);
      offset += content.length;
    }
    await calls.media.completeAsset({ assetId }, asking);
  }
  const { assets } = await calls.media.getAssets({ ids: [assetId] }, asking);
  const [asset] = assets;
  const kind = kinds.find(([types]) => types.test(asset?.contentType ?? ''))?.[1];
  if (!asset || !kind) throw errors.file_type_refused();
  const { fileName, contentType, seconds } = asset;
  return { assetId, src: `asset:${assetId}`, kind, fileName, contentType, bytes, seconds };
}
