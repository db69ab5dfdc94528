import { type Ctx, constantAnswer, type Database, type Statement, statement, toPage } from '@stoa/kernel';
import { keepAnswers } from './kept-answers.ts';
import { placeInList, readPlace } from './page-cursor.ts';
import { searchable } from './search-text.ts';
import { showListedCourse } from './show-course.ts';
import type { CourseListRow } from './tables.ts';

export type CourseFilter = {
  q?: string | undefined;
  category?: string | undefined;
  level?: string | undefined;
  language?: string | undefined;
  price?: 'free' | 'paid' | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** Columns of a `CourseListRow` without its `sort_key`; `$1` is the reader's language. */
export const listColumns = `id, slug, title, summary, language, level, category, price_amount, price_currency, cover_asset_id,
  languages, state, instructor_id, instructor_name, lesson_count, duration_seconds,
  translations -> $1::text ->> 'title' as local_title, translations -> $1::text ->> 'summary' as local_summary`;

/** Each filter is a piece of SQL over one numbered parameter; a query uses the ones it was asked for. */
const pieces = {
  q: (n: number) => `search_text like all ($${n}::text[])`,
  category: (n: number) => `category = $${n}`,
  level: (n: number) => `level = $${n}`,
  language: (n: number) => `(language = $${n} or languages @> array[$${n}])`,
  free: () => 'price_amount is null',
  paid: () => 'price_amount is not null',
  after: (n: number) => `(published_at, id) < ($${n}::timestamptz, $${n + 1}::uuid)`,
} as const;
type Piece = keyof typeof pieces;

/**
 * What the index of letters is asked for: the three longest words, whichever of them is the rare one. Asked for the longest
 * alone, it gave every course whenever that one is in all of them ("part 9999" in a series of parts), so that all were
 * read. A word that is not there is the first one again: an array has no index, and no search may end for want of a word.
 */
const askedOfIndex = [
  '($3::text[])[1]',
  'coalesce(($3::text[])[2], ($3::text[])[1])',
  'coalesce(($3::text[])[3], ($3::text[])[1])',
]
  .map((word) => ` and search_text like ${word}`)
  .join('');

/** A row of a page, with what the page's revision is made of. */
type PageRow = CourseListRow & { revision?: string };

/** Filters whose courses one index gives in the order of the list, whichever of them are used; the first that fits. */
const inOrder: readonly (readonly Piece[])[] = [['category', 'level'], ['free'], ['paid']];

// One named statement per combination, declared at load: the planner sees only the conditions that are there, and the
// test that prepares every statement sees them all.
const statements = new Map<string, Statement<readonly unknown[], PageRow>>();
// A search and a combination of filters in two ways, because each is slow where the other is fast. What many courses have
// is looked for among the newest, in order, until the page is full. What does not fill a page there is rare: it is found by
// the indexes of letters and of each filter, all of it, and then sorted. `materialized` keeps the planner from walking the
// whole catalogue in order instead.
const rare = new Map<string, Statement<readonly unknown[], PageRow>>();
// The other pages by what they are made of: the revision of each course on them. Not for searches: everybody looks for
// something else, and finding it is what costs.
const revisions = new Map<string, Statement<readonly unknown[], { revision: string | null }>>();
for (const q of [false, true])
  for (const category of [false, true])
    for (const level of [false, true])
      for (const language of [false, true])
        for (const price of ['', 'free', 'paid'] as const)
          for (const after of [false, true]) {
            const filters: Piece[] = [
              ...(q ? (['q'] as const) : []),
              ...(category ? (['category'] as const) : []),
              ...(level ? (['level'] as const) : []),
              ...(language ? (['language'] as const) : []),
              ...(price ? [price] : []),
            ];
            const used: Piece[] = after ? [...filters, 'after'] : filters;
            // What is left out keeps its parameter.
            const where = (first: number, isIn: (piece: Piece) => boolean = () => true): string[] => {
              let n = first;
              return used.flatMap((name) => {
                const text = isIn(name) ? [pieces[name](n)] : [];
                n += name === 'after' ? 2 : name === 'free' || name === 'paid' ? 0 : 1;
                return text;
              });
            };
            const published = (conditions: readonly string[]) => ["state = 'published'", ...conditions].join(' and ');
            const key = used.join('_');
            const name = `published${key ? `_${key}` : ''}`;
            const guides = inOrder.find((pieces) => pieces.some((piece) => filters.includes(piece))) ?? [];
            if (filters.some((piece) => !guides.includes(piece))) {
              const isInner = (piece: Piece) => piece === 'after' || guides.includes(piece);
              statements.set(
                key,
                statement(
                  `courses.list_${name}`,
                  `select ${listColumns}, published_at as sort_key
                   from (select * from courses where ${published(where(3, isInner))}
                         order by published_at desc, id desc limit 500) newest
                   where ${where(3, (piece) => !isInner(piece)).join(' and ')} order by published_at desc, id desc limit $2`,
                ),
              );
              rare.set(
                key,
                statement(
                  `courses.find_${name}`,
                  `with found as materialized (
                     select id, published_at from courses
                     where ${published(where(3))}${q ? askedOfIndex : ''}
                   )
                   select ${listColumns}, published_at as sort_key from courses
                   where id in (select id from (
                     select id from found order by published_at desc, id desc limit $2) as page)
                   order by published_at desc, id desc`,
                ),
              );
              continue;
            }
            statements.set(
              key,
              statement(
                `courses.list_${name}`,
                `select ${listColumns}, published_at as sort_key, id || ' ' || xmin || '.' || version as revision
                 from courses where ${published(where(3))} order by published_at desc, id desc limit $2`,
              ),
            );
            revisions.set(
              key,
              statement(
                `courses.revisions${key ? `_${key}` : ''}`,
                `select string_agg(id || ' ' || xmin || '.' || version, ',') as revision
                 from (select id, xmin::text, version from courses where ${published(where(2))}
                       order by published_at desc, id desc limit $1) page`,
              ),
            );
          }

/**
 * The catalogue: published courses, newest first, a page at a time. Pages are kept (see `KeptAnswers`) under the revisions
 * of all courses on them, and of the one behind the last, on which it depends whether there is a next page.
 * @throws validation_failed for a cursor of another list
 */
export function listCourses({ db }: { db: Database }) {
  const kept = keepAnswers<{ items: ReturnType<typeof showListedCourse>[]; nextCursor?: string }>(500);
  return async (filter: CourseFilter, ctx: Ctx) => {
    const after = readPlace(filter.cursor, 'catalogue');
    const words = filter.q ? searchable(filter.q).split(' ').filter(Boolean).slice(0, 10) : [];
    const params: unknown[] = [ctx.locale, filter.limit + 1];
    const used: string[] = [];
    if (words.length > 0) {
      used.push('q');
      // The longest first: they are the ones that the index is asked for.
      const sorted = words.toSorted((a, b) => b.length - a.length);
      params.push(sorted.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`));
    }
    for (const name of ['category', 'level', 'language'] as const) {
      if (!filter[name]) continue;
      used.push(name);
      params.push(filter[name]);
    }
    if (filter.price) used.push(filter.price);
    if (after) {
      used.push('after');
      params.push(...after);
    }
    const chosen = statements.get(used.join('_'));
    if (!chosen) throw new Error(`no statement for the filters ${used.join(', ')}`);
    const seldom = rare.get(used.join('_'));
    const readRows = async () => {
      const rows = await db.rows(chosen, params);
      return seldom && rows.length <= filter.limit ? db.rows(seldom, params) : rows;
    };
    const pageOf = (rows: readonly CourseListRow[]) =>
      toPage(rows, {
        limit: filter.limit,
        key: (row) => placeInList('catalogue', [row.sort_key, row.id]),
        item: showListedCourse,
      });
    const revisionOf = revisions.get(used.join('_'));
    if (!revisionOf) return pageOf(await readRows());
    const thing = `${used.join('_')} ${JSON.stringify(params)}`;
    if (!kept.has(thing)) {
      const rows = await readRows();
      return kept.of(thing, rows.map((row) => row.revision).join(','), () => constantAnswer(pageOf(rows)));
    }
    const state = await db.row(revisionOf, params.slice(1));
    return kept.of(thing, state?.revision ?? '', async () => constantAnswer(pageOf(await readRows())));
  };
}

const listOwn = statement<[locale: string, limit: number, instructorId: string], CourseListRow>(
  'courses.list_own',
  `select ${listColumns}, updated_at as sort_key
   from courses where instructor_id = $3 order by updated_at desc, id desc limit $2`,
);
const listOwnAfter = statement<
  [locale: string, limit: number, instructorId: string, after: string, id: string],
  CourseListRow
>(
  'courses.list_own_after',
  `select ${listColumns}, updated_at as sort_key
   from courses where instructor_id = $3 and (updated_at, id) < ($4::timestamptz, $5::uuid)
   order by updated_at desc, id desc limit $2`,
);

/**
 * The courses a person teaches, in every state, last changed first.
 * @throws validation_failed for a cursor of another list
 */
export function listOwnCourses({ db }: { db: Database }) {
  return async (page: { limit: number; cursor?: string | undefined }, instructorId: string, ctx: Ctx) => {
    const after = readPlace(page.cursor, 'own-courses');
    const rows = after
      ? await db.rows(listOwnAfter, [ctx.locale, page.limit + 1, instructorId, ...after])
      : await db.rows(listOwn, [ctx.locale, page.limit + 1, instructorId]);
    return toPage(rows, {
      limit: page.limit,
      key: (row) => placeInList('own-courses', [row.sort_key, row.id]),
      item: showListedCourse,
    });
  };
}
