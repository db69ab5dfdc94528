import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { unpackWoff } from './unpack-woff.ts';

const require = createRequire(import.meta.url);

/** A typeface as the files it comes in: each covers one script, so a text is set in runs. */
export type Typeface = readonly { name: string; content: Buffer; covers: (codePoint: number) => boolean }[];

function coverage(ranges: string): (codePoint: number) => boolean {
  const parsed = ranges.split(',').map((range) => {
    const [first = '', last = first] = range.replace('U+', '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
  return (codePoint) => parsed.some(([first, last]) => codePoint >= first && codePoint <= last);
}

async function load(weight: number): Promise<Typeface> {
  const ranges: Record<string, string> = JSON.parse(
    await readFile(require.resolve('@fontsource/inter/unicode.json'), 'utf8'),
  );
  const scripts = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'];
  return Promise.all(
    scripts.map(async (script) => ({
      name: `inter-${weight}-${script}`,
      content: unpackWoff(
        await readFile(require.resolve(`@fontsource/inter/files/inter-${script}-${weight}-normal.woff`)),
      ),
      covers: coverage(ranges[script] ?? ''),
    })),
  );
}

let loaded: Promise<{ text: Typeface; strong: Typeface }> | undefined;

/** The typefaces of invoices, read once. */
export function invoiceFonts() {
  loaded ??= (async () => {
    const [text, strong] = await Promise.all([load(400), load(500)]);
    return { text, strong };
  })();
  return loaded;
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
