import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { filesOfPart, processesFor, testFiles } from '../test-files.mjs';

describe('a run that several machines divide', () => {
  const { unit, browser } = testFiles([], { takesAll: true });

  for (const count of [1, 2, 4, 7]) {
    it(`has every file once in ${count} parts, and none apart from those it shares a process with`, () => {
      for (const files of [unit, browser]) {
        const parts = Array.from({ length: count }, (_, index) => filesOfPart(files, { number: index + 1, of: count }));
        assert.deepEqual(parts.flat().toSorted(), files.toSorted());
        assert.deepEqual(parts.flatMap(processesFor).toSorted(), processesFor(files).toSorted());
      }
    });
  }

  it('deals what begins first to different parts', () => {
    const parts = [1, 2, 3, 4].map((number) => filesOfPart(browser, { number, of: 4 }));
    for (const name of ['learn', 'every-page', 'imported-course', 'studio']) {
      assert.equal(parts.filter(([first]) => first?.endsWith(`/${name}.test.ts`)).length, 1, name);
    }
  });
});

describe('a run that does not take everything', () => {
  const all = testFiles([], { takesAll: true });
  const some = testFiles([], { takesAll: false });

  it('leaves files to one that does, and says which', () => {
    assert.deepEqual(all.left, []);
    assert.ok(some.left.length > 0);
    for (const kind of ['unit', 'browser', 'walls'] as const) {
      const left = some.left.filter((file) => all[kind].includes(file));
      assert.deepEqual([...some[kind], ...left].toSorted(), all[kind].toSorted());
    }
  });

  it('still has a browser, a kill, and processes that are split', () => {
    for (const file of [
      'apps/server/test/split.test.ts',
      'apps/server/test/whole-path.test.ts',
      'apps/web/test/browser/imported-course.test.ts',
      'markets/enrollment/test/kill.test.ts',
    ])
      assert.ok([...some.unit, ...some.browser].includes(file), file);
  });

  it('is none of continuous integration', async () => {
    assert.match(await readFile(new URL('../../.ci/run', import.meta.url), 'utf8'), /exec npm test -- --all "\$@"/);
  });
});
