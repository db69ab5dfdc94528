import { kill, pid } from 'node:process';

/** How often this process came by each point. */
const passes = new Map<string, { count: number }>();
// Read once: looking into the environment costs two microseconds, on the hottest of paths.
const [crashAt, nth] = (process.env.STOA_CRASH_AT ?? '').split('#');
const crashOn = Number(nth ?? 1);

/**
 * Names a place where a crash must do no harm, e.g. `crashPoint('enrollment.enroll.after_commit')`. Call the result
 * at that place. With `STOA_CRASH_AT=<name>` in the environment the process kills itself there with SIGKILL, as a
 * power cut would: no `finally`, no flush. `<name>#3` lets it pass twice first: a charge and its refund come by the same
 * points. The kill tests walk `listCrashPoints()`, so a new point is tested at once.
 */
export function crashPoint(name: string): () => void {
  const passed = passes.get(name) ?? { count: 0 };
  passes.set(name, passed);
  return () => {
    passed.count += 1;
    if (crashAt === name && passed.count === crashOn) kill(pid, 'SIGKILL');
  };
}

/** All crash points of the loaded contexts, sorted. */
export function listCrashPoints(): string[] {
  return [...passes.keys()].sort();
}

/** How often this process has come by each crash point: what can be given as `<name>#<count>` on the same way again. */
export function countCrashPoints(): Record<string, number> {
  return Object.fromEntries([...passes].map(([name, { count }]) => [name, count]));
}
