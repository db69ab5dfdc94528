import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const source = new URL('../src/', import.meta.url);
const page = new URL('app/[locale]/(design)/design/', source);

/** Where every component is one that pages are put together from. */
const shown = ['components/ui', 'components/instalments', 'components/subscriptions'];

test('the design page shows every component', () => {
  const imports = readdirSync(page)
    .map((name) => readFileSync(new URL(name, page), 'utf8'))
    .join('\n');
  const missing = shown.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, source), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => `${folder}/${name}`)
      .filter((path) => !imports.includes(`'@/${path}'`)),
  );
  assert.deepEqual(missing, []);
});
