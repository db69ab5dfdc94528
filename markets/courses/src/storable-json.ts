/**
 * JSON text that PostgreSQL can keep: it stores neither the zero character nor half a surrogate pair, and both can
 * stand in a source or in a request.
 */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\u0000', '') : part,
  );
}
