import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { UserUpdated } from '@stoa/contracts';
import { contextUrl, newTraceparent, openDatabase } from '@stoa/kernel';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stoa/kernel/postgres';
import { run as runCommand } from '../src/run-command.ts';

const stoa = fileURLToPath(new URL('../bin/stoa.mjs', import.meta.url));
const demo = fileURLToPath(new URL('../../../demo/courses/read-an-electricity-bill/', import.meta.url));
const shared = process.env.STOA_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const olx = join(shared, 'olx-demo-course', 'demo-course');

let home: string;
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'stoa-cli-'));
});
after(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [stoa, ...args], {
    encoding: 'utf8',
    env: { ...process.env, STOA_HOME: join(home, '.stoa'), DATABASE_URL: '' },
    timeout: 120_000,
  });
  return { status, stdout, stderr };
}

describe('the command line', () => {
  test('explains itself', () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    assert.match(stdout, /stoa import olx/);
  });

  test('refuses what it does not know', () => {
    const { status, stderr } = run('dance');
    assert.equal(status, 2);
    assert.match(stderr, /there is no command dance/);
  });

  test('imports a course and prints the report as JSON and nothing else', () => {
    const { status, stdout, stderr } = run('import', 'markdown', demo, '--json', '--publish');
    assert.equal(status, 0, stderr);
    const report = JSON.parse(stdout);
    assert.equal(report.state, 'succeeded');
    assert.equal(report.summary.total, report.items.length);
    assert.equal(report.summary.failed, 0);
  });

  describe('beside a platform that runs', () => {
    let postgres: EmbeddedPostgres;
    const running = () => join(home, '.stoa', 'running.json');
    before(async () => {
      postgres = await startEmbeddedPostgres({ dataDirectory: join(home, '.stoa', 'postgres') });
      // What a platform writes when it is open; commands work on its database and start none.
      const said = { pid: process.pid, databaseUrl: postgres.url, publicUrl: 'https://stoa.example' };
      await writeFile(running(), JSON.stringify(said));
    });
    after(async () => {
      await rm(running(), { force: true });
      await postgres?.stop();
    });

    test('prints the report in the language asked for, else in that of the terminal', async () => {
      const folder = join(home, 'pão');
      await mkdir(folder);
      await writeFile(join(folder, '01-farinha.md'), '# Farinha\n\nEscolha bem.\n\n<div><script>x()</script></div>\n');
      const notes = (...args: string[]) => {
        const { status, stdout, stderr } = run('import', 'markdown', folder, '--json', ...args);
        assert.equal(status, 0, stderr);
        return JSON.parse(stdout)
          .items.map((item: { note: string }) => item.note)
          .join();
      };
      assert.match(notes('--lang', 'pt-BR'), /1 script removido/);
      process.env.LC_ALL = 'es_AR.UTF-8';
      assert.match(notes(), /1 script eliminado/);
      process.env.LC_ALL = 'C.UTF-8';
      assert.match(notes(), /1 script removed/);
    });

    test('says which source does not exist', () => {
      const { status, stderr } = run('import', 'olx', join(home, 'nowhere'));
      assert.equal(status, 1);
      assert.match(stderr, /nowhere/);
    });

    test('finds nothing parked', () => {
      const { status, stdout, stderr } = run('parked');
      assert.equal(status, 0, stderr);
      assert.match(stdout, /Nothing is parked/);
    });

    test('shows what is parked, says why it fails again, and replays it when it can', async (t) => {
      const db = openDatabase({ context: 'courses', url: contextUrl(postgres.url, 'courses'), max: 1 });
      const before = { ...process.env };
      Object.assign(process.env, { STOA_HOME: join(home, '.stoa'), DATABASE_URL: postgres.url });
      const printed: string[] = [];
      t.mock.method(console, 'log', (text: string) => printed.push(text));
      t.mock.method(console, 'error', (text: string) => printed.push(text));
      const command = async (name: string, ...operands: string[]) => {
        printed.length = 0;
        const status = await runCommand(name, operands, { instructor: '' });
        return { status, text: printed.join('\n') };
      };
      try {
        const owner = await db.pool.query('select instructor_id as id from courses limit 1');
        const userId: string = owner.rows[0].id;
        const [broken, sound] = [randomUUID(), randomUUID()];
        const park = (id: string, position: number, data: object) =>
          db.pool.query(
            `insert into parked_events (id, source, position, type, partition_key, envelope, error, attempts)
           values ($1::uuid, 'identity', $2, $3, $1::text, $4, $5, 5)`,
            [
              id,
              position,
              UserUpdated.type,
              JSON.stringify({
                id,
                source: 'identity',
                type: UserUpdated.type,
                subject: userId,
                time: '2026-01-01T00:00:00Z',
                traceparent: newTraceparent(),
                partitionkey: id,
                aggregateversion: null,
                data,
                position,
              }),
              `Error: no room for ${position}\n    at somewhere`,
            ],
          );
        await park(broken, 900_001, { userId: 5 });
        await park(sound, 900_002, { userId, name: 'Renamed Later' });

        const list = await command('parked');
        assert.equal(list.status, 0);
        assert.match(
          list.text,
          new RegExp(`${sound}  event  courses  ${UserUpdated.type} .*\n    Error: no room for 900002$`, 'm'),
        );
        assert.match(list.text, new RegExp(broken));

        const failing = await command('replay', broken);
        assert.equal(failing.status, 1);
        assert.match(failing.text, /^Failed again: .*user_id/);
        assert.deepEqual(await command('replay', sound), { status: 0, text: 'Done, 1 handled.' });
        const renamed = await db.pool.query(
          'select distinct instructor_name as name from courses where instructor_id = $1',
          [userId],
        );
        assert.deepEqual(renamed.rows, [{ name: 'Renamed Later' }]);
        assert.deepEqual(await command('replay', sound), {
          status: 1,
          text: `stoa: nothing parked has the id ${sound}`,
        });
        assert.equal((await command('replay')).status, 2);
        const left = await db.pool.query('select id, attempts from parked_events');
        assert.deepEqual(left.rows, [{ id: broken, attempts: 6 }]);
        // It came from nowhere, which is a promise broken.
        await db.pool.query('delete from parked_events where id = $1', [broken]);
      } finally {
        for (const name of ['STOA_HOME', 'DATABASE_URL'] as const) {
          if (before[name] === undefined) delete process.env[name];
          else process.env[name] = before[name];
        }
        await db.close();
      }
    });

    test('prints what is set, from wherever it comes, without secrets', async () => {
      const config = join(home, 'stoa.yaml');
      await writeFile(
        config,
        'STOA_POOL_SIZE: 4\nSTOA_COURSE_REFUND_DAYS: 30\nSMTP_URL: smtp://ana:sesame@mail.example\n',
      );
      process.env.STOA_CONFIG = config;
      const { status, stdout, stderr } = run('config');
      delete process.env.STOA_CONFIG;
      assert.equal(status, 0, stderr);
      const lines = stdout.split('\n');
      for (const line of ['STOA_POOL_SIZE: 4', 'STOA_COURSE_REFUND_DAYS: 30', 'STOA_RATE_LIMIT: 600', 'SMTP_URL: ***'])
        assert.ok(lines.includes(line), `${line} is not in\n${stdout}`);
      assert.doesNotMatch(stdout, /sesame/);
    });

    test('accounts for all 318 blocks of the Open edX demo course', (t) => {
      if (!existsSync(olx)) return t.skip(`shared data absent: ${olx}`);
      const { status, stdout, stderr } = run('import', 'olx', olx, '--json');
      assert.equal(status, 0, stderr);
      const report = JSON.parse(stdout);
      const leaves = report.items.filter(
        (item: { type: string }) => !['static', 'about', 'info', 'policy', 'wiki'].includes(item.type),
      );
      assert.equal(leaves.length, 318);
      assert.equal(leaves.filter((item: { outcome: string }) => item.outcome === 'failed').length, 0);
    });
  });

  test('finds every promise kept, in a database that it starts again', () => {
    const doctor = run('doctor', '--json');
    const promises: { ok: boolean }[] = JSON.parse(doctor.stdout);
    assert.deepEqual(
      promises.filter(({ ok }) => !ok),
      [],
    );
    assert.equal(doctor.status, 0, doctor.stderr);
    assert.ok(promises.length > 10);
  });
});
