/** A query parameter that is given once; `undefined` when it is missing, empty or repeated. */
export function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
