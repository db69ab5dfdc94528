import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { CourseAccessGranted } from '@stoa/contracts';
import { createLog, type Database, systemIds } from '@stoa/kernel';
import {
  eventually,
  openTestDatabase,
  type Person,
  person,
  startTestPlatform,
  type TestPlatform,
} from '@stoa/kernel/testing';
import { WebSocket, WebSocketServer } from 'ws';
import { notifications } from '../src/index.ts';
import { openHub } from '../src/realtime/hub.ts';
import { enrollmentContext, happen, identityBook, identityOf } from './world.ts';

const contexts = () => [identityOf(identityBook()), enrollmentContext(), notifications] as const;
const settings = { ...process.env, SMTP_URL: '', REALTIME_PER_PERSON: '3' };
let platform: TestPlatform;
let address: string;

before(async () => {
  platform = await startTestPlatform(contexts(), { settings });
  address = await listen(platform);
});
after(() => platform?.close());

async function listen(on: TestPlatform): Promise<string> {
  return (await on.host.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws');
}

const enroll = (userId: string, title: string, on = platform) =>
  happen(on, CourseAccessGranted, userId, {
    userId,
    courseId: systemIds.id(),
    courseTitle: title,
    courseSlug: 'a-course',
  });
const ticketOf = async (who: Person, locale = 'en', on = platform): Promise<string> =>
  (await on.call('POST', '/api/realtime/tickets', { as: who, locale })).body.ticket;

type Message = { type: string; unread?: number; notification?: { id: string; title: string } };
type Page = {
  socket: WebSocket;
  messages: Message[];
  titles: () => (string | undefined)[];
  lastId: () => string | undefined;
  closed: Promise<{ code: number }>;
};

/** Opens a WebSocket as a page does. */
async function openPage(
  who: Person,
  options: { resumeAfter?: string | null; locale?: string; at?: string; on?: TestPlatform } = {},
): Promise<Page> {
  const ticket = await ticketOf(who, options.locale, options.on);
  const socket = new WebSocket(`${options.at ?? address}/api/realtime?ticket=${ticket}`, {
    origin: 'http://localhost:3000',
  });
  const messages: Message[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<{ code: number }>((resolve) => socket.once('close', (code) => resolve({ code })));
  await once(socket, 'open');
  if (options.resumeAfter !== undefined) socket.send(JSON.stringify({ resumeAfter: options.resumeAfter }));
  const news = () => messages.flatMap((message) => message.notification ?? []);
  return {
    socket,
    messages,
    titles: () => news().map((item) => /“(.+)”|«(.+)»/.exec(item.title)?.slice(1).find(Boolean)),
    lastId: () => news().at(-1)?.id,
    closed,
  };
}

/** The HTTP status a WebSocket was refused with. */
async function refusal(url: string, origin?: string): Promise<number> {
  const socket = new WebSocket(url, origin ? { origin } : {});
  const [, response] = await once(socket, 'unexpected-response');
  socket.on('error', () => undefined);
  socket.terminate();
  return response.statusCode;
}

describe('the WebSocket', () => {
  it('brings a notification live, in the language of the page, and the number of unread ones', async () => {
    const me = await person();
    const page = await openPage(me, { resumeAfter: null, locale: 'pt-BR' });
    await eventually(() => page.messages.some((message) => message.type === 'unread' && message.unread === 0));
    await enroll(me.id, 'Live');
    await eventually(() => page.messages.some((message) => message.unread === 1));
    assert.equal(
      page.messages.find((m) => m.notification)?.notification?.title,
      'Sua inscrição em “Live” está confirmada',
    );
    const list = await platform.call('GET', '/api/notifications', { as: me, locale: 'pt-BR' });
    assert.deepEqual(
      list.body.items[0],
      page.messages.find((m) => m.notification)?.notification,
      'same as in the list',
    );
    page.socket.close();
  });

  it('tells every page of a person, and nobody else’s, what was read', async () => {
    const me = await person();
    const stranger = await person();
    const [one, two, theirs] = await Promise.all([
      openPage(me, { resumeAfter: null }),
      openPage(me, { resumeAfter: null }),
      openPage(stranger, { resumeAfter: null }),
    ]);
    await enroll(me.id, 'Two pages');
    await eventually(() => one.lastId() && two.lastId());
    await platform.call('PATCH', `/api/notifications/${one.lastId()}`, { as: me, body: { read: true } });
    await eventually(() => [one, two].every((page) => page.messages.at(-1)?.unread === 0));
    assert.deepEqual(theirs.titles(), []);
    for (const page of [one, two, theirs]) page.socket.close();
  });

  it('resumes without loss or repeat after the connection broke, however often', async () => {
    const me = await person();
    const titles: string[] = [];
    let page = await openPage(me, { resumeAfter: null });
    const expected: string[] = [];
    let last: string | null = null;
    for (let round = 0; round < 5; round += 1) {
      for (let n = 0; n < 12; n += 1) {
        expected.push(`${round}.${n}`);
        await enroll(me.id, `${round}.${n}`);
        // Cut in the middle of the stream, at another place each time.
        if (n === round * 2) page.socket.terminate();
      }
      await page.closed;
      titles.push(...page.titles().flatMap((title) => title ?? []));
      last = page.lastId() ?? last;
      page = await openPage(me, { resumeAfter: last });
    }
    await eventually(() => titles.length + page.titles().length >= expected.length);
    titles.push(...page.titles().flatMap((title) => title ?? []));
    assert.deepEqual(titles, expected);
    page.socket.close();
  });

  it('tells a page that missed too much, or knows something that is gone, to load its list', async () => {
    const me = await person();
    await enroll(me.id, 'First');
    await platform.host.settle();
    const page = await openPage(me, { resumeAfter: systemIds.id() });
    await eventually(() => page.messages[0]?.type === 'reload');
    await enroll(me.id, 'Later');
    await eventually(() => page.titles().includes('Later'));
    assert.deepEqual(page.titles(), ['Later']);
    page.socket.close();
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    await db.pool.query(
      `insert into messages (id, event_id, channel, user_id, kind, params, state, seq)
       select gen_random_uuid(), gen_random_uuid(), 'inapp', $1, 'enrollment', '{"courseTitle":"x","courseSlug":"x"}', 'sent', n
       from generate_series(3, 300) n`,
      [me.id],
    );
    await db.pool.query('update inboxes set last_seq = 300 where user_id = $1', [me.id]);
    await db.close();
    const behind = await openPage(me, { resumeAfter: null });
    await eventually(() => behind.messages.some((message) => message.type === 'reload'));
    await enroll(me.id, 'Now');
    await eventually(() => behind.titles().includes('Now'));
    assert.equal(behind.titles().length, 1);
    behind.socket.close();
  });

  it('begins with news for a page that does not say where it was', async () => {
    const me = await person();
    await enroll(me.id, 'Before');
    await platform.host.settle();
    const page = await openPage(me);
    await eventually(() => page.messages.some((message) => message.unread === 1));
    await enroll(me.id, 'After');
    await eventually(() => page.titles().length > 0);
    assert.deepEqual(page.titles(), ['After']);
    page.socket.close();
  });

  it('opens with a ticket once, within its time, and for our own pages only', async () => {
    const me = await person();
    const ticket = await ticketOf(me);
    const url = `${address}/api/realtime?ticket=${ticket}`;
    assert.equal(await refusal(url, 'https://evil.example'), 403);
    const socket = new WebSocket(url);
    await once(socket, 'open');
    socket.close();
    assert.equal(await refusal(url), 401, 'used');
    assert.equal(await refusal(`${address}/api/realtime?ticket=${'A'.repeat(43)}`), 401);
    assert.equal(await refusal(`${address}/api/realtime`), 401);
    const late = await ticketOf(me);
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    const { rows } = await db.pool.query('select * from realtime_tickets');
    assert.ok(!JSON.stringify(rows).includes(late), 'only a hash is kept');
    await db.pool.query("update realtime_tickets set expires_at = now() - interval '1 second'");
    await db.close();
    assert.equal(await refusal(`${address}/api/realtime?ticket=${late}`), 401, 'too old');
  });

  it('closes what asks for no address, and goes on', async () => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    socket.resume();
    const closed = once(socket, 'close');
    socket.write('GET // HTTP/1.1\r\nhost: stoa\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    await closed;
    assert.equal(await refusal(`${address}/api/realtime`), 401);
  });

  it('lets a person keep three pages open here, and closes one that talks nonsense', async () => {
    const me = await person();
    const pages = [];
    for (let n = 0; n < 3; n += 1) pages.push(await openPage(me, { resumeAfter: null }));
    const fourth = await openPage(me, { resumeAfter: null });
    assert.equal((await fourth.closed).code, 4029);
    const [first, ...others] = pages;
    first?.socket.send('{"resumeAfter":null}');
    assert.equal((await first?.closed)?.code, 1008);
    const again = await openPage(me, { resumeAfter: null });
    await enroll(me.id, 'Room again');
    await eventually(() => again.titles().includes('Room again'));
    again.socket.send('x'.repeat(2000));
    assert.equal((await again.closed).code, 1009);
    for (const page of others) page.socket.close();
  });

  it('reaches the pages of every process', async () => {
    const other = await startTestPlatform(contexts(), { settings, databaseUrl: platform.databaseUrl });
    try {
      const otherAddress = await listen(other);
      const me = await person();
      const here = await openPage(me, { resumeAfter: null });
      // The ticket of one process opens the door of the other.
      const there = await openPage(me, { resumeAfter: null, at: otherAddress });
      for (let n = 0; n < 10; n += 1) await enroll(me.id, `n${n}`, n % 2 ? other : platform);
      const all = Array.from({ length: 10 }, (_, n) => `n${n}`);
      await eventually(() => [here, there].every((page) => page.titles().length === 10));
      assert.deepEqual(here.titles(), all);
      assert.deepEqual(there.titles(), all);
      const goodbye = there.closed;
      await other.close();
      assert.equal((await goodbye).code, 1001, 'a stopping process says so');
      here.socket.close();
    } finally {
      await other.close().catch(() => undefined);
    }
  });

  it('goes on after the listening connection was lost', async () => {
    const me = await person();
    const page = await openPage(me, { resumeAfter: null });
    await eventually(() => page.messages.length > 0);
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    const killed = await db.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen stoa_inbox' and datname = current_database()",
    );
    assert.ok((killed.rowCount ?? 0) > 0);
    await db.close();
    await enroll(me.id, 'Meanwhile');
    await eventually(() => page.titles().includes('Meanwhile'));
    page.socket.close();
  });
});

describe('a page that is slow or gone', () => {
  type Served = {
    heartbeatMs?: number;
    writeMs?: number;
    db?: Pick<Database, 'row' | 'rows'>;
    /** Gets every line of the log from debug on. */
    lines?: { level: string; msg: string }[];
    /** Gets the hub's end of each connection. */
    ends?: WebSocket[];
  };
  const serve = async ({ lines, ends, ...options }: Served, userId: string) => {
    const hub = openHub({
      db: platform.host.database('notifications'),
      log: lines
        ? createLog({ level: 'debug', destination: { write: (line: string) => lines.push(JSON.parse(line)) } })
        : createLog({ level: 'silent' }),
      perPerson: 3,
      ...options,
    });
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    server.on('connection', (socket) => {
      ends?.push(socket);
      hub.admit(socket, { userId, locale: 'en' });
    });
    await once(server, 'listening');
    const bound = server.address();
    assert.ok(bound && typeof bound === 'object');
    return {
      hub,
      url: `ws://127.0.0.1:${bound.port}`,
      close: () => {
        hub.close();
        server.close();
      },
    };
  };

  it('is dropped when it answers no heartbeat, while the others stay', async (t) => {
    const { hub, url, close } = await serve({ heartbeatMs: 100 }, systemIds.id());
    t.after(close);
    const silent = new WebSocket(url, { autoPong: false });
    const lively = new WebSocket(url);
    await Promise.all([once(silent, 'open'), once(lively, 'open')]);
    const [code] = await once(silent, 'close');
    assert.equal(code, 1006);
    assert.equal(lively.readyState, WebSocket.OPEN);
    await eventually(() => hub.size === 1);
  });

  it('gets its news by the heartbeat even if no wake-up came', async (t) => {
    const userId = systemIds.id();
    // Nothing listens for this hub.
    const { url, close } = await serve({ heartbeatMs: 100 }, userId);
    t.after(close);
    const socket = new WebSocket(url);
    const types: string[] = [];
    socket.on('message', (data) => types.push(JSON.parse(String(data)).type));
    await once(socket, 'open');
    socket.send('{"resumeAfter":null}');
    await eventually(() => types.includes('unread'));
    await enroll(userId, 'Unheard');
    await eventually(() => types.includes('notification'));
  });

  /** A database that answers only when it may, so that something can happen while it is asked. */
  const slowDatabase = () => {
    const db = platform.host.database('notifications');
    const held = { asked: false, answer: Promise.withResolvers<void>() };
    const rows: Database['rows'] = async (statement, params) => {
      held.asked = true;
      await held.answer.promise;
      return db.rows(statement, params);
    };
    return { db: { row: db.row, rows }, held };
  };

  it('is forgotten without a warning when it is closed while it is written to', async (t) => {
    const userId = systemIds.id();
    await enroll(userId, 'Nobody reads this');
    await platform.host.settle();
    const lines: Served['lines'] = [];
    for (const leave of ['close', 'terminate'] as const) {
      const { db, held } = slowDatabase();
      const ends: WebSocket[] = [];
      const { hub, url, close } = await serve({ db, lines, ends }, userId);
      t.after(close);
      const tab = new WebSocket(url);
      await once(tab, 'open');
      tab.send('{"resumeAfter":null}');
      await eventually(() => held.asked);
      const [end] = ends;
      assert.ok(end);
      tab[leave]();
      await eventually(() => end.readyState !== WebSocket.OPEN);
      held.answer.resolve();
      await eventually(() => lines.length > 0 && hub.size === 0);
      assert.deepEqual(
        lines.splice(0).filter(({ level }) => level !== 'debug'),
        [],
        leave,
      );
    }
  });

  it('is forgotten without a warning when its connection breaks under a message', async (t) => {
    const userId = systemIds.id();
    await enroll(userId, 'Cut off');
    await platform.host.settle();
    for (const code of ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']) {
      const lines: Served['lines'] = [];
      const ends: WebSocket[] = [];
      const { hub, url, close } = await serve({ lines, ends }, userId);
      t.after(close);
      const tab = new WebSocket(url);
      await once(tab, 'open');
      const [end] = ends;
      assert.ok(end);
      // Which of them a system tells, and whether before the connection is known to be closed, is its own affair.
      t.mock.method(end, 'send', (_: string, done: (error: Error) => void) =>
        setImmediate(done, Object.assign(new Error(`write ${code}`), { code })),
      );
      tab.send('{"resumeAfter":null}');
      await eventually(() => lines.length > 0 && hub.size === 0);
      assert.deepEqual(
        lines.map(({ level }) => level),
        ['debug'],
        code,
      );
    }
  });

  it('is dropped with a warning when what it should get cannot be read or sent', async (t) => {
    const userId = systemIds.id();
    const lines: Served['lines'] = [];
    const ends: WebSocket[] = [];
    const { row } = platform.host.database('notifications');
    const broken = { row, rows: async () => Promise.reject(new Error('no such column')) };
    const unread = await serve({ lines, db: broken }, userId);
    t.after(unread.close);
    const one = new WebSocket(unread.url);
    await once(one, 'open');
    one.send('{"resumeAfter":null}');
    await eventually(() => unread.hub.size === 0 && lines.length > 0);
    const unsent = await serve({ lines, ends }, userId);
    t.after(unsent.close);
    const other = new WebSocket(unsent.url);
    await once(other, 'open');
    const [end] = ends;
    assert.ok(end);
    t.mock.method(end, 'send', (_: string, done: (error: Error) => void) => setImmediate(done, new RangeError('odd')));
    other.send('{"resumeAfter":null}');
    await eventually(() => unsent.hub.size === 0 && lines.length > 1);
    assert.deepEqual(
      lines.map(({ level, msg }) => [level, msg]),
      [
        ['warn', 'a realtime connection was dropped'],
        ['warn', 'a realtime connection was dropped'],
      ],
    );
  });

  it('is dropped when it does not read, holds one message in memory until then, and resumes later', async (t) => {
    const userId = systemIds.id();
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    await db.pool.query(
      `insert into messages (id, event_id, channel, user_id, kind, params, state, seq)
       select gen_random_uuid(), gen_random_uuid(), 'inapp', $1, 'enrollment',
              jsonb_build_object('courseTitle', n || repeat('x', 1000000), 'courseSlug', 'x'), 'sent', n
       from generate_series(1, 40) n`,
      [userId],
    );
    await db.pool.query('insert into inboxes (user_id, last_seq) values ($1, 40)', [userId]);
    await db.close();
    const { hub, url, close } = await serve({ writeMs: 300 }, userId);
    t.after(close);
    const ids = new Set<string>();
    const order: string[] = [];
    const open = async (at: string, resumeAfter: string | null) => {
      const socket = new WebSocket(at);
      socket.on('message', (data) => {
        const message: Message = JSON.parse(String(data));
        if (!message.notification) return;
        ids.add(message.notification.id);
        order.push(message.notification.id);
      });
      await once(socket, 'open');
      socket.send(JSON.stringify({ resumeAfter }));
      return socket;
    };
    const slow = await open(url, null);
    // Listened for from the start, and not read on from the first message: on a machine that stands still for a moment the
    // connection is dropped at any time from here.
    const closed = once(slow, 'close');
    slow.once('message', () => slow.pause());
    await eventually(() => order.length > 0);
    await eventually(() => hub.size === 0);
    slow.resume();
    await closed;
    assert.ok(order.length < 40, 'it was cut off in the middle');
    // Where there is more patience: on a busy machine reading all of it takes longer than it has to write one message here.
    const patient = await serve({ writeMs: 30_000 }, userId);
    t.after(patient.close);
    const back = await open(patient.url, order.at(-1) ?? null);
    await eventually(() => order.length === 40, 30_000);
    assert.equal(ids.size, 40, 'nothing twice');
    back.close();
  });
});
