import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a given secret is the expected one, in a time that tells nothing about either. */
export function secretEquals(given: string | undefined, expected: string): boolean {
  if (!given || !expected) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
