import { type Measured, run } from './load.ts';
import type { Path } from './paths.ts';
import type { Program } from './programs.ts';
import { median } from './statistics.ts';

/** Ours beside the limit: medians over the rounds, and the ratio with its spread. */
export type Comparison = {
  name: string;
  title: string;
  goal: number | null;
  ours: Measured;
  limit: Measured;
  /** Ours divided by the limit: of the medians, and the smallest and largest of the single rounds. */
  ratio: number;
  lowest: number;
  highest: number;
};

type CompareOptions = {
  rounds: number;
  seconds: number;
  connections: number;
  /** Called between runs, so that work left over by one run does not fall into the next. */
  settle: () => Promise<void>;
};

/**
 * Measures both programs in turn, the order changing from round to round, so that whatever else the machine does falls
 * on both. Each is warmed up first.
 */
export async function compare(
  path: Path,
  programs: { ours: Program; limit: Program },
  { rounds, seconds, connections, settle }: CompareOptions,
): Promise<Comparison> {
  const one = async (program: Program, time: number): Promise<Measured> => {
    const measured = await run(program, path.load, { seconds: time, connections: path.connections ?? connections });
    await settle();
    return measured;
  };
  const warmUp = Math.min(seconds, 3);
  await one(programs.ours, warmUp);
  await one(programs.limit, warmUp);
  const ours: Measured[] = [];
  const limit: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) ours.push(await one(programs.ours, seconds));
    limit.push(await one(programs.limit, seconds));
    if (round % 2 === 1) ours.push(await one(programs.ours, seconds));
  }
  const ratios = ours.map((measured, round) => measured.perSecond / (limit[round]?.perSecond ?? Number.NaN));
  const [a, b] = [summarize(ours), summarize(limit)];
  return {
    name: path.name,
    title: path.title,
    goal: path.goal,
    ours: a,
    limit: b,
    ratio: a.perSecond / b.perSecond,
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}

function summarize(runs: readonly Measured[]): Measured {
  const cpu = runs.flatMap((one) => (one.cpuMicros === undefined ? [] : [one.cpuMicros]));
  return {
    perSecond: median(runs.map((one) => one.perSecond)),
    p50: median(runs.map((one) => one.p50)),
    p99: median(runs.map((one) => one.p99)),
    cpuMicros: cpu.length > 0 ? median(cpu) : undefined,
  };
}
