import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, as an opaque text that no other process with the same pid can share (the pid alone is reused by
 * the system), or null if there is no such process. A zombie counts as gone: it holds no file and no memory.
 */
export function processStart(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? linuxProcessStart(pid) : psProcessStart(pid);
}

function linuxProcessStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold anything, so count fields after the last parenthesis:
    // the first is the state, the twentieth the start in clock ticks since boot (proc_pid_stat(5), fields 3 and 22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${bootId()}-${fields[19]}`;
  } catch {
    return null;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8);
}

function psProcessStart(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    if (line === '' || line.startsWith('Z')) return null;
    return line
      .replace(/^\S+\s+/, '')
      .replaceAll(/[^0-9A-Za-z]+/g, '')
      .toLowerCase();
  } catch {
    return null;
  }
}

/** Sends a signal to a process that may have ended meanwhile; that is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: it ended by itself, which is what the caller waits for next.
  }
}
