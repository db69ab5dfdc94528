import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { forwardSiblings } from '../src/gateway.ts';

const apps: FastifyInstance[] = [];
after(async () => {
  for (const app of apps) await app.close();
});

async function open(proxies: number, prepare: (app: FastifyInstance) => Promise<void>): Promise<string> {
  const app = fastify({ trustProxy: (_address: string, hop: number) => hop < proxies });
  apps.push(app);
  await prepare(app);
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** A process of identity behind its entrance; it answers with who it believes to be asking. */
async function behind(inFrontOfEntrance: number): Promise<string> {
  const sibling = await open(1, async (app) => {
    app.get('/api/openapi.json', async () => ({ paths: { '/api/whoami': { get: { tags: ['identity'] } } } }));
    app.get('/api/whoami', async (request) => ({ ip: request.ip }));
    app.get('/oidc/whoami', async (request) => ({ ip: request.ip }));
  });
  return open(inFrontOfEntrance, async (app) => {
    await forwardSiblings(app, { identity: sibling });
  });
}

const said = { headers: { 'x-forwarded-for': '203.0.113.7' } };

test('a sibling hears from the entrance who asks, and not from whoever asks', async () => {
  const entrance = await behind(0);
  for (const path of ['/api/whoami', '/oidc/whoami']) {
    const answer = await fetch(`${entrance}${path}`, said);
    assert.deepEqual(await answer.json(), { ip: '127.0.0.1' }, path);
  }
});

test('an entrance behind a proxy of its own passes on what that says', async () => {
  const entrance = await behind(1);
  for (const path of ['/api/whoami', '/oidc/whoami']) {
    const answer = await fetch(`${entrance}${path}`, said);
    assert.deepEqual(await answer.json(), { ip: '203.0.113.7' }, path);
  }
});
