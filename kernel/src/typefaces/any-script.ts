import { createRequire } from 'node:module';
import { coversText, loadTypefaceFor, type Typeface } from './load-typeface.ts';

const { resolve } = createRequire(import.meta.url);

/** Families for the scripts that the house's own typefaces lack, each in one weight. */
const otherScripts: readonly { script: RegExp; family: string }[] = [
  { script: /\p{Script_Extensions=Arabic}/u, family: 'noto-sans-arabic' },
  { script: /\p{Script_Extensions=Hebrew}/u, family: 'noto-sans-hebrew' },
  { script: /\p{Script_Extensions=Devanagari}/u, family: 'noto-sans-devanagari' },
  { script: /\p{Script_Extensions=Thai}/u, family: 'noto-sans-thai' },
  { script: /\p{Script_Extensions=Hangul}/u, family: 'gowun-dodum' },
  // Both ways of writing Chinese, and Japanese with its kana.
  { script: /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u, family: 'cactus-classical-serif' },
];

/**
 * The typeface for a text that somebody else wrote: the first of those given that has all of it, so that it is set in one
 * face from its first letter to its last; else the last of them, completed by the families of the scripts it lacks. Only
 * the files that the text needs are read, and none is kept: a Chinese name takes two or three of a hundred.
 */
export async function typefaceFor(text: string, preferred: readonly Typeface[]): Promise<Typeface> {
  const whole = preferred.find((typeface) => coversText(typeface, text));
  if (whole) return whole;
  const base = preferred.at(-1) ?? [];
  const lacking = [...text.normalize('NFC')].filter((character) => !coversText(base, character));
  const more = await Promise.all(
    otherScripts.map(({ script, family }) => {
      const needed = lacking.filter((character) => script.test(character)).join('');
      return needed === '' ? [] : loadTypefaceFor(needed, { resolve, family, weight: 400 });
    }),
  );
  return [...base, ...more.flat()];
}
