import { type Ctx, fieldMessage, kernelErrors } from '@stoa/kernel';

/**
 * If-Match carries the version the person edited: `"7"`, or `*` for any. Anything else would look like a check that
 * never happens, so it is refused.
 * @throws validation_failed
 */
export function versionOf(header: string | string[] | undefined, ctx: Ctx): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const version = /^"?(\d{1,9})"?$/.exec(String(header))?.[1];
  if (version) return Number(version);
  const message = fieldMessage('invalid_format', ctx.locale);
  throw kernelErrors.validation_failed({ errors: [{ pointer: '/if-match', code: 'invalid_format', message }] });
}
