import { parseArgs } from 'node:util';
import { type Connection, connect } from './connect.ts';
import { describeImport, importCourse } from './import-course.ts';
import { listParked, replay } from './parked.ts';

const help = `stoa: the platform from the command line

  stoa import olx <folder|archive>        import an Open edX course
  stoa import markdown <folder|archive>   import a Markdown course
      --json                 print the loss report as JSON on standard output and nothing else
      --publish              put the course into the catalogue
      --instructor <email>   who owns it (default instructor@stoa.example)
  stoa parked                list events and jobs that ran out of tries
  stoa replay <id>           try one of them again
  stoa doctor                check the invariants of the data; exit code 1 if one is broken
  stoa --help                this text

Works on the installation in STOA_HOME (default .stoa), or on DATABASE_URL, whether the platform runs or not.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    publish: { type: 'boolean' },
    instructor: { type: 'string', default: 'instructor@stoa.example' },
  },
});

const [command, ...rest] = positionals;
if (values.help || !command) {
  console.log(help);
} else {
  process.exitCode = await run(command, rest);
}

async function run(name: string, operands: string[]): Promise<number> {
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
    default:
      return usage(`there is no command ${name}`);
  }
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
