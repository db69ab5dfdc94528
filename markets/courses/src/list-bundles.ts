import { type Ctx, type Database, requireUser, statement, toPage } from '@stoa/kernel';
import { type BundleRow, bundleColumns, readBundledCourses, seeBundle, showBundle } from './find-bundle.ts';
import { mayEdit } from './find-course.ts';
import { placeInList, readPlace } from './page-cursor.ts';
import { searchable } from './search-text.ts';

type Row = BundleRow & { sort_key: string };
const listForSale = statement<
  [
    limit: number,
    courseId: string | null,
    after: string | null,
    afterId: string | null,
    words: string[],
    language: string | null,
  ],
  Row
>(
  'courses.list_bundles',
  `select ${bundleColumns}, published_at as sort_key from bundles b
   where state = 'published'
     and ($2::uuid is null or exists (select 1 from bundle_courses x where x.bundle_id = b.id and x.course_id = $2))
     and ($3::timestamptz is null or (published_at, id) < ($3, $4::uuid))
     and search_text like all ($5::text[]) and ($6::text is null or language = $6 or translations ? $6)
   order by published_at desc, id desc limit $1`,
);
const listOwn = statement<[limit: number, sellerId: string, after: string | null, afterId: string | null], Row>(
  'courses.list_own_bundles',
  `select ${bundleColumns}, updated_at as sort_key from bundles
   where seller_id = $2 and ($3::timestamptz is null or (updated_at, id) < ($3, $4::uuid))
   order by updated_at desc, id desc limit $1`,
);

type Filter = { course?: string | undefined; q?: string | undefined; language?: string | undefined };
type Asked = { limit: number; cursor?: string | undefined };

/**
 * Bundles for sale, newest first: those that contain `course`, have every word of `q` in their title or summary in some
 * language, and speak `language`.
 * @throws validation_failed
 */
export function listBundles({ db }: { db: Database }) {
  return async (input: Asked & Filter, ctx: Ctx) => {
    const [at = null, id = null] = readPlace(input.cursor, 'bundles') ?? [];
    const words = input.q ? searchable(input.q).split(' ').filter(Boolean).slice(0, 10) : [];
    const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
    const { limit, course = null, language = null } = input;
    const rows = await db.rows(listForSale, [limit + 1, course, at, id, patterns, language]);
    return toBundlePage(db, { rows, list: 'bundles', limit }, ctx);
  };
}

/** The bundles a person sells, in every state, last changed first. @throws not_signed_in, validation_failed */
export function listOwnBundles({ db }: { db: Database }) {
  return async (input: Asked, ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const [at = null, id = null] = readPlace(input.cursor, 'own-bundles') ?? [];
    const rows = await db.rows(listOwn, [input.limit + 1, userId, at, id]);
    return toBundlePage(db, { rows, list: 'own-bundles', ...input }, ctx);
  };
}

/** One bundle with its courses, by id or slug. @throws bundle_not_found */
export function openBundle({ db }: { db: Database }) {
  return async (idOrSlug: string, ctx: Ctx) => {
    const bundle = await seeBundle(db, idOrSlug, ctx);
    const courses = (await readBundledCourses(db, [bundle.id], ctx.locale)).get(bundle.id) ?? [];
    return {
      ...showBundle(bundle, courses, ctx.locale),
      publishedAt: bundle.published_at,
      // As they were written, for whoever changes them.
      written: mayEdit(ctx, { instructor_id: bundle.seller_id })
        ? {
            title: bundle.title,
            summary: bundle.summary,
            description: bundle.description,
            translations: bundle.translations,
          }
        : null,
    };
  };
}

async function toBundlePage(
  db: Database,
  { rows, list, limit }: { rows: Row[]; list: string; limit: number },
  ctx: Ctx,
) {
  const courses = await readBundledCourses(
    db,
    rows.map(({ id }) => id),
    ctx.locale,
  );
  return toPage(rows, {
    limit,
    key: (row) => placeInList(list, [row.sort_key, row.id]),
    item: (row) => showBundle(row, courses.get(row.id) ?? [], ctx.locale),
  });
}
