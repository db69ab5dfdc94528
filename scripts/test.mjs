// `npm test [-- --all] [--only stage,stage] [--part 1/4] [part-of-a-file-name ...]`: what must hold, in order, with a
// summary. With `--all` also what shows the same again and again, as continuous integration does it; files that are named run
// whole in any case. `--part` is one of several runs that are everything together, on as many machines: test files are dealt to them in
// turn, and what looks at the whole house (format, lint, types, walls) is the last one's, whose files are the shortest. Runs under Node 18 or newer without any dependency; installs what it needs first.
import { spawn } from 'node:child_process';
import fs, { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, constants, tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { seconds, step } from './steps.mjs';
import { filesOfPart, processesFor, testFiles } from './test-files.mjs';
import {
  buildWeb,
  capture,
  checkNode,
  environmentFor,
  findRuntime,
  hasWeb,
  install,
  nextCommand,
  root,
  SetupError,
  whenNpmEnds,
} from './toolchain.mjs';

const stageNames = ['lint', 'types', 'walls', 'unit', 'browser'];

// Test files at a time. They wait (for commits, jobs, pages) more than they compute, so there are more than cores; how many
// more was measured on two cores. A browser and a whole platform per file weigh more than a database of one's own. The two
// stages run beside each other when both do: what one waits for leaves room for the other, and more of it when the files that
// start many processes are left to a run of everything.
const cores = availableParallelism();
const concurrency = { unit: cores * 2, browser: cores };
const unitBesideBrowser = () => (takesAll ? cores : cores + 1);
// Half of what importing a context costs is compiling it, and each file is a process (or several) of its own.
const compileCache = join(root, 'node_modules', '.cache', 'stoa', 'compiled-for-tests');
// Bytes that must be free in memory for a run to write there; a run takes less than one gibibyte.
const roomInMemory = 4 * 1024 ** 3;
// What a page scores depends on who else runs: this file has the machine to itself.
const runsAlone = 'apps/web/test/browser/lighthouse.test.ts';

/** @typedef {{ name: string, file?: string, milliseconds: number, error: string }} Failure a failed test */
/** @typedef {{ stage: string, ok: boolean, milliseconds: number, passed: number, failed: number, skipped: number, note: string, left: number, failures: Failure[] }} Result */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let interrupted = 0;
let takesAll = false;
/** @type {Promise<string> | undefined} */
let database;
/** @type {string | undefined} */
let ownFolder;
/** @type {() => Promise<void>} */
let stopDatabase = async () => undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => interrupt(128 + constants.signals[signal]));
}
whenNpmEnds(() => interrupt(1));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  await stopDatabase();
  if (ownFolder) rmSync(ownFolder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function main(args) {
  const { only, filters, part, ...given } = readArguments(args);
  // Whoever names a file is at work on it.
  takesAll = given.takesAll || filters.length > 0;
  checkNode();
  await install();
  const runtime = findRuntime();
  const begun = Date.now();
  const files = testFiles(filters, { takesAll });
  let wanted = stageNames.filter((name) => only.includes(name));
  if (part) {
    files.unit = filesOfPart(files.unit, part);
    files.browser = filesOfPart(files.browser, part);
    if (part.number < part.of) wanted = wanted.filter((name) => name === 'unit' || name === 'browser');
  }
  const wants = (/** @type {string} */ name) => wanted.includes(name) && !interrupted;
  /** @type {Result[]} */
  const results = [];
  const checks = wanted.filter((name) => name === 'lint' || name === 'types');
  if (checks.length > 0) {
    heading(checks);
    results.push(...(await checkStages(runtime, checks)));
  }
  // Built while other tests run, as these wait more than they compute.
  const web = wants('browser') && files.browser.length > 0 ? webFor(runtime) : null;
  if (wants('walls')) {
    heading(['walls']);
    results.push(await testStage(runtime, 'walls', files.walls, { concurrency: concurrency.unit }));
  }
  const tests = wanted.filter((name) => (name === 'unit' || name === 'browser') && wants(name));
  if (tests.length > 0) {
    heading(tests);
    const unit = tests.includes('unit')
      ? testStage(runtime, 'unit', files.unit, {
          concurrency: tests.includes('browser') ? unitBesideBrowser() : concurrency.unit,
        })
      : null;
    const browser = tests.includes('browser') ? browserStage(runtime, files.browser, { web, beside: unit }) : null;
    results.push(...(await Promise.all([unit, browser].filter((stage) => stage !== null))));
  }
  await stopDatabase();
  return report(results, { milliseconds: Date.now() - begun, filesLeft: tests.length > 0 ? files.left.length : 0 });
}

/** @param {string[]} names */
function heading(names) {
  console.log(`\n== ${names.join(', ')}`);
}

/** @param {number} code the exit code that the interruption stands for */
function interrupt(code) {
  interrupted = code;
  for (const child of running) child.kill('SIGTERM');
}

/** @param {string[]} args */
function readArguments(args) {
  let only = stageNames;
  /** @type {import('./test-files.mjs').Part | null} */
  let part = null;
  const filters = [];
  let takesAll = false;
  const rest = [...args];
  while (rest.length > 0) {
    const argument = rest.shift() ?? '';
    const [name = '', given] = argument.split(/=(.*)/s);
    if (name === '--only') only = stagesOf(given ?? rest.shift() ?? '');
    else if (argument === '--all') takesAll = true;
    else if (name === '--part') part = partOf(given ?? rest.shift() ?? '');
    else filters.push(argument);
  }
  return { only, filters, part, takesAll };
}

/** @param {string} value names with commas between them */
function stagesOf(value) {
  const names = value.split(',');
  const unknown = names.filter((name) => !stageNames.includes(name));
  if (unknown.length === 0) return names;
  throw new SetupError(`Unknown stage: ${unknown.join(', ')}. The stages are ${stageNames.join(', ')}.`);
}

/** @param {string} value as `2/4` */
function partOf(value) {
  const [, number, of] = /^([1-9]\d?)\/([1-9]\d?)$/.exec(value) ?? [];
  if (number !== undefined && Number(number) <= Number(of)) return { number: Number(number), of: Number(of) };
  throw new SetupError(`Not a part: ${value || 'nothing'}. The second of four is --part 2/4.`);
}

/**
 * @typedef {{ title: string, command: string[], cwd?: string }} Check
 * @typedef {{ stage: string, checks: Check[] }} Chain checks of a stage, each on top of the one before
 */

/**
 * @param {{ path: string }} runtime
 * @returns {Chain[]}
 */
function checkChains(runtime) {
  // Two of them run beside each other; several threads in each would check what they share once per thread.
  const tsc = [runtime.path, join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--singleThreaded'];
  const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  /** @type {Chain[]} */
  const chains = [
    { stage: 'types', checks: [{ title: 'Types', command: [...tsc, '-p', '.'] }] },
    { stage: 'lint', checks: [{ title: 'Format and lint', command: [runtime.path, biome, 'check', '.'] }] },
  ];
  const web = join(root, 'apps', 'web');
  if (!existsSync(join(web, 'tsconfig.json'))) return chains;
  // Not on top of an earlier check: that one may not see that the types of the routes were written anew.
  const anew = ['--noEmit', '--incremental', 'false'];
  chains.push({
    stage: 'types',
    checks: [
      // Next writes the types of its routes, which the web app's own check needs.
      ...(hasWeb()
        ? [{ title: 'Types of the routes', command: [runtime.path, nextCommand(), 'typegen'], cwd: web }]
        : []),
      { title: 'Types of the web app', command: [...tsc, '-p', '.', ...anew], cwd: web },
    ],
  });
  return chains;
}

/**
 * Runs the chains beside each other.
 *
 * @param {{ path: string }} runtime
 * @param {string[]} stages
 * @returns {Promise<Result[]>} one for each stage
 */
async function checkStages(runtime, stages) {
  const begun = Date.now();
  const done = checkChains(runtime)
    .filter(({ stage }) => stages.includes(stage))
    .map(async ({ stage, checks }) => {
      let failed = 0;
      for (const check of checks) if (!(await passes(check))) failed += 1;
      return { stage, failed, milliseconds: Date.now() - begun };
    });
  const chains = await Promise.all(done);
  return stages.map((stage) => {
    const own = chains.filter((chain) => chain.stage === stage);
    const failed = own.reduce((sum, chain) => sum + chain.failed, 0);
    const milliseconds = Math.max(...own.map((chain) => chain.milliseconds));
    return { ...resultOf(stage, begun, { failed, note: failed ? 'see above' : 'clean' }), milliseconds };
  });
}

/** @param {Check} check */
async function passes({ title, command, cwd }) {
  const begun = Date.now();
  const [program, ...rest] = command;
  const { code, output } = await capture(program, [], rest, {
    cwd: cwd ?? root,
    env: environmentFor({ path: program }),
  });
  // Others are at work beside it: one whole line, and what was found under it.
  console.log(`  ${title} ... ${code === 0 ? 'clean' : 'FAILED'} (${seconds(Date.now() - begun)})`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

/**
 * Builds the web, and says why where that is not possible.
 *
 * @param {{ path: string }} runtime
 * @returns {Promise<boolean>}
 */
async function webFor(runtime) {
  try {
    await buildWeb(runtime);
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(error.message);
    return false;
  }
}

/**
 * @param {{ path: string }} runtime
 * @param {string[]} files
 * @param {{ web: Promise<boolean> | null, beside: Promise<Result> | null }} options whether the web is built; the stage that
 *   runs meanwhile, after which this one begins to print
 * @returns {Promise<Result>}
 */
async function browserStage(runtime, files, { web, beside }) {
  const begun = Date.now();
  if (!web) return testStage(runtime, 'browser', files, { concurrency: 1 });
  if (!(await web)) return resultOf('browser', begun, { failed: 1, note: 'the web app did not build' });
  const others = await testStage(
    runtime,
    'browser',
    files.filter((file) => file !== runsAlone),
    { concurrency: concurrency.browser, beside },
  );
  if (!files.includes(runsAlone)) return others;
  await beside;
  const alone = await testStage(runtime, 'browser', [runsAlone], { concurrency: 1 });
  return resultOf('browser', begun, {
    passed: alone.passed + others.passed,
    failed: alone.failed + others.failed,
    skipped: alone.skipped + others.skipped,
    left: alone.left + others.left,
    note: `${files.length} files`,
    failures: [...others.failures, ...alone.failures],
  });
}

/**
 * Runs test files under node:test and counts what its own events say.
 *
 * @param {{ path: string }} runtime
 * @param {string} stage
 * @param {string[]} files
 * @param {{ concurrency: number, beside?: Promise<Result> | null }} options files at a time; the stage that runs meanwhile,
 *   after which this one begins to print
 * @returns {Promise<Result>}
 */
async function testStage(runtime, stage, files, { concurrency, beside }) {
  const begun = Date.now();
  if (files.length === 0) {
    await beside;
    console.log('  no test files');
    return resultOf(stage, begun, { note: 'no test files' });
  }
  const databaseUrl = await startDatabase(runtime);
  // For the longest that share a process, on a slow machine.
  const processLimit = 1_200_000;
  const summaryFile = join(mkdtempSync(join(runFolder(), 'report-')), 'summary.json');
  const { code, milliseconds } = await run(
    runtime,
    [
      join(root, 'scripts', 'run-test-files.mjs'),
      `${concurrency}`,
      `${processLimit}`,
      summaryFile,
      ...processesFor(files),
    ],
    {
      extra: {
        TMPDIR: runFolder(),
        STOA_TEST_DATABASE_URL: databaseUrl,
        STOA_TEST_WORLDS: worlds(),
        STOA_TEST_ALL: `${takesAll}`,
        NODE_ENV: 'test',
        NODE_COMPILE_CACHE: compileCache,
      },
      processLimit,
      beside: beside ?? null,
    },
  );
  const { counts, failures, skipped, left, slowest } = readSummary(summaryFile);
  for (const test of skipped) console.log(`  skipped: ${test.name}${test.reason ? ` (${test.reason})` : ''}`);
  console.log(`  slowest: ${slowest}`);
  const failed = (counts.failed ?? 0) + (counts.cancelled ?? 0);
  return resultOf(stage, begun, {
    milliseconds,
    passed: counts.passed ?? 0,
    // A run that ended badly without a failed test (killed, crashed) is a failure all the same.
    failed: code === 0 ? failed : Math.max(failed, 1),
    skipped: (counts.skipped ?? 0) + (counts.todo ?? 0) - left,
    left,
    note: `${files.length} files`,
    failures,
  });
}

/** @param {string} file */
function readSummary(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const summary = text === '' ? {} : JSON.parse(text);
  const slowest = (summary.files ?? [])
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 8)
    .map((entry) => `${basename(entry.file)} ${seconds(entry.milliseconds)}`)
    .join(', ');
  return {
    counts: summary.counts ?? {},
    failures: summary.failed ?? [],
    skipped: summary.skipped ?? [],
    left: summary.left ?? 0,
    slowest,
  };
}

/**
 * Where everything goes that this run writes: into memory where there is plenty. A database is copied for each file, which
 * is a thousand small files, and on a disk each costs twenty times as much.
 */
function runFolder() {
  ownFolder ??= mkdtempSync(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), 'stoa-test-run-'));
  return ownFolder;
}

/** @param {string} folder */
function hasRoom(folder) {
  try {
    // Not named in the import: the oldest Node that may run this does not have it.
    const { bavail, bsize } = fs.statfsSync(folder);
    fs.accessSync(folder, fs.constants.W_OK);
    return bavail * bsize >= roomInMemory;
  } catch {
    return false;
  }
}

/** Where the tests of this run keep worlds that several of them begin with. */
function worlds() {
  const folder = join(runFolder(), 'worlds');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * The URL of the run's PostgreSQL, started with the first stage that needs it.
 *
 * @param {{ path: string }} runtime
 * @returns {Promise<string>}
 */
function startDatabase(runtime) {
  database ??= launchDatabase(runtime);
  return database;
}

/** @param {{ path: string }} runtime */
async function launchDatabase(runtime) {
  const given = process.env.STOA_TEST_DATABASE_URL;
  if (given) return given;
  const done = step('Starting PostgreSQL for the tests');
  // A process group of its own: on Ctrl-C it must outlive the tests that use it, and we stop it at the end.
  const child = spawn(runtime.path, [join(root, 'scripts', 'test-database.ts'), runFolder()], {
    cwd: root,
    env: environmentFor(runtime),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  stopDatabase = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const message = await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    ended.then(() => null),
  ]);
  if (message === null) {
    done.fail();
    throw new SetupError('PostgreSQL for the tests did not start.');
  }
  done(message.version);
  return message.url;
}

/**
 * @param {{ path: string }} runtime
 * @param {string[]} args
 * @param {{ extra: Record<string, string>, processLimit: number, beside: Promise<unknown> | null }} options what it prints is
 *   held back until `beside` is over
 * @returns {Promise<{ code: number, milliseconds: number }>}
 */
async function run(runtime, args, { extra, processLimit, beside }) {
  const begun = Date.now();
  const child = spawn(runtime.path, args, {
    cwd: root,
    env: environmentFor(runtime, extra),
    stdio: ['ignore', beside ? 'pipe' : 'inherit', 'inherit'],
  });
  running.add(child);
  const watch = watchProcesses(child.pid ?? 0, processLimit);
  /** @type {Buffer[]} */
  let held = [];
  let hold = beside !== null;
  child.stdout?.on('data', (/** @type {Buffer} */ chunk) => {
    if (hold) held.push(chunk);
    else process.stdout.write(chunk);
  });
  const over = beside?.then(() => {
    hold = false;
    for (const chunk of held) process.stdout.write(chunk);
    held = [];
  });
  const result = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, milliseconds: Date.now() - begun }));
  });
  clearInterval(watch);
  running.delete(child);
  await over;
  return result;
}

