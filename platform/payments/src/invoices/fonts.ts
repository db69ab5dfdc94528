import { createRequire } from 'node:module';
import { loadTypeface, type Typeface } from '@stoa/kernel/typefaces';

const { resolve } = createRequire(import.meta.url);
const alphabets = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'];

let loaded: Promise<{ text: Typeface; strong: Typeface }> | undefined;

/** The typefaces of invoices, read once. */
export function invoiceFonts() {
  loaded ??= (async () => {
    const [text, strong] = await Promise.all([
      loadTypeface({ resolve, family: 'inter', weight: 400, scripts: alphabets }),
      loadTypeface({ resolve, family: 'inter', weight: 500, scripts: alphabets }),
    ]);
    return { text, strong };
  })();
  return loaded;
}
