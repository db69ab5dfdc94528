// `node run-test-files.mjs <concurrency> <milliseconds a process may take> <file for the summary> <test file ...>`: runs test
// files in the order in which they are given, which `node --test` does not (it sorts them), so that the longest can begin
// first. Files that are joined by a comma share a process, and what is dear to start there: each is a suite of its own, with its
// own hooks, one after the other.
import { createWriteStream, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';
import summary from './test-summary.mjs';

const [concurrency, timeout, summaryFile = '', ...processes] = process.argv.slice(2);
const files = processes.map((names, index) => entryOf(names.split(','), index));
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
const written = createWriteStream(summaryFile);
// Each reporter reads at its own pace.
tests.compose(spec).pipe(process.stdout);
tests
  .pipe(new PassThrough({ objectMode: true }))
  .compose(summary)
  .pipe(written);
await finished(written);

/**
 * The file that a process begins with.
 *
 * @param {string[]} names test files
 * @param {number} index of the process
 */
function entryOf(names, index) {
  const [first = ''] = names;
  if (names.length === 1) return first;
  const suites = names.map((name) => {
    const url = pathToFileURL(resolve(name)).href;
    return `suite(${JSON.stringify(name)}, () => import(${JSON.stringify(url)}));\n`;
  });
  const entry = join(dirname(summaryFile), `${index}-${basename(first, '.test.ts')}-and-others.mjs`);
  const sharing = new URL('shared-by-files.ts', import.meta.url).href;
  const begin = `import { suite } from 'node:test';
import { shareBetweenFiles } from ${JSON.stringify(sharing)};
shareBetweenFiles();
`;
  writeFileSync(entry, begin + suites.join(''));
  return entry;
}
