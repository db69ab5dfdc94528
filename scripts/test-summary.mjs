// A node:test reporter that writes one JSON object: the counts of the run, each failed test with its error, each skipped
// one with its reason, how many are left to a run of everything, and how long each file took.
import { inspect } from 'node:util';
import { leftToAll } from './only-with-all.ts';

/**
 * @param {AsyncIterable<{ type: string, data: Record<string, any> }>} events
 */
export default async function* summary(events) {
  const failed = [];
  const skipped = [];
  const files = [];
  let left = 0;
  let counts = null;
  for await (const { type, data } of events) {
    if (type === 'test:pass' && data.skip === leftToAll) left += 1;
    else if (type === 'test:pass' && data.skip !== undefined) {
      skipped.push({ name: data.name, reason: typeof data.skip === 'string' ? data.skip : '' });
    }
    // One that failed because of a test inside it says nothing more.
    if (type === 'test:fail' && !data.todo && data.details.error?.failureType !== 'subtestsFailed') {
      failed.push({
        name: data.name,
        file: data.file,
        milliseconds: data.details.duration_ms,
        error: said(data.details.error),
      });
    }
    // A file that shares its process is a suite there; one with a process of its own has a summary of its own.
    if ((type === 'test:pass' || type === 'test:fail') && data.nesting === 0 && data.name.endsWith('.test.ts')) {
      files.push({ file: data.name, milliseconds: data.details.duration_ms });
    }
    if (type !== 'test:summary') continue;
    if (data.file === undefined) counts = data.counts;
    else if (data.file.endsWith('.test.ts')) files.push({ file: data.file, milliseconds: data.duration_ms });
  }
  yield JSON.stringify({ counts, failed, skipped, left, files });
}

/**
 * What a failed test threw, which node:test wraps in an error of its own. The end of a long one is left to the whole output.
 *
 * @param {Error & { cause?: unknown } | undefined} error
 */
function said(error) {
  return inspect(error?.cause ?? error)
    .split('\n')
    .slice(0, 40)
    .join('\n');
}