/**
 * Ends a process of tests that does not end by itself: its tests are over but something they opened keeps it alive, and
 * node:test would wait for ever. It then counts as failed.
 *
 * @param {number} runner
 * @param {number} limit milliseconds
 * @returns {NodeJS.Timeout}
 */
function watchProcesses(runner, limit) {
  /** @type {Map<number, number>} */
  const seen = new Map();
  const look = async () => {
    const { output } = await capture('ps', [], ['-eo', 'pid=,ppid=,args=']);
    for (const line of output.split('\n')) {
      const [pid, parent, ...words] = line.trim().split(/\s+/);
      if (Number(parent) !== runner) continue;
      const since = seen.get(Number(pid)) ?? Date.now();
      seen.set(Number(pid), since);
      if (Date.now() - since < limit) continue;
      console.log(`  ${words.at(-1)} did not end within ${seconds(limit)}: it left something open. Ending it.`);
      process.kill(Number(pid), 'SIGKILL');
    }
  };
  // A system without ps has no watch; the tests' own time limits remain.
  return setInterval(() => void look().catch(() => undefined), 5000);
}

/**
 * @param {string} stage
 * @param {number} begun
 * @param {Partial<Result>} values
 * @returns {Result}
 */
function resultOf(stage, begun, values) {
  const result = {
    stage,
    milliseconds: Date.now() - begun,
    passed: 0,
    failed: 0,
    skipped: 0,
    left: 0,
    note: '',
    failures: [],
    ...values,
  };
  return { ...result, ok: result.failed === 0 };
}

