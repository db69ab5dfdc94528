import { crashPoint } from '../crash-points.ts';
import { type Database, statement } from '../db/database.ts';
import type { Envelope } from './event.ts';

const sequence = statement<[], { given: number }>(
  'kernel.sequence_outbox',
  `with last as (select coalesce(max(position), 0) as position from outbox),
   visible as (select seq, row_number() over (order by seq) as n from outbox where position is null order by seq limit 5000),
   given as (
     update outbox set position = last.position + visible.n from visible, last
     where outbox.seq = visible.seq returning 1
   )
   select count(*) as given from given`,
);

// Waits for the sequencer of another process, so that the next statement sees the positions it gave.
const lock = statement<[], never>(
  'kernel.lock_outbox',
  `select pg_advisory_xact_lock(hashtextextended('stoa.outbox.' || current_schema(), 0))`,
);

const state = statement<[], { pending: boolean; head: number }>(
  'kernel.outbox_state',
  `select exists (select 1 from outbox where position is null) as pending,
          (select coalesce(max(position), 0) from outbox) as head`,
);

const beforePositions = crashPoint('kernel.relay.before_positions');
const afterPositions = crashPoint('kernel.relay.after_positions');

type OutboxRow = {
  id: string;
  type: string;
  subject: string;
  time: string;
  traceparent: string;
  partition_key: string;
  aggregate_version: number | null;
  data: Envelope['data'];
  position: number;
};
const readAfter = statement<[after: number, limit: number], OutboxRow>(
  'kernel.read_outbox',
  `select id, type, subject, time, traceparent, partition_key, aggregate_version, data, position
   from outbox where position > $1 order by position limit $2`,
);

/**
 * The readable side of a context's outbox. `read` answers at once when there is something after the position, else
 * when something comes, or with nothing after `waitMs`.
 */
export type EventFeed = {
  read: (options: { after: number; limit: number; waitMs: number }) => Promise<Envelope[]>;
  /** Called after a commit that wrote the outbox, and by the poll that is the net under it. */
  wake: () => void;
  close: () => Promise<void>;
};

/**
 * Milliseconds until the next sequencing when rows were written during the last. A row that comes alone gets its position
 * at once; under load, rows get theirs together, instead of with a transaction for every few of them.
 */
const restMs = 10;

/**
 * Opens the feed of a context: gives positions to new outbox rows (one sequencer at a time, by an advisory lock that
 * ends with its transaction) and hands rows to readers. Within one aggregate, `seq` follows commit order because the
 * aggregate's row is locked before its event is written; across aggregates any order is right.
 */
export function openFeed(db: Database, options: { pollMs?: number; onError: (error: unknown) => void }): EventFeed {
  const waiters = new Set<() => void>();
  let running: Promise<void> | undefined;
  let again = false;
  let resting = false;
  let closed = false;
  // Counts what was sequenced, so that a reader notices news that came between its query and its wait.
  let version = 0;
  let head = 0;
  const wakeReaders = () => {
    version += 1;
    for (const waiter of [...waiters]) waiter();
  };

  const sequenceAll = async (): Promise<void> => {
    do {
      again = false;
      beforePositions();
      // One round trip in all. Each statement has a snapshot of its own: the second is taken with the lock held.
      const { sequenced } = await db.transaction(async (tx) => {
        tx.last(lock, []);
        return { sequenced: tx.lastRow(sequence, []) };
      });
      const given = (await sequenced)?.given ?? 0;
      afterPositions();
      if (given > 0) wakeReaders();
      if (given === 5000) again = true;
    } while (again && !closed);
  };

  const wake = (): void => {
    if (closed) return;
    if (resting) return;
    if (running) {
      again = true;
      return;
    }
    running = sequenceAll()
      .catch(options.onError)
      .finally(() => {
        running = undefined;
        if (!again || closed) return;
        again = false;
        resting = true;
        setTimeout(() => {
          resting = false;
          wake();
        }, restMs).unref();
      });
  };

  const poll = setInterval(() => {
    if (running) return;
    // Another process may have written, or been killed before it could wake anyone.
    db.row(state, [])
      .then((row) => {
        if (row?.pending) wake();
        if (row && row.head > head) {
          head = row.head;
          wakeReaders();
        }
      })
      .catch(options.onError);
  }, options.pollMs ?? 1000);
  poll.unref();

  const news = (waitMs: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      waiters.add(done);
    });

  return {
    wake,
    read: async ({ after, limit, waitMs }) => {
      const seen = version;
      const found = await db.rows(readAfter, [after, limit]);
      if (found.length > 0 || waitMs <= 0 || closed) return found.map((row) => toEnvelope(db.context, row));
      if (version === seen) await news(waitMs);
      if (closed) return [];
      const rows = await db.rows(readAfter, [after, limit]);
      return rows.map((row) => toEnvelope(db.context, row));
    },
    close: async () => {
      closed = true;
      clearInterval(poll);
      wakeReaders();
      await running;
    },
  };
}

function toEnvelope(source: string, row: OutboxRow): Envelope {
  return {
    id: row.id,
    source,
    type: row.type,
    subject: row.subject,
    time: row.time,
    traceparent: row.traceparent,
    partitionkey: row.partition_key,
    aggregateversion: row.aggregate_version,
    data: row.data,
    position: row.position,
  };
}
