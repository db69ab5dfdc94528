import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { AssessmentService, CoursesService, MarketService } from '@stoa/contracts';
import { createLog, defineJob, listStatements, serviceCtx, statement } from '@stoa/kernel';
import {
  eventually,
  openTestDatabase,
  type Person,
  person,
  startTestPlatform,
  type TestPlatform,
} from '@stoa/kernel/testing';
import pg from 'pg';
import { contextUrl } from '../src/db/provision.ts';
import { openJobs } from '../src/jobs.ts';
import { grpcClient } from '../src/rpc/grpc.ts';
import { echo, notes, switches } from './toy-contexts.ts';

let platform: TestPlatform;
let ana: Person;
let operator: Person;
let admin: Person;
before(async () => {
  platform = await startTestPlatform([notes, echo]);
  ana = await person({ name: 'Ana' });
  operator = await person({ roles: ['support'] });
  admin = await person({ roles: ['admin'] });
});
after(() => platform.close());

type Heard = { event_id: string; aggregate: string; version: number; text: string };
const allHeard = statement<[], Heard>(
  'echo.all_heard',
  'select event_id, aggregate, version, text from heard order by seq',
);
const heard = () => platform.host.database('echo').rows(allHeard, []);

describe('an operation', () => {
  test('refuses strangers before it reads the body', async () => {
    const answer = await platform.call('POST', '/api/notes', { body: 'not even json' });
    assert.equal(answer.status, 401);
    assert.equal(answer.body.code, 'not_signed_in');
    assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
    assert.match(answer.body.traceId, /^[0-9a-f]{32}$/);
  });
  test('names each wrong field in the language of the request', async () => {
    const answer = await platform.call('POST', '/api/notes', {
      as: ana,
      locale: 'pt-BR',
      body: { text: '', extra: 1 },
    });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.code, 'validation_failed');
    const byPointer = Object.fromEntries(
      answer.body.errors.map((e: { pointer: string; code: string }) => [e.pointer, e.code]),
    );
    assert.deepEqual(byPointer, { '/extra': 'unknown', '/text': 'too_short' });
    assert.equal(answer.body.title, 'Alguns dados não são válidos.');
  });
  test('says expected failures with their code and parameters', async () => {
    const answer = await platform.call('POST', '/api/notes', { as: ana, locale: 'es', body: { text: 'drat' } });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.code, 'note_is_rude');
    assert.equal(answer.body.title, 'Sin "drat", por favor.');
  });
  test('keeps a bug opaque', async () => {
    const answer = await platform.call('POST', '/api/notes', { as: ana, body: { text: 'bug' } });
    assert.equal(answer.status, 500);
    assert.equal(answer.body.code, 'internal_error');
    assert.ok(!JSON.stringify(answer.body).includes('a bug'));
  });
  test('refuses a token it did not issue', async () => {
    const answer = await platform.call('POST', '/api/notes', {
      headers: { authorization: 'Bearer nonsense' },
      body: {},
    });
    assert.equal(answer.status, 401);
    assert.equal(answer.body.code, 'invalid_token');
  });
  test('refuses a person without the role', async () => {
    assert.equal((await platform.call('GET', '/api/relayed/x', { as: ana })).status, 403);
  });
  test('reaches a sibling and coerces the query', async () => {
    const answer = await platform.call('GET', '/api/relayed/x?limit=5', { as: operator });
    assert.deepEqual(answer.body, { stored: 1, limit: 5 });
  });
  test('answers an unchanged object without a body', async () => {
    const written = await platform.call('POST', '/api/notes', { as: ana, body: { text: 'hello' } });
    const first = await platform.call('GET', `/api/notes/${written.body.id}`);
    const second = await platform.call('GET', `/api/notes/${written.body.id}`, {
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    assert.equal(first.status, 200);
    assert.equal(second.status, 304);
    assert.equal(second.raw.length, 0);
  });
});

