import type { Note } from '@stoa/contracts/note';
import type { CountedCode } from './notes.ts';

/** Counts what a conversion changed or dropped and says it for the loss report. */
export type ConversionNotes = {
  /** Counts one more of what the code stands for. */
  count: (code: CountedCode) => void;
  /** Adds a note of its own, once. */
  say: (one: Note) => void;
  /** Notes in the order they first came up, e.g. `3 scripts removed`. */
  list: () => Note[];
};

export function conversionNotes(): ConversionNotes {
  const notes = new Map<string, Note>();
  const counts = new Map<CountedCode, number>();
  return {
    count: (code) => {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      notes.set(code, { code, params: { count } });
    },
    say: (one) => {
      notes.set(JSON.stringify(one), one);
    },
    list: () => [...notes.values()],
  };
}
