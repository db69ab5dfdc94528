const day = /^\d{4}-\d{2}-\d{2}$/;

/** Minutes a zone is ahead of UTC at an instant. */
function offsetMinutes(at: Date, timeZone: string): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day: dayOfMonth = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Math.round((Date.UTC(year, month - 1, dayOfMonth, hour, minute, second) - at.getTime()) / 60_000);
}

/**
 * The instant a calendar day (`YYYY-MM-DD`) begins for somebody in a time zone, as RFC 3339 in UTC; `plusDays` days later.
 * `null` when it is no day. Where clocks skip midnight it is the first instant that there is.
 */
export function startOfDay(text: string, timeZone: string, plusDays = 0): string | null {
  if (!day.test(text)) return null;
  const midnight = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== text) return null;
  midnight.setUTCDate(midnight.getUTCDate() + plusDays);
  // The offset depends on the instant that is looked for: the second look is at the right one.
  const first = new Date(midnight.getTime() - offsetMinutes(midnight, timeZone) * 60_000);
  return new Date(midnight.getTime() - offsetMinutes(first, timeZone) * 60_000).toISOString();
}
