import { type Ctx, requireRole, type Statement, statement, toPage } from '@stoa/kernel';
import { type OrderState, orderStates } from '../core/book.ts';
import type { PaymentDeps } from '../deps.ts';
import { pagePlace } from '../page-place.ts';

type Money = { amount: number; currency: string };
type Row = {
  id: string;
  number: string;
  state: OrderState;
  buyer_email: string;
  currency: string;
  total: number;
  refunded: number;
  titles: string[];
  flagged: boolean;
  created_at: string;
};
type Asks = Statement<readonly unknown[], Row>;

// A statement for each way of asking, so that the planner sees only the conditions that are there and each finds its index.
// `flagged` is not an `exists`: for as many rows as the planner expects without knowing the limit, it would read all evidence.
const asks = (name: string, condition: string, limit: number): Asks =>
  statement(
    `payments.${name}`,
    `select o.id, o.number, o.state, o.buyer_email, o.currency, o.total, o.refunded, o.created_at,
       array(select l.title from order_lines l where l.order_id = o.id order by l.position) as titles,
       coalesce((select true from evidence e where e.order_id = o.id and e.flagged and e.resolved_at is null limit 1), false) as flagged
     from orders o where ${condition} order by o.created_at desc, o.id desc limit $${limit}`,
  );
const behind = '(o.created_at, o.id) < ($1::timestamptz, $2::uuid)';
/** Parameters: the place of the page if it is not the first, and the limit. */
const inOrder = (name: string, condition: string) => ({
  first: asks(`list_orders_${name}`, condition, 1),
  after: asks(`list_orders_${name}_after`, `${behind} and ${condition}`, 3),
});
const everything = inOrder('of_all', 'true');
// The state stands in the text: by a parameter nobody could tell that the index of the rare ones will do.
const ofState = new Map(orderStates.map((state) => [state, inOrder(state, `o.state = '${state}'`)]));
/** Few orders have it in common. Parameters: the place, or nulls, and the state, or null; what is looked for; the limit. */
const having = (name: string, condition: string): Asks =>
  asks(
    `find_orders_by_${name}`,
    `${condition} and ($1::timestamptz is null or ${behind}) and ($3::text is null or o.state = $3)`,
    5,
  );
const byId = having('id', '(o.id = $4::uuid or o.buyer_id = $4::uuid)');
const byEmail = having('email', 'lower(o.buyer_email) = lower($4)');
const byNumber = having('number', 'o.number = $4');

export type ConsoleOrder = {
  id: string;
  number: string;
  state: OrderState;
  buyerEmail: string;
  total: Money;
  refunded: Money;
  titles: string[];
  flagged: boolean;
  createdAt: string;
};
type Input = {
  limit: number;
  cursor?: string | undefined;
  state?: OrderState | undefined;
  q?: string | undefined;
};

/** Every order, newest first; `q` is a number, an id of an order or a buyer, or an e-mail address. @throws not_signed_in, not_allowed */
export function listAllOrders({ db }: Pick<PaymentDeps, 'db'>) {
  return async (
    { limit, cursor, state, q }: Input,
    ctx: Ctx,
  ): Promise<{ items: ConsoleOrder[]; nextCursor?: string }> => {
    requireRole(ctx, 'support');
    const [at, id] = pagePlace(cursor);
    const wanted = q?.trim();
    const list = (state && ofState.get(state)) || everything;
    const rows = await (wanted
      ? db.rows(wayToFind(wanted), [at, id, state ?? null, wanted, limit + 1])
      : at === null
        ? db.rows(list.first, [limit + 1])
        : db.rows(list.after, [at, id, limit + 1]));
    return toPage(rows, {
      limit,
      key: (row) => [row.created_at, row.id],
      item: ({ buyer_email, currency, total, refunded, created_at, ...row }) => ({
        ...row,
        buyerEmail: buyer_email,
        total: { amount: total, currency },
        refunded: { amount: refunded, currency },
        createdAt: created_at,
      }),
    });
  };
}

function wayToFind(wanted: string): Asks {
  if (wanted.includes('@')) return byEmail;
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(wanted) ? byId : byNumber;
}
