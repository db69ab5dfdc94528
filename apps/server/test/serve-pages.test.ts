import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createLog, type Host, startHost } from '@stoa/kernel';
import { createTestDatabase, type TestDatabase } from '@stoa/kernel/testing';
import { servePages } from '../src/serve-pages.ts';
import { readSettings } from '../src/settings.ts';

let database: TestDatabase;
let home: string;
const open: Host[] = [];
before(async () => {
  database = await createTestDatabase([]);
  home = await mkdtemp(join(tmpdir(), 'stoa-pages-'));
});
after(async () => {
  for (const host of open) await host.close();
  await database?.drop();
  await rm(home, { recursive: true, force: true });
});

/** A door with a page behind it that says whose address it was told, set up as the settings say. */
async function openDoor(environment: NodeJS.ProcessEnv): Promise<Host['app']> {
  const settings = readSettings(environment);
  const host = await startHost({
    contexts: [],
    databaseUrl: database.url,
    publicUrl: 'http://localhost:3000',
    home,
    settings: environment,
    log: createLog({ level: 'silent' }),
    corsOrigins: settings.STOA_CORS_ORIGINS,
    trustProxy: settings.STOA_TRUST_PROXY,
  });
  open.push(host);
  host.app.all('/api/*', async (_request, reply) => reply.callNotFound());
  await servePages(
    host.app,
    async (request, response) => void response.end(`a page for ${request.headers['x-forwarded-for']}`),
    settings.STOA_CORS_ORIGINS,
  );
  return host.app;
}

const from = (chain: string) => ({ method: 'GET', url: '/learn', headers: { 'x-forwarded-for': chain } }) as const;

describe('pages', () => {
  test('are never told an address that the caller made up', async () => {
    const bare = await openDoor({});
    assert.equal((await bare.inject(from('192.0.2.1'))).body, 'a page for 127.0.0.1');
    const one = await openDoor({ STOA_TRUST_PROXY: 'true' });
    assert.equal((await one.inject(from('198.51.100.9, 192.0.2.1'))).body, 'a page for 192.0.2.1');
    const two = await openDoor({ STOA_TRUST_PROXY: '2' });
    assert.equal((await two.inject(from('198.51.100.9, 192.0.2.1, 10.0.0.1'))).body, 'a page for 192.0.2.1');
  });

  test('are there also when pages of other origins may call the API', async () => {
    const app = await openDoor({ STOA_CORS_ORIGINS: 'https://app.example.org/, https://other.example.org' });
    assert.match((await app.inject({ method: 'GET', url: '/learn' })).body, /^a page/);
    for (const origin of ['https://app.example.org', 'https://other.example.org']) {
      const preflight = { origin, 'access-control-request-method': 'POST' };
      const answer = await app.inject({ method: 'OPTIONS', url: '/api/orders', headers: preflight });
      assert.equal(answer.statusCode, 204);
      assert.equal(answer.headers['access-control-allow-origin'], origin);
    }
  });
});
