import { kernelErrors } from '../errors.ts';

/** The sort key of the last row of a page as an opaque token. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key inside a cursor; undefined without one.
 * @throws validation_failed if it is not one of ours with as many parts
 */
export function decodeCursor(cursor: string | undefined, parts: number): (string | number)[] | undefined {
  if (!cursor) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(key) &&
      key.length === parts &&
      key.every((part) => typeof part === 'string' || typeof part === 'number')
    )
      return key;
  } catch {
    // Falls through to the refusal below: what does not parse is not a cursor of ours.
  }
  throw kernelErrors.validation_failed({
    errors: [{ pointer: '/cursor', code: 'invalid', message: 'not a cursor of this list' }],
  });
}

/**
 * Cuts a page from `limit + 1` rows and makes the cursor of the next one from the last row kept.
 */
export function toPage<T, U>(
  rows: readonly T[],
  options: { limit: number; key: (row: T) => readonly (string | number)[]; item: (row: T) => U },
): { items: U[]; nextCursor?: string } {
  const kept = rows.slice(0, options.limit);
  const last = kept.at(-1);
  const items = kept.map(options.item);
  return rows.length > options.limit && last ? { items, nextCursor: encodeCursor(options.key(last)) } : { items };
}
