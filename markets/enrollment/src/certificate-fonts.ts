import { createRequire } from 'node:module';
import { loadTypeface, type Typeface } from '@stoa/kernel/typefaces';

const { resolve } = createRequire(import.meta.url);
const alphabets = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'];

let loaded: Promise<{ display: Typeface; text: Typeface; strong: Typeface }> | undefined;

/** The typefaces of certificates, read once: Newsreader for names and titles, Inter for the rest and other alphabets. */
export function certificateFonts() {
  loaded ??= (async () => {
    const [display, text, strong] = await Promise.all([
      loadTypeface({ resolve, family: 'newsreader', weight: 400, scripts: ['latin', 'latin-ext', 'vietnamese'] }),
      loadTypeface({ resolve, family: 'inter', weight: 400, scripts: alphabets }),
      loadTypeface({ resolve, family: 'inter', weight: 500, scripts: alphabets }),
    ]);
    return { display, text, strong };
  })();
  return loaded;
}