describe('an idempotency key', () => {
  test('gives a hundred parallel repeats one effect and one answer', async () => {
    const key = randomUUID();
    const send = () =>
      platform.call('POST', '/api/notes', { as: ana, body: { text: 'once' }, headers: { 'idempotency-key': key } });
    const answers = await Promise.all(Array.from({ length: 100 }, send));
    const statuses = new Set(answers.map((a) => a.status));
    assert.ok(
      [...statuses].every((status) => status === 201 || status === 409),
      [...statuses].join(),
    );
    const repeat = await send();
    assert.equal(repeat.status, 201);
    const ids = new Set(
      answers.concat(repeat).flatMap((a) => (a.status === 201 ? [`${a.body.id} ${a.body.version}`] : [])),
    );
    assert.equal(ids.size, 1);
  });
  test('refuses another body under the same key', async () => {
    const headers = { 'idempotency-key': `"${randomUUID()}"` };
    await platform.call('POST', '/api/notes', { as: ana, body: { text: 'one' }, headers });
    const other = await platform.call('POST', '/api/notes', { as: ana, body: { text: 'two' }, headers });
    assert.equal(other.status, 422);
    assert.equal(other.body.code, 'idempotency_key_reused');
  });
  test('repeats an expected failure and forgets an unexpected one', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await platform.call('POST', '/api/notes', { as: ana, body: { text: 'drat' }, headers });
    const second = await platform.call('POST', '/api/notes', { as: ana, body: { text: 'drat' }, headers });
    assert.equal(first.status, 422);
    assert.equal(first.body.code, second.body.code);
    const bug = { 'idempotency-key': randomUUID() };
    assert.equal(
      (await platform.call('POST', '/api/notes', { as: ana, body: { text: 'bug' }, headers: bug })).status,
      500,
    );
    assert.equal(
      (await platform.call('POST', '/api/notes', { as: ana, body: { text: 'fine' }, headers: bug })).status,
      201,
    );
  });
});

describe('an event', () => {
  test('reaches its handler once, in order per aggregate, under many writers', async () => {
    const ids = Array.from({ length: 10 }, () => randomUUID());
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        platform.call('POST', '/api/notes', { as: ana, body: { id: ids[n % 10], text: `n${n}` } }),
      ),
    );
    await platform.host.settle();
    const rows = (await heard()).filter((row) => ids.some((id) => id === row.aggregate));
    assert.equal(rows.length, 200);
    assert.equal(new Set(rows.map((row) => row.event_id)).size, 200);
    for (const id of ids) {
      const versions = rows.filter((row) => row.aggregate === id).map((row) => row.version);
      assert.deepEqual(
        versions,
        versions.toSorted((a, b) => a - b),
      );
    }
  });
  test('that keeps failing is parked with its followers, others go on, and replay keeps the order', async () => {
    const [stuck, free] = [randomUUID(), randomUUID()];
    switches.refuse.add('poison');
    await platform.call('POST', '/api/notes', { as: ana, body: { id: stuck, text: 'poison' } });
    await platform.call('POST', '/api/notes', { as: ana, body: { id: stuck, text: 'after' } });
    await platform.call('POST', '/api/notes', { as: ana, body: { id: free, text: 'free' } });
    await platform.host.settle();
    assert.deepEqual(
      (await heard()).filter((r) => r.aggregate === stuck),
      [],
    );
    assert.equal((await heard()).filter((r) => r.aggregate === free).length, 1);
    const parked = await platform.call('GET', '/api/admin/dead-letters', { as: operator });
    const mine = parked.body.items.filter((i: { payload: { subject: string } }) => i.payload.subject === stuck);
    assert.equal(mine.length, 2);
    const failing = await platform.call('POST', `/api/admin/dead-letters/${mine[0].id}/replay`, {
      as: operator,
      body: { context: 'echo', kind: 'event' },
    });
    assert.equal(failing.body.handled, 0);
    switches.refuse.delete('poison');
    const replay = await platform.call('POST', `/api/admin/dead-letters/${mine[0].id}/replay`, {
      as: operator,
      body: { context: 'echo', kind: 'event' },
    });
    assert.deepEqual(replay.body, { handled: 2, error: null });
    assert.deepEqual(
      (await heard()).filter((r) => r.aggregate === stuck).map((r) => r.text),
      ['poison', 'after'],
    );
    assert.equal((await platform.call('GET', '/api/admin/replays', { as: operator })).status, 403);
    const first = await platform.call('GET', '/api/admin/replays?limit=1', { as: admin });
    const second = await platform.call('GET', `/api/admin/replays?limit=1&cursor=${first.body.nextCursor}`, {
      as: admin,
    });
    for (const { body } of [first, second]) {
      const [{ id, at, ip, traceId, ...entry }] = body.items;
      assert.deepEqual(
        entry,
        {
          actor: { kind: 'user', id: operator.id },
          kind: 'event',
          context: 'echo',
          itemId: mine[0].id,
          name: mine[0].name,
          stillParked: false,
        },
        'whoever replays is on record, also when it fails again',
      );
    }
    assert.ok(first.body.items[0].at > second.body.items[0].at, 'newest first');
    assert.equal(second.body.nextCursor, undefined);
    assert.equal((await platform.call('GET', '/api/admin/replays?cursor=WzEsMiwzXQ', { as: admin })).status, 400);
    const { pool } = platform.host.database('echo');
    await assert.rejects(pool.query("update replays set actor = 'nobody'"), /never changed/);
    await assert.rejects(pool.query('delete from replays'), /never changed/);
  });
  test('queues its job in the same transaction', async () => {
    await platform.call('POST', '/api/notes', { as: ana, body: { text: 'shout hello' } });
    await eventually(() => switches.shouted.includes('shout hello'));
  });
});

