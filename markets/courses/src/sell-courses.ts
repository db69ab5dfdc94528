import { MarketService } from '@stoa/contracts';
import { type Ctx, type Deps, parseLocale, requireService, served, statement } from '@stoa/kernel';
import { type Asked, quoteBundles } from './sell-bundles.ts';
import { quotePlans } from './sell-memberships.ts';
import { showCourse } from './show-course.ts';
import type { CourseRow } from './tables.ts';

const findCourses = statement<[ids: string[]], CourseRow>(
  'courses.find_courses_for_sale',
  `select id, slug, title, summary, description, language, level, category, outcomes, price_amount, price_currency,
     instalment_parts, instalment_surcharge, cover_asset_id, translations, languages, state, version, instructor_id, instructor_name, lesson_count,
     duration_seconds, published_at, updated_at
   from courses where id = any($1::uuid[])`,
);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type Asks = Pick<Deps, 'db'> & {
  calls: {
    enrollment: {
      getAccess: (
        input: { userId: string; courseId: string },
        ctx: Ctx,
      ) => Promise<{ enrolled: boolean; reason: string }>;
    } & Parameters<typeof quotePlans>[0]['calls']['enrollment'];
  };
  /** Days in which a buyer may ask for the money back. */
  refundDays: number;
};

/**
 * What this market sells, as payments asks for it: courses, SKU `course:<id>`, bundles of them, SKU `bundle:<id>`,
 * and plans of memberships, SKU `plan:<id>`. Prices are those of this moment; a quote that payments keeps is not touched by a later one. Neither is ever scarce, so
 * holding one always succeeds.
 */
export function sellCourses(deps: Asks) {
  const [quoteEachCourse, quoteEachBundle, quoteEachPlan] = [quoteCourses(deps), quoteBundles(deps), quotePlans(deps)];
  return served(MarketService, {
    quote: async ({ lines, ownerId, locale: asked }, ctx) => {
      requireService(ctx);
      const locale = parseLocale(asked) ?? 'en';
      const ownedOf = async (courseIds: readonly string[], ctx: Ctx): Promise<ReadonlySet<string>> => {
        if (!ownerId) return new Set();
        const answers = await Promise.all(
          courseIds.map(async (courseId) => ({
            courseId,
            ...(await deps.calls.enrollment.getAccess({ userId: ownerId, courseId }, ctx)),
          })),
        );
        // A member may buy what the membership lends them: then it stays.
        const isTheirs = (answer: (typeof answers)[number]) => answer.enrolled && answer.reason !== 'membership';
        return new Set(answers.flatMap((answer) => (isTheirs(answer) ? [answer.courseId] : [])));
      };
      const skus = lines.map(({ sku }) => sku);
      const of = (kind: string) => skus.filter((sku) => sku.startsWith(`${kind}:`));
      // Most carts are of one kind: nobody is asked about the others.
      const some = async <T>(kind: string, quote: (own: string[]) => Promise<T[]>): Promise<T[]> => {
        const own = of(kind);
        return own.length === 0 ? [] : quote(own);
      };
      const [courses, bundles, plans] = await Promise.all([
        some('course', (own) => quoteEachCourse({ skus: own, locale, ownedOf }, ctx)),
        some('bundle', (own) => quoteEachBundle({ skus: own, locale, ownedOf }, ctx)),
        some('plan', (own) => quoteEachPlan({ skus: own, locale, ownerId }, ctx)),
      ]);
      const answers = new Map([...courses, ...bundles, ...plans].map((item) => [item.sku, item]));
      return { items: skus.map((sku) => answers.get(sku) ?? { sku, refusal: 'not_found' }) };
    },
    hold: async (_input, ctx) => {
      requireService(ctx);
      return {};
    },
    release: async (_input, ctx) => {
      requireService(ctx);
      return {};
    },
  });
}

/** Courses, one answer for each SKU in order. */
function quoteCourses(deps: Asks) {
  return async ({ skus, locale, ownedOf }: Asked, ctx: Ctx) => {
    const ids = skus.map((sku) => sku.slice(sku.indexOf(':') + 1));
    const rows = await deps.db.rows(findCourses, [ids.filter((id) => uuid.test(id))]);
    const courses = new Map(rows.map((row) => [row.id, row]));
    const owned = await ownedOf([...courses.keys()], ctx);
    return skus.map((sku, index) => {
      const row = courses.get(ids[index]?.toLowerCase() ?? '');
      // A draft does not exist for anybody who might buy it.
      if (!row || row.published_at === null) return { sku, refusal: 'not_found' };
      const refusal =
        row.state !== 'published'
          ? 'not_for_sale'
          : row.price_amount === null || row.price_currency === null
            ? 'free'
            : owned.has(row.id)
              ? 'already_owned'
              : '';
      const shown = showCourse(row, locale);
      return {
        sku,
        title: shown.title,
        summary: shown.summary,
        path: `/courses/${row.slug}`,
        coverUrl: shown.coverUrl ?? '',
        ...(refusal === '' && row.price_amount !== null && row.price_currency !== null
          ? { unitPrice: { amount: BigInt(row.price_amount), currency: row.price_currency } }
          : {}),
        ...(row.instalment_parts === null
          ? {}
          : { instalments: { parts: row.instalment_parts, surcharge: row.instalment_surcharge } }),
        sellerId: row.instructor_id,
        sellerName: row.instructor_name,
        taxCategory: 'digital_course',
        maxQuantity: 0,
        refundDays: deps.refundDays,
        giftable: true,
        refusal,
      };
    });
  };
}
