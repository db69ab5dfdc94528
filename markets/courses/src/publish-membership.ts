import { MembershipChanged } from '@stoa/contracts';
import { type Ctx, type Deps, emit, statement, type Transaction } from '@stoa/kernel';
import { errors } from './errors.ts';
import { editMembership, findMembership, includedCourses, type MembershipRow } from './membership-tables.ts';

const setState = statement<[id: string, state: string], never>(
  'courses.set_membership_state',
  `update memberships set state = $2, version = version + 1, updated_at = now(),
     published_at = case when $2 = 'published' then coalesce(published_at, now()) else published_at end
   where id = $1`,
);

type Own = Pick<Deps, 'db' | 'ids'>;

/**
 * Offers a membership. Publishing a published one changes nothing.
 * @throws membership_not_found, membership_not_ready
 */
export function publishMembership(own: Own) {
  return (id: string, ctx: Ctx): Promise<void> =>
    moveTo(own, { id, state: 'published' }, ctx, (row) => {
      requireReady(row);
      return row.state !== 'published';
    });
}

/**
 * Offers a membership to nobody new. Whoever has subscribed keeps it and renews it.
 * @throws membership_not_found
 */
export function archiveMembership(own: Own) {
  return (id: string, ctx: Ctx): Promise<void> =>
    moveTo(own, { id, state: 'archived' }, ctx, (row) => row.state !== 'archived');
}

async function moveTo(
  { db, ids }: Own,
  { id, state }: { id: string; state: 'published' | 'archived' },
  ctx: Ctx,
  isMove: (row: MembershipRow) => boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!isMove(await editMembership(tx, id, ctx))) return;
    await tx.run(setState, [id, state]);
    const row = await findMembership(tx, id);
    if (row) await announceMembership(tx, row, { ctx, ids });
  });
}

/** Something to read, something to pay and something to get. @throws membership_not_ready */
export function requireReady(row: MembershipRow): void {
  if (!row.summary || row.course_count === 0 || !row.plans.some((plan) => plan.offered))
    throw errors.membership_not_ready();
}

/**
 * Says how a membership looks now; nobody is told of one that never was offered. The caller has raised its version in
 * this transaction.
 */
export async function announceMembership(
  tx: Transaction,
  row: MembershipRow,
  { ctx, ids }: { ctx: Ctx; ids: Own['ids'] },
): Promise<void> {
  if (row.published_at === null) return;
  const courseIds = row.scope === 'courses' ? await includedCourses(tx, row.id) : [];
  await emit(tx, ctx, ids, {
    event: MembershipChanged,
    aggregate: row.id,
    version: row.version,
    data: {
      membership: {
        id: row.id,
        slug: row.slug,
        name: row.name,
        names: Object.fromEntries(
          Object.entries(row.translations).flatMap(([language, { name }]) => (name ? [[language, name]] : [])),
        ),
        sellerId: row.seller_id ?? '',
        scope: row.scope,
        courseIds,
        state: row.state,
        version: row.version,
        plans: row.plans.map(({ id, interval, amount, currency, offered }) => ({
          id,
          interval,
          price: { amount: BigInt(amount), currency },
          offered,
        })),
      },
    },
  });
}
