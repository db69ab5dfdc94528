import { type Ctx, crashPoint, ExpectedError, gather, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { refuseErased } from '../erased-people.ts';
import { errors } from '../errors.ts';
import { settleFreeOrder } from '../evidence/apply-evidence.ts';
import { personOf, takeCoupon } from './coupons.ts';
import { endOrder } from './end-order.ts';
import { holdOrder } from './hold-order.ts';
import { type Priced, priceLines } from './price-lines.ts';
import { type AskedLine, type QuotedLine, quoteLines, requireForSale, soldOnce } from './quote-lines.ts';
import { newOrderView, type OrderView, readOrder } from './show-order.ts';
import { knownTimeZone } from './time-zone.ts';

export type OrderInput = {
  lines: readonly AskedLine[];
  coupon?: string | undefined;
  /** Of somebody without an account. */
  email?: string | undefined;
  name?: string | undefined;
  /** ISO 3166: whose taxes apply. */
  country?: string | undefined;
  /** CPF, CNPJ or another tax number, for the invoice. */
  document?: string | undefined;
  /** Where they are: an IANA name, for the days in mails to somebody without an account. */
  timeZone?: string | undefined;
};

type InsertedRow = { id: string };
export const insertOrder = statement<
  [
    id: string,
    buyerAccount: string,
    buyerId: string | null,
    email: string,
    name: string,
    document: string,
    locale: string,
    country: string,
    currency: string,
    subtotal: number,
    discount: number,
    tax: number,
    total: number,
    couponId: string | null,
    couponCode: string | null,
    createdAt: string,
    expiresAt: string,
  ],
  InsertedRow
>(
  'payments.insert_order',
  `insert into orders (id, number, buyer_account, buyer_id, buyer_email, buyer_name, buyer_document, locale, country, currency,
     subtotal, discount, tax, total, coupon_id, coupon_code, created_at, expires_at)
   select $1, to_char($16::timestamptz at time zone 'UTC', 'YYYY') || '-' || lpad(nextval('order_numbers')::text, 7, '0'),
     $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
   where not exists (select 1 from orders where id = $1)
   on conflict (id) do nothing returning id`,
);
export const insertLines = statement<[orderId: string, lines: string, defaultShare: number], never>(
  'payments.insert_order_lines',
  `insert into order_lines (id, order_id, position, sku, kind, quantity, title, summary, path, cover_url, seller_id, seller_name,
     seller_share, unit_price, discount, net, tax, total, tax_rule_id, tax_name, tax_rate, tax_inclusive, refund_days, purpose, owner_id, includes, hold_days)
   select l.id, $1, l.position, l.sku, l.kind, l.quantity, l.title, l.summary, l.path, l."coverUrl", l."sellerId", l."sellerName",
     coalesce(t.share, $3), l."unitPrice", l.discount, l.net, l.tax, l.total, l."ruleId", l."taxName", l."taxRate",
     l."taxInclusive", l."refundDays", l.purpose, l."ownerId", l.includes, t.hold_days
   from jsonb_to_recordset($2::jsonb) as l (id uuid, position smallint, sku text, kind text, quantity integer, title text,
     summary text, path text, "coverUrl" text, "sellerId" text, "sellerName" text, "unitPrice" bigint, discount bigint, net bigint,
     tax bigint, total bigint, "ruleId" uuid, "taxName" text, "taxRate" integer, "taxInclusive" boolean, "refundDays" integer,
     purpose text, "ownerId" uuid, includes jsonb)
   left join seller_terms t on t.seller_id = l."sellerId"`,
);
/** An order as it is written with others. */
type OrderToWrite = {
  id: string;
  buyerAccount: string;
  buyerId: string | null;
  email: string;
  name: string;
  document: string;
  locale: string;
  timeZone: string;
  country: string;
  currency: string;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
  couponId: string | null;
  couponCode: string | null;
  createdAt: string;
  expiresAt: string;
};
const insertOrders = statement<[orders: string, lines: string, defaultShare: number], { id: string; number: string }>(
  'payments.insert_orders',
  `with written as (
     insert into orders (id, number, buyer_account, buyer_id, buyer_email, buyer_name, buyer_document, locale, time_zone, country,
       currency, subtotal, discount, tax, total, coupon_id, coupon_code, created_at, expires_at)
     select g.id, to_char(g."createdAt" at time zone 'UTC', 'YYYY') || '-' || lpad(nextval('order_numbers')::text, 7, '0'),
       g."buyerAccount", g."buyerId", g.email, g.name, g.document, g.locale, g."timeZone", g.country, g.currency, g.subtotal, g.discount, g.tax,
       g.total, g."couponId", g."couponCode", g."createdAt", g."expiresAt"
     from jsonb_to_recordset($1::jsonb) as g (id uuid, "buyerAccount" text, "buyerId" uuid, email text, name text, document text,
       locale text, "timeZone" text, country text, currency text, subtotal bigint, discount bigint, tax bigint, total bigint, "couponId" uuid,
       "couponCode" text, "createdAt" timestamptz, "expiresAt" timestamptz)
     where (select o.id from orders o where o.id = g.id) is null and not is_erased(g."buyerId")
     on conflict (id) do nothing returning id, number
   ), lines as (
     insert into order_lines (id, order_id, position, sku, kind, quantity, title, summary, path, cover_url, seller_id, seller_name,
       seller_share, unit_price, discount, net, tax, total, tax_rule_id, tax_name, tax_rate, tax_inclusive, refund_days, purpose, owner_id, includes, hold_days)
     select l.id, w.id, l.position, l.sku, l.kind, l.quantity, l.title, l.summary, l.path, l."coverUrl", l."sellerId", l."sellerName",
       coalesce(t.share, $3), l."unitPrice", l.discount, l.net, l.tax, l.total, l."ruleId", l."taxName", l."taxRate",
       l."taxInclusive", l."refundDays", l.purpose, l."ownerId", l.includes, t.hold_days
     from jsonb_to_recordset($2::jsonb) as l ("orderId" uuid, id uuid, position smallint, sku text, kind text, quantity integer, title text,
       summary text, path text, "coverUrl" text, "sellerId" text, "sellerName" text, "unitPrice" bigint, discount bigint, net bigint,
       tax bigint, total bigint, "ruleId" uuid, "taxName" text, "taxRate" integer, "taxInclusive" boolean, "refundDays" integer,
       purpose text, "ownerId" uuid, includes jsonb)
     join written w on w.id = l."orderId"
     left join seller_terms t on t.seller_id = l."sellerId"
   )
   select id, number from written`,
);
const insertGift = statement<[id: string, lineId: string, email: string, giverName: string, message: string], never>(
  'payments.insert_gift',
  'insert into gifts (id, line_id, recipient_email, giver_name, message) values ($1, $2, $3, $4, $5)',
);
type CreatedRow = { state: string; hold: string; total: number; expires_at: string };
const readCreated = statement<[id: string], CreatedRow>(
  'payments.read_created_order',
  'select state, hold, total, expires_at from orders where id = $1',
);
const afterCommit = crashPoint('payments.create_order.after_commit');

type CreateDeps = Pick<PaymentDeps, 'db' | 'sockets' | 'jobs' | 'clock' | 'ids' | 'config' | 'tokens' | 'publicUrl'>;
export type CreatedOrder = OrderView & {
  /** Opens the order to somebody without an account; null for those who have one. */
  claimToken: string | null;
};

/**
 * Makes an order of what is asked for, at the prices of the markets, and holds it until it is paid or expires. One that
 * costs nothing is settled at once. Asked again with the same idempotency key it is the same order.
 * @throws item_unknown, item_not_for_sale, item_is_free, item_already_owned, item_not_giftable, quantity_too_large,
 *   mixed_currencies, buyer_email_needed, and the errors of coupons; invalid_token once the account is gone
 */
export function createOrder(deps: CreateDeps) {
  return async (input: OrderInput, ctx: Ctx): Promise<CreatedOrder> => {
    const buyer = readBuyer(input, ctx);
    const orderId = ctx.requestId ?? deps.ids.id();
    const claimToken = claimTokenOf(deps, orderId, ctx);
    const [quoted, known] = await Promise.all([
      quoteLines(deps, { lines: input.lines, ownerId: buyer.id }, ctx),
      // Only a request that may be a repeated one can have made it already.
      ctx.requestId === undefined ? undefined : deps.db.row(readCreated, [orderId]),
    ]);
    const lines = soldOnce(quoted);
    if (!known) {
      requireForSale(lines);
      const now = deps.clock.now();
      const person = personOf({ buyerId: buyer.id, email: buyer.email });
      const priced = await priceLines(deps, {
        lines,
        couponCode: input.coupon,
        country: input.country ?? '',
        person,
        now,
      });
      const written = await write(
        deps,
        { orderId, buyer, person, lines, priced, country: input.country ?? '', now },
        ctx,
      );
      afterCommit();
      if (written) {
        const { order } = written;
        await hold(deps, { orderId, expiresAt: order.expiresAt, lines: written.toHold }, ctx);
        if (order.total > 0) return { ...written.view(), claimToken };
        await settleFreeOrder(deps)({ orderId }, ctx);
        return { ...(await readOrder(deps, { orderId }, ctx)), claimToken };
      }
      // Nothing is written of a buyer who is gone.
      if (buyer.id) await refuseErased(deps.db, buyer.id);
    }
    await complete(deps, orderId, ctx);
    return { ...(await readOrder(deps, { orderId }, ctx)), claimToken };
  };
}

/** What opens an order to somebody without an account; null for those who have one. */
export function claimTokenOf({ tokens }: Pick<CreateDeps, 'tokens'>, orderId: string, ctx: Ctx): string | null {
  return ctx.actor.kind === 'user' ? null : tokens.make('order', orderId);
}

type Buyer = { id: string | null; email: string; name: string; document: string; timeZone: string };

function readBuyer(input: OrderInput, ctx: Ctx): Buyer {
  const document = (input.document ?? '').replace(/[.\-/\s]/g, '');
  if (ctx.actor.kind === 'user') {
    const { userId, email, name } = ctx.actor;
    // Their zone is that of their profile.
    return { id: userId, email, name: input.name ?? name, document, timeZone: '' };
  }
  if (!input.email) throw errors.buyer_email_needed();
  const timeZone = knownTimeZone(input.timeZone ?? '');
  return { id: null, email: input.email, name: input.name ?? '', document, timeZone };
}

type PricedLine = Priced['order']['lines'][number];

type NewOrder = {
  orderId: string;
  buyer: Buyer;
  person: string;
  lines: readonly QuotedLine[];
  priced: Priced;
  country: string;
  now: Date;
};

type Written = {
  order: OrderToWrite;
  /** As the markets are asked to hold them. */
  toHold: { kind: string; sku: string; quantity: number; owner_id: string | null; title: string }[];
  view: () => OrderView;
};

/** @returns undefined when it was written already, or its buyer is gone */
async function write(deps: CreateDeps, given: NewOrder, ctx: Ctx): Promise<Written | undefined> {
  const { orderId, buyer, lines, priced, now } = given;
  const { subtotal, discount, tax, total } = priced.order;
  const order: OrderToWrite = {
    id: orderId,
    buyerAccount: buyer.id ?? `guest-${orderId}`,
    buyerId: buyer.id,
    email: buyer.email,
    name: buyer.name,
    document: buyer.document,
    locale: ctx.locale,
    timeZone: buyer.timeZone,
    country: given.country,
    currency: priced.currency,
    subtotal,
    discount,
    tax,
    total,
    couponId: priced.coupon?.id ?? null,
    couponCode: priced.coupon?.code ?? null,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + deps.config.STOA_ORDER_MINUTES * 60_000).toISOString(),
  };
  const rows = lines.map((line, position) =>
    toRow(deps, { order, line, position, price: priced.order.lines[position] }),
  );
  const isPlain = !priced.coupon && rows.every(({ gift }) => !gift);
  const inserted = isPlain
    ? await writeTogether(deps)({ order, rows })
    : await writeAlone(deps, { order, rows, couponId: priced.coupon?.id, person: given.person });
  if (inserted === null) return undefined;
  return {
    order,
    toHold: rows.map(({ kind, sku, quantity, title, ownerId }) => ({ kind, sku, quantity, title, owner_id: ownerId })),
    view: () =>
      newOrderView({
        id: orderId,
        number: inserted,
        buyer_id: order.buyerId,
        buyer_email: order.email,
        buyer_name: order.name,
        country: order.country,
        currency: order.currency,
        subtotal,
        discount,
        tax,
        total,
        coupon_code: order.couponCode,
        created_at: order.createdAt,
        expires_at: order.expiresAt,
        lines: rows.map((row) => ({
          id: row.id,
          sku: row.sku,
          quantity: row.quantity,
          title: row.title,
          summary: row.summary,
          path: row.path,
          cover_url: row.coverUrl,
          seller_name: row.sellerName,
          unit_price: row.unitPrice,
          discount: row.discount,
          tax: row.tax,
          tax_name: row.taxName,
          tax_rate: row.taxRate,
          tax_inclusive: row.taxInclusive,
          total: row.total,
          refund_days: row.refundDays,
          purpose: row.purpose,
          includes: row.includes,
          gift: row.gift
            ? { id: row.giftId, recipientEmail: row.gift.email, message: row.gift.message ?? '', state: 'waiting' }
            : null,
        })),
      }),
  };
}

