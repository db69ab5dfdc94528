import localFont from 'next/font/local';

/*
 * Fonts are the files of @fontsource packages, served by ourselves. The Latin subset covers English, Portuguese and
 * Spanish and is preloaded; the extended one (other names and places) is fetched only when a character needs it, which
 * is why it comes first in the stack with a unicode-range and without a metric fallback.
 */
const inter = localFont({
  src: '../../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
  adjustFontFallback: 'Arial',
});

const interExtended = localFont({
  src: '../../../../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  variable: '--font-inter-ext',
  weight: '100 900',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1E00-1EFF',
    },
  ],
});

const newsreader = localFont({
  src: '../../../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2',
  variable: '--font-newsreader',
  weight: '200 800',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
});

const newsreaderExtended = localFont({
  src: '../../../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-ext-wght-normal.woff2',
  variable: '--font-newsreader-ext',
  weight: '200 800',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1E00-1EFF',
    },
  ],
});

const jetbrains = localFont({
  src: '../../../../node_modules/@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
  variable: '--font-jetbrains',
  weight: '400',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
});

/** Classes that put the three families into CSS variables; set once on `<html>`. */
export const fontVariables = [inter, interExtended, newsreader, newsreaderExtended, jetbrains]
  .map((font) => font.variable)
  .join(' ');
