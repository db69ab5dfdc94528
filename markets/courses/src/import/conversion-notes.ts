/** Counts what a conversion changed or dropped and says it in sentences for the loss report. */
export type ConversionNotes = {
  /** Counts one more `what`, a phrase in the singular and the plural: `count('script removed', 'scripts removed')`. */
  count: (one: string, many: string) => void;
  /** Adds a sentence of its own, once. */
  say: (sentence: string) => void;
  /** Sentences in the order they first came up, e.g. `3 scripts removed`. */
  list: () => string[];
};

export function conversionNotes(): ConversionNotes {
  const counts = new Map<string, { many: string | null; times: number }>();
  return {
    count: (one, many) => {
      const before = counts.get(one);
      counts.set(one, { many, times: (before?.times ?? 0) + 1 });
    },
    say: (sentence) => {
      counts.set(sentence, { many: null, times: 1 });
    },
    list: () =>
      [...counts].map(([one, { many, times }]) => {
        if (many === null) return one;
        return times === 1 ? `1 ${one}` : `${times} ${many}`;
      }),
  };
}
