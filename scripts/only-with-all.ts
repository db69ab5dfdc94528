import { type TestContext, test } from 'node:test';

/**
 * Whether this run takes everything: `npm test -- --all`, files that are named, or a file that is run by itself. Another run
 * takes what shows each promise once (docs/adr/0020).
 */
export const takesAll = process.env.STOA_TEST_ALL !== 'false';

/** Why a test did not run, by which the summary tells it from those that are skipped because something is absent. */
export const leftToAll = 'runs with --all';

/** A test that runs only when everything does, and is counted as left to such a run else. */
export function testWithAll(name: string, run: (t: TestContext) => void | Promise<void>): void {
  void test(name, takesAll ? {} : { skip: leftToAll }, run);
}
