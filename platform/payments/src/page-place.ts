import { decodeCursor, kernelErrors } from '@stoa/kernel';

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Where a page of a list ends that is sorted by a time, an id and perhaps the line below it.
 * @throws validation_failed if the cursor is not one of such a list
 */
export function pagePlace(cursor: string | undefined, parts: 2 | 3 = 2): [string | null, string | null, number | null] {
  const key = decodeCursor(cursor, parts);
  if (!key) return [null, null, null];
  const [at, id, line] = key;
  const isPlace = typeof at === 'string' && time.test(at) && !Number.isNaN(Date.parse(at)) && uuid.test(String(id));
  const isLine = parts === 2 || (typeof line === 'number' && Number.isInteger(line) && line >= 0 && line < 32_768);
  if (isPlace && isLine) return [at, String(id), typeof line === 'number' ? line : null];
  throw kernelErrors.validation_failed({
    errors: [{ pointer: '/cursor', code: 'invalid', message: 'not a cursor of this list' }],
  });
}
