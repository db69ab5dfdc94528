import { Document } from '@stoa/contracts/document';
import { type Ctx, type FieldError, fieldMessage } from '@stoa/kernel';
import { errors } from './errors.ts';

/** JSON levels of a document; a list in a quote in a table cell takes a dozen. */
const depthLimit = 60;
const issueLimit = 20;

const codes: Record<string, string> = { unrecognized_keys: 'unknown', invalid_type: 'invalid_format' };

/**
 * Content written by a person as a document, or a refusal that names each wrong place.
 * @param at JSON pointer of the content in the request, e.g. `/content`
 * @throws invalid_document
 */
export function checkDocument(content: unknown, { at, ctx }: { at: string; ctx: Ctx }): Document {
  const refusal = (pointer: string, code: string): FieldError => ({
    pointer,
    code,
    message: fieldMessage(code, ctx.locale),
  });
  // Checked first and without recursion: the schema would run out of stack on a document nested ten thousand times.
  const tooDeep = findTooDeep(content);
  if (tooDeep !== null) throw errors.invalid_document({ errors: [refusal(at, 'invalid')] });
  const result = Document.safeParse(content);
  if (result.success) return result.data;
  throw errors.invalid_document({
    errors: result.error.issues
      .slice(0, issueLimit)
      .map(({ path, code }) => refusal([at, ...path.map(pointerPart)].join('/'), codes[code] ?? 'invalid')),
  });
}

/** A value that lies deeper than any real document, or null. */
function findTooDeep(content: unknown): unknown {
  let level: unknown[] = [content];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthLimit) return level[0];
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return null;
}

/** One step of a JSON pointer (RFC 6901). */
function pointerPart(key: PropertyKey): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}
