// Progress lines that the bootstrap, the tests and the platform share. No dependencies: this runs before npm has installed any.

/**
 * Begins a step and returns the function that ends it with an optional detail:
 * `const done = step('Starting PostgreSQL'); done('18.4, port 51234')` prints `  Starting PostgreSQL ... 18.4, port 51234 (0.4 s)`.
 * On a terminal the title appears at once; elsewhere (a log, a pipe) one whole line is written at the end of the step.
 * `done.fail(detail)` ends it as failed.
 *
 * @param {string} title
 * @param {NodeJS.WriteStream} [stream]
 * @returns {((detail?: string) => void) & { fail: (detail?: string) => void }}
 */
export function step(title, stream = process.stdout) {
  const begun = Date.now();
  const live = stream.isTTY === true;
  if (live) stream.write(`  ${title} ... `);
  let ended = false;
  /** @param {string} detail */
  const end = (detail) => {
    if (ended) return;
    ended = true;
    const line = `  ${title} ... ${detail} (${seconds(Date.now() - begun)})\n`;
    // Return to the line's start and clear it: whatever was written meanwhile does not garble the result.
    stream.write(live ? `\r\u001b[2K${line}` : line);
  };
  const done = (/** @type {string | undefined} */ detail) => end(detail ?? 'done');
  return Object.assign(done, { fail: (/** @type {string | undefined} */ detail) => end(detail ?? 'FAILED') });
}

/**
 * A duration as people read it: `0.4 s`, `12 s`, `2 min 5 s`.
 *
 * @param {number} milliseconds
 * @returns {string}
 */
export function seconds(milliseconds) {
  const value = milliseconds / 1000;
  if (value < 10) return `${value.toFixed(1)} s`;
  if (value < 100) return `${Math.round(value)} s`;
  return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}
