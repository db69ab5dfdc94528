import type pg from 'pg';
import { copyCourses, fullCourses, insertCourses, people, sqlId } from './world.ts';

/** What grows, with the context that owns it. Of each there are as many rows as there are courses. */
const tables = [
  'courses.courses',
  'enrollment.courses',
  'enrollment.enrollments',
  'enrollment.lesson_progress',
  'identity.users',
  'payments.orders',
  'payments.order_lines',
] as const;
const step = 50_000;

/**
 * Fills an installation up to a number of courses, people, enrollments and orders, each person in one of the courses with
 * lessons and with one order. As a bulk load would: foreign keys are not checked, indexes are built at the end.
 */
export async function growWorld(client: pg.Client, size: number): Promise<void> {
  await client.query('set synchronous_commit = off');
  await client.query("set maintenance_work_mem = '512MB'");
  await client.query('set session_replication_role = replica');
  await withoutIndexes(client, async () => {
    await fillUp(client, 'courses.courses', size, async (first, last) => {
      await insertCourses(client, first, last);
      await copyCourses(client, first, last);
    });
    for (const [table, sql] of Object.entries(inserts))
      await fillUp(client, table, size, (first, last) => client.query(sql, [first, last]));
  });
  await client.query('set session_replication_role = origin');
  for (const table of tables) await client.query(`vacuum analyze ${table}`);
  await client.query('checkpoint');
}

/** By table; `$1` and `$2` are the numbers of the first and the last. Times are spread over a year. */
const inserts: Record<string, string> = {
  'identity.users': `insert into identity.users (id, email, email_key, name, locale, email_verified_at, sessions_valid_after, created_at, updated_at)
    select ${sqlId('9000', 'p')}, 'person' || p || '@bench.example', 'person' || p || '@bench.example', 'Person ' || p, 'en', now(),
      '2020-01-01', now() - interval '1 second' * ((p * 7919::bigint) % 30000000), now() from generate_series($1::int, $2::int) p`,
  'enrollment.enrollments': `insert into enrollment.enrollments (id, user_id, course_id, reason, learner_name, enrolled_at, last_activity_at)
    select ${sqlId('c000', 'p')}, ${sqlId('9000', 'p')}, ${sqlId('8000', `1 + p % ${fullCourses}`)}, 'free', 'Person ' || p,
      now() - interval '1 second' * ((p * 7919::bigint) % 30000000), now() from generate_series($1::int, $2::int) p`,
  'enrollment.lesson_progress': `insert into enrollment.lesson_progress (enrollment_id, lesson_id, position_seconds, watched, watched_seconds)
    select ${sqlId('c000', 'p')}, ${sqlId('a000', `(1 + p % ${fullCourses}) * 100 + 1`)}, 30, '{[0,30)}', 30
    from generate_series($1::int, $2::int) p where p > ${people}`,
  'payments.orders': `insert into payments.orders (id, number, state, buyer_account, buyer_id, buyer_email, buyer_name, locale, currency, subtotal,
      discount, tax, total, created_at, expires_at, paid_at)
    select ${sqlId('d000', 'n')}, 'B-' || n, case when n % 1000 = 0 then 'refunded' else 'paid' end, ${sqlId('9000', 'n')}::text, ${sqlId('9000', 'n')},
      'person' || n || '@bench.example', 'Person ' || n, 'en', 'BRL', 4900, 0, 0, 4900, at, at, at
    from generate_series($1::int, $2::int) n, lateral (select now() - interval '1 second' * ((n * 7919::bigint) % 30000000) as at) t`,
  'payments.order_lines': `insert into payments.order_lines (id, order_id, position, sku, kind, quantity, title, seller_id, seller_share, unit_price,
      discount, net, tax, total)
    select ${sqlId('e000', 'n')}, ${sqlId('d000', 'n')}, 1, 'course:' || n, 'course', 1, 'Reading a balance sheet, part ' || n, 'somebody', 7000, 4900,
      0, 4900, 0, 4900
    from generate_series($1::int, $2::int) n`,
};

async function fillUp(
  client: pg.Client,
  table: string,
  size: number,
  insert: (first: number, last: number) => Promise<unknown>,
): Promise<void> {
  const begun = Date.now();
  // Rows of the load itself are few beside these, and progress has ten for each of the first people.
  const known = table === 'enrollment.lesson_progress' ? 'enrollment_id' : 'id';
  const { rows } = await client.query(
    `select coalesce(max(('x' || right(${known}::text, 12))::bit(48)::bigint), 0) as n from ${table}
     where ${known}::text like '01980000-0000-7000-%'`,
  );
  for (let first = Number(rows[0].n) + 1; first <= size; first += step)
    await insert(first, Math.min(size, first + step - 1));
  if (Date.now() - begun > 5000) console.log(`  ${table}: ${Math.round((Date.now() - begun) / 1000)} s`);
}

/** Runs work while the tables have no indexes but those of their constraints. */
async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = any($1::regclass[]) and not exists (select from pg_constraint where conindid = indexrelid)`,
    [[...tables]],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await work();
  for (const { name, definition } of rows) {
    const begun = Date.now();
    await client.query(String(definition));
    if (Date.now() - begun > 5000) console.log(`  index ${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
  }
}
