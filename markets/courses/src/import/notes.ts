import { documentPhrases } from '@stoa/contracts/document-notes';
import { type Note, type NoteLocale, type ParamsOf, sayNote } from '@stoa/contracts/note';
import { markdownPhrases } from './markdown/markdown-phrases.ts';
import { markupPhrases } from './markup-phrases.ts';
import { olxPhrases } from './olx-phrases.ts';
import { parserPhrases } from './parser-phrases.ts';

/** Everything a loss report can say, in every language of the product. */
export const notePhrases = {
  ...documentPhrases,
  ...markupPhrases,
  ...olxPhrases,
  ...markdownPhrases,
  ...parserPhrases,
};

export type NoteCode = keyof typeof notePhrases;
/** Codes whose sentence only counts. */
export type CountedCode = {
  [C in NoteCode]: (typeof notePhrases)[C]['en'] extends readonly [string, string] ? C : never;
}[NoteCode];

/** A note of the loss report; the compiler knows which parameters each code has. */
export function note<C extends NoteCode>(code: C, ...[params]: ParamsOf<(typeof notePhrases)[C]>): Note {
  return { code, params: params ?? {} };
}

/** Notes in words, as one line; a code that is not known any more is said as it is. */
export function sayNotes(notes: readonly Note[], locale: NoteLocale): string {
  return notes.map((one) => sayNote(one, { phrases: notePhrases, locale }) ?? one.code).join('; ');
}

/** Something that keeps one thing from being read, and stands in the report as the reason. */
export class NotedError extends Error {
  readonly note: Note;

  constructor(why: Note, options?: ErrorOptions) {
    super(sayNotes([why], 'en'), options);
    this.name = 'NotedError';
    this.note = why;
  }
}

/** Why something failed, as a note: its own, else that something did, with what the library or the machine said beside it. */
export function noteOf(error: unknown): Note {
  const own: unknown = error instanceof Error && 'note' in error ? error.note : undefined;
  if (isNote(own)) return own;
  return error instanceof SyntaxError ? jsonNote(error) : withDetail(note('technical_fault'), error);
}

/** Keeps what a library said with a note: no sentence speaks it, whoever looks for the fault finds it in the data. */
export function withDetail(one: Note, error: unknown): Note {
  const said = error instanceof Error ? error.message : String(error);
  return { ...one, params: { ...one.params, detail: (said.split('\n')[0] ?? '').toWellFormed().slice(0, 500) } };
}

/** Nothing but JSON throws this here; its place is the only thing taken from what the error says. */
function jsonNote(error: SyntaxError): Note {
  const [, line, column] = /\(line (\d{1,7}) column (\d{1,7})\)/.exec(error.message) ?? [];
  if (line === undefined || column === undefined) return withDetail(note('json_broken'), error);
  return withDetail(note('json_broken_at', { line: Number(line), column: Number(column) }), error);
}

function isNote(value: unknown): value is Note {
  return typeof value === 'object' && value !== null && 'code' in value && 'params' in value;
}

/** Notes in the order they first came up, each once. */
export type NoteSet = { add: (one: Note) => void; list: () => Note[] };

export function noteSet(first: readonly Note[] = []): NoteSet {
  const kept = new Map<string, Note>();
  const add = (one: Note) => {
    const key = JSON.stringify(one);
    if (!kept.has(key)) kept.set(key, one);
  };
  for (const one of first) add(one);
  return { add, list: () => [...kept.values()] };
}
