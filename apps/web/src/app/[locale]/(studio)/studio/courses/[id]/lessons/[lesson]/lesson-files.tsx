import type { Block } from '@stoa/contracts/document';
import { everyBlock } from '@stoa/contracts/document-tree';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { paths } from '@/api/schema.d.ts';
import { addressOf } from '@/components/document/document.tsx';
import { embedOf } from '@/components/document/embeds.ts';
import { locales } from '@/i18n/locales.ts';
import { FilmParts } from './film-parts.tsx';
import { LessonFileForm } from './lesson-file-form.tsx';

export type Lesson = paths['/api/lessons/{id}']['get']['responses'][200]['content']['application/json'];
type FileBlock = Extract<Block, { type: 'video' | 'audio' | 'image' | 'file' }>;
type Video = Extract<FileBlock, { type: 'video' }>;

/** Offered for captions beside those of the interface and of the course. */
const captionLanguages = ['fr', 'de', 'it', 'nl', 'pl', 'tr', 'uk', 'ar', 'he', 'hi', 'id', 'vi', 'ja', 'ko', 'zh'];

/** The files a lesson shows, each with what can be done to it, and a place for one more. */
export async function LessonFiles({ lesson, courseLanguage }: { lesson: Lesson; courseLanguage: string }) {
  const t = await getTranslations('studio.lesson');
  const files = filesIn(lesson.content.content);
  const common = { courseId: lesson.courseId, lessonId: lesson.id };
  return (
    <>
      {files.length > 0 && (
        <ol className="space-y-4">
          {files.map((block, index) => (
            // Its place, and not its address: that changes with its file, and what is written here stays.
            // biome-ignore lint/suspicious/noArrayIndexKey: why, above
            <li key={index} className="min-w-0 rounded-lg border bg-card p-4">
              <h3 className="wrap-anywhere font-medium font-sans text-base tracking-normal">{nameOf(block, lesson)}</h3>
              <p className="wrap-anywhere text-muted-foreground text-sm">
                {[t(`kinds.${block.type}`), fileNameOf(block, lesson)].filter(Boolean).join(' · ')}
              </p>
              <div className="mt-3 space-y-3 text-sm">
                {block.type === 'video' && !embedOf(block.attrs.src) && (
                  <Film video={block} lesson={lesson} courseLanguage={courseLanguage} />
                )}
                <Part title={t('another')} of={nameOf(block, lesson)}>
                  {block.type === 'video' && <p className="mt-2 text-muted-foreground">{t('anotherKeeps')}</p>}
                  <LessonFileForm {...common} use="content" of={block.attrs.src} />
                </Part>
              </div>
            </li>
          ))}
        </ol>
      )}
      <section aria-labelledby="add-file" className="mt-6">
        <h3 id="add-file" className="font-medium font-sans text-base tracking-normal">
          {t('add')}
        </h3>
        <p className="text-muted-foreground text-sm">{t('addHelp')}</p>
        <LessonFileForm {...common} use="content" of={null} />
      </section>
    </>
  );
}

/** Captions and poster of a film, as they are and to give. */
async function Film({ video, lesson, courseLanguage }: { video: Video; lesson: Lesson; courseLanguage: string }) {
  const [t, locale] = await Promise.all([getTranslations('studio.lesson'), getLocale()]);
  const { src, captions = [], posterSrc } = video.attrs;
  const name = nameOf(video, lesson);
  // Named here and not in the browser, which may know other names.
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const tags = [...new Set([courseLanguage, ...locales, ...captions.map((one) => one.language), ...captionLanguages])];
  const common = { courseId: lesson.courseId, lessonId: lesson.id, of: src };
  return (
    <>
      <FilmParts
        lessonId={lesson.id}
        of={src}
        name={name}
        captions={captions}
        poster={posterSrc ? addressOf(posterSrc, { assets: lesson.assets }) : null}
      />
      <Part title={t('giveCaptions')} of={name}>
        <LessonFileForm
          {...common}
          use="captions"
          languages={tags.map((tag) => ({ tag, name: names.of(tag) ?? tag }))}
        />
      </Part>
      <Part title={t('givePoster')} of={name}>
        <LessonFileForm {...common} use="poster" />
      </Part>
    </>
  );
}

/** Something that can be done to a file, closed until somebody wants to. */
function Part({ title, of, children }: { title: string; of: string; children: ReactNode }) {
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm underline decoration-1 underline-offset-4 hover:decoration-2">
        {title}
        <span className="sr-only">: {of}</span>
      </summary>
      {children}
    </details>
  );
}

function nameOf(block: FileBlock, lesson: Lesson): string {
  if (block.type === 'file') return block.attrs.name;
  return (block.type === 'image' ? block.attrs.alt : block.attrs.title) || lesson.title;
}

/** The name its file had when it was sent, where it is one of ours and the name says something new. */
function fileNameOf(block: FileBlock, lesson: Lesson): string {
  const { src } = block.attrs;
  const fileName = src.startsWith('asset:') ? lesson.assets[src.slice('asset:'.length)]?.fileName : undefined;
  return fileName === undefined || fileName === nameOf(block, lesson) ? '' : fileName;
}

/** Every block with a file, in reading order, each file once: they change together. */
function filesIn(blocks: readonly Block[]): FileBlock[] {
  const found = new Map<string, FileBlock>();
  for (const block of everyBlock(blocks))
    if (isFileBlock(block) && !found.has(block.attrs.src)) found.set(block.attrs.src, block);
  return [...found.values()];
}

function isFileBlock(block: Block): block is FileBlock {
  return block.type === 'video' || block.type === 'audio' || block.type === 'image' || block.type === 'file';
}
