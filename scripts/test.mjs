// `npm test [-- --only stage,stage] [-- part-of-a-file-name ...]`: everything that must hold, in order, with a summary.
// Runs under Node 18 or newer without any dependency; installs what it needs first.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, constants, tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seconds, step } from './steps.mjs';
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
// more was measured on two cores. A browser and a whole platform per file weigh more than a database of one's own.
const cores = availableParallelism();
const concurrency = { unit: cores * 2, browser: cores };
// Half of what importing a context costs is compiling it, and each file is a process (or several) of its own.
const compileCache = join(root, 'node_modules', '.cache', 'stoa', 'compiled-for-tests');
// What a page scores depends on who else runs: this file has the machine to itself.
const runsAlone = 'apps/web/test/browser/lighthouse.test.ts';

/** @typedef {{ stage: string, ok: boolean, milliseconds: number, passed: number, failed: number, skipped: number, note: string }} Result */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let interrupted = 0;
/** @type {Promise<string> | undefined} */
let database;
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
}

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function main(args) {
  const { only, filters } = readArguments(args);
  checkNode();
  await install();
  const runtime = findRuntime();
  const begun = Date.now();
  /** @type {Result[]} */
  const results = [];
  const stages = {
    lint: () => checkStage('lint', [biome(runtime)]),
    types: () => checkStage('types', typeChecks(runtime)),
    walls: () => testStage(runtime, 'walls', testFiles(filters).walls, concurrency.unit),
    unit: () => testStage(runtime, 'unit', testFiles(filters).unit, concurrency.unit),
    browser: () => browserStage(runtime, testFiles(filters).browser),
  };
  for (const name of stageNames) {
    if (!only.includes(name) || interrupted) continue;
    console.log(`\n== ${name}`);
    results.push(await stages[name]());
  }
  await stopDatabase();
  return report(results, Date.now() - begun);
}

/** @param {number} code the exit code that the interruption stands for */
function interrupt(code) {
  interrupted = code;
  for (const child of running) child.kill('SIGTERM');
}

/** @param {string[]} args */
function readArguments(args) {
  let only = stageNames;
  const filters = [];
  const rest = [...args];
  while (rest.length > 0) {
    const argument = rest.shift() ?? '';
    if (argument !== '--only' && !argument.startsWith('--only=')) {
      filters.push(argument);
      continue;
    }
    const value = argument === '--only' ? (rest.shift() ?? '') : argument.slice('--only='.length);
    only = value.split(',');
    const unknown = only.filter((name) => !stageNames.includes(name));
    if (unknown.length > 0) {
      throw new SetupError(`Unknown stage: ${unknown.join(', ')}. The stages are ${stageNames.join(', ')}.`);
    }
  }
  return { only, filters };
}

/** @param {{ path: string }} runtime */
function biome(runtime) {
  return { title: 'Format and lint', command: [runtime.path, 'node_modules/@biomejs/biome/bin/biome', 'check', '.'] };
}

/** @param {{ path: string }} runtime */
function typeChecks(runtime) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const checks = [{ title: 'Types', command: [runtime.path, tsc, '-p', '.'] }];
  const web = join(root, 'apps', 'web');
  if (!existsSync(join(web, 'tsconfig.json'))) return checks;
  if (hasWeb()) {
    // Next writes the types of its routes, which the web app's own check needs.
    checks.push({ title: 'Types of the routes', command: [runtime.path, nextCommand(), 'typegen'], cwd: web });
  }
  // Not on top of an earlier check: that one may not see that the types of the routes were written anew.
  const anew = ['--noEmit', '--incremental', 'false'];
  checks.push({ title: 'Types of the web app', command: [runtime.path, tsc, '-p', '.', ...anew], cwd: web });
  return checks;
}

/**
 * @param {string} stage
 * @param {{ title: string, command: string[], cwd?: string }[]} checks
 * @returns {Promise<Result>}
 */
async function checkStage(stage, checks) {
  const begun = Date.now();
  let failed = 0;
  for (const { title, command, cwd } of checks) {
    const done = step(title);
    const [program, ...rest] = command;
    const { code, output } = await capture(program, [], rest, {
      cwd: cwd ?? root,
      env: environmentFor({ path: program }),
    });
    if (code === 0) {
      done('clean');
      continue;
    }
    failed += 1;
    done.fail();
    console.log(output.trimEnd());
  }
  return resultOf(stage, begun, { failed, note: failed ? 'see above' : 'clean' });
}

/** @param {string[]} filters */
function testFiles(filters) {
  const all = ['kernel', 'contracts', 'platform', 'markets', 'apps', 'bench', 'scripts']
    .flatMap((folder) => filesBelow(join(root, folder)))
    .map((file) => relative(root, file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)));
  const browser = all.filter((file) => file.includes('/test/browser/'));
  const walls = all.filter((file) => file.startsWith('scripts/walls/'));
  const unit = all.filter((file) => file.includes('/test/') && !file.includes('/test/browser/'));
  return { browser, walls, unit };
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== '.next')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

