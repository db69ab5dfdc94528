// A node:test reporter that writes one JSON object: the counts of the run, each skipped test with its reason, and how
// long each file took.

/**
 * @param {AsyncIterable<{ type: string, data: Record<string, any> }>} events
 */
export default async function* summary(events) {
  const skipped = [];
  const files = [];
  let counts = null;
  for await (const { type, data } of events) {
    if (type === 'test:pass' && data.skip !== undefined) {
      skipped.push({ name: data.name, reason: typeof data.skip === 'string' ? data.skip : '' });
    }
    // One summary for each file, and at the end one without a file for all of them.
    if (type !== 'test:summary') continue;
    if (data.file === undefined) counts = data.counts;
    else files.push({ file: data.file, milliseconds: data.duration_ms });
  }
  yield JSON.stringify({ counts, skipped, files });
}
