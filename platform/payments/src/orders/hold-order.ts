import { type Ctx, crashPoint, gather, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { marketCtx } from './quote-lines.ts';

type LineRow = { kind: string; sku: string; quantity: number; owner_id: string | null; title: string };
const listLines = statement<[orderId: string], LineRow>(
  'payments.list_lines_to_hold',
  'select kind, sku, quantity, owner_id, title from order_lines where order_id = $1 order by position',
);
const noteHeld = statement<[orderIds: string[]], never>(
  'payments.note_orders_held',
  "update orders set hold = 'held' where id = any($1::uuid[]) and hold in ('none', 'released') and state = 'pending_payment'",
);
const isReleasing = statement<[orderId: string], { id: string }>(
  'payments.is_order_releasing',
  "select id from orders where id = $1 and hold = 'releasing'",
);
const noteReleased = statement<[orderId: string], never>(
  'payments.note_order_released',
  "update orders set hold = 'released' where id = $1 and hold = 'releasing'",
);
const afterHold = crashPoint('payments.hold.after_market');

type Held = Pick<PaymentDeps, 'db' | 'sockets'>;
type ToHold = { orderId: string; expiresAt: Date; lines?: readonly LineRow[] };

/** Those that are held at the same moment are noted in one statement. */
const noting = new WeakMap<Held['db'], (orderId: string) => Promise<true>>();
function noteTogether({ db }: Held): (orderId: string) => Promise<true> {
  const known = noting.get(db);
  if (known) return known;
  const note = gather<string, true>({
    most: 64,
    work: async (orderIds) => {
      await db.run(noteHeld, [[...orderIds]]);
      return orderIds.map(() => true as const);
    },
  });
  noting.set(db, note);
  return note;
}

/**
 * Asks the markets to hold what an order names, until `expiresAt`. Repeatable: a market holds once per order.
 * @param order.lines for callers that have just written them
 * @returns the title of the first item that cannot be held, `null` when all are
 */
export async function holdAtMarkets(
  deps: Held,
  { orderId, expiresAt, lines: known }: ToHold,
  ctx: Ctx,
): Promise<string | null> {
  const lines = known ?? (await deps.db.rows(listLines, [orderId]));
  for (const kind of new Set(lines.map((line) => line.kind))) {
    const own = lines.filter((line) => line.kind === kind);
    const market = deps.sockets.markets.of(kind);
    if (!market) return own[0]?.title ?? kind;
    const { refusedSkus } = await market.hold(
      {
        orderId,
        lines: own.map(({ sku, quantity }) => ({ sku, quantity })),
        ownerId: own.find((line) => line.owner_id !== null)?.owner_id ?? '',
        expiresAt: expiresAt.toISOString(),
      },
      marketCtx(ctx),
    );
    afterHold();
    if (refusedSkus.length > 0) return own.find((line) => refusedSkus.includes(line.sku))?.title ?? kind;
  }
  return null;
}

/**
 * Holds a new order's items and notes it.
 * @throws item_not_for_sale if a market has nothing left to hold; the caller then gives the order up
 */
export async function holdOrder(deps: Held, order: ToHold, ctx: Ctx): Promise<void> {
  const refused = await holdAtMarkets(deps, order, ctx);
  if (refused !== null) throw errors.item_not_for_sale({ params: { title: refused } });
  await noteTogether(deps)(order.orderId);
}

/** Lets the markets have back what an order held. Repeatable. */
export function releaseHold(deps: Held) {
  return async ({ orderId }: { orderId: string }, ctx: Ctx): Promise<void> => {
    // Paid in the meantime: what it holds is the buyer's.
    if (!(await deps.db.row(isReleasing, [orderId]))) return;
    const lines = await deps.db.rows(listLines, [orderId]);
    for (const kind of new Set(lines.map((line) => line.kind))) {
      await deps.sockets.markets.of(kind)?.release({ orderId }, marketCtx(ctx));
    }
    await deps.db.run(noteReleased, [orderId]);
  };
}
