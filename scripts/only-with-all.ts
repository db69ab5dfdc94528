import { type TestContext, test } from 'node:test';

/**
 * Whether this run takes everything: `npm test -- --all`, files that are named, or a file that is run by itself. Another run
 * takes what shows each promise once (docs/adr/0020).
 */
export const takesAll = process.env.STOA_TEST_ALL !== 'false';

/** A test that runs only when everything does, and is counted as left to such a run else. */
export function testWithAll(name: string, run: (t: TestContext) => void | Promise<void>): void {
  // The reason is how the summary knows it from tests that are skipped because something is absent.
  void test(name, takesAll ? {} : { skip: 'runs with --all' }, run);
}
