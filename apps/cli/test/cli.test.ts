import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@stoa/kernel/postgres';

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
    assert.equal(doctor.status, 0, doctor.stdout + doctor.stderr);
    assert.ok(JSON.parse(doctor.stdout).length > 10);
  });
});