/**
 * @param {{ path: string }} runtime
 * @param {string[]} files
 * @returns {Promise<Result>}
 */
async function browserStage(runtime, files) {
  if (files.length === 0) return testStage(runtime, 'browser', files, 1);
  const begun = Date.now();
  try {
    await buildWeb(runtime);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.log(error.message);
    return resultOf('browser', begun, { failed: 1, note: 'the web app did not build' });
  }
  const alone = await testStage(
    runtime,
    'browser',
    files.filter((file) => file === runsAlone),
    1,
  );
  const others = await testStage(
    runtime,
    'browser',
    files.filter((file) => file !== runsAlone),
    concurrency.browser,
  );
  return resultOf('browser', begun, {
    passed: alone.passed + others.passed,
    failed: alone.failed + others.failed,
    skipped: alone.skipped + others.skipped,
    note: `${files.length} files`,
  });
}

/**
 * Runs test files under node:test and counts what its own events say.
 *
 * @param {{ path: string }} runtime
 * @param {string} stage
 * @param {string[]} files
 * @param {number} concurrency
 * @returns {Promise<Result>}
 */
async function testStage(runtime, stage, files, concurrency) {
  const begun = Date.now();
  if (files.length === 0) {
    console.log('  no test files');
    return resultOf(stage, begun, { note: 'no test files' });
  }
  const databaseUrl = await startDatabase(runtime);
  const folder = mkdtempSync(join(tmpdir(), 'stoa-test-report-'));
  const fileLimit = 600_000;
  const summaryFile = join(folder, 'summary.json');
  try {
    const code = await run(
      runtime,
      [
        '--test',
        `--test-concurrency=${concurrency}`,
        `--test-timeout=${fileLimit}`,
        ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
        `--test-reporter=${pathToFileURL(join(root, 'scripts', 'test-summary.mjs')).href}`,
        `--test-reporter-destination=${summaryFile}`,
        ...files,
      ],
      { extra: { STOA_TEST_DATABASE_URL: databaseUrl, NODE_ENV: 'test', NODE_COMPILE_CACHE: compileCache }, fileLimit },
    );
    const { counts, skipped, slowest } = readSummary(summaryFile);
    for (const test of skipped) console.log(`  skipped: ${test.name}${test.reason ? ` (${test.reason})` : ''}`);
    console.log(`  slowest: ${slowest}`);
    const failed = (counts.failed ?? 0) + (counts.cancelled ?? 0);
    return resultOf(stage, begun, {
      passed: counts.passed ?? 0,
      // A run that ended badly without a failed test (killed, crashed) is a failure all the same.
      failed: code === 0 ? failed : Math.max(failed, 1),
      skipped: (counts.skipped ?? 0) + (counts.todo ?? 0),
      note: `${files.length} files`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
  return { counts: summary.counts ?? {}, skipped: summary.skipped ?? [], slowest };
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
  const child = spawn(runtime.path, [join(root, 'scripts', 'test-database.ts')], {
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
 * @param {{ extra: Record<string, string>, fileLimit: number }} options
 * @returns {Promise<number>}
 */
function run(runtime, args, { extra, fileLimit }) {
  return new Promise((resolve, reject) => {
    const child = spawn(runtime.path, args, {
      cwd: root,
      env: environmentFor(runtime, extra),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    running.add(child);
    const watch = watchFiles(child.pid ?? 0, fileLimit);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(watch);
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/**
 * Ends a test file that does not end by itself: its tests are over but something it opened keeps its process alive, and
 * node:test would wait for ever. The file then counts as failed.
 *
 * @param {number} runner
 * @param {number} limit milliseconds
 * @returns {NodeJS.Timeout}
 */
function watchFiles(runner, limit) {
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
  const result = { stage, milliseconds: Date.now() - begun, passed: 0, failed: 0, skipped: 0, note: '', ...values };
  return { ...result, ok: result.failed === 0 };
}

/**
 * @param {Result[]} results
 * @param {number} milliseconds
 */
function report(results, milliseconds) {
  console.log(`\n== summary (${seconds(milliseconds)})`);
  for (const { stage, ok, passed, failed, skipped, note, milliseconds: time } of results) {
    const counts = passed + failed + skipped > 0 ? `${passed} passed, ${failed} failed, ${skipped} skipped; ` : '';
    console.log(`  ${ok ? 'ok    ' : 'FAILED'}  ${stage.padEnd(8)} ${seconds(time).padStart(12)}  ${counts}${note}`);
  }
  if (interrupted) console.log('  interrupted');
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  const failed = sum('failed');
  console.log(`\n${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`);
  return interrupted || (failed > 0 ? 1 : 0);
}
