import { type Ctx, type Locale, type Queries, statement, type Transaction } from '@stoa/kernel';
import { refuseErasedActor } from './erased-people.ts';
import { errors } from './errors.ts';
import { mayEdit } from './find-course.ts';
import { listColumns } from './list-courses.ts';
import { pickLanguage, priceOf, showListedCourse } from './show-course.ts';
import type { CourseListRow } from './tables.ts';

/** What a bundle says in other languages than its own. What is missing is said in its own. */
export type BundleTranslations = Record<
  string,
  { title?: string | undefined; summary?: string | undefined; description?: string | undefined }
>;
/** One row of `bundles`. */
export type BundleRow = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  description: string;
  language: string;
  translations: BundleTranslations;
  cover_asset_id: string | null;
  price_amount: number;
  price_currency: string;
  seller_id: string;
  state: 'draft' | 'published' | 'archived';
  published_at: string | null;
  updated_at: string;
};
/** A course of a bundle, as lists show courses. */
export type BundledCourseRow = Omit<CourseListRow, 'sort_key'> & { bundle_id: string };

export const bundleColumns =
  'id, slug, title, summary, description, language, translations, cover_asset_id, price_amount, price_currency, seller_id, state, published_at, updated_at';
const findBundles = statement<[ids: string[]], BundleRow>(
  'courses.find_bundles',
  `select ${bundleColumns} from bundles where id = any($1::uuid[])`,
);
const findBundleBySlug = statement<[slug: string], BundleRow>(
  'courses.find_bundle_by_slug',
  `select ${bundleColumns} from bundles where slug = $1`,
);
const lockBundle = statement<[id: string], BundleRow>(
  'courses.lock_bundle',
  `select ${bundleColumns} from bundles where id = $1 for update`,
);
const listBundled = statement<[locale: string, bundleIds: string[]], BundledCourseRow>(
  'courses.list_bundled_courses',
  `select ${listColumns}, bundle_id from bundle_courses join courses on id = course_id
   where bundle_id = any($2::uuid[]) order by bundle_id, position`,
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Bundles by id, in no order; what is no id finds nothing. */
export function readBundles(db: Queries, ids: readonly string[]): Promise<BundleRow[]> {
  return db.rows(findBundles, [ids.filter((id) => uuid.test(id))]);
}

/** The courses of bundles, by bundle, in the seller's order, titled in the reader's language where they are. */
export async function readBundledCourses(
  db: Queries,
  bundleIds: readonly string[],
  locale: Locale,
): Promise<Map<string, BundledCourseRow[]>> {
  const byBundle = new Map<string, BundledCourseRow[]>(bundleIds.map((id) => [id, []]));
  for (const row of await db.rows(listBundled, [locale, [...bundleIds]])) byBundle.get(row.bundle_id)?.push(row);
  return byBundle;
}

/**
 * The bundle with an id or slug, if it exists for this person: published once, or their own.
 * @throws bundle_not_found
 */
export async function seeBundle(db: Queries, idOrSlug: string, ctx: Ctx): Promise<BundleRow> {
  const [byId] = await readBundles(db, [idOrSlug]);
  const bundle = byId ?? (await db.row(findBundleBySlug, [idOrSlug.toLowerCase()]));
  if (!bundle || (bundle.published_at === null && !mayEdit(ctx, { instructor_id: bundle.seller_id })))
    throw errors.bundle_not_found();
  return bundle;
}

/** The bundle, locked until the transaction ends, if the person may change it. @throws bundle_not_found */
export async function editBundle(tx: Transaction, id: string, ctx: Ctx): Promise<BundleRow> {
  await refuseErasedActor(tx, ctx);
  const bundle = await tx.row(lockBundle, [id]);
  if (!bundle || !mayEdit(ctx, { instructor_id: bundle.seller_id })) throw errors.bundle_not_found();
  return bundle;
}

/** The words of a bundle in the language closest to the reader's. */
export function bundleTexts(bundle: BundleRow, locale: Locale) {
  const shownIn = pickLanguage(locale, Object.keys(bundle.translations), bundle.language);
  const local = bundle.translations[shownIn] ?? {};
  return {
    title: local.title || bundle.title,
    summary: local.summary || bundle.summary,
    description: local.description || bundle.description,
    shownIn,
  };
}

/** Where the picture of a bundle is; null when it has a drawn one. */
export function bundleCover(bundle: Pick<BundleRow, 'cover_asset_id'>): string | null {
  return bundle.cover_asset_id ? `/api/media/${bundle.cover_asset_id}` : null;
}

/** A bundle as everybody sees it: its price beside what its courses cost one by one. */
export function showBundle(bundle: BundleRow, courses: readonly BundledCourseRow[], locale: Locale) {
  const currency = bundle.price_currency;
  const worth = courses.reduce((sum, course) => sum + listPriceOf(course, currency), 0);
  const [first] = courses;
  return {
    id: bundle.id,
    slug: bundle.slug,
    ...bundleTexts(bundle, locale),
    language: bundle.language,
    languages: [...new Set([bundle.language, ...Object.keys(bundle.translations)])],
    coverUrl: bundleCover(bundle),
    state: bundle.state,
    price: { amount: Math.min(bundle.price_amount, worth || bundle.price_amount), currency },
    worth: { amount: worth, currency },
    instructors: first ? [{ id: first.instructor_id, name: first.instructor_name }] : [],
    courses: courses.map((course) => showListedCourse({ ...course, sort_key: '' })),
    updatedAt: bundle.updated_at,
  };
}
export type BundleView = ReturnType<typeof showBundle>;

/** What a course costs alone in a currency; 0 when it is free, or sold in another. */
export function listPriceOf(
  course: Pick<BundledCourseRow, 'price_amount' | 'price_currency'>,
  currency: string,
): number {
  const price = priceOf(course);
  return price?.currency === currency ? price.amount : 0;
}

/** Why a bundle cannot be sold with a course: it left the catalogue, or is sold in another currency. */
export function isSellable(course: Pick<BundledCourseRow, 'state' | 'price_currency'>, currency: string): boolean {
  return course.state === 'published' && (course.price_currency === null || course.price_currency === currency);
}