type LineToWrite = ReturnType<typeof toRow>;
function toRow(
  { ids }: Pick<CreateDeps, 'ids'>,
  {
    order,
    line,
    position,
    price,
  }: { order: OrderToWrite; line: QuotedLine; position: number; price: PricedLine | undefined },
) {
  if (!price) throw new Error('a line has no price');
  return {
    ...line,
    orderId: order.id,
    id: ids.id(),
    giftId: ids.id(),
    position,
    discount: price.discount,
    net: price.net,
    tax: price.tax,
    total: price.total,
    ruleId: price.rule?.id ?? null,
    taxName: price.rule?.name ?? '',
    taxRate: price.rule?.rate ?? 0,
    taxInclusive: price.rule?.inclusive ?? true,
    ownerId: line.purpose === 'own' ? order.buyerId : null,
  };
}

type Plain = { order: OrderToWrite; rows: LineToWrite[] };
const shareOf = ({ config }: Pick<CreateDeps, 'config'>) => Math.round(config.STOA_SELLER_SHARE * 100);

/** Orders that are made at the same moment are written in one statement. Gives their numbers; null is one that was there, or not to be. */
const writing = new WeakMap<CreateDeps['db'], (one: Plain) => Promise<string | null>>();
function writeTogether(deps: CreateDeps): (one: Plain) => Promise<string | null> {
  const known = writing.get(deps.db);
  if (known) return known;
  const writeAll = gather<Plain, string | null>({
    most: 32,
    apart: ({ order }) => order.id,
    work: async (all) => {
      const orders = JSON.stringify(all.map(({ order }) => order));
      const lines = JSON.stringify(all.flatMap(({ rows }) => rows));
      const written = await deps.db.rows(insertOrders, [orders, lines, shareOf(deps)]);
      const numbers = new Map(written.map(({ id, number }) => [id, number]));
      return all.map(({ order }) => numbers.get(order.id) ?? null);
    },
  });
  writing.set(deps.db, writeAll);
  return writeAll;
}

