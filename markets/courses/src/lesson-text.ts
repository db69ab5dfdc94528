import type { Block, Document, Inline } from '@stoa/contracts/document';
import { mapBlocks } from '@stoa/contracts/document-tree';
import { type Note, type NoteLocale, sayNote } from '@stoa/contracts/note';
import { errors } from './errors.ts';
import { documentAddress } from './import/document-address.ts';
import { htmlToDocument } from './import/html-to-document.ts';
import { blocksToMarkdown } from './import/markdown/blocks-to-markdown.ts';
import { markdownToBlocks } from './import/markdown/markdown-to-blocks.ts';
import { MarkdownTooComplex, parseMarkdown } from './import/markdown/parse-markdown.ts';
import { phrasesFor } from './import/markdown/phrases.ts';
import { type NoteCode, note, noteOf, notePhrases } from './import/notes.ts';
import { longestText } from './shapes.ts';

/** What changes on the way and is meant so. */
const welcome: readonly string[] = ['footnotes_became_list', 'picture_became_video'] satisfies NoteCode[];

type Reading = {
  /** Of the lesson, for the title of its footnotes. */
  language: string;
  locale: NoteLocale;
  /** The lesson as it is; what Markdown cannot say stands in the text as a line with its number. */
  before?: Document | undefined;
};

/**
 * What a person wrote as Markdown, as a document. Nothing of it is dropped: what a lesson cannot show is refused, in words.
 * A line `![any words](kept:2)` is the second block of the lesson that Markdown cannot say.
 * @throws lesson_text_refused
 */
export function readLessonText(markdown: string, { language, locale, before }: Reading): Document {
  const kept = before ? keptIn(before, language) : [];
  const { blocks, problems } = convert(markdown, language);
  const content = mapBlocks(blocks, (block) => {
    const number = block.type === 'image' ? keptNumber(block.attrs.src) : null;
    return number === null ? block : (kept[number - 1] ?? block);
  });
  const lost = /"src":"(kept:\d{1,4})"/.exec(JSON.stringify(content))?.[1];
  if (lost) problems.push({ address: lost, reason: note('kept_out_of_place') });
  const [problem] = problems;
  if (!problem) return { type: 'doc', content };
  const words = sayNote(problem.reason, { phrases: notePhrases, locale }) ?? problem.reason.code;
  const message = problem.address === null ? words : `"${problem.address}" ${words}`;
  throw errors.lesson_text_refused({ errors: [{ pointer: '/markdown', code: 'invalid', message }] });
}

/**
 * A lesson as Markdown that {@link readLessonText} reads back as it is. Blocks that Markdown cannot say (films, problems,
 * boxes to open) are lines that stand for them. Null when even so something would change.
 */
export function writeLessonText(document: Document, { language, locale }: Omit<Reading, 'before'>): string | null {
  let number = 0;
  const written = document.content.map((block): Block => {
    if (isSayable(block, language)) return block;
    number += 1;
    return { type: 'image', attrs: { src: `kept:${number}`, alt: wordsFor(block, locale) } };
  });
  const markdown = blocksToMarkdown(written);
  if (markdown === null || markdown.length > longestText) return null;
  const { blocks, problems } = convert(markdown, language);
  return problems.length === 0 && isSame(blocks, written) ? markdown : null;
}

function keptIn(document: Document, language: string): Block[] {
  return document.content.filter((block) => !isSayable(block, language));
}

function isSayable(block: Block, language: string): boolean {
  const markdown = blocksToMarkdown([block]);
  if (markdown === null) return false;
  const { blocks, problems } = convert(markdown, language);
  return problems.length === 0 && isSame(blocks, [block]);
}

function keptNumber(src: string): number | null {
  const digits = /^kept:(\d{1,4})$/.exec(src)?.[1];
  return digits === undefined ? null : Number(digits);
}

type Problem = { address: string | null; reason: Note };

