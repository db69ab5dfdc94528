import { flushCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { step } from '../../../scripts/steps.mjs';
import { seedDemo } from './seed-demo.ts';
import { readSettings } from './settings.ts';
import { startServer } from './start-server.ts';

const { values } = parseArgs({ options: { port: { type: 'string' } }, strict: false });
const environment = { ...process.env, ...(typeof values.port === 'string' ? { PORT: values.port } : {}) };

const begun = Date.now();
const settings = readSettings({ STOA_LOG_LEVEL: 'warn', ...environment });
const server = await startServer(settings, environment, step);

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  const done = step('Stopping');
  await server.stop();
  done();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());

const everything = settings.run.includes('identity') && settings.run.includes('courses');
let accounts: Awaited<ReturnType<typeof seedDemo>> = [];
if (settings.STOA_DEMO && everything) {
  const done = step('Demo world');
  accounts = await seedDemo(server.host, settings.home);
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
