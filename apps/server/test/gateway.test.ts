import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
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

/** What a server answers to bytes as they are, until it closes the connection. */
async function answerTo(entrance: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(entrance);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(5000, () => socket.destroy(new Error('it neither answered nor closed')));
  socket.write(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('an address that names another host is asked of the sibling all the same', async () => {
  const elsewhere = await open(0, async (app) => {
    app.get('/*', async () => 'from elsewhere');
  });
  const { hostname, port } = new URL(await behind(0));
  for (const path of ['/api/whoami', '/oidc/whoami']) {
    const asked = httpGet({ hostname, port, path: `${elsewhere}${path}`, agent: false });
    const [answer]: IncomingMessage[] = await once(asked, 'response');
    assert.ok(answer);
    assert.deepEqual(await json(answer), { ip: '127.0.0.1' }, path);
  }
});

const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nhost: stoa\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`;

/** An entrance whose live connections are served by a process that never answers them. */
async function beforeSilence(): Promise<{ entrance: string; asked: Promise<unknown> }> {
  const silent = await open(0, async (app) => {
    app.get('/api/openapi.json', async () => ({ paths: {} }));
  });
  const upstream = apps.at(-1)?.server;
  assert.ok(upstream);
  upstream.on('upgrade', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.on('end', () => socket.destroy());
    socket.resume();
  });
  const asked = once(upstream, 'upgrade');
  const entrance = await open(0, async (app) => {
    await forwardSiblings(app, { notifications: silent });
    app.get('/api/here', async () => 'still here');
  });
  return { entrance, asked };
}

test('a live connection that breaks before it is answered ends by itself', async () => {
  const { entrance, asked } = await beforeSilence();
  const { hostname, port } = new URL(entrance);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(upgrade('/api/realtime'));
  await asked;
  socket.resetAndDestroy();
  // In the turns after this the entrance hears of it.
  for (let turn = 0; turn < 3; turn += 1)
    assert.equal(await (await fetch(`${entrance}/api/here`)).text(), 'still here');
});

test('a live connection that nobody serves is closed', { timeout: 10_000 }, async () => {
  const { entrance } = await beforeSilence();
  for (const path of ['/whatever', '/api/realtimes', '//'])
    assert.equal(await answerTo(entrance, upgrade(path)), '', path);
});
