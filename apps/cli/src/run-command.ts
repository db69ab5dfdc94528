import { type Locale, parseLocale } from '@stoa/kernel';
import { checkInvariants, contexts, describeSettings, type Invariant } from '@stoa/server';
import { type Connection, connect } from './connect.ts';
import { help } from './help.ts';
import { describeImport, importCourse } from './import-course.ts';
import { listParked, replay } from './parked.ts';

/** What the options say. */
export type Options = {
  json?: boolean | undefined;
  full?: boolean | undefined;
  publish?: boolean | undefined;
  instructor: string;
  lang?: string | undefined;
};

/** Runs one command and answers with its exit code: 0 done, 1 failed, 2 not understood. */
export async function run(name: string, operands: string[], values: Options): Promise<number> {
  switch (name) {
    case 'import': {
      const [format, source] = operands;
      if ((format !== 'olx' && format !== 'markdown') || !source)
        return usage('import needs a format (olx or markdown) and a folder or archive');
      return withConnection(async (connection) => {
        const result = await importCourse(connection, {
          format,
          source,
          instructor: values.instructor,
          publish: values.publish ?? false,
          locale: localeOf(values.lang, process.env),
          onProgress: (line) => values.json || console.error(line),
        });
        if (values.json) console.log(JSON.stringify(result, null, 2));
        else console.log(describeImport(result, connection.publicUrl));
        return result.state === 'succeeded' ? 0 : 1;
      });
    }
    case 'parked':
      return withConnection(async (connection) => {
        const items = await listParked(connection);
        if (items.length === 0) console.log('Nothing is parked.');
        for (const item of items)
          console.log(
            `${item.id}  ${item.kind.padEnd(5)}  ${item.context}  ${item.name}  ${item.parkedAt}\n    ${item.error.split('\n')[0]}`,
          );
        return 0;
      });
    case 'replay': {
      const [id] = operands;
      if (!id) return usage('replay needs the id of a parked event or job');
      return withConnection(async (connection) => {
        const { handled, error } = await replay(connection, id);
        console.log(error ? `Failed again: ${error}` : `Done, ${handled} handled.`);
        return error ? 1 : 0;
      });
    }
    case 'doctor':
      return withConnection(async ({ databaseUrl }) => {
        const invariants = await checkInvariants(databaseUrl, { contexts, full: values.full ?? false });
        if (values.json) console.log(JSON.stringify(invariants, null, 2));
        else for (const invariant of invariants) console.log(describeInvariant(invariant));
        return invariants.every((invariant) => invariant.ok) ? 0 : 1;
      });
    case 'config':
      try {
        const lines = Object.entries(describeSettings(process.env)).toSorted(([a], [b]) => a.localeCompare(b));
        console.log(lines.map(([setting, value]) => `${setting}: ${value}`).join('\n'));
        return 0;
      } catch (error) {
        console.error(`stoa: ${error instanceof Error ? error.message : String(error)}`);
        return 1;
      }
    default:
      return usage(`there is no command ${name}`);
  }
}

/** One line per promise; below a broken one, what breaks it. */
function describeInvariant({ name, ok, rows }: Invariant): string {
  return [`${ok ? 'holds ' : 'BROKEN'}  ${name}`, ...rows.map((row) => `        ${row.subject}`)].join('\n');
}

/** The language asked for, else that of the terminal (POSIX: LC_ALL, LC_MESSAGES, LANG), else English. */
function localeOf(lang: string | undefined, environment: NodeJS.ProcessEnv): Locale {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return parseLocale((lang || LC_ALL || LC_MESSAGES || LANG || 'en').replace('_', '-').replace(/[.@].*$/, '')) ?? 'en';
}

function usage(problem: string): number {
  console.error(`stoa: ${problem}\n\n${help}`);
  return 2;
}

async function withConnection(work: (connection: Connection) => Promise<number>): Promise<number> {
  let connection: Connection | undefined;
  try {
    connection = await connect(process.env);
    return await work(connection);
  } catch (error) {
    console.error(`stoa: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await connection?.close();
  }
}
