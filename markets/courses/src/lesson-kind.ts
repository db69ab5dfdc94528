import type { Document } from '@stoa/contracts/document';
import { everyBlock } from '@stoa/contracts/document-tree';
import { countWords } from './import/document-text.ts';
import type { LessonKind } from './import/imported-course.ts';

const wordsPerMinute = 200;
/** Half a minute: to read a question, choose and check. */
const problemSeconds = 30;
/** What is opened and does not say how long it takes outweighs up to 150 words around it. */
const openedSeconds = 45;

/** Kinds whose time is summed, in the order that decides between equals: what is done goes before what is read. */
const kinds = ['quiz', 'video', 'audio', 'embed', 'file', 'text'] as const;
type Weighed = (typeof kinds)[number];

/**
 * What kind of lesson a document is: the one its readers spend most of their time with. Headings weigh nothing, so that
 * a title above the questions does not turn them into reading; neither does what Stoa cannot run.
 */
export function kindOfDocument(document: Document): LessonKind {
  const seconds: Record<Weighed, number> = { quiz: 0, video: 0, audio: 0, embed: 0, file: 0, text: 0 };
  for (const block of everyBlock(document.content)) {
    if (block.type === 'problem') seconds.quiz += problemSeconds;
    else if (block.type === 'video' || block.type === 'audio')
      seconds[block.type] += block.attrs.durationSeconds || openedSeconds;
    else if (block.type === 'embed') seconds.embed += openedSeconds;
    // Handouts lie beside what a lesson is about: ten of them weigh no more than one.
    else if (block.type === 'file') seconds.file = openedSeconds;
  }
  seconds.text = (countWords(document.content.filter(({ type }) => type !== 'heading')) / wordsPerMinute) * 60;
  const most = kinds.reduce((best, kind) => (seconds[kind] > seconds[best] ? kind : best));
  return seconds[most] > 0 ? most : 'text';
}

/** Whether a document holds problems and nothing else but headings. */
export function isOnlyProblems({ content }: Document): boolean {
  const body = content.filter(({ type }) => type !== 'heading');
  return body.length > 0 && body.every(({ type }) => type === 'problem');
}
