/** The name among those there are words for; `undefined` for one the API has learned since. */
export function known<T extends string>(names: readonly T[], value: string | null): T | undefined {
  return names.find((name) => name === value);
}
