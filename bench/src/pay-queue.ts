import { randomUUID } from 'node:crypto';
import { EnrollmentService, MarketService } from '@stoa/contracts';
import {
  type Context,
  type Ctx,
  createLog,
  type Database,
  type Deps,
  defineContext,
  loadConfig,
  newTraceparent,
  type Queries,
  served,
  startHost,
  systemIds,
} from '@stoa/kernel';
import { paymentsWith } from '@stoa/payments';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { startPayment } from '../../platform/payments/src/attempts/start-payment.ts';
import { paymentSettings } from '../../platform/payments/src/config.ts';
import { chargeJob } from '../../platform/payments/src/jobs.ts';
import { openTokens } from '../../platform/payments/src/tokens.ts';
import { inTurn, type Rate, type Rates, timed } from './in-turn.ts';
import { instant, instantName } from './instant-provider.ts';
import { poolSize } from './programs.ts';
import { median } from './statistics.ts';
import { emailOf, people, personId, type World, withDatabase } from './world.ts';

/** The comparison, and payments per second through the queue library with an empty handler and nothing else at all. */
export type PayQueueFigures = Rates & { bare: number; start: Trips; work: Trips };

/**
 * Statements a payment sends outside of transactions, transactions, and statements inside of those. Of one payment these
 * are fractions: those that come together share them.
 */
type Trips = { alone: number; transactions: number; inside: number };
const noTrips = (): Trips => ({ alone: 0, transactions: 0, inside: 0 });

/** How many payments are started at a time. */
const atOnce = 16;

/**
 * Payments from `startPayment` to the end of the worker's job, in which the order is paid, booked and invoiced. The limit
 * is the queue library alone with the same number of workers: for each payment it makes as many round trips to the
 * database as ours (they are counted, not assumed), in as many transactions, and each of them selects a constant; it
 * sends the same job in the same kind of transaction, and its handler does nothing else. What ours sends once for several
 * payments the limit sends once for as many.
 */
export function measurePayQueue(world: World, options: { count: number; rounds: number }): Promise<PayQueueFigures> {
  return withDatabase(world, 'bench_queue', (url) => measure(url, world.home, options));
}

async function measure(
  url: string,
  home: string,
  { count, rounds }: { count: number; rounds: number },
): Promise<PayQueueFigures> {
  const trips = { start: noTrips(), work: noTrips() };
  let finished = countdown(0);
  const held: { given?: Deps } = {};
  const host = await startHost({
    contexts: [watched({ trips: trips.work, held, worked: () => finished.one() }), market],
    databaseUrl: url,
    publicUrl: 'http://localhost',
    home,
    settings: { STOA_SANDBOX: 'off' },
    log: createLog({ level: 'warn' }),
    poolSize,
  });
  const { given } = held;
  if (!given) throw new Error('payments was not created');
  const start = startPayment({
    ...given,
    db: counting(given.db, trips.start),
    sockets: { markets: { kinds: [], absent: [], of: () => undefined } },
    config: loadConfig(paymentSettings, {}),
    providers: [instant],
    tokens: openTokens('bench'),
  });
  let paid = 0;
  const ours = async (many: number): Promise<Rate> => {
    const orders = await makeOrders(given.db, many);
    finished = countdown(many);
    const rate = await timed(many, async () => {
      await each(many, (n) => start({ orderId: orders[n] ?? '', provider: instantName }, buyer(n)));
      await finished.done;
    });
    paid += many;
    await host.settle();
    const { rows } = await given.db.pool.query("select count(*)::int as n from orders where state = 'paid'");
    if (rows[0]?.n !== paid) throw new Error(`${rows[0]?.n} orders are paid, not ${paid}`);
    return rate;
  };
  const library = await openLibrary(url, () => finished.one());
  const limit = async (many: number, trip: { start: Trips; work: Trips }): Promise<Rate> => {
    finished = countdown(many);
    library.workDoes(trip.work);
    const send = library.sends(trip.start);
    return timed(many, async () => {
      await each(many, send);
      await finished.done;
    });
  };
  try {
    const warm = Math.max(atOnce, Math.round(count / 4));
    await ours(warm);
    const share = (of: Trips): Trips => ({
      alone: of.alone / warm,
      transactions: of.transactions / warm,
      inside: of.inside / warm,
    });
    const same = { start: share(trips.start), work: share(trips.work) };
    await limit(warm, same);
    const rates = await inTurn(
      { title: 'Payment through the queue, beside the queue library with the same round trips', goal: 0.8, rounds },
      { ours: () => ours(count), limit: () => limit(count, same) },
    );
    const bare: Rate[] = [];
    for (let n = 0; n < Math.min(rounds, 3); n += 1)
      bare.push(await limit(count, { start: { ...noTrips(), transactions: 1 }, work: noTrips() }));
    return { ...rates, bare: median(bare.map(({ perSecond }) => perSecond)), ...same };
  } finally {
    await library.close();
    await host.close();
  }
}

