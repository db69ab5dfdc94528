import { type Ctx, crashPoint, ExpectedError, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { settleFreeOrder } from '../evidence/apply-evidence.ts';
import { personOf, takeCoupon } from './coupons.ts';
import { endOrder } from './end-order.ts';
import { holdOrder } from './hold-order.ts';
import { type Priced, priceLines } from './price-lines.ts';
import { type AskedLine, type QuotedLine, quoteLines, requireForSale, soldOnce } from './quote-lines.ts';
import { type OrderView, readOrder } from './show-order.ts';
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
const insertGift = statement<[id: string, lineId: string, email: string, giverName: string, message: string], never>(
  'payments.insert_gift',
  'insert into gifts (id, line_id, recipient_email, giver_name, message) values ($1, $2, $3, $4, $5)',
);
const noteTimeZone = statement<[orderId: string, timeZone: string], never>(
  'payments.note_order_time_zone',
  'update orders set time_zone = $2 where id = $1',
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
 *   mixed_currencies, buyer_email_needed, and the errors of coupons
 */
export function createOrder(deps: CreateDeps) {
  return async (input: OrderInput, ctx: Ctx): Promise<CreatedOrder> => {
    const buyer = readBuyer(input, ctx);
    const orderId = ctx.requestId ?? deps.ids.id();
    const lines = soldOnce(await quoteLines(deps, { lines: input.lines, ownerId: buyer.id }, ctx));
    if (!(await deps.db.row(readCreated, [orderId]))) {
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
      await write(deps, { orderId, buyer, person, lines, priced, country: input.country ?? '', now }, ctx);
      afterCommit();
    }
    await complete(deps, orderId, ctx);
    const order = await readOrder(deps, { orderId }, ctx);
    return { ...order, claimToken: claimTokenOf(deps, orderId, ctx) };
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

type NewOrder = {
  orderId: string;
  buyer: Buyer;
  person: string;
  lines: readonly QuotedLine[];
  priced: Priced;
  country: string;
  now: Date;
};

async function write(deps: CreateDeps, order: NewOrder, ctx: Ctx): Promise<void> {
  const { orderId, buyer, lines, priced, now } = order;
  const { subtotal, discount, tax, total } = priced.order;
  await deps.db.transaction(async (tx) => {
    const inserted = await tx.row(insertOrder, [
      orderId,
      buyer.id ?? `guest-${orderId}`,
      buyer.id,
      buyer.email,
      buyer.name,
      buyer.document,
      ctx.locale,
      order.country,
      priced.currency,
      subtotal,
      discount,
      tax,
      total,
      priced.coupon?.id ?? null,
      priced.coupon?.code ?? null,
      now.toISOString(),
      new Date(now.getTime() + deps.config.STOA_ORDER_MINUTES * 60_000).toISOString(),
    ]);
    if (!inserted) return;
    if (buyer.timeZone) await tx.run(noteTimeZone, [orderId, buyer.timeZone]);
    if (priced.coupon) await takeCoupon(tx, { couponId: priced.coupon.id, person: order.person });
    const rows = lines.map((line, position) => {
      const price = priced.order.lines[position];
      if (!price) throw new Error('a line has no price');
      return {
        ...line,
        id: deps.ids.id(),
        position,
        discount: price.discount,
        net: price.net,
        tax: price.tax,
        total: price.total,
        ruleId: price.rule?.id ?? null,
        taxName: price.rule?.name ?? '',
        taxRate: price.rule?.rate ?? 0,
        taxInclusive: price.rule?.inclusive ?? true,
        ownerId: line.purpose === 'own' ? buyer.id : null,
      };
    });
    const share = Math.round(deps.config.STOA_SELLER_SHARE * 100);
    await tx.run(insertLines, [orderId, JSON.stringify(rows), share]);
    for (const { id, gift } of rows) {
      if (!gift) continue;
      await tx.run(insertGift, [deps.ids.id(), id, gift.email, gift.name ?? buyer.name, gift.message ?? '']);
    }
  });
}

/** What is left to do once the order is written; done again after a crash between the two. */
async function complete(deps: CreateDeps, orderId: string, ctx: Ctx): Promise<void> {
  const order = await deps.db.row(readCreated, [orderId]);
  if (order?.state !== 'pending_payment') return;
  if (order.hold === 'none') {
    try {
      await holdOrder(deps, { orderId, expiresAt: new Date(order.expires_at) }, ctx);
    } catch (error) {
      if (error instanceof ExpectedError && error.code === 'item_not_for_sale') {
        const end = { orderId, as: 'cancelled', reason: 'operator' } as const;
        await deps.db.transaction((tx) => endOrder(deps, tx, end, ctx));
      }
      throw error;
    }
  }
  if (order.total === 0) await settleFreeOrder(deps)({ orderId }, ctx);
}
