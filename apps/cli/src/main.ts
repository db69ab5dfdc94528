import { parseArgs } from 'node:util';
import { help } from './help.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    full: { type: 'boolean' },
    publish: { type: 'boolean' },
    lang: { type: 'string' },
    instructor: { type: 'string', default: 'instructor@stoa.example' },
  },
});

const [command, ...rest] = positionals;
if (values.help || !command) {
  console.log(help);
} else {
  // Loaded only now: showing the help must not start the whole house.
  const { run } = await import('./run-command.ts');
  process.exitCode = await run(command, rest, values);
}
