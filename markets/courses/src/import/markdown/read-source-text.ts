import type { Note } from '@stoa/contracts/note';
import type { Root } from 'mdast';
import { cleanText } from '../document-text.ts';
import type { SourceTree } from '../imported-course.ts';
import { type NoteSet, note, noteOf, noteSet } from '../notes.ts';
import { splitFrontMatter } from './front-matter.ts';
import { headingId } from './markdown-to-blocks.ts';
import { maximumMarkdownBytes, parseMarkdown, plainText } from './parse-markdown.ts';

/** A Markdown file, parsed, with its first H1 taken out as the title. */
export type SourceText = {
  path: string;
  settings: Record<string, unknown>;
  /** The first H1; null when there is none. */
  title: string | null;
  root: Root;
  /** Fragments that lead to a heading of this file. */
  fragments: Set<string>;
  notes: NoteSet;
};

/**
 * Reads a Markdown file as UTF-8 with any line ends. Never throws for what is in the file: `problem` says why it
 * could not be read (too large, nested to hurt the parser).
 */
export async function readSourceText(
  tree: SourceTree,
  path: string,
): Promise<{ text: SourceText; problem: null } | { text: null; problem: Note }> {
  try {
    const decoded = decode(await tree.read(path, maximumMarkdownBytes));
    const { settings, body, problem } = splitFrontMatter(decoded.text);
    const root = parseMarkdown(body);
    const title = takeTitle(root);
    const notes = noteSet([...decoded.notes, ...(problem === null ? [] : [problem])]);
    return { text: { path, settings, title, root, fragments: fragmentsOf(root), notes }, problem: null };
  } catch (error) {
    return { text: null, problem: noteOf(error) };
  }
}

/** Bytes to text: byte order mark dropped, line ends made `\n`, control characters removed. */
export function decode(bytes: Uint8Array): { text: string; notes: Note[] } {
  const raw = new TextDecoder('utf-8').decode(bytes);
  const notes = raw.includes('\uFFFD') ? [note('not_utf8')] : [];
  return { text: cleanText(raw.replaceAll(/\r\n?/g, '\n')), notes };
}

function takeTitle(root: Root): string | null {
  const index = root.children.findIndex((child) => child.type === 'heading' && child.depth === 1);
  const heading = root.children[index];
  if (heading === undefined) return null;
  root.children.splice(index, 1);
  return plainText(heading);
}

function fragmentsOf(root: Root): Set<string> {
  const fragments = new Set<string>();
  for (const child of root.children) {
    if (child.type !== 'heading') continue;
    const base = headingId(plainText(child));
    let id = base;
    for (let copy = 1; fragments.has(id); copy += 1) id = `${base}-${copy}`;
    fragments.add(id);
  }
  return fragments;
}
