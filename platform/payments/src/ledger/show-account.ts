import { type Ctx, type Deps, requireRole, statement, toPage } from '@stoa/kernel';
import { errors } from '../errors.ts';
import { pagePlace } from '../page-place.ts';

type HeadRow = { account: string; kind: string; holder: string; currency: string; debit: number; credit: number };
const readAccount = statement<[id: string], HeadRow>(
  'payments.read_account',
  `select a.id as account, a.kind, a.holder, a.currency,
     coalesce(sum(e.amount) filter (where e.amount > 0), 0) as debit,
     coalesce(-sum(e.amount) filter (where e.amount < 0), 0) as credit
   from accounts a left join ledger_entries e on e.account = a.id
   where a.id = $1 group by a.id`,
);
type EntryRow = {
  id: string;
  line: number;
  occurred_at: string;
  kind: string;
  amount: number;
  order_id: string | null;
  order_number: string | null;
  title: string | null;
};
const readEntries = statement<
  [account: string, before: string | null, beforeId: string | null, beforeLine: number | null, limit: number],
  EntryRow
>(
  'payments.read_account_entries',
  `select t.id, e.line, t.occurred_at, t.kind, e.amount, t.order_id, o.number as order_number, l.title
   from ledger_entries e
   join ledger_transactions t on t.id = e.transaction_id
   left join orders o on o.id = t.order_id
   left join order_lines l on l.id = e.order_line_id
   where e.account = $1 and ($2::timestamptz is null or (t.occurred_at, t.id, e.line) < ($2, $3::uuid, $4::smallint))
   order by t.occurred_at desc, t.id desc, e.line desc limit $5`,
);

/** One line of a transaction in an account. Positive is a debit. */
export type AccountEntry = {
  id: string;
  at: string;
  kind: string;
  amount: number;
  orderId: string | null;
  orderNumber: string | null;
  title: string | null;
};
export type AccountStatement = HeadRow & { balance: number; items: AccountEntry[]; nextCursor?: string };

/** Everything booked to one account, newest first. @throws not_signed_in, not_allowed, account_not_found */
export function showAccount(deps: Pick<Deps, 'db'>) {
  return async (
    input: { account: string; limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<AccountStatement> => {
    requireRole(ctx, 'support');
    const place = pagePlace(input.cursor, 3);
    const [head, rows] = await Promise.all([
      deps.db.row(readAccount, [input.account]),
      deps.db.rows(readEntries, [input.account, ...place, input.limit + 1]),
    ]);
    if (!head) throw errors.account_not_found();
    return {
      ...head,
      balance: head.debit - head.credit,
      ...toPage(rows, {
        limit: input.limit,
        key: (row) => [row.occurred_at, row.id, row.line],
        item: ({ id, line, occurred_at, order_id, order_number, ...row }) => ({
          ...row,
          id: `${id}:${line}`,
          at: occurred_at,
          orderId: order_id,
          orderNumber: order_number,
        }),
      }),
    };
  };
}
