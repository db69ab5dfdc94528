import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { UserUpdated } from '@stoa/contracts';
import { contextUrl, newTraceparent, openDatabase } from '@stoa/kernel';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stoa/kernel/postgres';
import { testWithAll } from '../../../scripts/only-with-all.ts';
import { localeOf } from '../src/locale-of.ts';
import { readCommand } from '../src/read-command.ts';
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

  const refused: [words: string[], status: number, problem: string][] = [
    [['dance'], 2, 'there is no command dance'],
    [['--dance'], 2, "Unknown option '--dance'"],
    [['import', 'olx', '.', '--lang'], 2, "Option '--lang <value>' argument missing"],
    [['import', 'scorm', '.'], 2, 'import needs a format (olx or markdown) and a folder or archive'],
    [['import', 'olx', 'one', 'two'], 2, 'import needs a format (olx or markdown) and a folder or archive'],
    [['replay'], 2, 'replay needs the id of a parked event or job'],
    [['doctor', 'who'], 2, 'doctor takes nothing after it but options'],
    [['import', 'olx', resolve('nowhere')], 1, `there is no folder or archive at ${resolve('nowhere')}`],
  ];
  for (const [words, exitCode, problem] of refused) {
    test(`refuses ${words.join(' ').replace(resolve('.'), '…')} in words`, () => {
      assert.deepEqual(readCommand(words), { name: 'refused', exitCode, problem });
    });
  }

  test('speaks the language asked for, else that of the terminal, else English', () => {
    const terminal = { LC_ALL: '', LC_MESSAGES: 'es_AR.UTF-8', LANG: 'en_US.UTF-8' };
    assert.deepEqual(
      [localeOf('pt-BR', terminal), localeOf(undefined, terminal), localeOf(undefined, { LANG: 'C.UTF-8' })],
      ['pt-BR', 'es', 'en'],
    );
    assert.deepEqual([localeOf(undefined, {}), localeOf('pt_BR', {})], ['en', 'pt-BR']);
  });

  test('says which source does not exist, and how a command is written, without making an installation', () => {
    const nowhere = join(home, 'nowhere');
    const lost = run('import', 'olx', nowhere);
    assert.deepEqual([lost.status, lost.stderr], [1, `stoa: there is no folder or archive at ${nowhere}\n`]);
    const wrong = run('--dance');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /^stoa: Unknown option '--dance'\n\nstoa: the platform from the command line/);
    assert.equal(existsSync(join(home, '.stoa')), false);
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

    test('prints the report in the language of the terminal', async () => {
      const folder = join(home, 'pão');
      await mkdir(folder);
      await writeFile(join(folder, '01-farinha.md'), '# Farinha\n\nEscolha bem.\n\n<div><script>x()</script></div>\n');
      process.env.LC_ALL = 'es_AR.UTF-8';
      const { status, stdout, stderr } = run('import', 'markdown', folder, '--json');
      process.env.LC_ALL = 'C.UTF-8';
      assert.equal(status, 0, stderr);
      assert.match(
        JSON.parse(stdout)
          .items.map((item: { note: string }) => item.note)
          .join(),
        /1 script eliminado/,
      );
    });

    test('shows what is parked, says why it fails again, and replays it when it can', async (t) => {
      const db = openDatabase({ context: 'courses', url: contextUrl(postgres.url, 'courses'), max: 1 });
      const before = { ...process.env };
      Object.assign(process.env, { STOA_HOME: join(home, '.stoa'), DATABASE_URL: postgres.url });
      const printed: string[] = [];
      t.mock.method(console, 'log', (text: string) => printed.push(text));
      t.mock.method(console, 'error', (text: string) => printed.push(text));
      const command = async (...words: string[]) => {
        printed.length = 0;
        const read = readCommand(words);
        assert.ok(read.name === 'parked' || read.name === 'replay');
        const status = await runCommand(read);
        return { status, text: printed.join('\n') };
      };
      try {
        assert.deepEqual(await command('parked'), { status: 0, text: 'Nothing is parked.' });
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

    testWithAll('accounts for all 318 blocks of the Open edX demo course', (t) => {
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
