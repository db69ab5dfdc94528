import {
  type Ctx,
  crashPoint,
  derivedId,
  ExpectedError,
  requireUser,
  statement,
  violatedConstraint,
} from '@stoa/kernel';
import { divideIntoParts, dueAt, type PricePart } from '../core/instalments.ts';
import { taxed } from '../core/price-order.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { personOf, takeCoupon } from '../orders/coupons.ts';
import { endOrder } from '../orders/end-order.ts';
import { buyerIdOf, type Priced, priceLines } from '../orders/price-lines.ts';
import { type AskedLine, type QuotedLine, quoteLines, requireForSale } from '../orders/quote-lines.ts';
import { hasLive, lockOrder } from '../subscriptions/renew-subscriptions.ts';
import { lockPlan, type PlanItem, type PlanRow, readPlan } from './plan-rows.ts';
import { type PlanView, toPlanView } from './show-plans.ts';
import { writeFirstOrder } from './write-part.ts';

type Money = { amount: number; currency: string };
export type InstalmentsInput = {
  lines: readonly AskedLine[];
  coupon?: string | undefined;
  country?: string | undefined;
  name?: string | undefined;
  document?: string | undefined;
};

const insertPlan = statement<
  [
    id: string,
    buyerId: string,
    email: string,
    name: string,
    document: string,
    locale: string,
    country: string,
    sku: string,
    title: string,
    sellerId: string,
    item: string,
    currency: string,
    parts: number,
    surcharge: number,
    couponCode: string | null,
    at: string,
  ],
  { id: string }
>(
  'payments.insert_instalment_plan',
  `insert into instalment_plans (id, buyer_id, buyer_email, buyer_name, buyer_document, locale, country, sku, title, seller_id, item,
     currency, parts, surcharge, coupon_code, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (id) do nothing returning id`,
);
const insertParts = statement<[planId: string, parts: string], never>(
  'payments.insert_instalment_parts',
  `insert into instalment_parts (plan_id, part, due_at, list_price, price, surcharge, total)
   select $1, part, "dueAt", "listPrice", price, surcharge, total from jsonb_to_recordset($2::jsonb) as t (part smallint,
     "dueAt" timestamptz, "listPrice" bigint, price bigint, surcharge bigint, total bigint)`,
);
const findRunning = statement<
  [buyerId: string, sku: string],
  { id: string; state: string; open_order_id: string | null }
>(
  'payments.find_running_instalment_plan',
  `select id, state, open_order_id from instalment_plans where buyer_id = $1 and sku = $2 and state not in ('completed', 'canceled')`,
);
const giveUp = statement<[id: string, at: string], never>(
  'payments.give_up_instalment_plan',
  "update instalment_plans set state = 'canceled', ended_at = $2 where id = $1 and state = 'incomplete'",
);
const afterCommit = crashPoint('payments.begin_instalments.after_commit');

type QuoteDeps = Pick<PaymentDeps, 'db' | 'clock' | 'sockets'>;
type Deps = QuoteDeps & Pick<PaymentDeps, 'ids' | 'jobs' | 'config' | 'publicUrl'>;
type ScheduledPart = PricePart & { dueAt: string; total: number };
type Offer = {
  line: QuotedLine;
  terms: NonNullable<QuotedLine['instalments']>;
  priced: Priced;
  schedule: ScheduledPart[];
};

/**
 * What one thing for oneself costs in parts. With a coupon, that comes off before it is divided.
 * @throws item_unknown, item_not_for_sale, item_already_owned and their like, instalments_one_item,
 *   instalments_running, instalments_not_offered, and the errors of coupons
 */
