import { type Load, run } from './load.ts';
import type { Program } from './programs.ts';
import { median } from './statistics.ts';

/** How many a second of something that has a goal of its own and no limit beside it. Latencies in milliseconds, under full load. */
export type Rate = {
  title: string;
  perSecond: number;
  p50: number;
  p99: number;
  cpuMicros: number | undefined;
  /** A second. */
  goal: number;
};

/** Medians over the rounds, after one that does not count: the first requests are interpreted, not yet compiled. */
export async function measureRate(
  program: Program,
  { title, goal, load, connections }: Pick<Rate, 'title' | 'goal'> & { load: Load; connections: number },
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<Rate> {
  await run(program, load, { seconds, connections });
  const runs = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await run(program, load, { seconds, connections }));
  const cpu = runs.flatMap(({ cpuMicros }) => (cpuMicros === undefined ? [] : [cpuMicros]));
  return {
    title,
    goal,
    perSecond: median(runs.map(({ perSecond }) => perSecond)),
    p50: median(runs.map(({ p50 }) => p50)),
    p99: median(runs.map(({ p99 }) => p99)),
    cpuMicros: cpu.length > 0 ? median(cpu) : undefined,
  };
}
