import { median } from './statistics.ts';

/** How fast one side was. */
export type Rate = {
  perSecond: number;
  /** Microseconds of processor time each in the measuring process; undefined where it is not ours to know. */
  cpuMicros: number | undefined;
};

/** Ours beside the limit: medians over the rounds, and the ratio with its spread. */
export type Rates = {
  title: string;
  goal: number | null;
  ours: Rate;
  limit: Rate;
  ratio: number;
  lowest: number;
  highest: number;
};

/** Does something `count` times. @returns what it took */
export async function timed(count: number, work: () => Promise<void>): Promise<Rate> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: count / seconds, cpuMicros: (user + system) / count };
}

/** Measures both sides in turn, the order changing from round to round. */
export async function inTurn(
  { title, goal, rounds }: { title: string; goal: number | null; rounds: number },
  sides: { ours: () => Promise<Rate>; limit: () => Promise<Rate> },
): Promise<Rates> {
  const ours: Rate[] = [];
  const limit: Rate[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) ours.push(await sides.ours());
    limit.push(await sides.limit());
    if (round % 2 === 1) ours.push(await sides.ours());
  }
  const ratios = ours.map(({ perSecond }, round) => perSecond / (limit[round]?.perSecond ?? Number.NaN));
  const [a, b] = [middle(ours), middle(limit)];
  return {
    title,
    goal,
    ours: a,
    limit: b,
    ratio: a.perSecond / b.perSecond,
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}

function middle(rates: readonly Rate[]): Rate {
  const cpu = rates.flatMap(({ cpuMicros }) => (cpuMicros === undefined ? [] : [cpuMicros]));
  return {
    perSecond: median(rates.map(({ perSecond }) => perSecond)),
    cpuMicros: cpu.length > 0 ? median(cpu) : undefined,
  };
}