/** Markdown as blocks, with what a lesson cannot show of it. */
function convert(markdown: string, language: string): { blocks: Block[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const told = (reason: Note) => {
    if (!welcome.includes(reason.code)) problems.push({ address: null, reason });
  };
  const resolve = (url: string, use: 'link' | 'media') => {
    if (/^asset:[0-9a-f-]{36}$/.test(url)) return url;
    if (use === 'link' && /^lesson:[0-9a-f-]{36}(#\S{1,200})?$/.test(url)) return url;
    return undefined;
  };
  const address = (url: string, use: 'link' | 'media'): string | null => {
    if (use === 'media' && keptNumber(url) !== null) return url;
    const result = documentAddress(url, use, resolve);
    if (result.ok) return result.href;
    const reason = { empty: 'is_empty', script: 'is_active' } as const;
    const code = result.why === 'empty' || result.why === 'script' ? reason[result.why] : 'is_no_address';
    problems.push({ address: url.slice(0, 200), reason: note(code) });
    return null;
  };
  let videos = 0;
  try {
    const blocks = markdownToBlocks(parseMarkdown(markdown.replaceAll(/\r\n?/g, '\n')), {
      phrases: phrasesFor(language),
      headingPrefix: '',
      resolveLink: (url) => ({ href: address(url, 'link') }),
      resolveImage: (url) => ({ src: address(url, 'media') }),
      htmlToBlocks: (html) => {
        const converted = htmlToDocument(html, { resolve });
        if (converted.notes.length > 0) told(note('html_not_shown'));
        return converted.blocks;
      },
      note: (one) => told(one.code.startsWith('tag_removed') ? note('html_not_shown') : one),
      nextVideoId: () => {
        videos += 1;
        return `video-${videos}`;
      },
    });
    return { blocks, problems };
  } catch (error) {
    if (!(error instanceof MarkdownTooComplex)) throw error;
    return { blocks: [], problems: [{ address: null, reason: noteOf(error) }] };
  }
}

/** Whether two texts say the same. The ids of headings count only where something of the text leads to one. */
function isSame(some: readonly Block[], others: readonly Block[]): boolean {
  const withIds = JSON.stringify(others).includes('"href":"#');
  return comparable(some, withIds) === comparable(others, withIds);
}

function comparable(blocks: readonly Block[], withIds: boolean): string {
  return JSON.stringify(blocks, (key, value: unknown) => {
    if (key === 'content' && Array.isArray(value) && value.some(isText)) return merged(value);
    if (key === 'attrs' && !withIds && isHeadingAttrs(value)) return { level: value.level };
    // `{a, b}` and `{b, a}` say the same, and so does leaving out what is empty.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const entries = Object.entries(value).filter(([, one]) => one !== undefined && !isEmpty(one));
      return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    return value;
  });
}

type Text = Extract<Inline, { type: 'text' }>;

function merged(inlines: readonly unknown[]): unknown[] {
  const all: unknown[] = [];
  for (const inline of inlines) {
    const last = all.at(-1);
    if (!isText(inline)) all.push(inline);
    else if (isText(last) && marksText(last) === marksText(inline))
      all.splice(-1, 1, { ...last, text: last.text + inline.text });
    else all.push({ ...inline, marks: sortedMarks(inline) });
  }
  return all;
}

const sortedMarks = ({ marks = [] }: Text) => marks.toSorted((a, b) => (a.type < b.type ? -1 : 1));
const marksText = (text: Text) => JSON.stringify(sortedMarks(text));

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'text';
}

function isHeadingAttrs(value: unknown): value is { level: number } {
  return typeof value === 'object' && value !== null && 'level' in value;
}

const isEmpty = (value: unknown) =>
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** What a line that stands for a block says to the person who writes around it. */
function wordsFor(block: Block, locale: NoteLocale): string {
  const title = titleOf(block);
  const kind = kinds[block.type]?.[locale] ?? other[locale];
  return (title === '' ? kind : `${kind}: ${title}`).replaceAll(/\s+/g, ' ').trim();
}

function titleOf(block: Block): string {
  switch (block.type) {
    case 'video':
    case 'audio':
    case 'embed':
    case 'unsupported':
      return block.attrs.title;
    case 'file':
      return block.attrs.name;
    case 'details':
      return block.attrs.summary;
    case 'image':
      return block.attrs.alt;
    default:
      return '';
  }
}

type Words = Record<NoteLocale, string>;
const other: Words = { en: 'Part of the lesson', 'pt-BR': 'Parte da aula', es: 'Parte de la lección' };
const kinds: Partial<Record<Block['type'], Words>> = {
  video: { en: 'Video', 'pt-BR': 'Vídeo', es: 'Vídeo' },
  audio: { en: 'Audio', 'pt-BR': 'Áudio', es: 'Audio' },
  file: { en: 'File', 'pt-BR': 'Arquivo', es: 'Archivo' },
  image: { en: 'Picture', 'pt-BR': 'Imagem', es: 'Imagen' },
  table: { en: 'Table', 'pt-BR': 'Tabela', es: 'Tabla' },
  embed: { en: 'Page', 'pt-BR': 'Página', es: 'Página' },
  problem: { en: 'Problem', 'pt-BR': 'Exercício', es: 'Ejercicio' },
  details: { en: 'Box to open', 'pt-BR': 'Caixa para abrir', es: 'Cuadro que se abre' },
};
