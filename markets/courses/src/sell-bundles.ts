import type { Ctx, Deps, Locale } from '@stoa/kernel';
import { bundlePrice } from './bundle-price.ts';
import { bundleCover, bundleTexts, isSellable, listPriceOf, readBundledCourses, readBundles } from './find-bundle.ts';

type Asks = Pick<Deps, 'db'> & { refundDays: number };
/** What payments asks a part of this market. */
export type Asked = {
  skus: readonly string[];
  locale: Locale;
  /** Which of these courses the buyer has; nobody for gifts and seats. */
  ownedOf: (courseIds: readonly string[], ctx: Ctx) => Promise<ReadonlySet<string>>;
};

/**
 * Bundles as payments sells them, SKU `bundle:<id>`: what they are made of, which of it the buyer has, and what the rest
 * costs (see `bundlePrice`). `includes` is only what is missing: a refund takes back what was bought and nothing else.
 */
export function quoteBundles(deps: Asks) {
  return async ({ skus, locale, ownedOf }: Asked, ctx: Ctx) => {
    const ids = skus.map((sku) => sku.slice(sku.indexOf(':') + 1).toLowerCase());
    const bundles = new Map((await readBundles(deps.db, ids)).map((row) => [row.id, row]));
    const coursesOf = await readBundledCourses(deps.db, [...bundles.keys()], locale);
    const owned = await ownedOf([...new Set([...coursesOf.values()].flat().map(({ id }) => id))], ctx);
    return skus.map((sku, index) => {
      const bundle = bundles.get(ids[index] ?? '');
      // A draft does not exist for anybody who might buy it.
      if (!bundle || bundle.published_at === null) return { sku, refusal: 'not_found' };
      const currency = bundle.price_currency;
      const courses = coursesOf.get(bundle.id) ?? [];
      const missing = courses.filter(({ id }) => !owned.has(id));
      const { price } = bundlePrice(
        bundle.price_amount,
        courses.map((course) => ({ listPrice: listPriceOf(course, currency), owned: owned.has(course.id) })),
      );
      const refusal =
        bundle.state !== 'published' || !missing.every((course) => isSellable(course, currency))
          ? 'not_for_sale'
          : missing.length === 0
            ? 'already_owned'
            : price === 0
              ? 'free'
              : '';
      const skuOf = (course: { id: string }) => `course:${course.id}`;
      const [first] = courses;
      const { title, summary } = bundleTexts(bundle, locale);
      return {
        sku,
        title,
        summary,
        path: `/bundles/${bundle.slug}`,
        coverUrl: bundleCover(bundle) ?? '',
        ...(refusal === '' ? { unitPrice: { amount: BigInt(price), currency } } : {}),
        sellerId: bundle.seller_id,
        sellerName: first?.instructor_name ?? '',
        taxCategory: 'digital_course',
        maxQuantity: 0,
        refundDays: deps.refundDays,
        giftable: true,
        refusal,
        includes: missing.map(skuOf),
        parts: courses.map((course) => {
          const listPrice = listPriceOf(course, currency);
          return {
            sku: skuOf(course),
            title: course.local_title ?? course.title,
            path: `/courses/${course.slug}`,
            coverUrl: course.cover_asset_id ? `/api/media/${course.cover_asset_id}` : '',
            ...(listPrice > 0 ? { price: { amount: BigInt(listPrice), currency } } : {}),
            owned: owned.has(course.id),
          };
        }),
      };
    });
  };
}
