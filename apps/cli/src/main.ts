import { help } from './help.ts';
import { readCommand } from './read-command.ts';

const command = readCommand(process.argv.slice(2));
if (command.name === 'help') console.log(help);
else if (command.name === 'refused') {
  console.error(`stoa: ${command.problem}${command.exitCode === 2 ? `\n\n${help}` : ''}`);
  process.exitCode = command.exitCode;
} else {
  // Loaded only now: neither the help nor a refusal is to wait for the whole house.
  const { run } = await import('./run-command.ts');
  process.exitCode = await run(command);
}
