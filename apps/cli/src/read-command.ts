import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What somebody asks for, or why nothing is done: all that can be said of it without an installation. */
export type Command =
  | { name: 'help' }
  /** Exit code 2 when it is not understood, 1 when what it names is not there. */
  | { name: 'refused'; problem: string; exitCode: 1 | 2 }
  | ImportCommand
  | { name: 'parked' }
  | { name: 'replay'; id: string }
  | { name: 'doctor'; json: boolean; full: boolean }
  | { name: 'config' };

export type ImportCommand = {
  name: 'import';
  format: 'olx' | 'markdown';
  /** Absolute path of a folder or archive that is there. */
  source: string;
  /** E-mail of who will own the course. */
  instructor: string;
  publish: boolean;
  /** Language of the report, as it was written; that of the terminal without it. */
  lang: string | undefined;
  json: boolean;
};

const options = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean', default: false },
  full: { type: 'boolean', default: false },
  publish: { type: 'boolean', default: false },
  lang: { type: 'string' },
  instructor: { type: 'string', default: 'instructor@stoa.example' },
} as const;

/** Reads the words after `stoa`. Loads nothing of the house: what is refused is refused at once. */
export function readCommand(words: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options });
    return values.help ? { name: 'help' } : commandOf(positionals, values);
  } catch (error) {
    // An option that there is not, or one without its value.
    return notUnderstood(error instanceof Error ? error.message.replace(/\. .*$/s, '') : String(error));
  }
}

type Values = { json: boolean; full: boolean; publish: boolean; lang?: string | undefined; instructor: string };

function commandOf([name, ...operands]: readonly string[], values: Values): Command {
  const { json, full } = values;
  switch (name) {
    case undefined:
      return { name: 'help' };
    case 'import':
      return importOf(operands, values);
    case 'replay': {
      const [id, ...more] = operands;
      if (!id || more.length > 0) return notUnderstood('replay needs the id of a parked event or job');
      return { name, id };
    }
    case 'parked':
    case 'doctor':
    case 'config':
      if (operands.length > 0) return notUnderstood(`${name} takes nothing after it but options`);
      return name === 'doctor' ? { name, json, full } : { name };
    default:
      return notUnderstood(`there is no command ${name}`);
  }
}

function importOf([format, given, ...more]: readonly string[], { instructor, publish, lang, json }: Values): Command {
  if ((format !== 'olx' && format !== 'markdown') || !given || more.length > 0)
    return notUnderstood('import needs a format (olx or markdown) and a folder or archive');
  const source = resolve(given);
  if (!existsSync(source))
    return { name: 'refused', problem: `there is no folder or archive at ${source}`, exitCode: 1 };
  return { name: 'import', format, source, instructor, publish, lang, json };
}

function notUnderstood(problem: string): Command {
  return { name: 'refused', problem, exitCode: 2 };
}
