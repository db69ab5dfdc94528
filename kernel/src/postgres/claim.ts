import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, embeddedPostgresError, messageOf } from './errors.ts';
import { processStart } from './process.ts';

/** Exclusive ownership of a folder by this process. */
export type Claim = { readonly release: () => void };

type Entry = { readonly id: string; readonly pid: number; readonly held: boolean };

let sequence = 0;

/**
 * Takes exclusive ownership of what `directory` stands for, among all processes of this machine.
 *
 * Node has no flock, and a lock file that a killed process leaves behind cannot be taken over without a race between two
 * takers. So each contender writes a file whose name is unique for ever (pid, start of that process, counter) and then
 * looks at the others: it owns the folder only if no other living contender is there. Whoever writes later sees whoever
 * wrote earlier, hence two can never both succeed; names of dead processes never come back to life, hence removing them is
 * safe. If two arrive in the same instant both step back and try again after a random pause.
 *
 * Throws `stoa_home_in_use`, naming the pid, when another process holds it.
 */
export async function claimDirectory(directory: string): Promise<Claim> {
  const start = processStart(process.pid);
  if (start === null) throw embeddedPostgresError('embedded_postgres_unsupported', 'cannot read the process table');
  makeDirectory(directory);
  sequence += 1;
  const id = `${process.pid}_${start}_${sequence}`;
  const file = join(directory, `${id}.claim`);
  const heldFile = join(directory, `${id}.held`);
  const deadline = Date.now() + 10_000;
  for (;;) {
    writeFileSync(file, '', { mode: 0o600 });
    const others = livingClaims(directory).filter((entry) => entry.id !== id);
    if (others.length === 0) {
      writeFileSync(heldFile, '', { mode: 0o600 });
      return {
        release: () => {
          rmSync(heldFile, { force: true });
          rmSync(file, { force: true });
        },
      };
    }
    rmSync(file, { force: true });
    const holder = others.find((entry) => entry.held) ?? (Date.now() > deadline ? others[0] : undefined);
    if (holder) {
      throw embeddedPostgresError(
        'stoa_home_in_use',
        `another Stoa is using this data directory: process ${holder.pid} (${directory}). Stop it first, or set STOA_HOME to another folder.`,
      );
    }
    await sleep(20 + Math.random() * 100);
  }
}

/** The pid of the living process that holds `directory`, or null. Does not change anything of the living. */
export function claimHolder(directory: string): number | null {
  return livingClaims(directory).find((entry) => entry.held)?.pid ?? null;
}

function livingClaims(directory: string): Entry[] {
  const names = listNames(directory);
  const living: Entry[] = [];
  for (const name of names) {
    if (!name.endsWith('.claim')) continue;
    const id = name.slice(0, -'.claim'.length);
    const [pidText = '', start = ''] = id.split('_');
    const pid = Number(pidText);
    if (processStart(pid) === start) {
      living.push({ id, pid, held: names.includes(`${id}.held`) });
      continue;
    }
    rmSync(join(directory, `${id}.held`), { force: true });
    rmSync(join(directory, name), { force: true });
  }
  return living;
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw embeddedPostgresError(
      'stoa_home_not_accessible',
      `cannot write to ${directory}: ${messageOf(error)}. Set STOA_HOME to a folder you own.`,
      error,
    );
  }
}
