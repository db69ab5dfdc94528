import { setTimeout as sleep } from 'node:timers/promises';
import { provision } from '@stoa/kernel';
import autocannon from 'autocannon';
import type pg from 'pg';
import { contexts } from '../../apps/server/src/contexts.ts';
import { instantName } from './instant-provider.ts';
import { type Program, startShop } from './programs.ts';
import { median } from './statistics.ts';
import { courseId, insertCourses, people, type World, withClient, withDatabase } from './world.ts';

/** Orders from the first request to paid. Latencies in milliseconds from the order to its payment, under full load. */
export type CheckoutFigures = { perSecond: number; p50: number; p99: number; cpuMicros: number | undefined };

const courses = 200;

/**
 * Whole checkouts over HTTP: a signed-in buyer orders a course and pays it, the worker charges it, the order is paid,
 * booked and invoiced, all in one process. It counts until the last order is paid, not until the last answer.
 */
export function measureCheckout(
  world: World,
  { seconds, rounds, connections }: { seconds: number; rounds: number; connections: number },
): Promise<CheckoutFigures> {
  return withDatabase(world, 'bench_shop', async (url) => {
    await provision(url, contexts);
    const shop = await startShop(world, url);
    try {
      return await withClient(url, async (client) => {
        await stock(client);
        const begin = { turn: 0 };
        const each = Math.max(2, Math.round(seconds * 4));
        const run = () => checkOut(world, { shop, client, begin, connections, each });
        await run();
        // As the server does by itself within a minute: the statements were planned while all tables were empty.
        await client.query('analyze');
        const runs: CheckoutFigures[] = [];
        for (let round = 0; round < rounds; round += 1) runs.push(await run());
        const cpu = runs.flatMap(({ cpuMicros }) => (cpuMicros === undefined ? [] : [cpuMicros]));
        return {
          perSecond: median(runs.map(({ perSecond }) => perSecond)),
          p50: median(runs.map(({ p50 }) => p50)),
          p99: median(runs.map(({ p99 }) => p99)),
          cpuMicros: cpu.length > 0 ? median(cpu) : undefined,
        };
      });
    } finally {
      await shop.stop();
    }
  });
}

/** Courses with a price, in both contexts that know courses. */
async function stock(client: pg.Client): Promise<void> {
  await insertCourses(client, 1, courses);
  await client.query("update courses.courses set price_amount = 4900, price_currency = 'BRL'");
  await client.query(
    `insert into enrollment.courses (id, slug, title, language, instructor_id, instructor_name, state, version,
       duration_seconds, lesson_count, price_amount, price_currency)
     select id, slug, title, language, instructor_id, instructor_name, state, version, duration_seconds, lesson_count,
       price_amount, price_currency from courses.courses`,
  );
}

type Run = {
  shop: Program;
  client: pg.Client;
  /** Where buyers and courses go on, so that nobody buys a course twice. */
  begin: { turn: number };
  connections: number;
  /** Orders per connection. */
  each: number;
};

async function checkOut(world: World, { shop, client, begin, connections, each }: Run): Promise<CheckoutFigures> {
  const count = connections * each;
  const cpuBefore = shop.cpuSeconds();
  const { rows: before } = await client.query('select now() as at');
  const begun = performance.now();
  let refused: string | undefined;
  const post = (token: string, path: string, body: object) => ({
    method: 'POST' as const,
    path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    autocannon(
      {
        url: shop.url,
        connections,
        amount: 2 * count,
        pipelining: 1,
        requests: [
          {
            setupRequest: (request, context: { token?: string; orderId?: string }) => {
              const { turn } = begin;
              begin.turn += 1;
              context.token = world.token(1 + (turn % people));
              const course = courseId(1 + ((turn + Math.floor(turn / people)) % courses));
              return { ...request, ...post(context.token, '/api/orders', { lines: [{ sku: `course:${course}` }] }) };
            },
            onResponse: (status, body, context: { orderId?: string }) => {
              const answer: unknown = JSON.parse(body);
              if (status !== 201) refused ??= body;
              if (typeof answer === 'object' && answer && 'id' in answer) context.orderId = String(answer.id);
            },
          },
          {
            setupRequest: (request, context: { token?: string; orderId?: string }) => ({
              ...request,
              ...post(context.token ?? '', `/api/orders/${context.orderId}/payments`, { provider: instantName }),
            }),
            onResponse: (status, body) => {
              if (status !== 202) refused ??= body;
            },
          },
        ],
      },
      (error, done) => (error ? reject(error) : resolve(done)),
    );
  });
  if (refused || result.errors > 0) throw new Error(`a checkout was refused: ${refused ?? `${result.errors} errors`}`);
  for (;;) {
    const { rows } = await client.query(
      `select count(*) filter (where state = 'paid')::int as paid, count(*)::int as made,
         percentile_cont(array[0.5, 0.99]) within group (order by extract(epoch from paid_at - created_at) * 1000) as ms
       from payments.orders where created_at >= $1`,
      [before[0].at],
    );
    const [row] = rows;
    if (row.paid === count && row.made === count) {
      const seconds = (performance.now() - begun) / 1000;
      const cpuAfter = shop.cpuSeconds();
      return {
        perSecond: count / seconds,
        p50: Number(row.ms[0]),
        p99: Number(row.ms[1]),
        cpuMicros:
          cpuBefore === undefined || cpuAfter === undefined ? undefined : ((cpuAfter - cpuBefore) * 1e6) / count,
      };
    }
    if (performance.now() - begun > 300_000)
      throw new Error(`${row.paid} of ${row.made} orders are paid, not ${count}`);
    await sleep(20);
  }
}
