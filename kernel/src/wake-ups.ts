import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { errorCode } from './db/database.ts';

/** Tells the other processes of an installation that there is something to do, and hears it from them. */
export type WakeUps = {
  /** That so many more things of this name wait. To be called after the commit. */
  tell: (name: string, count: number) => void;
  close: () => Promise<void>;
};

/** Milliseconds between two notifications of a process. */
const restMs = 20;
const reconnectMs = 1000;

/**
 * `LISTEN` and `NOTIFY` on a connection of their own, outside of the transactions that cause them: PostgreSQL commits
 * transactions with a notification one after the other, all others together. What happens in a short while is told in
 * one notification. A process that is killed between its commit and the notification, or a connection that is down, costs
 * the others the time until they look by themselves.
 * @param options.onWake called with a name and how many of it, when another process has told; with null when something
 *   may have been missed
 */
export async function openWakeUps(options: {
  url: string;
  channel: string;
  applicationName: string;
  onWake: (name: string | null, count: number) => void;
  onError: (error: Error) => void;
}): Promise<WakeUps> {
  const { channel, onWake } = options;
  const me = randomUUID();
  let client: pg.Client | undefined;
  /** The same, once it is connected and free. */
  let teller: pg.Client | undefined;
  let pause: NodeJS.Timeout | undefined;
  let closed = false;
  let resting = false;
  let untold = new Map<string, number>();

  const hear = (payload: string): void => {
    const [from, ...news] = payload.split(' ');
    if (from === me) return;
    for (const one of news) {
      const [name, count] = one.split(':');
      if (name) onWake(name, Number(count) || 1);
    }
  };
  const lose = (lost: pg.Client, error: Error): void => {
    if (client !== lost) return;
    client = undefined;
    teller = undefined;
    lost.end().catch(() => undefined);
    if (closed) return;
    options.onError(error);
    pause ??= setTimeout(() => {
      pause = undefined;
      void connect();
    }, reconnectMs).unref();
  };
  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: options.applicationName,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      // A notification that a power cut loses is one that nobody was there to hear.
      options: '-c synchronous_commit=off',
    });
    client = next;
    next.on('error', (error) => lose(next, error));
    next.on('end', () => lose(next, new Error('the connection for notifications ended')));
    next.on('notification', ({ payload }) => hear(payload ?? ''));
    try {
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      teller = next;
      onWake(null, 0);
    } catch (error) {
      lose(next, error instanceof Error ? error : new Error(String(error)));
    }
  };
  const say = async (): Promise<void> => {
    if (untold.size === 0 || resting) return;
    const payload = [me, ...[...untold].map(([name, count]) => `${name}:${count}`)].join(' ');
    untold = new Map();
    resting = true;
    const rested = new Promise<void>((resolve) => setTimeout(resolve, restMs).unref());
    try {
      await teller?.query({ name: 'wake', text: 'select pg_notify($1, $2)', values: [channel, payload] });
    } catch (error) {
      // A connection that is lost says so itself; whoever was to hear this looks by themselves.
      if (errorCode(error) && error instanceof Error && !closed) options.onError(error);
    }
    await rested;
    resting = false;
    void say();
  };

  await connect();
  return {
    tell: (name, count) => {
      untold.set(name, (untold.get(name) ?? 0) + count);
      void say();
    },
    close: async () => {
      closed = true;
      clearTimeout(pause);
      const last = client;
      client = undefined;
      teller = undefined;
      // What is still untold costs the others their poll.
      await last?.end().catch(() => undefined);
    },
  };
}