async function offerInParts(
  deps: QuoteDeps,
  input: Pick<InstalmentsInput, 'lines' | 'coupon' | 'country'>,
  { ownerId, person }: { ownerId: string | null; person: string | null },
  ctx: Ctx,
): Promise<Offer> {
  const [line, ...others] = await quoteLines(deps, { lines: input.lines, ownerId }, ctx);
  if (!line) throw errors.item_unknown({ params: { sku: '' } });
  const isMany = others.length > 0 || line.quantity !== 1 || line.purpose !== 'own' || line.parts.length > 0;
  if (isMany) throw errors.instalments_one_item();
  // Whoever pays for it in parts has it, and hears that it is so rather than that it is not for sale.
  if (ownerId && (await isRunning(deps, ownerId, line.sku)))
    throw errors.instalments_running({ params: { title: line.title } });
  requireForSale([line]);
  const terms = line.instalments;
  if (!terms) throw errors.instalments_not_offered({ params: { title: line.title } });
  const now = deps.clock.now();
  const country = input.country ?? '';
  const priced = await priceLines(deps, { lines: [line], couponCode: input.coupon, country, person, now });
  const { subtotal, discount, lines } = priced.order;
  const parts = divideIntoParts({ subtotal, price: subtotal - discount, currency: priced.currency }, terms);
  if (!parts) throw errors.instalments_not_offered({ params: { title: line.title } });
  const rule = lines[0]?.rule ?? null;
  const schedule = parts.map((part) => ({
    ...part,
    dueAt: dueAt(now, part.part).toISOString(),
    total: taxed(part.price, rule).total,
  }));
  return { line, terms, priced, schedule };
}

export type InstalmentsQuote = {
  offer: {
    sku: string;
    title: string;
    parts: number;
    /** Ten-thousandths of the price. */
    surcharge: number;
    /** What it costs more than at once; nothing without a surcharge. */
    extra: Money;
    total: Money;
    discount: Money;
    tax: Money;
    schedule: { part: number; dueAt: string; amount: Money }[];
    /** Days after a part is due until access is paused; with a kept method those of the tries. */
    graceDays: number;
    refundDays: number;
  } | null;
  /** Why it cannot be paid in parts; null when it can. */
  refusal: { code: string; title: string } | null;
};

/** What a cart would cost in parts now, and when. Nothing is held, and nothing refused: a cart that cannot says why. */
export function quoteInstalments(deps: QuoteDeps & { graceDays: number }) {
  return async (input: Pick<InstalmentsInput, 'lines' | 'coupon' | 'country'>, ctx: Ctx): Promise<InstalmentsQuote> => {
    const buyer = buyerIdOf(ctx);
    try {
      const { line, terms, priced, schedule } = await offerInParts(deps, input, { ownerId: buyer, person: buyer }, ctx);
      const money = (amount: number): Money => ({ amount, currency: priced.currency });
      const sum = (of: (part: ScheduledPart) => number) => schedule.reduce((total, part) => total + of(part), 0);
      const total = sum((part) => part.total);
      const rule = priced.order.lines[0]?.rule ?? null;
      return {
        offer: {
          sku: line.sku,
          title: line.title,
          parts: terms.parts,
          surcharge: terms.surcharge,
          extra: money(total - priced.order.total),
          total: money(total),
          discount: money(priced.order.discount),
          tax: money(sum((part) => taxed(part.price, rule).tax)),
          schedule: schedule.map(({ part, dueAt, total: amount }) => ({ part, dueAt, amount: money(amount) })),
          graceDays: deps.graceDays,
          refundDays: line.refundDays,
        },
        refusal: null,
      };
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return { offer: null, refusal: { code: error.code, title: error.title(ctx.locale) } };
    }
  };
}

async function isRunning(deps: Pick<PaymentDeps, 'db'>, buyerId: string, sku: string): Promise<boolean> {
  const found = await deps.db.row(findRunning, [buyerId, sku]);
  return found !== undefined && found.state !== 'incomplete';
}

/**
 * Agrees to pay for one thing in parts: keeps the schedule and makes the order of the first part, to be paid like any
 * other. Nothing is owed before that is paid. One that was begun before and not paid is given up. Repeatable by its key.
 * @throws not_signed_in, payment_in_progress, and the errors of `offerInParts`; invalid_token once the account is gone
 */
