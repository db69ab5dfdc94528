// `node run-test-files.mjs <concurrency> <milliseconds a test may take> <file for the summary> <test file ...>`: runs test files
// in the order in which they are given, which `node --test` does not (it sorts them), so that the longest can begin first.
import { createWriteStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import summary from './test-summary.mjs';

const [concurrency, timeout, summaryFile, ...files] = process.argv.slice(2);
const cut = new AbortController();
const tests = run({ files, concurrency: Number(concurrency), timeout: Number(timeout), signal: cut.signal });
// Whoever ends us means the files, too: each is a process of its own.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    process.exitCode = 1;
    cut.abort();
  });
}
tests.on('test:fail', ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
const written = createWriteStream(summaryFile ?? '');
// Each reporter reads at its own pace.
tests.compose(spec).pipe(process.stdout);
tests
  .pipe(new PassThrough({ objectMode: true }))
  .compose(summary)
  .pipe(written);
await finished(written);
