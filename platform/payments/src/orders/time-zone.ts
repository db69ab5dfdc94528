/**
 * A time zone (IANA name) as this runtime writes it, or empty for what is none: a browser that says something odd is no
 * reason not to sell. Bare offsets (`+03:00`) are no zones: they know no summer.
 */
export function knownTimeZone(asked: string): string {
  if (asked === '' || /^[+-]/.test(asked)) return '';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: asked }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}
