import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listCrashPoints } from '@stoa/kernel';
import { createTestDatabase, type TestDatabase } from '@stoa/kernel/testing';
import { media } from '../src/index.ts';
import { siblings } from './siblings.ts';

const fixture = fileURLToPath(new URL('./crash.fixture.ts', import.meta.url));
let database: TestDatabase;
let home: string;
before(async () => {
  database = await createTestDatabase([media, ...siblings]);
  home = await mkdtemp(join(tmpdir(), 'stoa-media-'));
});
after(async () => {
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

async function storeFile(text: string, crashAt: string): Promise<{ signal: unknown; said: string }> {
  const child = spawn(process.execPath, [fixture, database.url, home, text], {
    env: { ...process.env, STOA_CRASH_AT: crashAt },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [, signal] = await once(child, 'close');
  return { signal, said: said.trim() };
}

describe('a process killed with -9 while it stores a file', () => {
  const points = listCrashPoints().filter((point) => point.startsWith('media.'));
  for (const point of points) {
    test(`at ${point} loses nothing: the same request goes on, and one file remains`, async () => {
      const text = `stored through ${point}`;
      assert.equal((await storeFile(text, point)).signal, 'SIGKILL');
      assert.deepEqual(await storeFile(text, ''), { signal: null, said: text });
      const incoming = await readdir(join(home, 'media', 'incoming'));
      assert.deepEqual(incoming, []);
    });
  }
  test('is tried at both crash points', () => {
    assert.deepEqual(points, ['media.append.after_write', 'media.complete.after_keep']);
  });
});
