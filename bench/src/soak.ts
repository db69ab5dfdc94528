import { run } from './load.ts';
import type { Path } from './paths.ts';
import { type Program, residentBytes } from './programs.ts';
import { median } from './statistics.ts';

/** Resident memory in bytes, once a minute, and its medians over the second tenth and the last tenth of the time. */
export type Soak = { minutes: number; requests: number; samples: number[]; early: number; late: number };

/** Requests a second on each path in its turn: steady use, not a load test. */
const rate = 10;
const turnSeconds = 5;

/**
 * Uses every path in turn at a steady rate for a long time and looks at the process's memory each minute, so that
 * whatever is kept and never let go of shows as growth. The first tenth is left out: caches fill and code is compiled.
 */
export async function measureSoak(ours: Program, paths: readonly Path[], minutes: number): Promise<Soak> {
  const samples: number[] = [];
  let requests = 0;
  const begun = Date.now();
  for (let turn = 0; Date.now() - begun < minutes * 60_000; turn += 1) {
    const path = paths[turn % paths.length];
    if (!path) throw new Error('there is nothing to use');
    const { perSecond } = await run(ours, path.load, { seconds: turnSeconds, connections: 2, rate });
    requests += Math.round(perSecond * turnSeconds);
    if (Date.now() - begun > samples.length * 60_000) samples.push(await residentBytes(ours));
  }
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  return {
    minutes,
    requests,
    samples,
    early: median(samples.slice(tenth, 2 * tenth + 1)),
    late: median(samples.slice(-tenth)),
  };
}
