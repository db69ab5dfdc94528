import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { areas, defaultLocale, locales } from '../src/i18n/locales.ts';

const folder = new URL('../messages/', import.meta.url);

/** Keys with their texts, nested ones joined with dots. */
function flatten(value: unknown, prefix = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[prefix, value]]);
  assert.ok(
    typeof value === 'object' && value !== null && !Array.isArray(value),
    `${prefix} is neither text nor group`,
  );
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, prefix ? `${prefix}.${key}` : key)]),
  );
}

async function read(locale: string, area: string): Promise<Map<string, string>> {
  const parsed: unknown = JSON.parse(await readFile(new URL(`${locale}/${area}.json`, folder), 'utf8'));
  return flatten(parsed);
}

/** Names a message uses: ICU arguments and rich-text tags, sorted. */
function placeholders(text: string): string[] {
  const names = [...text.matchAll(/\{\s*(\w+)\s*[,}]/g), ...text.matchAll(/<(\w+)>/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].sort();
}

test('every language has exactly the areas that are declared', async () => {
  for (const locale of locales) {
    const files = (await readdir(new URL(`${locale}/`, folder))).sort();
    assert.deepEqual(files, areas.map((area) => `${area}.json`).sort(), locale);
  }
});

for (const area of areas) {
  test(`the texts of "${area}" exist in every language with the same placeholders`, async () => {
    const source = await read(defaultLocale, area);
    for (const locale of locales) {
      const texts = await read(locale, area);
      assert.deepEqual([...texts.keys()].sort(), [...source.keys()].sort(), `keys of ${locale}/${area}`);
      for (const [key, text] of texts) {
        assert.notEqual(text.trim(), '', `${locale}/${area}: ${key} is empty`);
        assert.deepEqual(placeholders(text), placeholders(source.get(key) ?? ''), `${locale}/${area}: ${key}`);
      }
    }
  });
}
