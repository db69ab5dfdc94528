import { type Deps, errorCode, type Locale, statement } from '@stoa/kernel';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { unreadOf } from '../list-notifications.ts';
import { type NotificationRow, showNotification } from '../show-notification.ts';
import type { Admission } from './ticket.ts';

/** Missed notifications sent again after a reconnect; with more, the page is told to load its list instead. */
const mostReplayed = 200;
const pageSize = 50;
/** How long a page may take to say where it was, in milliseconds. */
const helloMs = 2_000;
/** A write that is not taken in this time means the other side does not read: the connection is dropped. */
const defaultWriteMs = 15_000;
/** After this a page must come back with a new ticket: whoever was signed out everywhere does not get one. */
const lifetimeMs = 60 * 60_000;

/** How a system says that the other side of a connection is gone, before it tells that the connection is closed. */
const goneCodes: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** Close codes of ours (4000 and up are for applications, RFC 6455, 7.4.2). */
export const closeCodes = { renew: 4001, tooMany: 4029 } as const;

type Connection = {
  socket: WebSocket;
  userId: string;
  locale: Locale;
  /** Everything up to here was sent; undefined until the page has said where it was. */
  seq: number | undefined;
  unread: number | undefined;
  pumping: boolean;
  again: boolean;
  alive: boolean;
};

const listAfter = statement<[userId: string, after: number, limit: number], NotificationRow>(
  'notifications.list_after',
  `select id, kind, params, seq, created_at, read_at from messages
   where user_id = $1 and seq > $2 order by seq limit $3`,
);
const positionOf = statement<[userId: string, id: string | null], { head: number; at: number | null; missed: number }>(
  'notifications.position_of',
  `with known as (select seq from messages where user_id = $1 and id = $2 and seq is not null)
   select coalesce((select last_seq from inboxes where user_id = $1), 0) as head,
          (select seq from known) as at,
          (select count(*) from (
             select 1 from messages where user_id = $1 and seq > coalesce((select seq from known), 0) limit 1000
           ) missed) as missed`,
);
const headsOf = statement<[userIds: string[]], { user_id: string; last_seq: number }>(
  'notifications.heads_of',
  'select user_id, last_seq from inboxes where user_id = any($1)',
);

const Hello = z.strictObject({ resumeAfter: z.uuid().nullable() });

type Options = Pick<Deps, 'log'> & {
  db: Pick<Deps['db'], 'row' | 'rows'>;
  perPerson: number;
  heartbeatMs?: number;
  writeMs?: number;
};

/** The open WebSockets of this process. */
export type Hub = {
  readonly size: number;
  /** Takes over an open socket. */
  admit: (socket: WebSocket, admission: Admission) => void;
  /** Sends a person's sockets what they do not have yet. */
  wake: (userId: string) => void;
  /** Looks for sockets that are behind, in one query: the net under `wake`. */
  catchUp: () => Promise<void>;
  close: () => void;
};

/**
 * Keeps the sockets of this process in step with their people's lists. A wake-up carries no data: each socket knows
 * the number of the last notification it was sent and reads on from there, so that nothing is lost, repeated or out of
 * order, however wake-ups come. One write is under way per socket at a time; a socket that does not read is dropped.
 */
