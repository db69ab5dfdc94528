import type { Block, Document } from '@stoa/contracts/document';
import { type Ctx, type FastifyRequest, fieldMessage, kernelErrors, requireRole } from '@stoa/kernel';
import { blockOfFile, type FileBlock, findFileBlock, withFileBlock } from './document-files.ts';
import { errors } from './errors.ts';
import { findOwnLesson } from './find-course.ts';
import { languageName } from './import/language-name.ts';
import { type FileForm, type ReceivesFiles, type SentFile, takeFile } from './receive-file.ts';
import { Language } from './shapes.ts';
import type { LessonRow } from './tables.ts';
import { changeLesson } from './write-lesson.ts';

/** What a file is for in a lesson. */
export type FileUse = {
  /** The lesson's own, or what accompanies one of its films. */
  as: 'content' | 'captions' | 'poster';
  /** `src` of the block it is for; without one it is the lesson's next file. */
  of?: string | undefined;
  /** Of captions; may be a field of the form instead, where the person chooses it. */
  language?: string | undefined;
};

type Own = ReceivesFiles & Parameters<typeof changeLesson>[0];

/** Whoever writes meanwhile is not overwritten: the file is put into what they wrote. They cannot do so for ever. */
const tries = 5;

/**
 * Receives a file and puts it into a lesson, in the language the course was written in: in the place of another, behind
 * what is there, or as the captions or the poster of a film. Captions in a language that has some replace them.
 * @throws not_allowed, lesson_not_found, lesson_file_not_found, captions_without_video, captions_not_vtt,
 *   poster_not_an_image, validation_failed, edit_conflict, and what {@link takeFile} refuses
 */
export function giveLessonFile(own: Own) {
  const take = takeFile(own);
  return async (id: string, use: FileUse, request: FastifyRequest, ctx: Ctx): Promise<void> => {
    requireRole(ctx, 'instructor');
    const lesson = await findOwnLesson(own.db, id, ctx);
    checkPlace(lesson.content, use);
    let language = use.language;
    const accept = (form: FileForm) => {
      language ??= form.field('language');
      if (use.as === 'captions') language = checkLanguage(language, ctx);
      checkName(form.fileName, use);
    };
    const sent = await take(lesson.course_id, request, { ctx, accept }).catch((error: unknown) => {
      throw hasCode(error, 'file_type_refused') ? (refusalOf(use) ?? error) : error;
    });
    checkKind(sent, use);
    await rewrite(own, id, ctx, ({ content, title }) => {
      checkPlace(content, use);
      return put(content, { ...use, language }, { sent, title });
    });
  };
}

/**
 * Takes the captions in a language, or the poster, away from a film of a lesson. Those that are not there are gone.
 * @throws not_allowed, lesson_not_found, lesson_file_not_found, captions_without_video, validation_failed, edit_conflict
 */
export function dropLessonFile(own: Own) {
  return async (id: string, use: FileUse & { as: 'captions' | 'poster' }, ctx: Ctx): Promise<void> => {
    requireRole(ctx, 'instructor');
    await rewrite(own, id, ctx, ({ content }) => {
      checkPlace(content, use);
      const language = use.as === 'captions' ? checkLanguage(use.language, ctx) : undefined;
      return withFileBlock(content, use.of ?? '', (block): Block => {
        if (block.type !== 'video') return block;
        const { posterSrc, captions, ...attrs } = block.attrs;
        const poster = use.as === 'captions' && posterSrc !== undefined ? { posterSrc } : {};
        const left = captions?.filter((one) => one.language !== language) ?? [];
        return { ...block, attrs: { ...attrs, ...poster, ...(left.length > 0 ? { captions: left } : {}) } };
      });
    });
  };
}

/** Changes the content of a lesson as it is now. */
async function rewrite(own: Own, id: string, ctx: Ctx, change: (lesson: LessonRow) => Document): Promise<void> {
  for (let round = 1; ; round += 1) {
    const lesson = await findOwnLesson(own.db, id, ctx);
    try {
      return await changeLesson(own)(id, { content: change(lesson), version: lesson.version }, ctx);
    } catch (error) {
      if (!hasCode(error, 'edit_conflict') || round === tries) throw error;
    }
  }
}

function put(content: Document, { as, of, language }: FileUse, { sent, title }: { sent: SentFile; title: string }) {
  if (of === undefined) {
    // Sent twice, it is there once.
    if (findFileBlock(content, sent.src)) return content;
    return { ...content, content: [...content.content, blockOfFile(sent, title)] };
  }
  return withFileBlock(content, of, (block): Block => {
    if (as === 'content') return blockOfFile(sent, title, block);
    return block.type === 'video' ? accompanied(block, sent, as === 'captions' ? language : undefined) : block;
  });
}

type Video = Extract<FileBlock, { type: 'video' }>;

/** A film with captions, where their language is given, or with a poster. */
function accompanied(video: Video, { src }: SentFile, language: string | undefined): Video {
  if (language === undefined) return { ...video, attrs: { ...video.attrs, posterSrc: src } };
  const others = (video.attrs.captions ?? []).filter((one) => one.language !== language);
  const captions = [...others, { language, label: languageName(language), src }];
  return { ...video, attrs: { ...video.attrs, captions } };
}

function checkPlace(content: Document, { as, of }: FileUse): void {
  if (of === undefined) {
    if (as !== 'content') throw errors.captions_without_video();
    return;
  }
  const block = findFileBlock(content, of);
  if (!block) throw errors.lesson_file_not_found();
  if (as !== 'content' && block.type !== 'video') throw errors.captions_without_video();
}

/** Said before a long upload and not after it. */
function checkName(fileName: string, { as }: FileUse): void {
  const isCaptions = /\.(vtt|srt)$/i.test(fileName);
  if (as === 'captions' && !isCaptions) throw errors.captions_not_vtt();
  if (as === 'content' && isCaptions) throw errors.captions_without_video();
  if (as === 'poster' && !/\.(png|jpe?g|gif|webp|avif)$/i.test(fileName)) throw errors.poster_not_an_image();
}

function checkKind({ kind }: SentFile, use: FileUse): void {
  const wanted = use.as === 'content' ? kind !== 'captions' : kind === (use.as === 'poster' ? 'image' : 'captions');
  if (!wanted) throw refusalOf(use) ?? errors.captions_without_video();
}

/** What a file that is no captions or no poster is told; null for a lesson's own, which may be of many kinds. */
function refusalOf({ as }: FileUse) {
  if (as === 'captions') return errors.captions_not_vtt();
  return as === 'poster' ? errors.poster_not_an_image() : null;
}

function checkLanguage(language: string | undefined, ctx: Ctx): string {
  const known = Language.safeParse(language);
  if (known.success && isLanguage(known.data)) return known.data;
  const code = language ? 'invalid' : 'required';
  const message = fieldMessage(code, ctx.locale);
  throw kernelErrors.validation_failed({ errors: [{ pointer: '/language', code, message }] });
}

/** A tag that has the shape of one and is none (`en-abcdefghi`) has no name. */
function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const hasCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;
