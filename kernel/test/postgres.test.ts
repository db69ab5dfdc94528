import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { testWithAll } from '../../scripts/only-with-all.ts';
import {
  claimHolder,
  cloneDatabase,
  codeOf,
  dropDatabase,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../src/postgres/index.ts';
import { findPostmaster, stopPostmaster } from '../src/postgres/postmaster.ts';
import { processStart } from '../src/postgres/process.ts';
import { eventually } from '../src/testing/index.ts';

const fixture = fileURLToPath(new URL('postgres.fixture.ts', import.meta.url));
const folders: string[] = [];
const children: ChildProcess[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-postgres-test-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

after(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('postmaster.pid')) continue;
      const postmaster = findPostmaster(join(folder, name, '..'));
      if (postmaster) await stopPostmaster(postmaster);
    }
    rmSync(folder, { recursive: true, force: true });
  }
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function setting(url: string, name: string): Promise<unknown> {
  const rows = await query(url, `select current_setting('${name}') as value`);
  return rows[0]?.value;
}

type Started = { readonly child: ChildProcess; readonly url: string; readonly pid: number; readonly adopted: boolean };

async function startInChild(dataDirectory: string): Promise<Started> {
  const child = spawn(process.execPath, [fixture, dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the fixture ended with ${code}`)));
  });
  const report: unknown = JSON.parse(line);
  assert.ok(typeof report === 'object' && report !== null);
  assert.ok('url' in report && typeof report.url === 'string');
  assert.ok('pid' in report && typeof report.pid === 'number');
  assert.ok('adopted' in report && typeof report.adopted === 'boolean');
  return { child, url: report.url, pid: report.pid, adopted: report.adopted };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

async function waitUntil(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `timed out: ${what}`);
    await sleep(10);
  }
}

describe('a running embedded PostgreSQL', () => {
  const dataDirectory = join(newFolder(), 'postgres');
  let server: EmbeddedPostgres;

  before(async () => {
    server = await startEmbeddedPostgres({ dataDirectory });
  });
  after(async () => {
    await server.stop();
  });

  test('keeps every acknowledged write: fsync, synchronous commit, full pages, checksums', async () => {
    assert.equal(await setting(server.url, 'fsync'), 'on');
    assert.equal(await setting(server.url, 'synchronous_commit'), 'on');
    assert.equal(await setting(server.url, 'full_page_writes'), 'on');
    assert.equal(await setting(server.url, 'data_checksums'), 'on');
  });

  test('stores text as UTF-8 with the built-in C.UTF-8 locale', async () => {
    const rows = await query(
      server.url,
      `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
       from pg_database where datname = 'stoa'`,
    );
    assert.deepEqual(rows, [{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' }]);
  });

  test('listens on the loopback address only and wants the password', async () => {
    assert.equal(await setting(server.url, 'listen_addresses'), '127.0.0.1');
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await assert.rejects(query(wrong.href, 'select 1'), { code: '28P01' });
    wrong.password = '';
    await assert.rejects(query(wrong.href, 'select 1'));
    assert.equal(await setting(server.url, 'password_encryption'), 'scram-sha-256');
  });

  test('keeps the password in a file only its owner can read', () => {
    assert.equal(statSync(`${dataDirectory}.password`).mode & 0o777, 0o600);
    assert.equal(statSync(dataDirectory).mode & 0o777, 0o700);
  });

  test('does not run as root and does not inherit our environment', { skip: process.platform !== 'linux' }, () => {
    assert.notEqual(statSync(`/proc/${server.pid}`).uid, 0);
    const names = readFileSync(`/proc/${server.pid}/environ`, 'utf8')
      .split('\0')
      .map((line) => line.split('=')[0]);
    assert.ok(!names.includes('HOME'), 'the environment is ours, not inherited');
  });

  test('has a process group of its own, so that Ctrl-C in the terminal does not reach it', {
    skip: process.platform !== 'linux',
  }, () => {
    const stat = readFileSync(`/proc/${server.pid}/stat`, 'utf8');
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    assert.equal(group, server.pid);
  });

  test('never writes statements or row values to its log', async () => {
    await query(server.url, 'create table person (email text primary key)');
    await query(server.url, "insert into person values ('secret@example.org')");
    await assert.rejects(query(server.url, "insert into person values ('secret@example.org')"), { code: '23505' });
    // A process of its own writes it, after the answer.
    const log = await eventually(() => {
      const files = readdirSync(join(dataDirectory, 'log'));
      const text = files.map((name) => readFileSync(join(dataDirectory, 'log', name), 'utf8')).join('');
      return /duplicate key/.test(text) && text;
    });
    assert.doesNotMatch(log, /secret@example\.org/);
  });

  test('refuses a second start on the same directory, naming the process, and is not disturbed by it', async () => {
    await assert.rejects(startEmbeddedPostgres({ dataDirectory }), (error) => {
      assert.equal(codeOf(error), 'stoa_home_in_use');
      assert.match(String(error), new RegExp(`process ${process.pid}\\b`));
      return true;
    });
    assert.equal(claimHolder(`${dataDirectory}.claims`), process.pid);
    assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }]);
  });

  test('copies a template database and drops the copy although it is in use', async () => {
    await query(server.url, 'create database template_one');
    const template = new URL(server.url);
    template.pathname = '/template_one';
    await query(template.href, "create table word as select 'stoa' as text");
    const copy = await cloneDatabase({ adminUrl: server.url, template: 'template_one', name: 'copy "of" one' });
    assert.deepEqual(await query(copy, 'select text from word'), [{ text: 'stoa' }]);
    const user = new Client({ connectionString: copy });
    user.on('error', () => undefined);
    await user.connect();
    await dropDatabase({ adminUrl: server.url, name: 'copy "of" one' });
    await assert.rejects(query(copy, 'select 1'), { code: '3D000' });
    await user.end().catch(() => undefined);
  });
});

describe('after the parent process was killed', () => {
  test('the next start adopts the server it left behind, with its data, and can stop it', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const first = await startInChild(dataDirectory);
    await query(first.url, 'create table kept as select 42 as value');
    await kill(first.child, 'SIGKILL');
    assert.notEqual(processStart(first.pid), null, 'the server survives its parent');

    const second = await startEmbeddedPostgres({ dataDirectory });
    assert.equal(second.adopted, true);
    assert.equal(second.pid, first.pid);
    assert.deepEqual(await query(second.url, 'select value from kept'), [{ value: 42 }]);
    await second.stop();
    assert.equal(processStart(first.pid), null);
    assert.equal(existsSync(join(dataDirectory, 'postmaster.pid')), false);
  });

  test('a server with other settings is stopped in order and replaced', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const first = await startInChild(dataDirectory);
    await kill(first.child, 'SIGKILL');
    const second = await startEmbeddedPostgres({ dataDirectory, settings: { work_mem: '9MB' } });
    assert.equal(second.adopted, false);
    assert.equal(processStart(first.pid), null);
    assert.equal(await setting(second.url, 'work_mem'), '9MB');
    await second.stop();
  });

  test('a server that was killed too is recovered, and what was committed is there', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const first = await startInChild(dataDirectory);
    await query(first.url, 'create table kept as select generate_series(1, 20000) as value');
    await kill(first.child, 'SIGKILL');
    process.kill(first.pid, 'SIGKILL');
    const second = await startEmbeddedPostgres({ dataDirectory });
    assert.equal(second.adopted, false);
    assert.deepEqual(await query(second.url, 'select count(*)::int as rows from kept'), [{ rows: 20000 }]);
    await second.stop();
  });

  testWithAll('killing it at any moment of the very first start leaves a folder that starts', async () => {
    for (const pause of [60, 250, 500, 700]) {
      const dataDirectory = join(newFolder(), 'postgres');
      const child = spawn(process.execPath, [fixture, dataDirectory], { stdio: 'ignore' });
      children.push(child);
      await sleep(pause);
      await kill(child, 'SIGKILL');
      const server = await startEmbeddedPostgres({ dataDirectory });
      assert.deepEqual(await query(server.url, 'select 1 as one'), [{ one: 1 }]);
      await server.stop();
    }
  });
});

describe('a server that is killed while its parent lives', () => {
  test('is started again on the same port with what was committed, and is stopped in the end', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const words: string[] = [];
    const server = await startEmbeddedPostgres({ dataDirectory, log: (message) => words.push(message) });
    await query(server.url, 'create table kept as select 42 as value');
    const { pid } = server;
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => server.pid !== pid, 'another server');
    assert.deepEqual(await query(server.url, 'select value from kept'), [{ value: 42 }]);
    assert.ok(words.some((line) => line.includes(`process ${pid}) ended although nobody asked it to`)));
    await server.stop();
    assert.equal(processStart(server.pid), null);
    assert.equal(claimHolder(`${dataDirectory}.claims`), null);
  });

  test('is not started again when it is to be stopped at that moment', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const server = await startEmbeddedPostgres({ dataDirectory });
    process.kill(server.pid, 'SIGKILL');
    await sleep(600);
    await server.stop();
    assert.equal(findPostmaster(dataDirectory), null);
    const next = await startEmbeddedPostgres({ dataDirectory });
    assert.deepEqual(await query(next.url, 'select 1 as one'), [{ one: 1 }]);
    await next.stop();
  });
});

describe('the process file that PostgreSQL left after a crash', () => {
  test('may name an unrelated living process, which is left alone', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const first = await startInChild(dataDirectory);
    await kill(first.child, 'SIGKILL');
    process.kill(first.pid, 'SIGKILL');
    await waitUntil(() => processStart(first.pid) === null, 'the server to end');
    // The pid is reused by another program, run by the very user that PostgreSQL runs as: the hardest case.
    const { uid, gid } = statSync(dataDirectory);
    const bystander = spawn('sleep', ['600'], { stdio: 'ignore', uid, gid });
    children.push(bystander);
    const file = join(dataDirectory, 'postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [String(bystander.pid), ...lines.slice(1)].join('\n'));

    const second = await startEmbeddedPostgres({ dataDirectory });
    assert.equal(second.adopted, false);
    assert.notEqual(processStart(bystander.pid ?? 0), null, 'the bystander lives');
    await second.stop();
    await kill(bystander, 'SIGTERM');
  });

  test('may name the server of another directory when this one is a copy: that server is neither adopted nor stopped', async () => {
    const folder = newFolder();
    const original = join(folder, 'original');
    const copy = join(folder, 'copy');
    const first = await startEmbeddedPostgres({ dataDirectory: original });
    await query(first.url, 'checkpoint');
    cpSync(original, copy, { recursive: true, preserveTimestamps: true });
    cpSync(`${original}.password`, `${copy}.password`);
    if (process.getuid?.() === 0) {
      const { uid, gid } = statSync(original);
      const chown = spawn('chown', ['-R', `${uid}:${gid}`, copy]);
      await new Promise((resolve) => chown.once('exit', resolve));
    }
    chmodSync(copy, 0o700);
    const second = await startEmbeddedPostgres({ dataDirectory: copy });
    assert.equal(second.adopted, false);
    assert.notEqual(second.pid, first.pid);
    await second.stop();
    assert.deepEqual(await query(first.url, 'select 1 as one'), [{ one: 1 }]);
    await first.stop();
  });
});

describe('starting', () => {
  test('five at once on one new directory: exactly one gets it', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => startEmbeddedPostgres({ dataDirectory })));
    const started = results.filter((result) => result.status === 'fulfilled');
    assert.equal(started.length, 1);
    for (const result of results) {
      if (result.status === 'rejected') assert.equal(codeOf(result.reason), 'stoa_home_in_use');
    }
    await started[0]?.value.stop();
  });

  test('works below a folder that PostgreSQL may not enter, and survives a reload there', async () => {
    const locked = newFolder();
    const dataDirectory = join(locked, 'home', 'postgres');
    mkdirSync(join(locked, 'home'));
    chmodSync(locked, 0o700);
    const server = await startEmbeddedPostgres({ dataDirectory });
    await query(server.url, 'create table t as select 1 as value');
    await query(server.url, "alter system set work_mem = '5MB'");
    await query(server.url, 'select pg_reload_conf()');
    await sleep(200);
    assert.equal(await setting(server.url, 'work_mem'), '5MB');
    await server.stop();
    const again = await startEmbeddedPostgres({ dataDirectory });
    assert.deepEqual(await query(again.url, 'select value from t'), [{ value: 1 }]);
    await again.stop();
  });

  test('works after the password file was lost', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const first = await startEmbeddedPostgres({ dataDirectory });
    await first.stop();
    rmSync(`${dataDirectory}.password`);
    const second = await startEmbeddedPostgres({ dataDirectory });
    assert.notEqual(second.url.split('@')[0], first.url.split('@')[0]);
    await second.stop();
  });

  test('refuses a folder that holds something else and leaves it as it is', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    mkdirSync(dataDirectory);
    writeFileSync(join(dataDirectory, 'holiday.txt'), 'photo');
    await assert.rejects(
      startEmbeddedPostgres({ dataDirectory }),
      (error) => codeOf(error) === 'embedded_postgres_data_unknown',
    );
    assert.deepEqual(readdirSync(dataDirectory), ['holiday.txt']);
    await assert.rejects(
      startEmbeddedPostgres({ dataDirectory }),
      (error) => codeOf(error) === 'embedded_postgres_data_unknown',
      'a failed start gives the claim back',
    );
  });

  test('refuses data of another major version', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    mkdirSync(dataDirectory);
    writeFileSync(join(dataDirectory, 'PG_VERSION'), '15\n');
    await assert.rejects(
      startEmbeddedPostgres({ dataDirectory }),
      (error) => codeOf(error) === 'embedded_postgres_data_version',
    );
  });

  test('says what PostgreSQL said when it cannot start', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    await assert.rejects(
      startEmbeddedPostgres({ dataDirectory, settings: { shared_buffers: 'plenty' } }),
      /shared_buffers/,
    );
  });

  test('can be given up, and leaves no server', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
    await assert.rejects(startEmbeddedPostgres({ dataDirectory, signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.equal(findPostmaster(dataDirectory), null);
  });
});

describe('ending', () => {
  test('a process that exits without stopping its server still takes it along', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const child = spawn(process.execPath, [fixture, dataDirectory, 'leave'], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
    await waitUntil(() => findPostmaster(dataDirectory) === null, 'the server to end');
  });

  test('stop ends open transactions, can be called twice, and gives the directory back', async () => {
    const dataDirectory = join(newFolder(), 'postgres');
    const server = await startEmbeddedPostgres({ dataDirectory });
    const user = new Client({ connectionString: server.url });
    user.on('error', () => undefined);
    await user.connect();
    await user.query('begin');
    await Promise.all([server.stop(), server.stop()]);
    assert.equal(claimHolder(`${dataDirectory}.claims`), null);
    await user.end().catch(() => undefined);
    await (await startEmbeddedPostgres({ dataDirectory })).stop();
  });
});
