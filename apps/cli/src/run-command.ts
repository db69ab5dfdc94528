import { checkInvariants, contexts, describeSettings, type Invariant } from '@stoa/server';
import { type Connection, connect } from './connect.ts';
import { describeImport, importCourse } from './import-course.ts';
import { localeOf } from './locale-of.ts';
import { listParked, replay } from './parked.ts';
import type { Command } from './read-command.ts';

/** Runs one command and answers with its exit code: 0 done, 1 failed. */
export async function run(command: Exclude<Command, { name: 'help' | 'refused' }>): Promise<number> {
  switch (command.name) {
    case 'import': {
      const { json, lang, ...wanted } = command;
      return withConnection(async (connection) => {
        const result = await importCourse(connection, {
          ...wanted,
          locale: localeOf(lang, process.env),
          onProgress: (line) => json || console.error(line),
        });
        if (json) console.log(JSON.stringify(result, null, 2));
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
    case 'replay':
      return withConnection(async (connection) => {
        const { handled, error } = await replay(connection, command.id);
        console.log(error ? `Failed again: ${error}` : `Done, ${handled} handled.`);
        return error ? 1 : 0;
      });
    case 'doctor':
      return withConnection(async ({ databaseUrl }) => {
        const invariants = await checkInvariants(databaseUrl, { contexts, full: command.full });
        if (command.json) console.log(JSON.stringify(invariants, null, 2));
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
  }
}

/** One line per promise; below a broken one, what breaks it. */
function describeInvariant({ name, ok, rows }: Invariant): string {
  return [`${ok ? 'holds ' : 'BROKEN'}  ${name}`, ...rows.map((row) => `        ${row.subject}`)].join('\n');
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
