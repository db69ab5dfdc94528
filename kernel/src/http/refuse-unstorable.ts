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

/** The first place with such a text, looked for without recursion: a body may nest as deep as it is long. */
function findUnstorable(root: unknown, start: string): string | undefined {
  const rest: { value: unknown; pointer: string }[] = [{ value: root, pointer: start }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { value, pointer } = next;
    if (typeof value === 'string' && !isStorable(value)) return pointer;
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorable(key)) return pointer;
      if (typeof inner !== 'string' && (typeof inner !== 'object' || inner === null)) continue;
      rest.push({ value: inner, pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` });
    }
  }
  return undefined;
}

/** Takes such text out of a body, in place: for operations whose authors paste from anywhere (lessons, answers). */
export function cleanUnstorable(body: unknown): void {
  const rest: object[] = typeof body === 'object' && body !== null ? [body] : [];
  for (let next = rest.pop(); next; next = rest.pop()) {
    for (const [key, value] of Object.entries(next)) {
      if (typeof value === 'string' && !isStorable(value))
        Reflect.set(next, key, value.toWellFormed().replaceAll('\u0000', ''));
      else if (typeof value === 'object' && value !== null) rest.push(value);
    }
  }
}
