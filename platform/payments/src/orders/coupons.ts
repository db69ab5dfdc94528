import { type Queries, statement } from '@stoa/kernel';
import { type CouponTerms, discountsOf, type LineToPrice } from '../core/price-order.ts';
import { errors } from '../errors.ts';

export type CouponRow = {
  id: string;
  code: string;
  kind: 'percent' | 'fixed';
  percent: number | null;
  amount: number | null;
  currency: string | null;
  scope: 'item' | 'order';
  skus: string[];
  seller_id: string | null;
  starts_at: string | null;
  ends_at: string | null;
  max_uses: number | null;
  max_uses_per_person: number | null;
  minimum: number;
  active: boolean;
  used: number;
};

const findByCode = statement<[code: string], CouponRow>(
  'payments.find_coupon_by_code',
  `select id, code, kind, percent, amount, currency, scope, skus, seller_id, starts_at, ends_at, max_uses,
     max_uses_per_person, minimum, active, used
   from coupons where code = upper($1)`,
);
const countUses = statement<[couponId: string, person: string], { used: number }>(
  'payments.count_coupon_uses',
  'select used from coupon_people where coupon_id = $1 and person = $2',
);
const takeUse = statement<[couponId: string], { max_uses_per_person: number | null }>(
  'payments.take_coupon_use',
  `update coupons set used = used + 1
   where id = $1 and active and (max_uses is null or used < max_uses) returning max_uses_per_person`,
);
const takePersonUse = statement<[couponId: string, person: string, limit: number | null], { used: number }>(
  'payments.take_coupon_use_of_person',
  `insert into coupon_people as p (coupon_id, person, used) values ($1, $2, 1)
   on conflict (coupon_id, person) do update set used = p.used + 1 where $3::integer is null or p.used < $3
   returning used`,
);
const undoUse = statement<[couponId: string], never>(
  'payments.undo_coupon_use',
  'update coupons set used = used - 1 where id = $1',
);
const giveBackUse = statement<[couponId: string, person: string], never>(
  'payments.give_back_coupon_use',
  `with person as (
     update coupon_people set used = used - 1 where coupon_id = $1 and person = $2 and used > 0 returning coupon_id
   )
   update coupons set used = used - 1 from person where id = person.coupon_id and used > 0`,
);
const handOverUse = statement<[couponId: string, from: string, to: string], never>(
  'payments.hand_over_coupon_use',
  `with given as (
     update coupon_people set used = used - 1 where coupon_id = $1 and person = $2 and used > 0 returning coupon_id
   )
   insert into coupon_people as p (coupon_id, person, used) select coupon_id, $3, 1 from given
   on conflict (coupon_id, person) do update set used = p.used + 1`,
);

/**
 * The coupon behind a code, if it may be used now for these lines.
 * @throws coupon_unknown, coupon_not_now, coupon_used_up, coupon_already_used, coupon_not_applicable
 */
export async function findCoupon(
  db: Queries,
  input: { code: string; now: Date; currency: string; lines: readonly LineToPrice[]; person: string | null },
): Promise<CouponRow> {
  const coupon = await db.row(findByCode, [input.code.trim()]);
  if (!coupon?.active) throw errors.coupon_unknown();
  if (coupon.starts_at !== null && new Date(coupon.starts_at) > input.now) throw errors.coupon_not_now();
  if (coupon.ends_at !== null && new Date(coupon.ends_at) <= input.now) throw errors.coupon_not_now();
  if (coupon.max_uses !== null && coupon.used >= coupon.max_uses) throw errors.coupon_used_up();
  if (input.person !== null && coupon.max_uses_per_person !== null) {
    const uses = await db.row(countUses, [coupon.id, input.person]);
    if ((uses?.used ?? 0) >= coupon.max_uses_per_person) throw errors.coupon_already_used();
  }
  const takesOff = discountsOf(input.lines, toTerms(coupon), input.currency).some((discount) => discount > 0);
  if (!takesOff) throw errors.coupon_not_applicable();
  return coupon;
}

/**
 * Uses a coupon up, in the transaction of its order: the database decides who was first, whoever looked before.
 * Nothing is used unless it can be.
 */
export async function tryCoupon(
  tx: Queries,
  { couponId, person }: { couponId: string; person: string },
): Promise<'taken' | 'used_up' | 'already_used'> {
  const taken = await tx.row(takeUse, [couponId]);
  if (!taken) return 'used_up';
  if (await tx.row(takePersonUse, [couponId, person, taken.max_uses_per_person])) return 'taken';
  await tx.run(undoUse, [couponId]);
  return 'already_used';
}

/** @throws coupon_used_up, coupon_already_used */
export async function takeCoupon(tx: Queries, use: { couponId: string; person: string }): Promise<void> {
  const result = await tryCoupon(tx, use);
  if (result === 'used_up') throw errors.coupon_used_up();
  if (result === 'already_used') throw errors.coupon_already_used();
}

/** An order that was given up gives its coupon back. */
export async function giveBackCoupon(
  tx: Queries,
  { couponId, person }: { couponId: string; person: string },
): Promise<void> {
  await tx.run(giveBackUse, [couponId, person]);
}

/**
 * A use of a guest becomes one of the account that takes their order over, which may then have used it more often than
 * it could have: what was sold stays sold.
 */
export async function handOverCoupon(
  tx: Queries,
  { couponId, from, to }: { couponId: string; from: string; to: string },
): Promise<void> {
  await tx.run(handOverUse, [couponId, from, to]);
}

/** Whom a coupon counts: the account, or for a guest the e-mail address. */
export function personOf(buyer: { buyerId: string | null; email: string }): string {
  return buyer.buyerId ?? buyer.email.trim().toLowerCase();
}

export function toTerms(row: CouponRow): CouponTerms {
  const { kind, percent, amount, currency, scope, skus, minimum } = row;
  return { kind, percent, amount, currency, scope, skus, minimum, sellerId: row.seller_id };
}
