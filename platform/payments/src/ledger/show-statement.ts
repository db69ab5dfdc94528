import { type Ctx, type Deps, hasRole, requireRole, requireUser, statement, toPage } from '@stoa/kernel';
import { pagePlace } from '../page-place.ts';
import { toCsv, toDecimal } from './csv.ts';

type BalanceRow = { currency: string; balance: number; earned: number; returned: number; paid_out: number };
const readBalances = statement<[sellerId: string], BalanceRow>(
  'payments.read_seller_balances',
  `select e.currency, -sum(e.amount) as balance,
     -coalesce(sum(e.amount) filter (where t.kind = 'sale'), 0) as earned,
     coalesce(sum(e.amount) filter (where t.kind in ('return', 'dispute_lost')), 0) as returned,
     coalesce(sum(e.amount) filter (where t.kind in ('payout', 'payout_returned')), 0) as paid_out
   from ledger_entries e
   join accounts a on a.id = e.account and a.kind = 'seller' and a.holder = $1
   join ledger_transactions t on t.id = e.transaction_id
   group by e.currency order by e.currency`,
);
type EntryRow = {
  id: string;
  line: number;
  occurred_at: string;
  kind: string;
  currency: string;
  amount: number;
  order_number: string | null;
  title: string | null;
};
const readEntries = statement<
  [sellerId: string, before: string | null, beforeId: string | null, beforeLine: number | null, limit: number],
  EntryRow
>(
  'payments.read_seller_entries',
  `select t.id, e.line, t.occurred_at, t.kind, e.currency, -e.amount as amount, o.number as order_number, l.title
   from ledger_entries e
   join accounts a on a.id = e.account and a.kind = 'seller' and a.holder = $1
   join ledger_transactions t on t.id = e.transaction_id
   left join orders o on o.id = t.order_id
   left join order_lines l on l.id = e.order_line_id
   where $2::timestamptz is null or (t.occurred_at, t.id, e.line) < ($2, $3::uuid, $4::smallint)
   order by t.occurred_at desc, t.id desc, e.line desc limit $5`,
);

export type StatementEntry = {
  id: string;
  at: string;
  /** sale, return, dispute_lost or payout. */
  kind: string;
  amount: { amount: number; currency: string };
  orderNumber: string | null;
  title: string | null;
};
export type SellerStatement = {
  balances: { currency: string; balance: number; earned: number; returned: number; paidOut: number }[];
  items: StatementEntry[];
  nextCursor?: string;
};

/**
 * What a seller earned, gave back and was paid, newest first, and what is owed to them now. Positive is in their favour.
 * @throws not_signed_in, not_allowed if somebody else's is asked for by other than support
 */
export function showStatement(deps: Pick<Deps, 'db'>) {
  return async (
    input: { sellerId?: string | undefined; limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<SellerStatement> => {
    const sellerId = authorize(input.sellerId, ctx);
    const place = pagePlace(input.cursor, 3);
    const [balances, rows] = await Promise.all([
      deps.db.rows(readBalances, [sellerId]),
      deps.db.rows(readEntries, [sellerId, ...place, input.limit + 1]),
    ]);
    return {
      balances: balances.map(({ paid_out, ...row }) => ({ ...row, paidOut: paid_out })),
      ...toPage(rows, { limit: input.limit, key: (row) => [row.occurred_at, row.id, row.line], item: toEntry }),
    };
  };
}

/** The whole statement as a spreadsheet reads it. @throws not_signed_in, not_allowed */
export function exportStatement(deps: Pick<Deps, 'db'>) {
  return async (input: { sellerId?: string | undefined }, ctx: Ctx): Promise<string> => {
    const sellerId = authorize(input.sellerId, ctx);
    const rows = await deps.db.rows(readEntries, [sellerId, null, null, null, 100_000]);
    return toCsv(
      ['at', 'kind', 'order', 'title', 'amount', 'currency'],
      rows.map((row) => [
        row.occurred_at,
        row.kind,
        row.order_number ?? '',
        row.title ?? '',
        toDecimal(row.amount, row.currency),
        row.currency,
      ]),
    );
  };
}

function authorize(sellerId: string | undefined, ctx: Ctx): string {
  if (sellerId !== undefined && hasRole(ctx, 'support')) return sellerId;
  requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
  const user = requireUser(ctx);
  if (sellerId !== undefined && sellerId !== user.userId) requireRole(ctx, 'support');
  return user.userId;
}

function toEntry(row: EntryRow): StatementEntry {
  return {
    id: `${row.id}:${row.line}`,
    at: row.occurred_at,
    kind: row.kind,
    amount: { amount: row.amount, currency: row.currency },
    orderNumber: row.order_number,
    title: row.title,
  };
}
