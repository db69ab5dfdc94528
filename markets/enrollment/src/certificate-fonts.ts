import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { unpackWoff } from './unpack-woff.ts';

const require = createRequire(import.meta.url);

/**
 * A typeface as the files it comes in: each covers one script, so a text is set in runs, each in the first file that
 * has its characters.
 */
export type Typeface = readonly { name: string; content: Buffer; covers: (codePoint: number) => boolean }[];

type UnicodeRanges = Record<string, string>;

/** Parses `U+0000-00FF,U+0131` into a test. */
function coverage(ranges: string): (codePoint: number) => boolean {
  const parsed = ranges.split(',').map((range) => {
    const [first = '', last = first] = range.replace('U+', '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
  return (codePoint) => parsed.some(([first, last]) => codePoint >= first && codePoint <= last);
}

async function load(family: 'newsreader' | 'inter', weight: number, scripts: readonly string[]): Promise<Typeface> {
  const ranges: UnicodeRanges = JSON.parse(
    await readFile(require.resolve(`@fontsource/${family}/unicode.json`), 'utf8'),
  );
  return Promise.all(
    scripts.map(async (script) => ({
      name: `${family}-${weight}-${script}`,
      content: unpackWoff(
        await readFile(require.resolve(`@fontsource/${family}/files/${family}-${script}-${weight}-normal.woff`)),
      ),
      covers: coverage(ranges[script] ?? ''),
    })),
  );
}

let loaded: Promise<{ display: Typeface; text: Typeface; strong: Typeface }> | undefined;

/** The typefaces of certificates, read once: Newsreader for names and titles, Inter for the rest and other alphabets. */
export function certificateFonts() {
  loaded ??= (async () => {
    const alphabets = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'];
    const [newsreader, text, strong] = await Promise.all([
      load('newsreader', 400, ['latin', 'latin-ext', 'vietnamese']),
      load('inter', 400, alphabets),
      load('inter', 500, alphabets),
    ]);
    return { display: newsreader, text, strong };
  })();
  return loaded;
}

/** True if every character has a file in the typeface. */
export function coversText(typeface: Typeface, text: string): boolean {
  return [...text.normalize('NFC')].every((character) =>
    typeface.some((file) => file.covers(character.codePointAt(0) ?? 0)),
  );
}

/** Cuts a text into runs that one file of the typeface can set. Characters no file has stay with the run before. */
export function fontRuns(typeface: Typeface, text: string): { font: string; text: string }[] {
  const runs: { font: string; text: string }[] = [];
  for (const character of text.normalize('NFC')) {
    const codePoint = character.codePointAt(0) ?? 0;
    const last = runs.at(-1);
    const font = typeface.find((file) => file.covers(codePoint))?.name ?? last?.font ?? typeface[0]?.name ?? '';
    if (last && last.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}
