import { join } from 'node:path';
import type { MemoryAccount } from './account.ts';
import { run } from './load.ts';
import type { Path } from './paths.ts';
import type { Accountable } from './programs.ts';

/** What the process held once a minute, after collections, and how many requests it had answered by then. */
export type Soak = { minutes: number; rate: number; samples: (MemoryAccount & { requests: number })[] };

const turnSeconds = 5;

type SoakOptions = {
  minutes: number;
  /** Requests a second on each path in its turn: ten are steady use, more are steady use in less time. */
  rate: number;
  /** Where to write a snapshot of the heap a fifth of the way, half of it and at the end; nowhere if absent. */
  snapshots: string | undefined;
};

/**
 * Uses every path in turn at a steady rate for a long time and takes an account of the process's memory each minute, so
 * that whatever is kept and never let go of shows as growth.
 */
export async function measureSoak(ours: Accountable, paths: readonly Path[], options: SoakOptions): Promise<Soak> {
  const { minutes, rate, snapshots } = options;
  const samples: Soak['samples'] = [];
  let requests = 0;
  const begun = Date.now();
  const shots = [Math.ceil(minutes / 5), Math.ceil(minutes / 2), Math.floor(minutes)];
  for (let turn = 0; Date.now() - begun < minutes * 60_000; turn += 1) {
    const path = paths[turn % paths.length];
    if (!path) throw new Error('there is nothing to use');
    const { perSecond } = await run(ours, path.load, { seconds: turnSeconds, connections: 2, rate });
    requests += Math.round(perSecond * turnSeconds);
    const minute = samples.length + 1;
    if (Date.now() - begun < minute * 60_000) continue;
    const shot = snapshots && shots.includes(minute) ? join(snapshots, `minute-${minute}.heapsnapshot`) : undefined;
    const account = await ours.account(shot);
    samples.push({ ...account, requests });
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)}`.padStart(6);
    console.log(
      `  minute ${String(minute).padStart(3)} ${String(requests).padStart(7)} requests: resident ${megabytes(account.resident)}, ` +
        `heap ${megabytes(account.heapUsed)} of ${megabytes(account.heapTotal)}, outside of it ${megabytes(account.external)} MB`,
    );
  }
  return { minutes, rate, samples };
}
