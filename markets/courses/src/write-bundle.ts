import {
  type Ctx,
  type Deps,
  requireRole,
  requireUser,
  statement,
  type Transaction,
  violatedConstraint,
} from '@stoa/kernel';
import { slugOf } from './course-slug.ts';
import { refuseErased } from './erased-people.ts';
import { errors } from './errors.ts';
import {
  type BundledCourseRow,
  type BundleRow,
  type BundleTranslations,
  type BundleView,
  editBundle,
  isSellable,
  readBundledCourses,
  readBundles,
  showBundle,
} from './find-bundle.ts';
import { searchTextOf } from './search-text.ts';
import { storableJson } from './storable-json.ts';

export type BundleInput = {
  title?: string | undefined;
  slug?: string | undefined;
  summary?: string | undefined;
  description?: string | undefined;
  language?: string | undefined;
  translations?: BundleTranslations | undefined;
  price?: { amount: number; currency: string } | undefined;
  /** In the order in which they are shown. */
  courseIds?: string[] | undefined;
};

const insertBundle = statement<
  [
    id: string,
    slug: string,
    title: string,
    summary: string,
    amount: number,
    currency: string,
    sellerId: string,
    description: string,
    language: string,
    translations: string,
    search: string,
  ],
  never
>(
  'courses.insert_bundle',
  `insert into bundles (id, slug, title, summary, price_amount, price_currency, seller_id, description, language, translations,
     search_text)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing`,
);
const updateBundle = statement<
  [
    id: string,
    slug: string,
    title: string,
    summary: string,
    amount: number,
    currency: string,
    description: string,
    language: string,
    translations: string,
    search: string,
  ],
  never
>(
  'courses.update_bundle',
  `update bundles set slug = $2, title = $3, summary = $4, price_amount = $5, price_currency = $6, description = $7,
     language = $8, translations = $9, search_text = $10, updated_at = now()
   where id = $1`,
);
const setState = statement<[id: string, state: string], never>(
  'courses.set_bundle_state',
  `update bundles set state = $2, updated_at = now(),
     published_at = case when $2 = 'published' then coalesce(published_at, now()) else published_at end
   where id = $1`,
);
const clearCourses = statement<[bundleId: string], never>(
  'courses.clear_bundle',
  'delete from bundle_courses where bundle_id = $1',
);
const putCourses = statement<[bundleId: string, sellerId: string, courseIds: string[]], { course_id: string }>(
  'courses.fill_bundle',
  // Somebody else's course is not found, as everywhere.
  `insert into bundle_courses (bundle_id, course_id, position)
   select $1, c.id, asked.position
   from unnest($3::uuid[]) with ordinality as asked (id, position)
   join courses c on c.id = asked.id and c.instructor_id = $2 returning course_id`,
);
const slugOwner = statement<[slug: string], { id: string }>(
  'courses.bundle_slug_owner',
  'select id from bundles where slug = $1',
);

/** Paths below `/api/bundles/` that are not bundles. */
const reserved = new Set(['mine']);

type Own = Pick<Deps, 'db' | 'ids'>;

/**
 * Starts a bundle of the person's own courses as a draft.
 * @throws not_allowed, bundle_slug_taken, bundle_course_unknown; invalid_token once the account is gone
 */
export function createBundle({ db, ids }: Own) {
  return async (
    input: BundleInput & { title: string; price: { amount: number; currency: string }; courseIds: string[] },
    ctx: Ctx,
  ): Promise<BundleView> => {
    requireRole(ctx, 'instructor');
    const { userId } = requireUser(ctx);
    const id = ctx.requestId ?? ids.id();
    const { title, summary = '', description = '', language = ctx.locale, price } = input;
    const translations = othersThan(language, input.translations ?? {});
    for (let tries = 1; ; tries += 1) {
      try {
        await db.transaction(async (tx) => {
          await refuseErased(tx, userId);
          const slug = input.slug ? requireSlug(input.slug) : await freeSlug(tx, slugOf(title));
          await tx.run(insertBundle, [
            id,
            slug,
            title,
            summary,
            price.amount,
            price.currency,
            userId,
            description,
            language,
            storableJson(translations),
            searchIn({ title, summary, translations }),
          ]);
          await fill(tx, { id, sellerId: userId, courseIds: input.courseIds });
        });
        return await readView(db, id, ctx);
      } catch (error) {
        if (violatedConstraint(error) !== 'bundles_slug_key') throw error;
        // Nobody asked for this slug, so losing a race for it is no reason to refuse.
        if (input.slug || tries >= 5) throw errors.bundle_slug_taken();
      }
    }
  };
}

/**
 * Changes some fields of a bundle. Orders that exist keep what they were made of.
 * @throws bundle_not_found, bundle_slug_taken, bundle_course_unknown, bundle_not_ready, bundle_saves_nothing
 */
