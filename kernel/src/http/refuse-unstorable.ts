import { kernelErrors } from '../errors.ts';
import type { Locale } from '../locale.ts';
import { fieldMessage } from './problem.ts';

/**
 * Refuses text that no database column can keep: the zero character and half a surrogate pair. JSON Schema cannot say
 * so, and PostgreSQL would answer with an error in the middle of a command.
 * @throws validation_failed naming the first such place
 */
export function refuseUnstorable(input: { params: unknown; query: unknown; body: unknown }, locale: Locale): void {
  const pointer = findUnstorable(input.params, '') ?? findUnstorable(input.query, '') ?? findUnstorable(input.body, '');
  if (pointer === undefined) return;
  throw kernelErrors.validation_failed({
    errors: [{ pointer: pointer || '/', code: 'invalid', message: fieldMessage('invalid', locale) }],
  });
}

const isStorable = (text: string) => text.isWellFormed() && !text.includes('\u0000');

function findUnstorable(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : pointer;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!isStorable(key)) return pointer;
    const found = findUnstorable(inner, place);
    if (found !== undefined) return found;
  }
  return undefined;
}
