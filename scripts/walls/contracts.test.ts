import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'contracts');
const buf = join(root, 'node_modules', '@bufbuild', 'buf', 'bin', 'buf');

function run(args: string[]): { status: number | null; output: string } {
  const result = spawnSync(process.execPath, [buf, ...args], { cwd: folder, encoding: 'utf8' });
  return { status: result.status, output: `${result.stdout}${result.stderr}` };
}

function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|ts)$/.test(name))
    .sort();
}

describe('the contracts', () => {
  test('follow the rules of buf', () => {
    const { status, output } = run(['lint']);
    assert.equal(status, 0, output);
  });

  test('are what the generated code was made from', () => {
    const out = mkdtempSync(join(tmpdir(), 'stoa-contracts-'));
    try {
      const { status, output } = run(['generate', '--output', out]);
      assert.equal(status, 0, output);
      const made = join(out, 'gen');
      assert.deepEqual(files(made), files(join(folder, 'gen')));
      for (const name of files(made)) {
        assert.equal(
          readFileSync(join(made, name), 'utf8'),
          readFileSync(join(folder, 'gen', name), 'utf8'),
          `contracts/gen/${name} is stale: run npm run generate -w @stoa/contracts`,
        );
      }
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });

  test('do not break what is on main', (t) => {
    const base = spawnSync('git', ['rev-parse', '--verify', '--quiet', 'origin/main'], { cwd: root, encoding: 'utf8' });
    const reference = base.status === 0 ? 'origin/main' : 'HEAD';
    const { status, output } = run(['breaking', '--against', `../.git#ref=${reference},subdir=contracts`]);
    if (status !== 0 && /could not|no such|not found|does not exist/i.test(output))
      return t.skip(`no earlier contracts to compare with: ${output.trim().slice(0, 200)}`);
    assert.equal(status, 0, output);
  });
});
