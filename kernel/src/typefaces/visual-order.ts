const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

type Direction = 'left-to-right' | 'right-to-left';

/** True when a text is read from the right: its first letter decides, as in the Unicode bidirectional algorithm (P2). */
export function isRightToLeft(text: string): boolean {
  return directionOf(text.match(/\p{L}/u)?.[0] ?? '') === 'right-to-left';
}

/**
 * The words of one line as they stand on paper from left to right. Words of Arabic and Hebrew follow each other from the
 * right, those of other scripts between them from the left. The letters inside a word are the font's business. A part of
 * the Unicode bidirectional algorithm (UAX 9), enough for names and titles: whole words, no embedding.
 */
export function inVisualOrder(line: string): string {
  const words = line.split(' ');
  const own = words.map(directionOf);
  const base: Direction = isRightToLeft(line) ? 'right-to-left' : 'left-to-right';
  if (base === 'left-to-right' && !own.includes('right-to-left')) return line;
  const directions = own.map((direction, index) => {
    if (direction) return direction;
    const before = own.slice(0, index).findLast((other) => other !== null);
    // A number goes with the word before it (UAX 9, W7 and N1); a dash with words of one direction on both sides.
    if (/\p{Nd}/u.test(words[index] ?? '')) return before ?? base;
    const after = own.slice(index + 1).find((other) => other !== null);
    return before && before === after ? before : base;
  });
  const runs: { direction: Direction; words: string[] }[] = [];
  for (const [index, word] of words.entries()) {
    const direction = directions[index] ?? base;
    const last = runs.at(-1);
    if (last?.direction === direction) last.words.push(word);
    else runs.push({ direction, words: [word] });
  }
  const ordered = base === 'right-to-left' ? runs.toReversed() : runs;
  return ordered.flatMap((run) => (run.direction === 'right-to-left' ? run.words.toReversed() : run.words)).join(' ');
}

function directionOf(word: string): Direction | null {
  if (rightToLeft.test(word)) return 'right-to-left';
  return /\p{L}/u.test(word) ? 'left-to-right' : null;
}
