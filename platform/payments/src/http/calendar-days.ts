import { kernelErrors } from '@stoa/kernel';

/** A day or time that a calendar and the database both know. @throws validation_failed */
export function requireDay(value: string | undefined, pointer: string): void {
  if (value === undefined) return;
  const year = new Date(value).getUTCFullYear();
  if (!(year >= 1970 && year <= 2200)) throw notADay(pointer);
}

/** The refusal of a day that cannot be used where `pointer` says. */
export const notADay = (pointer: string) =>
  kernelErrors.validation_failed({
    errors: [{ pointer, code: 'invalid', message: 'not a day that can be used here' }],
  });