describe('a job', () => {
  test('that runs out of tries is parked and can be replayed', async () => {
    switches.shoutsFail = true;
    await platform.call('POST', '/api/notes', { as: ana, body: { text: 'shout late' } });
    const item = await eventually(async () => {
      const { body } = await platform.call('GET', '/api/admin/dead-letters', { as: operator });
      return body.items.find((i: { kind: string; name: string }) => i.kind === 'job' && i.name === 'shout');
    }, 30_000);
    assert.match(item.error, /no voice/);
    switches.shoutsFail = false;
    const replay = await platform.call('POST', `/api/admin/dead-letters/${item.id}/replay`, {
      as: operator,
      body: { context: 'echo', kind: 'job' },
    });
    assert.equal(replay.status, 200);
    await eventually(() => switches.shouted.includes('shout late'));
    const { body } = await platform.call('GET', '/api/admin/replays', { as: admin });
    const { kind, name, itemId } = body.items[0];
    assert.deepEqual({ kind, name, itemId }, { kind: 'job', name: 'shout', itemId: item.id });
  });
});

describe('what is kept for some time', () => {
  test('goes with the nightly job: who replayed what is on record for two years', async () => {
    const db = platform.host.database('echo');
    const record = (itemId: string, age: string) =>
      db.pool.query(
        `insert into replays (at, actor_kind, actor, kind, item_id, name, trace_id)
         values (now() - $2::interval, 'user', 'somebody', 'event', $1, 'noted', repeat('0', 32))`,
        [itemId, age],
      );
    const [old, recent] = [randomUUID(), randomUUID()];
    await record(old, '25 months');
    await record(recent, '23 months');
    const log = createLog({ level: 'silent' });
    const url = contextUrl(platform.databaseUrl, 'echo');
    const queue = await openJobs({ db, url, types: [], log, onError: (error) => assert.ifError(error) });
    try {
      await queue.send(defineJob('prune-idempotency-keys'), {}, serviceCtx('test'));
      const left = async () => {
        const { rows } = await db.pool.query<{ id: string }>(
          'select item_id as id from replays where item_id = any($1)',
          [[old, recent]],
        );
        return rows.map(({ id }) => id);
      };
      await eventually(async () => !(await left()).includes(old));
      assert.deepEqual(await left(), [recent]);
    } finally {
      await queue.stop();
    }
  });
});

describe('a context', () => {
  test("cannot read another context's tables", async () => {
    const db = openTestDatabase(platform.databaseUrl, 'echo');
    await assert.rejects(db.pool.query('select * from notes.notes'), /permission denied/);
    await db.close();
  });
  test('has statements that its schema understands', async () => {
    for (const context of ['notes', 'echo']) {
      const db = openTestDatabase(platform.databaseUrl, context);
      for (const { name, text } of listStatements().filter((s) => s.context === context || s.context === 'kernel')) {
        await db.pool
          .query(`prepare "check_${name}" as ${text}`)
          .catch((error: Error) => assert.fail(`${name}: ${error.message}`));
      }
      await db.close();
    }
  });
});

