import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { CheckoutFigures } from './checkout.ts';
import type { Comparison } from './compare.ts';
import type { Growth, Latency } from './growth.ts';
import type { Rates } from './in-turn.ts';
import type { PayQueueFigures } from './pay-queue.ts';
import type { EventFigures, JobFigures } from './queues.ts';
import type { Rate } from './rate.ts';
import type { Serialization } from './serialize.ts';
import type { Soak } from './soak.ts';
import { median } from './statistics.ts';

/** Everything one run measured; what was left out is undefined. */
export type Figures = {
  comparisons: Comparison[];
  serialization?: Serialization;
  events?: EventFigures;
  jobs?: JobFigures;
  payQueue?: PayQueueFigures;
  checkout?: CheckoutFigures;
  quiz?: Rate;
  pages?: Rate[];
  ledger?: Rates;
  coldStarts?: ColdStart[];
  /** Bytes: idle after the start, and after all loads. */
  memory?: { idle: number; loaded: number };
  soak?: Soak;
  growth?: Growth[];
};

/** Milliseconds until the first answer, and the processor time spent until then where the system tells. */
export type ColdStart = { ms: number; cpuMs: number | undefined };

export type Setting = {
  rounds: number;
  seconds: number;
  connections: number;
  courses: number;
  postgres: string;
  load: number[];
};

/** Checkouts: forty times the 12.4 a second of the fastest shop platform measured on the same two cores. */
const goals = { coldStartMs: 2000, memoryBytes: 400e6, serialization: 1, jobs: 0.8, checkouts: 496 };
/** Written by hand below this line; an update keeps it. */
const marker = '<!-- What follows is written by hand. -->';

/** The report as Markdown: one table per kind of measurement, each line with its goal and whether it is met. */
export function renderReport(figures: Figures, setting: Setting): string {
  const lines = [
    '# Results',
    '',
    `Measured on ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC by \`npm run bench -- --update\`. ` +
      '[How to read this](README.md).',
    '',
    `- Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}; load generator, database and the program under test share it`,
    `- Versions: Node ${process.versions.node}, PostgreSQL ${setting.postgres} (${setting.courses.toLocaleString('en')} courses)`,
    `- ${setting.rounds} rounds of ${setting.seconds} s each, ours and limit in turn, ${setting.connections} connections`,
    `- Load average of the machine before and after: ${setting.load.map((value) => value.toFixed(1)).join(', ')}${(setting.load[0] ?? 0) > 1 ? ' (**busy with other work: rates, latencies and start times are those of a machine that is shared; rely on processor times**)' : ''}`,
    '',
  ];
  const { payQueue, ledger, checkout } = figures;
  if (figures.comparisons.length > 0 || figures.serialization || figures.jobs || payQueue || ledger) {
    lines.push(
      '## Beside the limit',
      '',
      '| path | ours | limit | ratio (lowest to highest) | goal | met | processor time per request, ours / limit |',
      '| --- | ---: | ---: | --- | ---: | --- | --- |',
    );
    for (const one of figures.comparisons) lines.push(comparisonRow(one));
    const { serialization, jobs } = figures;
    if (serialization)
      lines.push(
        row(
          `Serializing a catalogue page (${count(serialization.bytes)} bytes), declared fields only, against JSON.stringify alone`,
          `${serialization.ours.toFixed(1)} µs`,
          `${serialization.limit.toFixed(1)} µs`,
          spread(serialization),
          goals.serialization,
          met(serialization.ratio, goals.serialization),
          '',
        ),
      );
    if (jobs)
      lines.push(
        row(
          'Jobs from send to done, beside the queue library alone',
          `${count(jobs.ours)}/s`,
          `${count(jobs.limit)}/s`,
          spread(jobs),
          goals.jobs,
          met(jobs.ratio, goals.jobs),
          '',
        ),
      );
    for (const one of [payQueue, ledger]) if (one) lines.push(comparisonRow(one));
    lines.push('');
  }
  lines.push('## On its own', '', '| what | figure | goal | met |', '| --- | ---: | ---: | --- |');
  for (const one of figures.comparisons)
    lines.push(
      row(`${one.title}: latency under full load`, `p50 ${ms(one.ours.p50)}, p99 ${ms(one.ours.p99)}`, '', ''),
    );
  if (figures.events)
    lines.push(
      row('Events from insert to handler, throughput', `${count(figures.events.perSecond)}/s`, '', ''),
      row(
        'Events from insert to handler, latency',
        `p50 ${ms(figures.events.p50)}, p99 ${ms(figures.events.p99)}`,
        '',
        '',
      ),
    );
  if (payQueue)
    lines.push(
      row('The queue library alone: a job sent in a transaction, empty handler', `${count(payQueue.bare)}/s`, '', ''),
    );
  if (checkout) {
    const cpu =
      checkout.cpuMicros === undefined ? '' : `, ${(checkout.cpuMicros / 1000).toFixed(1)} ms of processor time each`;
    lines.push(
      row(
        'Whole checkout: order, payment, charge, paid, booked and invoiced',
        `${count(checkout.perSecond)}/s${cpu}`,
        `${goals.checkouts}/s`,
        checkout.perSecond >= goals.checkouts ? 'yes' : '**no**',
      ),
      row(
        'Whole checkout: from order to paid under full load',
        `p50 ${ms(checkout.p50)}, p99 ${ms(checkout.p99)}`,
        '',
        '',
      ),
    );
  }
  for (const one of [...(figures.quiz ? [figures.quiz] : []), ...(figures.pages ?? [])]) {
    const cpu = one.cpuMicros === undefined ? '' : `, ${(one.cpuMicros / 1000).toFixed(1)} ms of processor time each`;
    lines.push(
      row(
        `${one.title}: p50 ${ms(one.p50)}, p99 ${ms(one.p99)} under full load`,
        `${count(one.perSecond)}/s${cpu}`,
        `${one.goal}/s`,
        one.perSecond >= one.goal ? 'yes' : '**no**',
      ),
    );
  }
  if (figures.coldStarts) {
    const times = figures.coldStarts.map((one) => one.ms);
    const cpu = figures.coldStarts.flatMap((one) => (one.cpuMs === undefined ? [] : [one.cpuMs]));
    lines.push(
      row(
        'Cold start: from the start of the process to its first answer, database up',
        `${ms(median(times))} (${ms(Math.min(...times))} to ${ms(Math.max(...times))})`,
        `≤ ${ms(goals.coldStartMs)}`,
        median(times) <= goals.coldStartMs ? 'yes' : '**no**',
      ),
    );
    if (cpu.length > 0) lines.push(row('Cold start: processor time of it', ms(median(cpu)), '', ''));
  }
  if (figures.memory)
    lines.push(
      row('Resident memory of the process after the start', `${count(figures.memory.idle / 1e6)} MB`, '', ''),
      row(
        'Resident memory of the process after all loads',
        `${count(figures.memory.loaded / 1e6)} MB`,
        `≤ ${count(goals.memoryBytes / 1e6)} MB`,
        figures.memory.loaded <= goals.memoryBytes ? 'yes' : '**no**',
      ),
    );
  lines.push('');
  if (figures.growth) lines.push(...growthTable(figures.growth));
  if (figures.soak) lines.push(...soakTable(figures.soak));
  return lines.join('\n');
}

