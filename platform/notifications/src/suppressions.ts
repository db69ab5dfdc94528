import { type Ctx, type Deps, Page, type Queries, requireRole, statement, Timestamp, toPage } from '@stoa/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';
import { idCursor } from './id-cursor.ts';

export const suppressionReasons = ['bounce', 'complaint', 'unsubscribe', 'opt_out', 'bad_address'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** An address that is not written to any more. */
export const Suppression = z.strictObject({
  id: z.string(),
  channel: z.enum(['email', 'sms']),
  address: z.string(),
  reason: z.enum(suppressionReasons),
  detail: z.string().nullable(),
  createdAt: Timestamp,
});
export const SuppressionPage = Page(Suppression);

const insertSuppression = statement<
  [id: string, channel: string, address: string, reason: string, detail: string | null, now: string]
>(
  'notifications.insert_suppression',
  `insert into suppressions (id, channel, address, reason, detail, created_at) values ($1, $2, lower($3), $4, $5, $6)
   on conflict (channel, address) do nothing`,
);
const findSuppression = statement<[channel: string, address: string], { reason: SuppressionReason }>(
  'notifications.find_suppression',
  'select reason from suppressions where channel = $1 and address = lower($2)',
);
const liftByAddress = statement<[channel: string, address: string]>(
  'notifications.lift_suppression_of_address',
  'delete from suppressions where channel = $1 and address = lower($2)',
);
const liftById = statement<[id: string]>('notifications.lift_suppression', 'delete from suppressions where id = $1');
type Row = Omit<z.output<typeof Suppression>, 'createdAt'> & { created_at: string };
const list = statement<[pattern: string | null, channel: string | null, before: string | null, limit: number], Row>(
  'notifications.list_suppressions',
  `select id, channel, address, reason, detail, created_at from suppressions
   where ($1::text is null or address like $1) and ($2::text is null or channel = $2) and ($3::uuid is null or id < $3)
   order by id desc limit $4`,
);

type Suppress = { channel: 'email' | 'sms'; address: string; reason: SuppressionReason; detail: string | null };

/** Stops writing to an address. The first reason is kept. */
export async function suppressAddress(
  db: Queries,
  deps: Pick<Deps, 'ids' | 'clock'>,
  { channel, address, reason, detail }: Suppress,
): Promise<void> {
  await db.run(insertSuppression, [deps.ids.id(), channel, address, reason, detail, deps.clock.now().toISOString()]);
}

/**
 * Why an address is not written to, if it is not. Somebody who complained or unsubscribed still gets what protects
 * their account: they have asked for it themselves a moment ago.
 */
export async function suppressionOf(
  db: Queries,
  { channel, address, security }: { channel: 'email' | 'sms'; address: string; security: boolean },
): Promise<SuppressionReason | undefined> {
  const reason = (await db.row(findSuppression, [channel, address]))?.reason;
  if (security && (reason === 'complaint' || reason === 'unsubscribe')) return undefined;
  return reason;
}

/** Writes to an address again: its owner said so. */
export async function liftSuppressionOf(db: Queries, channel: 'email' | 'sms', address: string): Promise<void> {
  await db.run(liftByAddress, [channel, address]);
}

type Query = { q?: string | undefined; channel?: string | undefined; limit: number; cursor?: string | undefined };

/** Addresses that are not written to, newest first. For support. @throws validation_failed for a foreign cursor */
export function listSuppressions(deps: Pick<Deps, 'db'>) {
  return async (input: Query, ctx: Ctx): Promise<z.output<typeof SuppressionPage>> => {
    requireRole(ctx, 'support');
    const before = idCursor(input.cursor, ctx.locale);
    const text = input.q?.trim().toLowerCase();
    const pattern = text ? `%${text.replace(/[\\%_]/g, '\\$&')}%` : null;
    const rows = await deps.db.rows(list, [pattern, input.channel ?? null, before, input.limit + 1]);
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.id],
      item: ({ created_at: createdAt, ...row }) => ({ ...row, createdAt }),
    });
  };
}

/** Writes to an address again. For support. @throws suppression_not_found */
export function liftSuppression(deps: Pick<Deps, 'db'>) {
  return async ({ id }: { id: string }, ctx: Ctx): Promise<undefined> => {
    requireRole(ctx, 'support');
    if ((await deps.db.run(liftById, [id])) === 0) throw errors.suppression_not_found();
  };
}
