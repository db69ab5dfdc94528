/** A part of a video or audio in whole seconds, from inclusive, to exclusive. */
export type Range = readonly [from: number, to: number];

/**
 * Ranges as a player reports them (fractions of seconds, any order, overlapping) as PostgreSQL writes a multirange.
 * Fractions round outwards: what was partly seen was seen. Empty and backward ranges are left out.
 */
export function toMultirange(ranges: readonly (readonly number[])[]): string {
  const parts: string[] = [];
  for (const [from = 0, to = 0] of ranges) {
    const start = Math.floor(from);
    const end = Math.ceil(to);
    if (start >= 0 && end > start && from < to) parts.push(`[${start},${end})`);
  }
  return `{${parts.join(',')}}`;
}

/** A lesson counts as watched from 90 % of its length, so that credits and silence need not be sat through. */
export const watchedShare = 0.9;
