#!/usr/bin/env node
// `stoa ...` under whatever Node there is: hands over to the platform's own Node 24.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findRuntime } from '../../../scripts/toolchain.mjs';

// Nothing but the command's own answer may reach standard output: `--json` is read by programs.
const silent = { isTTY: false, write: () => true };

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const child = spawn(
  findRuntime(silent).path,
  ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
});
