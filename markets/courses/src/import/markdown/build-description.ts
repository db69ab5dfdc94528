import type { Block, Document } from '@stoa/contracts/document';
import type { Paragraph, Root } from 'mdast';
import { youtubeId } from '../document-address.ts';
import { cut, oneLine, plainText } from '../document-text.ts';
import type { ImportReportItem } from '../imported-course.ts';
import { type NoteSet, note } from '../notes.ts';
import { type Surroundings, titleOf, validDocument } from './build-lesson.ts';
import { markdownToBlocks } from './markdown-to-blocks.ts';
import type { SourceText } from './read-source-text.ts';
import type { TextSet } from './read-texts.ts';
import { contextFor } from './references.ts';

/** A section with the text of its own `README.md`, which introduces it. */
export type SectionTexts = { key: string; text: TextSet | null };

/**
 * The description of the course: the text of the root `README.md`, then each section's introduction behind its title.
 * Modules have no page of their own, and this way nothing an author wrote is lost. A section without a translation
 * is introduced in the language of the source. Rows of badges belong to the repository and are left out.
 */
export function buildDescription(options: {
  /** Null for the language of the source. */
  language: string | null;
  page: TextSet;
  sections: readonly SectionTexts[];
  surroundings: Surroundings;
}): { document: Document; report: ImportReportItem[] } {
  const { language, page, sections, surroundings } = options;
  const tag = language ?? surroundings.language;
  const report: ImportReportItem[] = [];
  const textIn = (set: TextSet | null): SourceText | null =>
    (language === null ? set?.source : set?.translations.get(language)) ?? null;
  const convert = (text: SourceText, prefix: string, told: ImportReportItem[]): Block[] => {
    const context = contextFor({
      path: text.path,
      language: tag,
      lessonKey: null,
      fragments: text.fragments,
      headingPrefix: prefix,
      map: surroundings.map,
      notes: text.notes,
      report: told,
      useFile: (path) => surroundings.useFile(path, null),
    });
    return markdownToBlocks(withoutBadges(text.root, text.notes), context);
  };

  const own = textIn(page);
  const blocks = own === null ? [] : convert(own, '', report);
  for (const [index, section] of sections.entries()) {
    const text = textIn(section.text);
    const shown = text ?? section.text?.source ?? null;
    if (shown === null) continue;
    const content = convert(shown, `section-${index + 1}-`, text === null ? [] : report);
    if (content.length === 0) continue;
    text?.notes.add(note('section_in_description'));
    blocks.push({ type: 'details', attrs: { summary: titleOf(shown, {}, section.key) }, content });
  }
  const { content, problem } = validDocument(blocks, tag);
  if (problem !== null) {
    report.push({ source: own?.path ?? '.', type: 'course', outcome: 'failed', notes: [problem], lessonKey: null });
  }
  return { document: content, report };
}

/** The first paragraph that says something, cut at the end of a sentence within 300 characters. */
export function summaryOf(document: Document): string {
  const paragraphs = document.content.filter(({ type }) => type === 'paragraph');
  const texts = paragraphs.map((block) => oneLine(plainText([block]), 2000));
  const text = texts.find((candidate) => candidate.length >= 40) ?? texts[0] ?? '';
  if (text.length <= 300) return text;
  const sentence = /^.{40,300}[.!?](?=\s)/.exec(text)?.[0];
  return sentence ?? `${cut(text, 299)}…`;
}

function withoutBadges(root: Root, notes: NoteSet): Root {
  const children = root.children.filter((child) => child.type !== 'paragraph' || !isBadges(child));
  if (children.length < root.children.length) notes.add(note('badges_left_out'));
  return { ...root, children };
}

/** Only pictures from elsewhere that link somewhere, such as build states; a linked video picture is no badge. */
function isBadges(paragraph: Paragraph): boolean {
  const children = paragraph.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  return (
    children.length > 0 &&
    children.every((child) => {
      const image = child.type === 'link' && child.children.length === 1 ? child.children[0] : undefined;
      return (
        child.type === 'link' && image?.type === 'image' && /^https?:/i.test(image.url) && youtubeId(child.url) === null
      );
    })
  );
}
