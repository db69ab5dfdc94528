/** A line of a lesson's text that stands for a part Markdown cannot say: `![Video: Take 2](kept:1)`. */
const keptLine = /!\[((?:\\.|[^\]\\]){0,1000})\]\(kept:(\d{1,4})\)/g;

/** The words of these lines of a text, in the order of their numbers: what `kept:1` is comes first. */
export function keptIn(markdown: string): string[] {
  const words: string[] = [];
  for (const [, said = '', number] of markdown.matchAll(keptLine)) words[Number(number) - 1] = said;
  return Array.from(words, (said) => said ?? '');
}

export type Rebased = {
  text: string;
  /** Words of the lines that were taken out, because what they stood for is gone from the lesson. */
  gone: string[];
  /** Words of the lines that were put at the end, because what they stand for has come into the lesson. */
  added: string[];
};

/**
 * The same text with its lines standing for the same parts in a newer version of the lesson, where they may have other
 * numbers. Parts are told by their words, and where several say the same by their order.
 * @param began the lines of the version the text was made from, as {@link keptIn} gives them
 * @param now those of the newer one
 */
export function rebaseKept(
  text: string,
  { began, now }: { began: readonly string[]; now: readonly string[] },
): Rebased {
  const nowBy = placesOf(now);
  const beganBy = placesOf(began);
  const used = new Set<number>();
  const gone: string[] = [];
  const moved = text.replaceAll(keptLine, (_, said: string, number: string) => {
    const before = began[Number(number) - 1];
    const place = before === undefined ? undefined : (beganBy.get(before)?.indexOf(Number(number) - 1) ?? -1);
    const found = before === undefined || place === undefined ? undefined : nowBy.get(before)?.[place];
    if (found === undefined) {
      gone.push(wordsOf(before ?? said));
      return '';
    }
    used.add(found);
    return `![${said}](kept:${found + 1})`;
  });
  // What was there all the time and is not in the text was taken out on purpose. With fewer or more that say the same than
  // before, nobody knows which of them came or went: none is lost.
  const added = [...nowBy].flatMap(([said, places]) =>
    places.length === beganBy.get(said)?.length ? [] : places.filter((place) => !used.has(place)),
  );
  added.sort((a, b) => a - b);
  const lines = added.map((place) => `![${now[place] ?? ''}](kept:${place + 1})`);
  const kept = gone.length > 0 ? moved.replaceAll(/\n{3,}/g, '\n\n').trim() : moved.trimEnd();
  return {
    text: lines.length > 0 ? [kept, ...lines].filter((one) => one !== '').join('\n\n') : kept,
    gone,
    added: added.map((place) => wordsOf(now[place] ?? '')),
  };
}

function placesOf(lines: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, said] of lines.entries()) places.set(said, [...(places.get(said) ?? []), place]);
  return places;
}

/** The words of a line as people read them: Markdown puts a backslash before some signs. */
const wordsOf = (said: string) => said.replaceAll(/\\(.)/g, '$1');
