// Runs a script of the repository on the Node 24 runtime, whatever Node called us: `node scripts/node24.mjs <file> [arguments]`.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { checkNode, environmentFor, findRuntime, install, root, SetupError } from './toolchain.mjs';

try {
  checkNode();
  await install();
  process.exitCode = await run(findRuntime(), process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

/**
 * @param {{ path: string }} runtime
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function run(runtime, args) {
  const child = spawn(runtime.path, args, { cwd: root, env: environmentFor(runtime), stdio: 'inherit' });
  // The terminal's Ctrl-C reaches the child by itself; we only wait for its end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)));
  });
}
