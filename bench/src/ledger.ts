import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { contextUrl, openDatabase, provision, systemIds } from '@stoa/kernel';
import { payments } from '@stoa/payments';
import pg from 'pg';
import { postLast } from '../../platform/payments/src/ledger/post.ts';
import { postSale } from '../../platform/payments/src/ledger/postings.ts';
import { inTurn, type Rate, type Rates, timed } from './in-turn.ts';
import { poolSize } from './programs.ts';
import { people, personId, type World, withDatabase } from './world.ts';

/** What ours was compared with: PostgreSQL's own load program, or a loop over the driver where there is none. */
export type LedgerFigures = Rates & { against: 'pgbench' | 'driver' };

const seller = personId(1);
const buyerOf = (n: number) => personId(1 + (n % people));

/**
 * Sales posted to the books, each in a transaction of its own, on as many connections as the platform has: through our
 * `post`, and the same SQL by pgbench.
 * @param options.pgbench its path; looked for when undefined, done without when null
 */
export function measureLedger(
  world: World,
  options: { seconds: number; rounds: number; pgbench?: string | null },
): Promise<LedgerFigures> {
  return withDatabase(world, 'bench_books', async (url) => {
    await provision(url, [payments]);
    const pgbench = options.pgbench === undefined ? await findPgbench() : options.pgbench;
    const own = contextUrl(url, 'payments');
    const db = openDatabase({ context: 'payments', url: own, max: poolSize });
    const pool = new pg.Pool({ connectionString: own, max: poolSize });
    const script = join(world.home, 'post.sql');
    await writeFile(script, pgbenchScript);
    let turn = 0;
    const ours = (seconds: number) =>
      loop(seconds, async () => {
        turn += 1;
        const posting = saleOf(turn);
        await db.transaction(async (tx) => postLast(tx, systemIds, { postings: [posting], at: new Date() }));
      });
    const driver = (seconds: number) =>
      loop(seconds, async () => {
        turn += 1;
        const id = systemIds.id();
        const entries = entriesOf(buyerOf(turn));
        const client = await pool.connect();
        try {
          await client.query('begin');
          await client.query({
            name: 'post',
            text: 'select post_transactions($1::jsonb) as posted',
            values: [
              JSON.stringify([
                { id, key: `sale:${id}`, kind: 'sale', orderId: id, at: new Date().toISOString(), entries },
              ]),
            ],
          });
          await client.query('commit');
        } finally {
          client.release();
        }
      });
    const limit = pgbench ? (seconds: number) => runPgbench(pgbench, { url: own, script, seconds }) : driver;
    try {
      const warmUp = Math.min(options.seconds, 2);
      await ours(warmUp);
      await limit(warmUp);
      const rates = await inTurn(
        {
          title: `Ledger posting (a sale), beside ${pgbench ? 'pgbench' : 'the driver alone'} with the same SQL`,
          goal: null,
          rounds: options.rounds,
        },
        { ours: () => ours(options.seconds), limit: () => limit(options.seconds) },
      );
      const broken = await db.pool.query('select subject, why from verify_ledger()');
      if (broken.rows.length > 0) throw new Error(`the books are broken: ${JSON.stringify(broken.rows[0])}`);
      return { ...rates, against: pgbench ? 'pgbench' : 'driver' };
    } finally {
      await pool.end();
      await db.close();
    }
  });
}

/** Works on all connections until the time is over. */
async function loop(seconds: number, one: () => Promise<void>): Promise<Rate> {
  const until = performance.now() + seconds * 1000;
  let done = 0;
  const rate = await timed(1, async () => {
    await Promise.all(
      Array.from({ length: poolSize }, async () => {
        while (performance.now() < until) {
          await one();
          done += 1;
        }
      }),
    );
  });
  return { perSecond: rate.perSecond * done, cpuMicros: rate.cpuMicros && rate.cpuMicros / done };
}

function saleOf(n: number) {
  return postSale({
    orderId: systemIds.id(),
    buyer: buyerOf(n),
    currency: 'BRL',
    country: 'BR',
    lines: [{ id: systemIds.id(), net: 4410, tax: 490, total: 4900, sellerId: seller, sellerShare: 7000 }],
  });
}

/** The same entries. */
function entriesOf(buyer: string): object[] {
  const line = systemIds.id();
  const entry = (kind: string, holder: string, amount: number) => ({
    kind,
    holder,
    currency: 'BRL',
    amount,
    lineId: line,
  });
  return [
    entry('buyer', buyer, 4900),
    entry('seller', seller, -3087),
    entry('revenue', 'platform', -1323),
    entry('tax', 'BR', -490),
  ];
}

const sqlBuyer = `'${personId(0).slice(0, 24)}' || lpad(to_hex(:person::integer), 12, '0')`;
const sqlEntry = (kind: string, holder: string, amount: number) =>
  `jsonb_build_object('kind', '${kind}', 'holder', ${holder}, 'currency', 'BRL', 'amount', ${amount}, 'lineId', line)`;
/** Ids and entries are made by the database, because pgbench cannot: some microseconds a posting. */
const pgbenchScript = `\\set person random(1, ${people})
begin;
select post_transactions(jsonb_build_array(jsonb_build_object('id', id, 'key', 'sale:' || id, 'kind', 'sale', 'orderId', id,
  'at', now(), 'entries', jsonb_build_array(${[
    sqlEntry('buyer', sqlBuyer, 4900),
    sqlEntry('seller', `'${seller}'`, -3087),
    sqlEntry('revenue', "'platform'", -1323),
    sqlEntry('tax', "'BR'", -490),
  ].join(', ')})))) as posted from (select uuidv7() as id, uuidv7() as line) made;
commit;
`;

/** On the path, else among the server's own programs, where Debian keeps them. */
async function findPgbench(): Promise<string | null> {
  const versions = '/usr/lib/postgresql';
  const folders = (process.env.PATH ?? '').split(delimiter);
  try {
    folders.push(...readdirSync(versions).map((version) => join(versions, version, 'bin')));
  } catch {
    // Not such a system; the path is all there is.
  }
  for (const folder of folders) {
    const file = join(folder, 'pgbench');
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

async function runPgbench(
  program: string,
  { url, script, seconds }: { url: string; script: string; seconds: number },
): Promise<Rate> {
  // The password goes by the environment, where neither a list of processes nor an error shows it.
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const { stdout } = await promisify(execFile)(
    program,
    [
      ...['-n', '-M', 'prepared', '-c', String(poolSize), '-j', '1', '-T', String(Math.max(1, Math.round(seconds)))],
      ...['-f', script, address.href],
    ],
    { env: { ...process.env, PGPASSWORD: password } },
  );
  const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1];
  const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  if (!(perSecond > 0) || (failed !== undefined && failed !== '0')) throw new Error(`pgbench says:\n${stdout}`);
  return { perSecond, cpuMicros: undefined };
}