/** Writes an order with its coupon and its gifts. */
function writeAlone(
  deps: CreateDeps,
  { order, rows, couponId, person }: Plain & { couponId: string | undefined; person: string },
): Promise<string | null> {
  return deps.db.transaction(async (tx) => {
    const written = await tx.row(insertOrders, [JSON.stringify([order]), JSON.stringify(rows), shareOf(deps)]);
    if (!written) return null;
    if (couponId) await takeCoupon(tx, { couponId, person });
    for (const { id, giftId, gift } of rows)
      if (gift) tx.last(insertGift, [giftId, id, gift.email, gift.name ?? order.name, gift.message ?? '']);
    return written.number;
  });
}

/** Holds a new order's items; gives it up when a market has nothing left. @throws item_not_for_sale */
async function hold(
  deps: CreateDeps,
  { orderId, expiresAt, lines }: { orderId: string; expiresAt: string; lines?: Written['toHold'] },
  ctx: Ctx,
): Promise<void> {
  try {
    await holdOrder(deps, { orderId, expiresAt: new Date(expiresAt), ...(lines ? { lines } : {}) }, ctx);
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'item_not_for_sale') {
      const end = { orderId, as: 'cancelled', reason: 'operator' } as const;
      await deps.db.transaction((tx) => endOrder(deps, tx, end, ctx));
    }
    throw error;
  }
}

/** What is left to do once the order is written; done again after a crash between the two. */
async function complete(deps: CreateDeps, orderId: string, ctx: Ctx): Promise<void> {
  const order = await deps.db.row(readCreated, [orderId]);
  if (order?.state !== 'pending_payment') return;
  if (order.hold === 'none') await hold(deps, { orderId, expiresAt: order.expires_at }, ctx);
  if (order.total === 0) await settleFreeOrder(deps)({ orderId }, ctx);
}
