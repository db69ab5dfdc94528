import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLog, type Host, startHost, withConfigFile } from '@stoa/kernel';
import { startEmbeddedPostgres } from '@stoa/kernel/postgres';
import { contexts, readSettings } from '@stoa/server';

/** The installation the command works on: its contexts in this process, on the database it uses. */
export type Connection = {
  host: Host;
  databaseUrl: string;
  home: string;
  publicUrl: string;
  close: () => Promise<void>;
};

/**
 * Connects to the installation in `STOA_HOME`: to its running database if the platform runs, else to a database
 * started for this command. The contexts run here without their own workers being needed elsewhere.
 */
export async function connect(given: NodeJS.ProcessEnv): Promise<Connection> {
  const environment = withConfigFile(given);
  const settings = readSettings(environment);
  const running = await findRunning(settings.home);
  const postgres =
    settings.DATABASE_URL || running
      ? undefined
      : await startEmbeddedPostgres({ dataDirectory: join(settings.home, 'postgres') });
  const databaseUrl = settings.DATABASE_URL ?? running?.databaseUrl ?? postgres?.url ?? '';
  const publicUrl = running?.publicUrl ?? settings.STOA_PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
  try {
    const host = await startHost({
      contexts,
      databaseUrl,
      publicUrl,
      home: settings.home,
      settings: environment,
      log: createLog({ level: settings.STOA_LOG_LEVEL === 'info' ? 'silent' : settings.STOA_LOG_LEVEL }),
      poolSize: 3,
    });
    return {
      host,
      databaseUrl,
      publicUrl,
      home: settings.home,
      close: async () => {
        await host.close();
        await postgres?.stop();
      },
    };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

type Running = { pid: number; databaseUrl: string; publicUrl: string };

async function findRunning(home: string): Promise<Running | undefined> {
  try {
    const running: Running = JSON.parse(await readFile(join(home, 'running.json'), 'utf8'));
    process.kill(running.pid, 0);
    return running;
  } catch {
    // No file, or the process it names is gone: the platform does not run.
    return undefined;
  }
}
