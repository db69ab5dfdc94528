import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { contrastRatio } from '../src/design/contrast.ts';
import { contrastRules, marketTokens, type Oklch, type Scheme, tokens, tokensCss } from '../src/design/tokens.ts';

const schemes: Scheme[] = ['light', 'dark'];

test('black on white has the highest contrast there is', () => {
  assert.equal(Math.round(contrastRatio([0, 0, 0], [1, 0, 0])), 21);
});

for (const [market, accent] of Object.entries(marketTokens)) {
  for (const scheme of schemes) {
    test(`every text pair of ${market} in ${scheme} meets WCAG AA`, () => {
      const all: Record<string, Record<Scheme, Oklch>> = { ...tokens, ...accent };
      const failures = contrastRules.flatMap(({ ink, on, least }) => {
        const over = all[on]?.[scheme];
        const color = all[ink]?.[scheme];
        assert.ok(over && color, `unknown token in rule: ${ink} on ${on}`);
        const ratio = contrastRatio(color, over);
        return ratio < least ? [`${ink} on ${on}: ${ratio.toFixed(2)} < ${least}`] : [];
      });
      assert.deepEqual(failures, []);
    });
  }
}

test('tokens.css is what tokens.ts says', async () => {
  const written = await readFile(new URL('../src/design/tokens.css', import.meta.url), 'utf8');
  assert.ok(written === tokensCss(), 'run: npm run design:tokens -w @stoa/web');
});