/** Does something many times, a few at once. */
async function each(many: number, one: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, many) }, async () => {
      while (next < many) await one(next++);
    }),
  );
}

function countdown(from: number): { one: () => void; done: Promise<void> } {
  let left = from;
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    one: () => {
      left -= 1;
      if (left === 0) end();
    },
    done,
  };
}

const buyer = (n: number): Ctx => {
  const person = 1 + (n % people);
  return {
    actor: {
      kind: 'user',
      userId: personId(person),
      roles: ['student'],
      email: emailOf(person),
      emailVerified: true,
      name: `Person ${person}`,
    },
    locale: 'en',
    traceparent: newTraceparent(),
  };
};

/** Orders as `createOrder` leaves them: held, waiting to be paid, of one course each. @returns their ids */
async function makeOrders(db: Database, many: number): Promise<string[]> {
  const ids = Array.from({ length: many }, () => systemIds.id());
  const buyers = ids.map((_id, n) => personId(1 + (n % people)));
  await db.pool.query(
    `insert into orders (id, number, buyer_account, buyer_id, buyer_email, buyer_name, locale, country, currency, subtotal,
       discount, tax, total, hold, expires_at)
     select id, to_char(now(), 'YYYY') || '-' || lpad(nextval('order_numbers')::text, 7, '0'), buyer, buyer::uuid,
       'somebody@bench.example', 'Somebody', 'en', 'BR', 'BRL', 4900, 0, 0, 4900, 'held', now() + interval '1 hour'
     from unnest($1::uuid[], $2::text[]) as made (id, buyer)`,
    [ids, buyers],
  );
  await db.pool.query(
    `insert into order_lines (id, order_id, position, sku, kind, quantity, title, seller_id, seller_name, seller_share,
       unit_price, discount, net, tax, total, owner_id)
     select line, id, 0, 'course:' || id, 'course', 1, 'Reading a balance sheet', $4, 'Inês Carvalho', 7000, 4900, 0, 4900, 0,
       4900, buyer::uuid
     from unnest($1::uuid[], $2::text[], $3::uuid[]) as made (id, buyer, line)`,
    [ids, buyers, ids.map(() => systemIds.id()), personId(1)],
  );
  return ids;
}

/** Payments itself, whose statements are counted and whose finished jobs are told. */
function watched(watch: { trips: Trips; held: { given?: Deps }; worked: () => void }): Context {
  const payments = paymentsWith(() => [instant]);
  return {
    ...payments,
    create: async (given) => {
      watch.held.given = given;
      const parts = await payments.create({ ...given, db: counting(given.db, watch.trips) });
      const jobs = parts.jobs?.map((handler) =>
        handler.type.name !== chargeJob.name
          ? handler
          : {
              ...handler,
              run: async (...input: Parameters<typeof handler.run>) => {
                await handler.run(...input);
                watch.worked();
              },
            },
      );
      return { ...parts, ...(jobs ? { jobs } : {}) };
    },
  };
}

