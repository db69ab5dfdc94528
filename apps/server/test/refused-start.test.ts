import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeHome, makeWorld, type World } from './platform-process.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let world: World;
let home: Awaited<ReturnType<typeof makeHome>>;

before(async () => {
  world = await makeWorld();
  home = await makeHome();
});
after(async () => {
  await world?.close();
  await home?.remove();
});

function start(environment: Record<string, string>) {
  return spawnSync(process.execPath, [main], {
    env: { ...process.env, STOA_HOME: home.path, STOA_WEB: 'false', STOA_DEMO: 'false', ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  });
}

describe('a start that cannot succeed', () => {
  it('says which port is taken and what to do, without a stack', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const database = await world.copy();
    const { status, stderr } = start({ DATABASE_URL: database.url, PORT: String(port), HOST: '127.0.0.1' });
    taken.close();
    await database.drop();
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`port ${port} is in use`));
    assert.doesNotMatch(stderr, /^\s+at /m);
  });

  it('names every setting that is wrong, and never its value', () => {
    const { status, stderr } = start({ PORT: 'sesame' });
    assert.equal(status, 1);
    assert.match(stderr, /the configuration is not valid:\n {2}PORT: /);
    assert.doesNotMatch(stderr, /sesame|^\s+at /m);
  });
});