describe('a call between contexts', () => {
  test('gives the same answers in this process and over gRPC', async () => {
    const { startHost, createLog } = await import('@stoa/kernel');
    const serving = await startTestPlatform([notes, echo], {
      run: ['notes'],
      rpcListen: '127.0.0.1:0',
      rpcSecret: 'secret',
      siblings: { echo: '127.0.0.1:1' },
    });
    const calling = await startHost({
      contexts: [notes, echo],
      run: ['echo'],
      databaseUrl: serving.databaseUrl,
      publicUrl: serving.url,
      home: serving.home,
      settings: {},
      log: createLog({ level: 'silent' }),
      siblings: { notes: serving.host.rpcAddress ?? '' },
      rpcSecret: 'secret',
      pollMs: 200,
    });
    const ctx = { ...serviceCtx('test'), locale: 'pt-BR' as const };
    const [local, remote] = [serving.host.client(CoursesService), calling.client(CoursesService)];
    assert.deepEqual(await remote.getOutline({ courseId: 'a' }, ctx), await local.getOutline({ courseId: 'a' }, ctx));
    assert.deepEqual(await remote.getLesson({ lessonId: 'l' }, ctx), await local.getLesson({ lessonId: 'l' }, ctx));
    for (const client of [local, remote]) {
      await assert.rejects(client.getOutline({ courseId: 'rude' }, ctx), {
        code: 'note_is_rude',
        params: { word: 'drat' },
      });
    }
    await assert.rejects(remote.getOutline({ courseId: 'broken' }, ctx), /INTERNAL|internal/);
    assert.equal((await calling.client(AssessmentService).putProblems({ courseId: 'x' }, ctx)).problems.length, 1);

    await serving.call('POST', '/api/notes', { as: ana, body: { text: 'across processes' } });
    const rows = await eventually(async () => {
      const found = (await calling.database('echo').rows(allHeard, [])).filter((r) => r.text === 'across processes');
      return found.length > 0 && found;
    });
    assert.equal(rows.length, 1);
    await calling.close();
    await serving.close();
  });

  test('reaches whoever plugged a kind in, also when several contexts of one process implement the contract', async () => {
    const serving = await startTestPlatform([notes, echo], { rpcListen: '127.0.0.1:0', rpcSecret: 'secret' });
    const ctx = serviceCtx('test');
    const outline = serving.host.client(CoursesService);
    for (const [kind, by] of [
      ['note', 'note'],
      ['echo', 'echo'],
      ['shout', 'echo'],
    ] as const)
      assert.equal((await outline.getOutline({ courseId: kind }, ctx)).course?.title, `${by} sells ${kind}:1`);
    assert.equal((await outline.getOutline({ courseId: 'boat' }, ctx)).course?.title, 'Outline');

    const address = serving.host.rpcAddress ?? '';
    for (const [context, by] of [
      ['notes', 'note'],
      ['echo', 'echo'],
    ] as const) {
      const remote = grpcClient(MarketService, { address, secret: 'secret', context });
      const answer = await remote.client.quote({ lines: [{ sku: 'note:7', quantity: 2 }] }, ctx);
      assert.equal(answer.items[0]?.title, `${by} sells note:7`);
      remote.close();
    }
    await serving.close();
  });

  test('needs one implementer for a kind', async () => {
    const twice = { ...echo, plugs: [{ contract: MarketService, kinds: ['note'] }] };
    await assert.rejects(startTestPlatform([notes, twice]), /two contexts plug note into stoa.market.v1.MarketService/);
  });
});

describe('an answer', () => {
  test('is nothing to run, to guess at or to frame, and is kept by nobody', async () => {
    for (const path of ['/api/notes', '/api/openapi.json', '/api/nowhere']) {
      const { headers } = await platform.call('GET', path, { as: ana });
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'", path);
    }
    assert.equal((await platform.call('GET', '/api/nowhere')).headers['cache-control'], 'no-store');
  });
});

describe('a process', () => {
  test('tells its metrics: requests by operation, events by outcome, memory', async () => {
    await platform.call('POST', '/api/notes', { as: ana, body: { text: 'to be counted' } });
    await platform.host.settle();
    const { body, headers } = await platform.call('GET', '/metrics');
    assert.match(String(headers['content-type']), /^text\/plain/);
    assert.match(body, /^stoa_http_request_duration_seconds_count\{[^}]*route="\/api\/notes"[^}]*\} [1-9]/m);
    assert.match(body, /^stoa_events_total\{context="echo",type="[^"]+",outcome="handled"\} [1-9]/m);
    assert.match(body, /^stoa_process_resident_memory_bytes [1-9]/m);
  });

  test('is alive but not ready while its database is away, and ready when it is back', async () => {
    const server = new URL(platform.databaseUrl);
    const name = server.pathname.slice(1);
    server.pathname = '/postgres';
    const admin = new pg.Client({ connectionString: server.toString() });
    await admin.connect();
    try {
      await admin.query(`alter database ${name} allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      const away = await eventually(async () => {
        const answer = await platform.call('GET', '/readyz');
        return answer.status === 503 && answer;
      });
      assert.deepEqual(away.body.checks, { 'database:notes': false, 'database:echo': false });
      assert.equal((await platform.call('GET', '/healthz')).status, 200);
      await admin.query(`alter database ${name} allow_connections true`);
      await eventually(async () => (await platform.call('GET', '/readyz')).status === 200);
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
  });
});
