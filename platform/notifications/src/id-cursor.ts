import { decodeCursor, fieldMessage, kernelErrors, type Locale } from '@stoa/kernel';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id that a page of a list begins after; null for the first. @throws validation_failed if it is no id */
export function idCursor(cursor: string | undefined, locale: Locale): string | null {
  const id = decodeCursor(cursor, 1)?.[0];
  if (id === undefined) return null;
  if (typeof id === 'string' && uuid.test(id)) return id;
  throw kernelErrors.validation_failed({
    errors: [{ pointer: '/cursor', code: 'invalid', message: fieldMessage('invalid', locale) }],
  });
}
