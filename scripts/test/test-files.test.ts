import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filesOfPart, processesFor, testFiles } from '../test-files.mjs';

describe('a run that several machines divide', () => {
  const { unit, browser } = testFiles([]);

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
