import { flushCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { withConfigFile } from '@stoa/kernel';
import { codeOf } from '@stoa/kernel/postgres';
import { step } from '../../../scripts/steps.mjs';
import { seedDemo } from './seed-demo.ts';
import { readSettings } from './settings.ts';
import { type RunningServer, startServer } from './start-server.ts';

const { values } = parseArgs({ options: { port: { type: 'string' } }, strict: false });

/** Longest that a start that is called off may take to end: something in it may wait for what never answers. */
const mostToCallOffMs = 10_000;

const begun = Date.now();
const callOff = new AbortController();
// From the first moment: what is left behind by a start that is cut short would be a PostgreSQL of its own.
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
let running: RunningServer | undefined;
const { settings, server } = await start().catch(endInWords);
running = server;

async function start() {
  // `npm run dev`: with it, threads report each of their modules as a message, to whoever waits for their answer.
  delete process.env.WATCH_REPORT_DEPENDENCIES;
  const port = typeof values.port === 'string' ? { PORT: values.port } : {};
  const environment = withConfigFile({ ...process.env, ...port });
  // For what reads the environment itself: libraries, the web, programs we start.
  Object.assign(process.env, environment);
  const read = readSettings({ STOA_LOG_LEVEL: 'warn', ...environment });
  return { settings: read, server: await startServer(read, { environment, step, signal: callOff.signal }) };
}

/** A start that fails for a reason a person can do something about says that in a sentence, and no stack under it. */
function endInWords(error: unknown): never {
  if (callOff.signal.aborted) process.exit(0);
  const code = codeOf(error);
  const port = code === 'EADDRINUSE' && error instanceof Error && 'port' in error ? error.port : undefined;
  const words =
    port !== undefined
      ? `port ${port} is in use. Stop what uses it, or choose another: npm start -- --port 3001`
      : error instanceof Error &&
          (code?.match(/^(stoa_home|embedded_postgres)_/) ||
            code === 'configuration_invalid' ||
            code === 'database_too_old')
        ? error.message
        : undefined;
  if (words === undefined) throw error;
  console.error(`\n  Stoa could not start: ${words}\n`);
  process.exit(1);
}

/** Ends the process in order, once: a second Ctrl-C, or npm's own beside the terminal's, changes nothing. */
async function stop(): Promise<void> {
  if (callOff.signal.aborted) return;
  callOff.abort();
  // Who starts it stops what there is by then, and the process ends with that.
  if (!running) return void setTimeout(() => process.exit(1), mostToCallOffMs);
  const done = step('Stopping');
  const most = settings.STOA_STOP_SECONDS;
  // What is left undone is safe: the next start takes over our PostgreSQL, and jobs and events come again.
  setTimeout(() => {
    console.error(`\n  Stopping did not end within ${most} s: something does not answer, and is not waited for.`);
    process.exit(1);
  }, most * 1000);
  await running.stop();
  done();
  process.exit(0);
}

/** What fails because everything is being stopped around it says nothing: the process ends at any moment. */
function untilStopped(error: unknown): Promise<never> {
  if (!callOff.signal.aborted) throw error;
  return new Promise(() => {});
}

const everything = settings.run.includes('identity') && settings.run.includes('courses');
let accounts: Awaited<ReturnType<typeof seedDemo>> = [];
if (settings.STOA_DEMO && everything) {
  const done = step('Demo world');
  accounts = await seedDemo(server.host, settings.home).catch(untilStopped);
  done();
}
// A process that is killed later would otherwise leave nothing for the next start.
flushCompileCache();
console.log(`\n  Stoa is open at ${server.url} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
console.log(`  API reference   ${server.url}/api/docs`);
if (accounts.length > 0) {
  console.log('\n  Demo accounts');
  for (const { email, password, roles } of accounts)
    console.log(`  ${email.padEnd(26)} ${password.padEnd(28)} ${roles.join(', ')}`);
}
console.log('\n  Ctrl-C stops everything.\n');