export function beginPlan(deps: Deps) {
  return async (input: InstalmentsInput, ctx: Ctx): Promise<PlanView> => {
    const user = requireUser(ctx);
    const id = ctx.requestId ?? deps.ids.id();
    if (!(await deps.db.row(readPlan, [id]))) {
      const person = personOf({ buyerId: user.userId, email: user.email });
      const offer = await offerInParts(deps, input, { ownerId: user.userId, person }, ctx);
      const { line } = offer;
      try {
        await write(deps, { id, offer, input, person, user }, ctx);
      } catch (error) {
        if (violatedConstraint(error) === 'one_instalment_plan_per_item')
          throw errors.instalments_running({ params: { title: line.title } });
        throw error;
      }
      afterCommit();
    }
    const row = await deps.db.row(readPlan, [id]);
    if (row?.buyer_id !== user.userId) throw errors.instalments_not_found();
    return toPlanView(row, deps.clock.now());
  };
}

type NewPlan = {
  id: string;
  offer: Offer;
  input: InstalmentsInput;
  person: string;
  user: { userId: string; email: string; name: string };
};

async function write(deps: Deps, { id, offer, input, person, user }: NewPlan, ctx: Ctx): Promise<void> {
  const { line, terms, priced, schedule } = offer;
  const before = await deps.db.row(findRunning, [user.userId, line.sku]);
  await deps.db.transaction(async (tx) => {
    if (before) await replace(deps, tx, before, line, ctx);
    const { sku, kind, title, summary, path, coverUrl, sellerId, sellerName, taxCategory, refundDays } = line;
    const item: PlanItem = { sku, kind, title, summary, path, coverUrl, sellerId, sellerName, taxCategory, refundDays };
    const inserted = await tx.row(insertPlan, [
      id,
      user.userId,
      user.email,
      input.name ?? user.name,
      (input.document ?? '').replace(/[.\-/\s]/g, ''),
      ctx.locale,
      input.country ?? '',
      sku,
      title,
      sellerId,
      JSON.stringify(item),
      priced.currency,
      terms.parts,
      terms.surcharge,
      priced.coupon?.code ?? null,
      deps.clock.now().toISOString(),
    ]);
    if (!inserted) return;
    await tx.run(insertParts, [id, JSON.stringify(schedule)]);
    const coupon = { id: priced.coupon?.id ?? null, code: priced.coupon?.code ?? null };
    if (coupon.id) await takeCoupon(tx, { couponId: coupon.id, person });
    const row = await tx.row(readPlan, [id]);
    if (!row) throw new Error('the plan is gone in the transaction that wrote it');
    await writeFirstOrder(deps, tx, { row, orderId: derivedId(id, 'first part'), coupon });
  });
}

/** Gives up a plan whose first part nobody has paid, for another one of the same thing. */
async function replace(
  deps: Deps,
  tx: Parameters<Parameters<Deps['db']['transaction']>[0]>[0],
  before: { id: string; open_order_id: string | null },
  line: QuotedLine,
  ctx: Ctx,
): Promise<void> {
  const order = before.open_order_id ? await tx.row(lockOrder, [before.open_order_id]) : undefined;
  const row: PlanRow | undefined = await lockPlan(tx, before.id);
  if (row?.state === 'canceled' || row?.state === 'completed') return;
  if (row?.state !== 'incomplete') throw errors.instalments_running({ params: { title: line.title } });
  // Of one that is over nothing is waited for: money that comes for it goes back.
  if (row.open_order_id && order?.state === 'pending_payment') {
    if (await tx.row(hasLive, [row.open_order_id])) throw errors.payment_in_progress();
    await endOrder(deps, tx, { orderId: row.open_order_id, as: 'cancelled', reason: 'buyer' }, ctx);
  }
  await tx.run(giveUp, [row.id, deps.clock.now().toISOString()]);
}
