import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as contracts from '@stoa/contracts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Statements that write the outbox themselves repeat the type of their event as text, where no compiler looks. */
test('every event type that is written out is one that the contracts declare, of the context that emits it', () => {
  const declared = new Set<string>(
    Object.values(contracts).flatMap((one) =>
      typeof one === 'object' && 'type' in one && typeof one.type === 'string' ? [one.type] : [],
    ),
  );
  assert.ok(declared.size > 20, `${declared.size} event types are declared`);
  let found = 0;
  for (const path of globSync('{platform,markets}/*/{src,migrations}/**/*.{ts,sql}', { cwd: root })) {
    const text = readFileSync(join(root, path), 'utf8');
    if (!/insert into outbox/i.test(text)) continue;
    for (const [type, source] of text.matchAll(/\bstoa\.([a-z]+)\.[a-z-]+\.[a-z-]+\.v\d+\b/g)) {
      found += 1;
      assert.ok(declared.has(type), `${path} names ${type}, which the contracts do not declare`);
      assert.equal(source, path.split('/')[1], `${path} emits ${type} of another context`);
    }
  }
  assert.ok(found >= 8, `only ${found} are written out`);
});
