import type { Block } from '@stoa/contracts/document';
import { youtubeId } from '../document-address.ts';
import { languageName } from '../language-name.ts';
import { note } from '../notes.ts';
import type { LessonSettings } from './course-settings.ts';
import { type MarkdownContext, markdownToBlocks } from './markdown-to-blocks.ts';
import type { Quiz } from './read-quiz.ts';
import type { SourceText } from './read-source-text.ts';
import { nameOf } from './source-path.ts';
import { takeLinkSections } from './take-link-sections.ts';

/** A text with the surroundings it is converted in. */
export type TextInContext = { text: SourceText; context: MarkdownContext };

export type PlacedQuiz = { quiz: Quiz; placement: 'before' | 'after' };

/**
 * Puts one language of a lesson together, in this order: video, audio or embedded page of the front matter; quizzes
 * before; the text; files and link of the front matter; quizzes after; the assignment under its own heading.
 * Sections of the text that only linked to one of these quizzes or the assignment give their heading to it.
 */
export function composeLesson(options: {
  lesson: TextInContext;
  assignment: TextInContext | null;
  quizzes: readonly PlacedQuiz[];
  settings: LessonSettings;
  /** Null for the language of the source. */
  language: string | null;
  title: string;
}): Block[] {
  const { lesson, assignment, quizzes, settings, language, title } = options;
  const { context, text } = lesson;
  const quizHeadings = new Map<string, string>();
  const withoutQuizzes = takeLinkSections(text.root, ownQuiz(context));
  for (const { target, heading } of withoutQuizzes.taken) {
    if (heading !== null) quizHeadings.set(target, heading);
  }
  const isAssignment = (url: string): true | null =>
    assignment !== null && /assignment/i.test(url) && context.resolveLink(url).href === '#part-assignment'
      ? true
      : null;
  const body = takeLinkSections(withoutQuizzes.root, isAssignment);
  const assignmentHeading = body.taken.find(({ heading }) => heading !== null)?.heading;

  const quizBlocks = (placement: 'before' | 'after'): Block[] =>
    quizzes
      .filter((placed) => placed.placement === placement && placed.quiz.problems.length > 0)
      .flatMap(({ quiz }) => {
        const own = language === null ? quiz.title : (quiz.titles[language] ?? quiz.title);
        const phrase = placement === 'before' ? context.phrases.quizBefore : context.phrases.quizAfter;
        const heading = quizHeadings.get(quiz.id) ?? (quiz.placement === null && own === '' ? phrase : own || phrase);
        return [
          headingBlock(heading, `part-quiz-${quiz.id}`.slice(0, 190)),
          ...quiz.problems.map(({ sourceKey }): Block => ({ type: 'problem', attrs: { problemId: sourceKey } })),
        ];
      });

  return [
    ...mediaBlocks(settings, context, title),
    ...quizBlocks('before'),
    ...markdownToBlocks(body.root, context),
    ...attachmentBlocks(settings, context, title),
    ...quizBlocks('after'),
    ...(assignment === null ? [] : assignmentBlocks(assignment, assignmentHeading ?? null)),
  ];
}

/** An assignment's title follows the word for it; its headings move one level down, below the heading of the part. */
function assignmentBlocks({ text, context }: TextInContext, sectionHeading: string | null): Block[] {
  const word = sectionHeading ?? context.phrases.assignment;
  const heading = text.title === null || text.title === word ? word : `${word}: ${text.title}`;
  const children = text.root.children.map((child) =>
    child.type === 'heading' ? { ...child, depth: deeper(child.depth) } : child,
  );
  return [headingBlock(heading, 'part-assignment'), ...markdownToBlocks({ ...text.root, children }, context)];
}

function deeper(depth: 1 | 2 | 3 | 4 | 5 | 6): 1 | 2 | 3 | 4 | 5 | 6 {
  if (depth === 1 || depth === 2) return 3;
  if (depth === 3) return 4;
  return depth === 4 ? 5 : 6;
}

function headingBlock(text: string, id: string): Block {
  return { type: 'heading', attrs: { level: 2, id }, content: [{ type: 'text', text }] };
}

/** Recognises a link to a quiz of this lesson by the fragment it resolves to. */
function ownQuiz(context: MarkdownContext): (url: string) => string | null {
  return (url) => {
    if (!url.includes('/quiz/')) return null;
    const { href } = context.resolveLink(url);
    return href?.startsWith('#part-quiz-') ? href.slice('#part-quiz-'.length) : null;
  };
}

function mediaBlocks(settings: LessonSettings, context: MarkdownContext, title: string): Block[] {
  const blocks: Block[] = [];
  const duration = settings.mediaDuration === undefined ? {} : { durationSeconds: settings.mediaDuration };
  if (settings.video !== undefined) {
    const id = youtubeId(settings.video);
    const src = id === null ? context.resolveImage(settings.video).src : `youtube:${id}`;
    const poster = settings.poster === undefined ? null : context.resolveImage(settings.poster).src;
    const captions = Object.entries(settings.captions ?? {}).flatMap(([language, path]) => {
      const target = context.resolveImage(path).src;
      return target === null ? [] : [{ language, label: languageName(language), src: target }];
    });
    if (src !== null) {
      blocks.push({
        type: 'video',
        attrs: {
          id: context.nextVideoId(),
          title,
          src,
          ...duration,
          ...(poster === null ? {} : { posterSrc: poster }),
          ...(captions.length === 0 ? {} : { captions }),
        },
      });
    }
  }
  if (settings.audio !== undefined) {
    const { src } = context.resolveImage(settings.audio);
    if (src !== null) blocks.push({ type: 'audio', attrs: { id: 'audio-1', title, src, ...duration } });
  }
  if (settings.embed !== undefined) {
    const { src } = context.resolveImage(settings.embed);
    if (src?.startsWith('https://')) blocks.push({ type: 'embed', attrs: { src, title } });
    else if (src !== null) context.note(note('embed_not_https'));
  }
  return blocks;
}

function attachmentBlocks(settings: LessonSettings, context: MarkdownContext, title: string): Block[] {
  const blocks: Block[] = [];
  const files = [...(settings.file === undefined ? [] : [settings.file]), ...(settings.files ?? [])];
  for (const file of files) {
    const { src } = context.resolveImage(file.path);
    if (src !== null)
      blocks.push({ type: 'file', attrs: { src, name: (file.name ?? nameOf(file.path)).slice(0, 300) } });
  }
  if (settings.link !== undefined) {
    const { href } = context.resolveLink(settings.link);
    if (href !== null) {
      const text = `${context.phrases.openLink}: ${title}`;
      blocks.push({ type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }] });
    }
  }
  return blocks;
}
