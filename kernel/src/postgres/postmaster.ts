import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, embeddedPostgresError } from './errors.ts';
import { processStart, signalProcess } from './process.ts';

/** A running postmaster, identified by pid and start time so that a reused pid is never mistaken for it. */
export type Postmaster = { readonly pid: number; readonly start: string };

/** The contents of `postmaster.pid` (PostgreSQL writes it, PostgreSQL removes it; we only read). */
export type PidFile = {
  /** Negative in the file for a single-user session; here always positive, see `singleUser`. */
  readonly pid: number;
  readonly singleUser: boolean;
  readonly port: number;
  /** `starting`, `ready`, `stopping`, `standby`, or empty while the file is still being written. */
  readonly status: string;
};

/** Reads `postmaster.pid` of a data directory; null if there is none or it is not complete yet. */
export function readPidFile(dataDirectory: string): PidFile | null {
  try {
    const lines = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isSafeInteger(pid) || pid === 0) return null;
    return { pid: Math.abs(pid), singleUser: pid < 0, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The process named by `postmaster.pid` if it is alive, is PostgreSQL and works in this very data directory. A pid reused by
 * another program, and the server of another directory (this one may be a copy of it), are not ours: null.
 */
export function findPostmaster(dataDirectory: string): Postmaster | null {
  const file = readPidFile(dataDirectory);
  if (file === null) return null;
  const start = processStart(file.pid);
  if (start === null || !worksIn(file.pid, dataDirectory)) return null;
  return { pid: file.pid, start };
}

function worksIn(pid: number, dataDirectory: string): boolean {
  try {
    if (process.platform === 'linux') {
      // PostgreSQL changes into its data directory; comparing the folder itself holds whatever path it was given.
      const program = basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
      const theirs = statSync(`/proc/${pid}/cwd`);
      const ours = statSync(dataDirectory);
      return program === 'postgres' && theirs.dev === ours.dev && theirs.ino === ours.ino;
    }
    const command = execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return /(^|\/)postgres\s/.test(command) && command.includes(` -D ${dataDirectory} `);
  } catch {
    // Gone meanwhile, or a process of somebody else that we may not look into: in both cases not ours.
    return false;
  }
}

/** Whether that same process is still running. */
export function isRunning(postmaster: Postmaster): boolean {
  return processStart(postmaster.pid) === postmaster.start;
}

/** Waits until the process has ended; false if it has not within the time. */
export async function waitForEnd(postmaster: Postmaster, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isRunning(postmaster)) {
    if (Date.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

/**
 * Stops a server: first fast (open transactions are rolled back, a checkpoint is written), after 30 seconds at once (the
 * next start recovers from the log). Never kill -9: it would leave shared memory and orphaned workers behind.
 */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  if (!isRunning(postmaster)) return;
  signalProcess(postmaster.pid, 'SIGINT');
  if (await waitForEnd(postmaster, 30_000)) return;
  signalProcess(postmaster.pid, 'SIGQUIT');
  if (await waitForEnd(postmaster, 10_000)) return;
  throw embeddedPostgresError(
    'embedded_postgres_stop_failed',
    `PostgreSQL (process ${postmaster.pid}) did not stop within 40 seconds`,
  );
}
