// Runs a provider's simulator until it is stopped, for a person with a development server:
//   node platform/payments/test/providers/simulators/run.ts stripe --port 4101 --webhook http://localhost:3000/api/webhooks/stripe
// It prints the settings to start the server with. The payer's page is where the charge leads, or /_pay/<charge>.
import { parseArgs } from 'node:util';
import { failureModes, payerActions, webhookModes } from './server.ts';
import { type SimulatorName, simulators, startSimulator } from './start-simulator.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '0' }, webhook: { type: 'string' } },
});
const isName = (given: string | undefined): given is SimulatorName =>
  given !== undefined && Object.hasOwn(simulators, given);
const [name] = positionals;
if (!isName(name)) {
  console.error(`Say which: ${Object.keys(simulators).join(', ')}.`);
  process.exit(1);
}
const webhookUrl = values.webhook ?? `http://localhost:3000/api/webhooks/${name}`;
const simulator = await startSimulator(name, { port: Number(values.port), webhookUrl });
console.log(`${name} listens on ${simulator.url} and reports to ${webhookUrl}. Start the server with:\n`);
for (const [setting, value] of Object.entries(simulator.settings)) console.log(`export ${setting}='${value}'`);
console.log(`
Pay:       open ${simulator.url}/_pay/<charge>, or
           curl -d '{"charge":"<reference, provider's id, or code>"}' ${simulator.url}/_control/{${payerActions.join(',')}}
Go wrong:  curl -d '{"mode":"<mode>","operation":"<create|find|capture|cancel|refund>"}' ${simulator.url}/_control/fail
           modes: ${failureModes.join(' ')}
Webhooks:  curl -d '{"mode":"<mode>"}' ${simulator.url}/_control/webhooks
           modes: ${webhookModes.join(' ')}
The book:  curl ${simulator.url}/_control/book`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void simulator.close().then(() => process.exit(0)));