/**
 * @param {Result[]} results
 * @param {{ milliseconds: number, filesLeft: number }} options how long it took; the files that only `--all` would have taken
 */
function report(results, { milliseconds, filesLeft }) {
  // The output of the whole run is long, and whoever keeps only its end shall still see what failed, and why.
  const failures = results.flatMap((result) => result.failures);
  if (failures.length > 0) console.log('\n== failed');
  for (const { name, file, milliseconds: took, error } of failures) {
    console.log(`\n✖ ${file ? `${relative(root, file)}: ` : ''}${name} (after ${seconds(took)})`);
    console.log(error.replace(/^/gm, '    '));
  }
  console.log(`\n== summary (${seconds(milliseconds)})`);
  for (const { stage, ok, passed, failed, skipped, note, milliseconds: time } of results) {
    const counts = passed + failed + skipped > 0 ? `${passed} passed, ${failed} failed, ${skipped} skipped; ` : '';
    console.log(`  ${ok ? 'ok    ' : 'FAILED'}  ${stage.padEnd(8)} ${seconds(time).padStart(12)}  ${counts}${note}`);
  }
  if (interrupted) console.log('  interrupted');
  const sum = (/** @type {'passed' | 'failed' | 'skipped' | 'left'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  const failed = sum('failed');
  console.log(`\n${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`);
  const left = sum('left');
  if (filesLeft + left > 0) console.log(`Left to npm test -- --all: ${filesLeft} files and ${left} tests of others.`);
  return interrupted || (failed > 0 ? 1 : 0);
}
