import { after } from 'node:test';

// Test files that run in one process share what is dear to start. A file that has a process to itself, as when it is run by
// hand, gets one of its own from the same call.

/** Ends what files of this process share; undefined where nothing is shared. */
let closers: (() => Promise<void>)[] | undefined;

/** Called by what runs several files in one process, outside of their suites: what is shared ends after the last of them. */
export function shareBetweenFiles(): void {
  const own: (() => Promise<void>)[] = [];
  closers = own;
  after(async () => {
    for (const close of own) await close();
  });
}

/**
 * Makes of `start` a function that starts once for all files of a process.
 * @returns what was started; when it `isShared`, it is closed after the last file, and else by whoever started it
 */
export function startedOnce<T>(
  start: () => Promise<T>,
  close: (started: T) => Promise<void>,
): () => Promise<{ started: T; isShared: boolean }> {
  let first: Promise<T> | undefined;
  return async () => {
    if (!closers) return { started: await start(), isShared: false };
    if (!first) {
      const begun = start();
      first = begun;
      // One that does not start says so to each file, and leaves nothing to close.
      closers.push(() => begun.then(close, () => undefined));
    }
    return { started: await first, isShared: true };
  };
}
