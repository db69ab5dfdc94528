import { readFile } from 'node:fs/promises';
import { unpackWoff } from './unpack-woff.ts';

/**
 * A typeface as the files it comes in: each covers one script, so a text is set in runs, each in the first file that
 * has its characters.
 */
export type Typeface = readonly { name: string; content: Buffer; covers: (codePoint: number) => boolean }[];

type FontFiles = {
  /** Resolves files of the font's package as the caller's own dependency, e.g. `createRequire(import.meta.url).resolve`. */
  resolve: (specifier: string) => string;
  /** The package `@fontsource/<family>`. */
  family: string;
  weight: number;
  /** In the order in which a character is looked for. */
  scripts: readonly string[];
};

/** Parses `U+0000-00FF,U+0131` into a test. */
function coverage(ranges: string): (codePoint: number) => boolean {
  const parsed = ranges.split(',').map((range) => {
    const [first = '', last = first] = range.replace('U+', '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
  return (codePoint) => parsed.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/**
 * Reads one weight of a family for documents (PDF) as plain fonts, from the files that Fontsource packages hold.
 * @throws Error if the package lacks one of the scripts
 */
export async function loadTypeface({ resolve, family, weight, scripts }: FontFiles): Promise<Typeface> {
  const ranges = await rangesOf({ resolve, family });
  return Promise.all(
    scripts.map((script) => loadFile({ resolve, family, weight, script, ranges: ranges.get(script) ?? '' })),
  );
}

/**
 * Reads those files of one weight of a family that a text needs. Scripts with thousands of characters come in a hundred
 * files, of which a name needs two or three.
 * @returns nothing for characters that the family does not have
 */
export async function loadTypefaceFor(
  text: string,
  { resolve, family, weight }: Omit<FontFiles, 'scripts'>,
): Promise<Typeface> {
  const needed = [...new Set(text.normalize('NFC'))].map((character) => character.codePointAt(0) ?? 0);
  const ranges = await rangesOf({ resolve, family });
  const files = [...ranges].filter(([, covered]) => needed.some(coverage(covered)));
  return Promise.all(files.map(([script, covered]) => loadFile({ resolve, family, weight, script, ranges: covered })));
}

/** What each file of a family covers. Files of a part of a script have a number, which stands in brackets there. */
async function rangesOf({ resolve, family }: Pick<FontFiles, 'resolve' | 'family'>): Promise<Map<string, string>> {
  const ranges: Record<string, string> = JSON.parse(
    await readFile(resolve(`@fontsource/${family}/unicode.json`), 'utf8'),
  );
  return new Map(Object.entries(ranges).map(([script, covered]) => [script.replace(/[[\]]/g, ''), covered]));
}

async function loadFile(file: Omit<FontFiles, 'scripts'> & { script: string; ranges: string }) {
  const { resolve, family, weight, script, ranges } = file;
  const path = resolve(`@fontsource/${family}/files/${family}-${script}-${weight}-normal.woff`);
  return {
    name: `${family}-${weight}-${script}`,
    content: unpackWoff(await readFile(path)),
    covers: coverage(ranges),
  };
}

/** True if every character has a file in the typeface. */
export function coversText(typeface: Typeface, text: string): boolean {
  return [...text.normalize('NFC')].every((character) =>
    typeface.some((file) => file.covers(character.codePointAt(0) ?? 0)),
  );
}

/** Combining marks, and the two characters that join letters or keep them apart. */
const joins = /[\p{M}\u200c\u200d]/u;

/** Cuts a text into runs that one file of the typeface can set. Characters no file has stay with the run before. */
export function fontRuns(typeface: Typeface, text: string): { font: string; text: string }[] {
  const runs: { font: string; text: string }[] = [];
  for (const character of text.normalize('NFC')) {
    const codePoint = character.codePointAt(0) ?? 0;
    const last = runs.at(-1);
    const before = typeface.find((file) => file.name === last?.font);
    // A mark or a joiner shapes the letter before it only in the same file, whatever other file has it, too.
    const file =
      joins.test(character) && before?.covers(codePoint) ? before : typeface.find((one) => one.covers(codePoint));
    const font = file?.name ?? last?.font ?? typeface[0]?.name ?? '';
    if (last && last.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}