function counting(db: Database, trips: Trips): Database {
  const count = (queries: Queries, where: 'alone' | 'inside'): Queries => ({
    rows: (statement, params) => {
      trips[where] += 1;
      return queries.rows(statement, params);
    },
    row: (statement, params) => {
      trips[where] += 1;
      return queries.row(statement, params);
    },
    run: (statement, params) => {
      trips[where] += 1;
      return queries.run(statement, params);
    },
  });
  return {
    ...db,
    ...count(db, 'alone'),
    transaction: (work) => {
      trips.transactions += 1;
      return db.transaction((tx) =>
        work({
          ...tx,
          ...count(tx, 'inside'),
          last: (statement, params) => {
            trips.inside += 1;
            tx.last(statement, params);
          },
          lastRow: (statement, params) => {
            trips.inside += 1;
            return tx.lastRow(statement, params);
          },
        }),
      );
    },
  };
}

/** Sells everything; nothing asks it, because the orders are made already. */
const market: Context = defineContext({
  name: 'market',
  migrations: new URL('../no-migrations/', import.meta.url),
  plugs: [{ contract: MarketService, kinds: ['course'] }],
  serves: EnrollmentService,
  create: () => ({
    api: { getMemberships: async () => ({}), getAccess: async () => ({}) },
    plugs: [
      served(MarketService, {
        quote: async () => ({ items: [] }),
        hold: async () => ({ refusedSkus: [] }),
        release: async () => ({}),
      }),
    ],
  }),
});

type Travelling = Record<keyof Trips, () => number>;

/** Whole round trips of one payment after the other that come to a payment's share in the end. */
function travelling({ alone, transactions, inside }: Trips): Travelling {
  const inWhole = (share: number) => {
    let owed = 0;
    return () => {
      owed += share;
      // A share such as a third, added up, misses the whole by the last digit.
      const whole = Math.floor(owed + 1e-6);
      owed -= whole;
      return whole;
    };
  };
  return {
    alone: inWhole(alone),
    transactions: inWhole(transactions),
    inside: inWhole(transactions === 0 ? 0 : inside / transactions),
  };
}

/** The queue library by itself, with connections as ours has them. */
async function openLibrary(url: string, worked: () => void) {
  const pool = new pg.Pool({ connectionString: url, max: poolSize });
  const boss = new PgBoss({ connectionString: url, max: 3, useListenNotify: true, schema: 'alone' });
  const failures: unknown[] = [];
  boss.on('error', (error) => failures.push(error));
  await boss.start();
  await boss.createQueue('work', { notify: true });
  const nothing = { name: 'nothing', text: 'select $1::text as nothing' };
  const select = (on: pg.Pool | pg.PoolClient) => on.query({ ...nothing, values: [randomUUID()] });
  let does = travelling(noTrips());
  const travel = async (trips: Travelling, within?: (client: pg.PoolClient) => Promise<unknown>): Promise<void> => {
    for (let left = trips.alone(); left > 0; left -= 1) await select(pool);
    const transactions = trips.transactions();
    for (let n = 0; n < transactions; n += 1) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        for (let left = trips.inside(); left > 0; left -= 1) await select(client);
        if (n === 0) await within?.(client);
        await client.query('commit');
      } finally {
        client.release();
      }
    }
  };
  for (let n = 0; n < (chargeJob.options.concurrency ?? 1); n += 1) {
    let id: string | undefined;
    id = await boss.work(
      'work',
      { batchSize: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 },
      async () => {
        if (id) boss.notifyWorker(id);
        await travel(does);
        worked();
      },
    );
  }
  return {
    workDoes: (trips: Trips) => {
      does = travelling(trips);
    },
    sends: (trips: Trips) => {
      if (trips.transactions < 1) throw new Error('a job is sent in a transaction of its payment');
      const starts = travelling(trips);
      return () =>
        travel(starts, async (client) => {
          const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values ?? []) };
          const data = { data: { attemptId: randomUUID(), act: 'create' }, traceparent: newTraceparent() };
          await boss.send('work', data, { db });
        });
    },
    close: async () => {
      await boss.stop({ graceful: true, close: true });
      await pool.end();
      if (failures.length > 0) throw failures[0];
    },
  };
}
