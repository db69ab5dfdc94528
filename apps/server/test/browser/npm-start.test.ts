import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, freePort } from '@stoa/kernel/testing';
import { openApi, signIn } from '../api-client.ts';
import { makeHome } from '../platform-process.ts';
import { readSourceCourse, writeSmallCourse } from '../source-course.ts';
import { uploadCourse } from '../the-whole-path.ts';

/**
 * The two commands that bring Stoa up, as people give them: what they print, what answers, and that Ctrl-C leaves nothing
 * behind. Stands with the tests in a browser because these begin when the web is built, and a start does not build it again.
 */
const script = fileURLToPath(new URL('../../../../scripts/start.mjs', import.meta.url));
const aSource = fileURLToPath(new URL('../../src/drain.ts', import.meta.url));

let home: Awaited<ReturnType<typeof makeHome>>;
let port: number;
before(async () => {
  home = await makeHome();
  port = await freePort();
});
const living = new Set<ChildProcess>();
after(async () => {
  for (const child of living) child.kill('SIGTERM');
  for (const child of living) await once(child, 'exit');
  await home?.remove();
});

type Started = {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
  /** Waits until it has printed what is looked for, so many times. */
  printed: (pattern: RegExp, times?: number) => Promise<void>;
};

/** Starts it in a terminal of its own, as far as signals go: Ctrl-C is for every process of the group. */
function start(args: string[], environment: Record<string, string> = {}): Started {
  const { DATABASE_URL: _database, NODE_ENV: _mode, ...inherited } = process.env;
  const child = spawn(process.execPath, [script, '--port', String(port), ...args], {
    env: { ...inherited, STOA_HOME: home.path, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  living.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  let over = false;
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => {
    over = true;
    living.delete(child);
    return code ?? null;
  });
  const printed = async (pattern: RegExp, times = 1) => {
    await eventually(() => over || output.split(pattern).length > times, 240_000).catch((cause: unknown) => {
      throw new Error(`it did not print ${pattern}:\n${output}`, { cause });
    });
    assert.ok(output.split(pattern).length > times, `it ended without ${pattern}:\n${output}`);
  };
  return { child, output: () => output, ended, printed };
}

const opened = () => new RegExp(`Stoa is open at http://localhost:${port} `);

/** Ctrl-C. @returns the exit code */
function interrupt({ child, ended }: Started): Promise<number | null> {
  process.kill(-(child.pid ?? assert.fail('it runs')), 'SIGINT');
  return ended;
}

async function postgresPid(): Promise<number> {
  return Number((await readFile(join(home.path, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function assertNothingLeft(postgres: number): Promise<void> {
  // Its last act is to say that it has ended, by taking its file away.
  await eventually(() => !runs(postgres), 20_000);
  assert.ok(!existsSync(join(home.path, 'postgres', 'postmaster.pid')), 'in order');
  await assert.rejects(fetch(`http://localhost:${port}/healthz`), 'nobody listens any more');
}

/** The demo accounts by their first role, as they were printed. */
const accounts = new Map<string, typeof nobody>();
const nobody = { email: 'nobody@stoa.example', password: 'none' };

describe('npm start', () => {
  it('says what it does and how long that took, then where it is open and who may sign in', async () => {
    const started = start([]);
    await started.printed(/Ctrl-C stops everything/);
    const steps = started
      .output()
      .split('\n')
      .flatMap((line) => /^ {2}(.+) \.\.\. .+ \((?:\d+ min )?\d+(?:\.\d)? s\)$/.exec(line)?.[1] ?? []);
    assert.deepEqual(steps, [
      'Checking Node',
      'Packages',
      'Node 24 runtime',
      'Web app',
      'Starting PostgreSQL',
      'Preparing contexts',
      'Preparing the web',
      'Opening the door',
      'Demo world',
    ]);
    assert.match(started.output(), opened());
    assert.ok(started.output().includes(`http://localhost:${port}/api/docs`));
    for (const [, email = '', password = '', role = ''] of started
      .output()
      .matchAll(/^ {2}(\S+@\S+) +(\S+) +(\w+).*$/gm))
      accounts.set(role, { email, password });
    assert.deepEqual([...accounts.keys()].sort(), ['admin', 'instructor', 'student']);
    for (const account of accounts.values()) await signIn(openApi(`http://localhost:${port}`), account);
    const page = await fetch(`http://localhost:${port}/`);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<html[^>]*lang="en"/);
    const postgres = await postgresPid();
    assert.ok(runs(postgres));
    assert.equal(await interrupt(started), 0, started.output());
    assert.match(started.output(), /Stopping \.\.\. done/);
    await assertNothingLeft(postgres);
  });

  it('answers the first page of a later start within ten seconds, with what was there, and ends when it is killed', async () => {
    const begun = performance.now();
    const started = start([]);
    await started.printed(opened());
    assert.equal((await fetch(`http://localhost:${port}/`)).status, 200);
    const seconds = (performance.now() - begun) / 1000;
    // Others may be at work on this machine, and then it has less of it.
    const share = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
    assert.ok(seconds < 10 * share, `it took ${seconds.toFixed(1)} s:\n${started.output()}`);
    // The accounts are those of the first start.
    await signIn(openApi(`http://localhost:${port}`), accounts.get('student') ?? nobody);
    const postgres = await postgresPid();
    started.child.kill('SIGKILL');
    await started.ended;
    await assertNothingLeft(postgres);
  });
});

describe('npm start, while it starts', () => {
  it('ends with Ctrl-C as later, and leaves no PostgreSQL behind', async () => {
    const started = start([]);
    await started.printed(/Starting PostgreSQL \.\.\. /);
    const postgres = await postgresPid();
    assert.equal(await interrupt(started), 0, started.output());
    assert.doesNotMatch(started.output(), /Stoa is open|^\s+at /m);
    await assertNothingLeft(postgres);
  });
});

describe('npm run dev', () => {
  it('starts again when a source changes, still serves and imports, and ends with Ctrl-C', async () => {
    const started = start(['--dev']);
    await started.printed(opened());
    assert.match(started.output(), /Preparing the web \.\.\. development/);
    const now = new Date();
    await utimes(aSource, now, now);
    await started.printed(opened(), 2);
    // Compiled when it is asked for, and not a reason to start again. A page would be the same, at ten times the cost.
    const compiled = await fetch(`http://localhost:${port}/robots.txt`);
    assert.equal(compiled.status, 200);
    assert.match(await compiled.text(), /^Sitemap: /m);
    const api = openApi(`http://localhost:${port}`);
    const source = await readSourceCourse(await writeSmallCourse(join(home.path, 'course')), 'olx');
    // Its files are read in a thread.
    const { summary } = await uploadCourse(api, await signIn(api, accounts.get('instructor') ?? nobody), source);
    assert.equal(summary.failed, 0);
    assert.equal(started.output().split(opened()).length, 3, started.output());
    const postgres = await postgresPid();
    assert.equal(await interrupt(started), 0, started.output());
    await assertNothingLeft(postgres);
  });
});

describe('a process that follows the one that started it', () => {
  it('does not make those follow that it starts: they wait for messages, as those do in which Next compiles', async () => {
    const follow = new URL('../../../../scripts/follow-parent.mjs', import.meta.url).href;
    const forks = `const { fork } = require('node:child_process');
      if (process.env.STARTED) process.on('message', (word) => process.send(word, () => process.exit()));
      else {
        const child = fork(__filename, { env: { ...process.env, STARTED: '1' } });
        child.on('message', (word) => process.send(word));
        setTimeout(() => child.connected ? child.send('still here') : process.send('gone'), 300);
      }`;
    const file = join(home.path, 'forks.cjs');
    await writeFile(file, forks);
    const child = fork(file, { execArgv: ['--import', follow] });
    assert.deepEqual(await once(child, 'message'), ['still here', undefined]);
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  });

  it('ends with it although a watcher that stays stands between them', async () => {
    const follow = new URL('../../../../scripts/follow-parent.mjs', import.meta.url).href;
    const file = join(home.path, 'stays.mjs');
    await writeFile(file, "console.log('up ' + process.pid); setInterval(() => undefined, 1000);");
    const bootstrap = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    const watcher = spawn(process.execPath, ['--import', follow, '--watch', file], {
      env: { ...process.env, STOA_BOOTSTRAP_PID: String(bootstrap.pid) },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    living.add(watcher);
    let output = '';
    watcher.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    await eventually(() => /up \d+/.test(output), 20_000);
    bootstrap.kill('SIGKILL');
    await once(watcher, 'exit');
    living.delete(watcher);
    const pid = Number(/up (\d+)/.exec(output)?.[1]);
    await eventually(() => !runs(pid), 10_000);
  });
});
