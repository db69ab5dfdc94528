import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from '../src/read-options.ts';

test('what a run measures is read from its options', () => {
  assert.deepEqual(readOptions([]), {
    only: undefined,
    rounds: 5,
    seconds: 5,
    connections: 32,
    rows: 100_000,
    soak: { minutes: 60, rate: 10, snapshots: undefined },
    update: false,
  });
  const some = readOptions(['--only', 'enroll,cold', '--rows', '1m', '--seconds=0.5']);
  assert.ok('only' in some);
  assert.deepEqual([some.only, some.rows, some.seconds], [['enroll', 'cold'], 1_000_000, 0.5]);
});

const refused: [words: string[], said: object][] = [
  [['--help'], { help: true }],
  [['--rowz', '1m'], { problem: "Unknown option '--rowz'" }],
  [['--rows', '5'], { problem: '--rows takes 10k, 100k or 1m' }],
  [['--rounds', 'many'], { problem: '--rounds takes a number above zero' }],
  [['--minutes', '0'], { problem: '--minutes takes a number above zero' }],
];
for (const [words, said] of refused) {
  test(`${words.join(' ')} is answered in words`, () => assert.deepEqual(readOptions(words), said));
}
