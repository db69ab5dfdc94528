import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { freePort } from '@stoa/kernel/testing';
import { type Account, openApi, register, until } from './api-client.ts';
import { inspect, makeHome, makeWorld, startProcess, type World } from './platform-process.ts';

let world: World;
let database: Awaited<ReturnType<World['copy']>>;
let home: Awaited<ReturnType<typeof makeHome>>;

before(async () => {
  world = await makeWorld();
  database = await world.copy();
  home = await makeHome();
});
after(async () => {
  await database?.drop();
  await world?.close();
  await home?.remove();
});

type Call = { method: string; path: string; body?: unknown; as?: Account };
/** An answer; `refused` when the server never took the connection; else what went wrong. */
type Outcome = { status: number } | 'refused' | { failed: string };

/** One request on a kept-alive connection, looking closely at how it ends. */
function send(base: string, agent: Agent, { method, path, body, as }: Call): Promise<Outcome> {
  return new Promise((resolve) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const outgoing = request(new URL(path, base), {
      agent,
      method,
      headers: {
        ...(as ? { authorization: `Bearer ${as.accessToken}` } : {}),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
    });
    outgoing.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0 }));
      response.once('error', (error) => resolve({ failed: `the answer broke off: ${error.message}` }));
    });
    outgoing.once('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      // A fresh connection that is reset without an answer was still in the queue of a door that has closed.
      const closedDoor = code === 'ECONNREFUSED' || (code === 'ECONNRESET' && !outgoing.reusedSocket);
      resolve(closedDoor ? 'refused' : { failed: `${method} ${path}: ${error.message}` });
    });
    outgoing.end(text);
  });
}

describe('SIGTERM under load', () => {
  for (const round of [1, 2, 3]) {
    it(`fails no request that was accepted, and ends in time (${round})`, async (t) => {
      const platform = await startProcess({ databaseUrl: database.url, home: home.path, port: await freePort() });
      // Whatever fails before it is stopped: the load below goes on for as long as somebody answers.
      t.after(() => platform.kill());
      const people = await Promise.all(
        [0, 1, 2, 3].map((index) =>
          register(openApi(platform.url), { email: `busy-${round}-${index}@stoa.test`, name: `Busy ${index}` }),
        ),
      );
      const failures: string[] = [];
      const names = new Map<string, string>();
      let answered = 0;
      const work = async (worker: number): Promise<void> => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const person = people[worker % people.length];
        // Each name has one writer, so that the last acknowledged one is the one to find.
        const writes = worker < people.length;
        for (let turn = 0; ; turn += 1) {
          const name = `Busy ${worker} ${turn}`;
          const call: Call = writes
            ? { method: 'PATCH', path: '/api/users/me', body: { name }, ...(person ? { as: person } : {}) }
            : worker % 5 === 0
              ? {
                  method: 'POST',
                  path: '/api/auth/login',
                  body: { email: 'nobody@stoa.test', password: 'wrong wrong' },
                }
              : { method: 'GET', path: '/api/courses?limit=5' };
          const outcome = await send(platform.url, agent, call);
          if (outcome === 'refused') break;
          if ('failed' in outcome) {
            failures.push(outcome.failed);
            break;
          }
          answered += 1;
          if (outcome.status >= 500) failures.push(`${call.method} ${call.path} answered ${outcome.status}`);
          if (writes && outcome.status === 200 && person) names.set(person.id, name);
        }
        agent.destroy();
      };
      const load = Array.from({ length: 12 }, (_, worker) => work(worker));
      await new Promise((resolve) => setTimeout(resolve, 700));
      // A machine that is busy with other tests answers slowly: what counts is that it is stopped amid the load.
      await until('the load to be there', async () => answered > 50);
      const asked = performance.now();
      const { code, signal } = await platform.stop();
      const seconds = (performance.now() - asked) / 1000;
      await Promise.all(load);
      assert.deepEqual(failures, []);
      assert.deepEqual([code, signal], [0, null], platform.output());
      assert.ok(seconds < 10, `it took ${seconds.toFixed(1)} s`);
      const rows = await inspect<{ id: string; name: string }>(database.url, 'select id, name from identity.users');
      const stored = new Map(rows.map((row) => [row.id, row.name]));
      for (const [id, name] of names) assert.equal(stored.get(id), name, 'the last acknowledged change is stored');
    });
  }
});

/** A way to a database server that can fall silent: connections stay open and nothing moves on them any more. */
async function openWay(databaseUrl: string) {
  const there = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let silent = false;
  const way = createServer((near) => {
    const far = connect(Number(there.port), there.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.on('data', (chunk) => {
        if (!silent) other.write(chunk);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  const address = way.address();
  const here = new URL(databaseUrl);
  here.hostname = '127.0.0.1';
  here.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: here.href,
    fallSilent: () => {
      silent = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      way.close();
      await once(way, 'close');
    },
  };
}

describe('SIGTERM while the database does not answer', () => {
  it('ends after the longest time a stop may take, and says so', { timeout: 60_000 }, async (t) => {
    const way = await openWay(database.url);
    t.after(() => way.close());
    const platform = await startProcess({
      databaseUrl: way.url,
      home: home.path,
      port: await freePort(),
      environment: { STOA_STOP_SECONDS: '2' },
    });
    t.after(() => platform.kill());
    way.fallSilent();
    const asked = performance.now();
    const { code, signal } = await platform.stop();
    const seconds = (performance.now() - asked) / 1000;
    assert.deepEqual([code, signal], [1, null], platform.output());
    assert.match(platform.output(), /did not end within 2 s/);
    assert.ok(seconds < 10, `it took ${seconds.toFixed(1)} s`);
  });
});