/** A line for each question, a column for each size. */
function growthTable(growth: readonly Growth[]): string[] {
  const names = [...(growth[0]?.latencies.keys() ?? [])];
  const figures = (measured: Latency | undefined) =>
    measured ? `${ms(measured.least)} / ${ms(measured.p50)} / ${ms(measured.p99)}` : '';
  return [
    '## Growth with data',
    '',
    'Latency at one request at a time: shortest, p50 and p99, with so many courses, people, enrollments and orders each. What',
    'else the machine does only adds to a latency, so on a busy one the shortest tells what growth costs.',
    '',
    row('', ...growth.map(({ size }) => count(size))),
    row('---', ...growth.map(() => '---:')),
    ...names.map((name) => row(name, ...growth.map(({ latencies }) => figures(latencies.get(name))))),
    '',
  ];
}

/** Ten lines at the most, the first and the last among them. */
function soakTable({ minutes, rate, samples }: Soak): string[] {
  const every = Math.max(1, (samples.length - 1) / 9);
  const shown = new Set(Array.from({ length: 10 }, (_, n) => Math.round(n * every)));
  const mb = (bytes: number) => `${count(bytes / 1e6)} MB`;
  return [
    `## Memory over ${minutes} minutes at ${rate} requests a second`,
    '',
    'After collections. The process may keep what it has freed, so what is in use tells a leak, and not what is resident.',
    '',
    '| minute | requests | resident | heap in use | outside of the heap |',
    '| ---: | ---: | ---: | ---: | ---: |',
    ...samples.flatMap((one, n) =>
      shown.has(n) ? [row(n + 1, count(one.requests), mb(one.resident), mb(one.heapUsed), mb(one.external))] : [],
    ),
    '',
  ];
}

/** Replaces the measured part of RESULTS.md and keeps what people have written below it. */
export function updateResults(file: URL, report: string): void {
  let kept = '';
  try {
    kept = readFileSync(file, 'utf8').split(marker)[1] ?? '';
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  writeFileSync(file, `${report}\n${marker}\n${kept || '\n'}`);
}

function comparisonRow(one: Comparison | Rates): string {
  const [ours, limit] = [one.ours.cpuMicros, one.limit.cpuMicros];
  return row(
    one.title,
    `${count(one.ours.perSecond)}/s`,
    `${count(one.limit.perSecond)}/s`,
    spread(one),
    one.goal ?? '',
    met(one.ratio, one.goal),
    ours === undefined ? '' : `${Math.round(ours)} / ${limit === undefined ? '–' : Math.round(limit)} µs`,
  );
}

function row(...cells: (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function met(ratio: number, goal: number | null): string {
  if (goal === null) return '';
  return ratio >= goal ? 'yes' : '**no**';
}

function spread({ ratio, lowest, highest }: { ratio: number; lowest: number; highest: number }): string {
  return `**${ratio.toFixed(2)}** (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : count(value)} ms`;
}
