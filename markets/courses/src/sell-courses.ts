import { MarketService } from '@stoa/contracts';
import { type Ctx, type Deps, parseLocale, requireService, served, statement } from '@stoa/kernel';
import { showCourse } from './show-course.ts';
import type { CourseRow } from './tables.ts';

const findCourses = statement<[ids: string[]], CourseRow>(
  'courses.find_courses_for_sale',
  `select id, slug, title, summary, description, language, level, category, outcomes, price_amount, price_currency,
     cover_asset_id, translations, languages, state, version, instructor_id, instructor_name, lesson_count,
     duration_seconds, published_at, updated_at
   from courses where id = any($1::uuid[])`,
);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type Asks = Pick<Deps, 'db'> & {
  calls: {
    enrollment: {
      getAccess: (input: { userId: string; courseId: string }, ctx: Ctx) => Promise<{ enrolled: boolean }>;
    };
  };
  /** Days in which a buyer may ask for the money back. */
  refundDays: number;
};

/**
 * Courses as payments sells them, SKU `course:<id>`. The price is the one of this moment; a quote that payments keeps is
 * not touched by a later one. A course is never scarce, so holding one always succeeds.
 */
export function sellCourses(deps: Asks) {
  return served(MarketService, {
    quote: async ({ lines, ownerId, locale }, ctx) => {
      requireService(ctx);
      const ids = lines.map(({ sku }) => sku.slice(sku.indexOf(':') + 1));
      const rows = await deps.db.rows(findCourses, [ids.filter((id) => uuid.test(id))]);
      const courses = new Map(rows.map((row) => [row.id, row]));
      const owned = new Set<string>();
      if (ownerId) {
        await Promise.all(
          [...courses.keys()].map(async (courseId) => {
            const { enrolled } = await deps.calls.enrollment.getAccess({ userId: ownerId, courseId }, ctx);
            if (enrolled) owned.add(courseId);
          }),
        );
      }
      return {
        items: lines.map(({ sku }, index) => {
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
          const shown = showCourse(row, parseLocale(locale) ?? 'en');
          return {
            sku,
            title: shown.title,
            summary: shown.summary,
            path: `/courses/${row.slug}`,
            coverUrl: shown.coverUrl ?? '',
            ...(refusal === '' && row.price_amount !== null && row.price_currency !== null
              ? { unitPrice: { amount: BigInt(row.price_amount), currency: row.price_currency } }
              : {}),
            sellerId: row.instructor_id,
            sellerName: row.instructor_name,
            taxCategory: 'digital_course',
            maxQuantity: 0,
            refundDays: deps.refundDays,
            giftable: true,
            refusal,
          };
        }),
      };
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
