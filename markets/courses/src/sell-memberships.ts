import type { EnrollmentService } from '@stoa/contracts';
import { type Client, type Ctx, type Deps, type Locale, statement } from '@stoa/kernel';
import { type MembershipRow, membershipColumns, showListedMembership } from './membership-tables.ts';

const findPlans = statement<[ids: string[]], MembershipRow & { plan_id: string }>(
  'courses.find_plans_for_sale',
  `select ${membershipColumns}, q.id as plan_id from membership_plans q join memberships m on m.id = q.membership_id
   where q.id = any($1::uuid[])`,
);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type Asks = Pick<Deps, 'db'> & {
  calls: { enrollment: Pick<Client<typeof EnrollmentService>, 'getMemberships'> };
  /** Days in which a buyer may ask for the money back. */
  refundDays: number;
};

type Asked = {
  skus: readonly string[];
  locale: Locale;
  /** Who would subscribe; empty for somebody without an account. */
  ownerId: string;
};

const titled: Record<Locale, Record<'month' | 'year', (name: string) => string>> = {
  en: { month: (name) => `${name}, monthly`, year: (name) => `${name}, yearly` },
  'pt-BR': { month: (name) => `${name}, mensal`, year: (name) => `${name}, anual` },
  es: { month: (name) => `${name}, mensual`, year: (name) => `${name}, anual` },
};

/**
 * What plans of memberships cost, SKU `plan:<id>`. The price is the one of this moment; subscriptions that run keep
 * theirs. A trial is for whoever has never had the membership.
 */
export function quotePlans(deps: Asks) {
  return async ({ skus, ownerId, locale }: Asked, ctx: Ctx) => {
    const ids = skus.map((sku) => sku.slice(sku.indexOf(':') + 1));
    const rows = await deps.db.rows(findPlans, [ids.filter((id) => uuid.test(id))]);
    const found = new Map(rows.map((row) => [row.plan_id, row]));
    const held = ownerId ? (await deps.calls.enrollment.getMemberships({ userId: ownerId }, ctx)).memberships : [];
    return skus.map((sku, index) => {
      const row = found.get(ids[index]?.toLowerCase() ?? '');
      const plan = row?.plans.find(({ id }) => id === row.plan_id);
      if (!row || !plan || row.published_at === null) return { sku, refusal: 'not_found' };
      const known = held.filter(({ membershipId }) => membershipId === row.id);
      const refusal =
        row.state !== 'published' || !plan.offered
          ? 'not_for_sale'
          : known.some(({ open }) => open)
            ? 'already_owned'
            : '';
      const shown = showListedMembership(row, locale);
      return {
        sku,
        title: titled[locale][plan.interval](shown.name),
        summary: shown.summary,
        path: `/memberships/${row.slug}`,
        coverUrl: '',
        ...(refusal === '' ? { unitPrice: { amount: BigInt(plan.amount), currency: plan.currency } } : {}),
        sellerId: row.seller_id ?? '',
        sellerName: row.seller_name,
        taxCategory: 'digital_course',
        maxQuantity: 1,
        refundDays: deps.refundDays,
        giftable: false,
        refusal,
        plan: { interval: plan.interval, intervalCount: 1, trialDays: known.length > 0 ? 0 : row.trial_days },
      };
    });
  };
}
