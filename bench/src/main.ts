import { loadavg } from 'node:os';
import { measureCheckout } from './checkout.ts';
import { compare } from './compare.ts';
import { measureGrowth } from './growth.ts';
import { measureLedger } from './ledger.ts';
import { hasPages, measurePages } from './pages.ts';
import { makePaths, type Path } from './paths.ts';
import { measurePayQueue } from './pay-queue.ts';
import { type Program, residentBytes, startAccountable, startLimit, startPlatform } from './programs.ts';
import { measureEvents, measureJobs } from './queues.ts';
import { measureQuiz } from './quiz.ts';
import { help, readOptions } from './read-options.ts';
import { type Figures, renderReport, updateResults } from './report.ts';
import { measureSerialization } from './serialize.ts';
import { settle, skipMissedEvents } from './settle.ts';
import { measureSoak } from './soak.ts';
import { makeWorld } from './world.ts';

const options = readOptions(process.argv.slice(2));
if ('help' in options) {
  console.log(help);
  process.exit(0);
}
if ('problem' in options) {
  console.error(`bench: ${options.problem}\n\n${help}`);
  process.exit(2);
}
const { only, rounds, seconds, connections, rows: largest, soak, update } = options;
const wanted = (name: string) => !only || only.includes(name);
const courses = 10_000;

const loadBefore = loadavg()[0] ?? 0;
console.log('Making the world ...');
const world = await makeWorld({ courses });
const closers: (() => Promise<void>)[] = [() => world.close()];
const close = async () => {
  for (const one of closers.splice(0).reverse()) await one();
};
// What was started must not outlive us.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().then(() => process.exit(1)));
try {
  const figures = await measure();
  const load = [loadBefore, loadavg()[0] ?? 0];
  const report = renderReport(figures, { rounds, seconds, connections, courses, postgres: world.serverVersion, load });
  console.log(`\n${report}`);
  if (update) updateResults(new URL('../RESULTS.md', import.meta.url), report);
} finally {
  await close();
}

async function measure(): Promise<Figures> {
  const figures: Figures = { comparisons: [] };
  if (only?.includes('soak')) {
    const soaked = await startAccountable(world);
    closers.push(soaked.stop);
    const paths = (await makePaths(world, soaked)).filter((one) => !one.alone && !one.entrance);
    figures.soak = await measureSoak(soaked, paths, {
      ...soak,
    });
    await soaked.stop();
    if (only.length === 1) return figures;
  }
  if (wanted('cold')) {
    figures.coldStarts = [];
    for (let n = 0; n < rounds; n += 1) {
      const program = await startPlatform(world, { firstPath: '/api/courses?limit=20' });
      const cpu = program.cpuSeconds();
      figures.coldStarts.push({ ms: program.startMs, cpuMs: cpu === undefined ? undefined : cpu * 1000 });
      await program.stop();
    }
    say('cold start', figures.coldStarts.map((one) => `${Math.round(one.ms)} ms`).join(', '));
  }
  const limit = await startLimit(world);
  closers.push(limit.stop);

  const alone = await startPlatform(world, { environment: { STOA_ROLES: 'api' } });
  closers.push(alone.stop);
  try {
    for (const path of (await makePaths(world, alone)).filter((one) => one.alone && wanted(one.name)))
      figures.comparisons.push(await compareAndSay(path, { ours: alone, limit }, false));
  } finally {
    await alone.stop();
  }
  await skipMissedEvents(world);

  if (wanted('webhook')) {
    const entrance = await startPlatform(world, { environment: { STOA_ROLES: 'api' } });
    closers.push(entrance.stop);
    try {
      for (const path of (await makePaths(world, entrance)).filter((one) => one.entrance))
        figures.comparisons.push(await compareAndSay(path, { ours: entrance, limit }, false));
    } finally {
      await entrance.stop();
    }
  }

  const ours = await startPlatform(world);
  closers.push(ours.stop);
  const idle = await residentBytes(ours);
  for (const path of (await makePaths(world, ours)).filter((one) => !one.alone && !one.entrance && wanted(one.name)))
    figures.comparisons.push(await compareAndSay(path, { ours, limit }, path.name === 'enroll-all'));
  if (wanted('quiz')) {
    figures.quiz = await measureQuiz(world, ours, { seconds, rounds, connections });
    say('quiz', `${Math.round(figures.quiz.perSecond)}/s`);
  }
  if (wanted('serialize')) {
    figures.serialization = await measureSerialization(ours, rounds);
    say('serialize', figures.serialization.ratio.toFixed(2));
  }
  if (wanted('memory')) {
    figures.memory = { idle, loaded: await residentBytes(ours) };
    say('memory', `${Math.round(figures.memory.loaded / 1e6)} MB`);
  }
  if (wanted('growth')) {
    const sizes = [10_000, 100_000, 1_000_000].filter((size) => size <= largest);
    figures.growth = await measureGrowth(world, ours, { sizes, seconds });
    say('growth', figures.growth.map(({ size }) => `${size}`).join(', '));
  }
  if (wanted('events')) {
    figures.events = await measureEvents(world, { count: 20_000 });
    say('events', `${Math.round(figures.events.perSecond)}/s, p99 ${figures.events.p99.toFixed(1)} ms`);
  }
  if (wanted('jobs')) {
    figures.jobs = await measureJobs(world, { count: 1000, rounds });
    say('jobs', figures.jobs.ratio.toFixed(2));
  }
  if (wanted('pay-queue')) {
    figures.payQueue = await measurePayQueue(world, { count: Math.max(100, Math.round(seconds * 100)), rounds });
    say('pay-queue', figures.payQueue.ratio.toFixed(2));
  }
  if (wanted('checkout')) {
    figures.checkout = await measureCheckout(world, { seconds, rounds, connections });
    say('checkout', `${Math.round(figures.checkout.perSecond)}/s`);
  }
  if (wanted('pages') && !hasPages()) say('pages', 'left out: the web is not built (`npm start` builds it)');
  else if (wanted('pages')) {
    figures.pages = await measurePages(world, { seconds, rounds });
    say('pages', figures.pages.map(({ perSecond }) => `${Math.round(perSecond)}/s`).join(', '));
  }
  if (wanted('ledger')) {
    figures.ledger = await measureLedger(world, { seconds, rounds });
    say('ledger', figures.ledger.ratio.toFixed(2));
  }
  return figures;
}

async function compareAndSay(path: Path, programs: { ours: Program; limit: Program }, reactions: boolean) {
  const result = await compare(path, programs, {
    rounds,
    seconds,
    connections,
    settle: async () => {
      if (path.name.startsWith('enroll')) await settle(world, { reactions });
    },
  });
  say(path.name, `${result.ratio.toFixed(2)} (${result.lowest.toFixed(2)} to ${result.highest.toFixed(2)})`);
  return result;
}

function say(name: string, result: string): void {
  console.log(`  ${name.padEnd(16)} ${result}`);
}
