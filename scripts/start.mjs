// `npm start`: from a fresh clone to a running Stoa. Runs under Node 18 or newer without any dependency.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  buildWeb,
  checkNode,
  environmentFor,
  findRuntime,
  install,
  root,
  SetupError,
  whenNpmEnds,
} from './toolchain.mjs';

const args = process.argv.slice(2);
const development = args.includes('--dev');

try {
  checkNode();
  await install();
  const runtime = findRuntime();
  if (!development) await buildWeb(runtime);
  process.exitCode = await runServer(runtime);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

/**
 * Limits of the engine's memory. Without them it lets garbage grow with the machine: after a load run the process held 490 MB on
 * 24 GiB, of which 100 were in use; with them 350, at the same speed. Whoever sets limits in NODE_OPTIONS has theirs.
 *
 * @returns {string[]}
 */
function serverFlags() {
  if (/--max-(old|semi)-space-size/.test(process.env.NODE_OPTIONS ?? '')) return [];
  return JSON.parse(readFileSync(join(root, 'apps', 'server', 'node-flags.json'), 'utf8'));
}

/**
 * What a change of starts the platform again: what it is made of, and not the web, which watches itself. Named as folders:
 * otherwise Node would watch whatever is loaded, also what Next writes while it compiles a page, and start again for ever.
 *
 * @returns {string[]}
 */
function watchFlags() {
  const contexts = ['platform', 'markets'].flatMap((room) =>
    readdirSync(join(root, room)).map((name) => join(room, name)),
  );
  const folders = ['kernel', 'contracts', join('apps', 'server'), ...contexts]
    .flatMap((part) => ['src', 'migrations', 'gen'].map((name) => join(root, part, name)))
    .filter((folder) => existsSync(folder));
  return ['--watch', '--watch-preserve-output', ...folders.map((folder) => `--watch-path=${folder}`)];
}

/**
 * Runs the platform until it ends and answers with its exit code.
 *
 * It has a process group of its own, so that Ctrl-C reaches it exactly once: through us. A second Ctrl-C is passed on, too.
 *
 * @param {{ path: string }} runtime
 * @returns {Promise<number>}
 */
function runServer(runtime) {
  const main = join(root, 'apps', 'server', 'src', 'main.ts');
  if (!existsSync(main)) throw new SetupError(`The platform's entry file is missing: ${main}`);
  const followParent = pathToFileURL(join(root, 'scripts', 'follow-parent.mjs')).href;
  const child = spawn(
    runtime.path,
    [
      '--import',
      followParent,
      ...serverFlags(),
      ...(development ? watchFlags() : []),
      main,
      ...args.filter((argument) => argument !== '--dev'),
    ],
    {
      cwd: root,
      env: environmentFor(
        runtime,
        development
          ? { STOA_WEB_DEV: '1', NODE_ENV: 'development', STOA_BOOTSTRAP_PID: `${process.pid}` }
          : { NODE_ENV: process.env.NODE_ENV ?? 'production' },
      ),
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  }
  whenNpmEnds(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)));
  });
}