export function changeBundle({ db }: Pick<Own, 'db'>) {
  return async (id: string, input: BundleInput, ctx: Ctx): Promise<BundleView> => {
    try {
      await db.transaction(async (tx) => {
        const bundle = await editBundle(tx, id, ctx);
        const slug = input.slug && input.slug !== bundle.slug ? requireSlug(input.slug) : bundle.slug;
        const { amount, currency } = input.price ?? { amount: bundle.price_amount, currency: bundle.price_currency };
        const { title = bundle.title, summary = bundle.summary, language = bundle.language } = input;
        const translations = othersThan(language, input.translations ?? bundle.translations);
        await tx.run(updateBundle, [
          id,
          slug,
          title,
          summary,
          amount,
          currency,
          input.description ?? bundle.description,
          language,
          storableJson(translations),
          searchIn({ title, summary, translations }),
        ]);
        if (input.courseIds) {
          await tx.run(clearCourses, [id]);
          await fill(tx, { id, sellerId: bundle.seller_id, courseIds: input.courseIds });
        }
        // A published bundle stays one that could be published.
        if (bundle.state === 'published') await requireReady(tx, id, ctx);
      });
    } catch (error) {
      if (violatedConstraint(error) === 'bundles_slug_key') throw errors.bundle_slug_taken();
      throw error;
    }
    return readView(db, id, ctx);
  };
}

/**
 * Offers a bundle for sale. Publishing a published one changes nothing.
 * @throws bundle_not_found, bundle_not_ready, bundle_saves_nothing
 */
export function publishBundle({ db }: Pick<Own, 'db'>) {
  return async (id: string, ctx: Ctx): Promise<BundleView> => {
    await db.transaction(async (tx) => {
      const bundle = await editBundle(tx, id, ctx);
      if (bundle.state === 'published') return;
      await requireReady(tx, id, ctx);
      await tx.run(setState, [id, 'published']);
    });
    return readView(db, id, ctx);
  };
}

/** Takes a bundle off sale. Whoever bought it keeps its courses. @throws bundle_not_found */
export function archiveBundle({ db }: Pick<Own, 'db'>) {
  return async (id: string, ctx: Ctx): Promise<BundleView> => {
    await db.transaction(async (tx) => {
      const bundle = await editBundle(tx, id, ctx);
      if (bundle.state !== 'archived') await tx.run(setState, [id, 'archived']);
    });
    return readView(db, id, ctx);
  };
}

async function fill(
  tx: Transaction,
  { id, sellerId, courseIds }: { id: string; sellerId: string; courseIds: readonly string[] },
): Promise<void> {
  const unique = [...new Set(courseIds)];
  const put = await tx.rows(putCourses, [id, sellerId, unique]);
  if (put.length !== unique.length) throw errors.bundle_course_unknown();
}

async function requireReady(tx: Transaction, id: string, ctx: Ctx): Promise<void> {
  const { bundle, courses } = await read(tx, id, ctx);
  const { price_amount, price_currency: currency } = bundle;
  const sellable = courses.every((course) => course.price_amount !== null && isSellable(course, currency));
  if (courses.length < 2 || !sellable) throw errors.bundle_not_ready();
  if (price_amount >= showBundle(bundle, courses, ctx.locale).worth.amount) throw errors.bundle_saves_nothing();
}

async function read(
  db: Pick<Transaction, 'rows' | 'row' | 'run'>,
  id: string,
  ctx: Ctx,
): Promise<{ bundle: BundleRow; courses: BundledCourseRow[] }> {
  const [bundle] = await readBundles(db, [id]);
  if (!bundle) throw errors.bundle_not_found();
  return { bundle, courses: (await readBundledCourses(db, [id], ctx.locale)).get(id) ?? [] };
}

async function readView(db: Own['db'], id: string, ctx: Ctx): Promise<BundleView> {
  const { bundle, courses } = await read(db, id, ctx);
  return showBundle(bundle, courses, ctx.locale);
}

/** What is said in its own language is not a translation; nor is what says nothing. */
function othersThan(language: string, translations: BundleTranslations): BundleTranslations {
  return Object.fromEntries(
    Object.entries(translations).flatMap(([locale, texts]) => {
      const said = Object.entries(texts).filter(([, text]) => text);
      return locale === language || said.length === 0 ? [] : [[locale, Object.fromEntries(said)]];
    }),
  );
}

function searchIn(bundle: { title: string; summary: string; translations: BundleTranslations }): string {
  return searchTextOf({ ...bundle, instructorName: '' });
}

function requireSlug(slug: string): string {
  if (reserved.has(slug)) throw errors.bundle_slug_taken();
  return slug;
}

async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? wanted : `${wanted.slice(0, 70)}-${n}`;
    if (!reserved.has(slug) && !(await tx.row(slugOwner, [slug]))) return slug;
  }
}
