import { type Queries, statement } from '@stoa/kernel';
import { searchable } from './search-text.ts';

const slugOwner = statement<[slug: string], { id: string }>(
  'courses.slug_owner',
  'select id from courses where slug = $1',
);

/** Paths below `/api/courses/` that are not courses. */
const reserved = new Set(['mine', 'imports']);

/** `Drive economically & safely` → `drive-economically-safely`, at most 80 characters. */
export function slugOf(title: string): string {
  const slug = searchable(title)
    // Taking accents off has also taken other scripts (Hangul) to pieces.
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 81)
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
  return slug || 'course';
}

/** True if a course may not be found under this slug, whoever asks. */
export function isReservedSlug(slug: string): boolean {
  return reserved.has(slug);
}

/**
 * The slug, or the first of slug-2, slug-3 … that no other course has. Two that race for one are settled by the unique
 * index: the later one must ask again.
 */
export async function freeSlug(db: Queries, wanted: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? wanted : `${wanted.slice(0, 70)}-${n}`;
    if (isReservedSlug(slug)) continue;
    if (!(await db.row(slugOwner, [slug]))) return slug;
  }
}
