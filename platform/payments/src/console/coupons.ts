import { type Ctx, hasRole, requireRole, statement, toPage, violatedConstraint } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { pagePlace } from '../page-place.ts';
import { recordAudit } from './audit.ts';

export type CouponInput = {
  code: string;
  /** Ten-thousandths; either this or an amount. */
  percent?: number | undefined;
  amount?: { amount: number; currency: string } | undefined;
  scope: 'item' | 'order';
  skus: string[];
  startsAt?: string | undefined;
  endsAt?: string | undefined;
  maxUses?: number | undefined;
  maxUsesPerPerson?: number | undefined;
  minimum: number;
};
type Row = {
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
  created_at: string;
};
const columns = `id, code, kind, percent, amount, currency, scope, skus, seller_id, starts_at, ends_at, max_uses, max_uses_per_person,
  minimum, active, used, created_at`;
const insertCoupon = statement<
  [
    id: string,
    code: string,
    kind: string,
    percent: number | null,
    amount: number | null,
    currency: string | null,
    scope: string,
    skus: string[],
    sellerId: string | null,
    startsAt: string | null,
    endsAt: string | null,
    maxUses: number | null,
    maxUsesPerPerson: number | null,
    minimum: number,
    by: string | null,
    at: string,
  ],
  Row
>(
  'payments.insert_coupon',
  `insert into coupons (id, code, kind, percent, amount, currency, scope, skus, seller_id, starts_at, ends_at, max_uses,
     max_uses_per_person, minimum, created_by, created_at)
   values ($1, upper($2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
   on conflict (id) do update set id = excluded.id returning ${columns}`,
);
const listCouponsOf = statement<
  [sellerId: string | null, before: string | null, beforeId: string | null, limit: number],
  Row
>(
  'payments.list_coupons',
  `select ${columns} from coupons
   where ($1::text is null or seller_id = $1) and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
   order by created_at desc, id desc limit $4`,
);
const setActive = statement<[id: string, active: boolean, sellerId: string | null], Row>(
  'payments.set_coupon_active',
  `update coupons set active = $2 where id = $1 and ($3::text is null or seller_id = $3) returning ${columns}`,
);

export type CouponView = {
  id: string;
  code: string;
  percent: number | null;
  amount: { amount: number; currency: string } | null;
  scope: 'item' | 'order';
  skus: string[];
  sellerId: string | null;
  startsAt: string | null;
  endsAt: string | null;
  maxUses: number | null;
  maxUsesPerPerson: number | null;
  minimum: number;
  active: boolean;
  used: number;
  createdAt: string;
};

/** Whose coupons the caller handles: a seller's own, or everybody's for operators. @throws not_signed_in, not_allowed */
function sellerOf(ctx: Ctx): string | null {
  requireRole(ctx, 'instructor', 'supplier', 'fleet', 'support');
  if (hasRole(ctx, 'support') || ctx.actor.kind !== 'user') return null;
  return ctx.actor.userId;
}

/**
 * Makes a coupon. A seller's is good for what they sell; an operator's for everything, or for the items it names.
 * @throws not_signed_in, not_allowed, coupon_code_taken
 */
export function createCoupon(deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock'>) {
  return async (input: CouponInput, ctx: Ctx): Promise<CouponView> => {
    const sellerId = sellerOf(ctx);
    const isPercent = input.percent !== undefined;
    if (isPercent === (input.amount !== undefined)) throw errors.coupon_not_applicable();
    try {
      return await deps.db.transaction(async (tx) => {
        const row = await tx.row(insertCoupon, [
          ctx.requestId ?? deps.ids.id(),
          input.code.trim(),
          isPercent ? 'percent' : 'fixed',
          input.percent ?? null,
          input.amount?.amount ?? null,
          input.amount?.currency ?? null,
          input.scope,
          input.skus,
          sellerId,
          input.startsAt ?? null,
          input.endsAt ?? null,
          input.maxUses ?? null,
          input.maxUsesPerPerson ?? null,
          input.minimum,
          ctx.actor.kind === 'user' ? ctx.actor.userId : null,
          deps.clock.now().toISOString(),
        ]);
        if (!row) throw new Error('the coupon was not written');
        // What sellers do with their own coupons is their business.
        if (sellerId === null) {
          const { code, percent = null, amount = null, skus } = input;
          const details = { code, percent, amount, skus };
          await recordAudit(tx, deps, ctx, {
            action: 'coupon.made',
            subjectKind: 'coupon',
            subjectId: row.id,
            details,
          });
        }
        return toView(row);
      });
    } catch (error) {
      if (violatedConstraint(error) === 'coupons_code_key') throw errors.coupon_code_taken();
      throw error;
    }
  };
}

/** Coupons, newest first: one's own, or all for operators. @throws not_signed_in, not_allowed */
export function listCoupons(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    input: { limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: CouponView[]; nextCursor?: string }> => {
    const sellerId = sellerOf(ctx);
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listCouponsOf, [sellerId, at, id, input.limit + 1]);
    return toPage(rows, { limit: input.limit, key: (row) => [row.created_at, row.id], item: toView });
  };
}

/** Switches a coupon on or off. Orders that used it keep their price. @throws not_signed_in, not_allowed, coupon_not_found */
export function switchCoupon(deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock'>) {
  return async (input: { couponId: string; active: boolean }, ctx: Ctx): Promise<CouponView> => {
    const { couponId, active } = input;
    const sellerId = sellerOf(ctx);
    return deps.db.transaction(async (tx) => {
      const row = await tx.row(setActive, [couponId, active, sellerId]);
      if (!row) throw errors.coupon_not_found();
      const subject = { subjectKind: 'coupon', subjectId: couponId } as const;
      if (sellerId === null)
        await recordAudit(tx, deps, ctx, { action: 'coupon.switched', ...subject, details: { active } });
      return toView(row);
    });
  };
}

function toView(row: Row): CouponView {
  return {
    id: row.id,
    code: row.code,
    percent: row.percent,
    amount: row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency },
    scope: row.scope,
    skus: row.skus,
    sellerId: row.seller_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    maxUses: row.max_uses,
    maxUsesPerPerson: row.max_uses_per_person,
    minimum: row.minimum,
    active: row.active,
    used: row.used,
    createdAt: row.created_at,
  };
}
