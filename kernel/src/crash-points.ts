import { kill, pid } from 'node:process';

const declared = new Set<string>();
// Read once: looking into the environment costs two microseconds, on the hottest of paths.
const crashAt = process.env.STOA_CRASH_AT;

/**
 * Names a place where a crash must do no harm, e.g. `crashPoint('enrollment.enroll.after_commit')`. Call the result
 * at that place. With `STOA_CRASH_AT=<name>` in the environment the process kills itself there with SIGKILL, as a
 * power cut would: no `finally`, no flush. The kill tests walk `listCrashPoints()`, so a new point is tested at once.
 */
export function crashPoint(name: string): () => void {
  declared.add(name);
  return () => {
    if (crashAt === name) kill(pid, 'SIGKILL');
  };
}

/** All crash points of the loaded contexts, sorted. */
export function listCrashPoints(): string[] {
  return [...declared].sort();
}