export function openHub({ db, log, perPerson, heartbeatMs = 30_000, writeMs = defaultWriteMs }: Options): Hub {
  const people = new Map<string, Set<Connection>>();
  let size = 0;
  const gate = openGate(3);

  const pump = async (connection: Connection): Promise<void> => {
    if (connection.seq === undefined) return;
    if (connection.pumping) {
      connection.again = true;
      return;
    }
    connection.pumping = true;
    try {
      do {
        connection.again = false;
        if (!(await sendNews(connection))) return leave(connection);
      } while (connection.again && connection.socket.readyState === WebSocket.OPEN);
    } catch (error) {
      log.warn({ err: error }, 'a realtime connection was dropped');
      // It comes back and resumes.
      connection.socket.terminate();
    } finally {
      connection.pumping = false;
    }
  };

  /** @returns false if the page is gone */
  const sendNews = async (connection: Connection): Promise<boolean> => {
    const { userId, locale } = connection;
    for (let full = true; full; ) {
      const after = connection.seq ?? 0;
      const rows = await gate(() => db.rows(listAfter, [userId, after, pageSize]));
      for (const row of rows) {
        const notification = showNotification(row, locale);
        if (!(await write(connection.socket, writeMs, { type: 'notification', notification }))) return false;
        connection.seq = row.seq;
      }
      full = rows.length === pageSize;
    }
    const unread = await gate(() => unreadOf(db, userId));
    if (unread === connection.unread) return true;
    if (!(await write(connection.socket, writeMs, { type: 'unread', unread }))) return false;
    connection.unread = unread;
    return true;
  };

  /** `resumeAfter`: the newest notification the page has; null if its list is empty; undefined if it did not say. */
  const begin = async (connection: Connection, resumeAfter: string | null | undefined): Promise<void> => {
    if (connection.seq !== undefined) return;
    const position = await gate(() => db.row(positionOf, [connection.userId, resumeAfter ?? null]));
    const head = position?.head ?? 0;
    const unknown = typeof resumeAfter === 'string' && position?.at === null;
    const reload = resumeAfter !== undefined && (unknown || (position?.missed ?? 0) > mostReplayed);
    connection.seq = reload || resumeAfter === undefined ? head : (position?.at ?? 0);
    if (reload && !(await write(connection.socket, writeMs, { type: 'reload' }))) return leave(connection);
    await pump(connection);
  };

  const forget = (connection: Connection): void => {
    const own = people.get(connection.userId);
    if (!own?.delete(connection)) return;
    size -= 1;
    if (own.size === 0) people.delete(connection.userId);
  };

  /** A tab was closed, a phone lost its network: nothing is wrong, and whatever was not sent is sent when it is back. */
  const leave = (connection: Connection): void => {
    log.debug('a page went while it was written to');
    forget(connection);
    connection.socket.terminate();
  };

  const catchUp = async (): Promise<void> => {
    const ids = [...people.keys()];
    for (let start = 0; start < ids.length; start += 1000) {
      const rows = await gate(() => db.rows(headsOf, [ids.slice(start, start + 1000)]));
      for (const { user_id: userId, last_seq: head } of rows) {
        for (const connection of people.get(userId) ?? []) {
          if (connection.seq !== undefined && connection.seq < head) void pump(connection);
        }
      }
    }
  };

  const heartbeat = setInterval(() => {
    for (const own of people.values()) {
      for (const connection of own) {
        if (!connection.alive) {
          connection.socket.terminate();
          continue;
        }
        connection.alive = false;
        connection.socket.ping();
      }
    }
    catchUp().catch((error: unknown) => log.warn({ err: error }, 'realtime could not look for news'));
  }, heartbeatMs);
  heartbeat.unref();

  return {
    get size() {
      return size;
    },
    admit: (socket, { userId, locale }) => {
      socket.on('error', () => socket.terminate());
      const own = people.get(userId) ?? new Set();
      if (own.size >= perPerson) {
        socket.close(closeCodes.tooMany, 'too many connections');
        return;
      }
      const connection: Connection = {
        socket,
        userId,
        locale,
        seq: undefined,
        unread: undefined,
        pumping: false,
        again: false,
        alive: true,
      };
      people.set(userId, own.add(connection));
      size += 1;
      let begun = false;
      const start = (resumeAfter: string | null | undefined) => {
        if (begun) return;
        begun = true;
        clearTimeout(patience);
        begin(connection, resumeAfter).catch((error: unknown) => {
          log.warn({ err: error }, 'a realtime connection could not begin');
          socket.terminate();
        });
      };
      const patience = setTimeout(() => start(undefined), helloMs);
      const lifetime = setTimeout(() => socket.close(closeCodes.renew, 'come back with a new ticket'), lifetimeMs);
      lifetime.unref();
      socket.on('pong', () => {
        connection.alive = true;
      });
      socket.on('message', (data, binary) => {
        const hello = binary || begun ? undefined : readHello(String(data));
        if (hello) start(hello.resumeAfter);
        else socket.close(1008, 'one message is expected: {"resumeAfter": id or null}');
      });
      socket.on('close', () => {
        clearTimeout(patience);
        clearTimeout(lifetime);
        forget(connection);
      });
    },
    wake: (userId) => {
      for (const connection of people.get(userId) ?? []) void pump(connection);
    },
    catchUp,
    close: () => {
      clearInterval(heartbeat);
      for (const own of people.values()) {
        for (const { socket } of own) {
          socket.close(1001, 'restarting');
          // Whoever does not answer the farewell must not hold up the end of the process.
          setTimeout(() => socket.terminate(), 500).unref();
        }
      }
    },
  };
}

function readHello(text: string): z.output<typeof Hello> | undefined {
  try {
    return Hello.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Resolves when the operating system has taken the message: true, or false if the page is gone. */
function write(socket: WebSocket, timeoutMs: number, message: object): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== WebSocket.OPEN) {
      resolve(false);
      return;
    }
    const timer = setTimeout(() => reject(new Error('the other side does not read')), timeoutMs);
    socket.send(JSON.stringify(message), (error) => {
      clearTimeout(timer);
      if (!error) resolve(true);
      else if (goneCodes.has(errorCode(error) ?? '')) resolve(false);
      else reject(error);
    });
  });
}

/** Lets at most `places` pieces of work run at a time, so that a crowd of sockets leaves connections to requests. */
function openGate(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = places;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };
}
