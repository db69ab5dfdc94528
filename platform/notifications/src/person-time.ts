/** Minutes of the day, 0 to 1439: from when to when somebody wants to be left alone. May go over midnight. */
export type QuietHours = { from: number; to: number };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

type Local = { year: number; month: number; day: number; minutes: number; weekday: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  // Zones are some hundreds; anything else would be a zone that does not exist, of which there is no end.
  if (formats.size < 1000) formats.set(timeZone, format);
  return format;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What a clock on the wall shows at an instant. An unknown zone counts as UTC. `weekday` 0 is Sunday. */
export function localTime(instant: Date, timeZone: string): Local {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return {
    year,
    month,
    day,
    minutes: hour * 60 + minute,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
  };
}

type Wall = { year: number; month: number; day: number; minutes: number };

/**
 * The first instant at which a clock on the wall shows this or later. In the hour that a change to summer time leaves
 * out, that is the moment of the change.
 */
function instantOf({ year, month, day, minutes }: Wall, timeZone: string): Date {
  const wanted = Date.UTC(year, month - 1, day) + minutes * minuteMs;
  const shown = (at: number) => {
    const local = localTime(new Date(at), timeZone);
    return Date.UTC(local.year, local.month - 1, local.day) + local.minutes * minuteMs;
  };
  // Offsets are between -12 and +14 hours, so the instant is in this window; the wall clock only ever jumps once in it.
  let low = wanted - 14 * 60 * minuteMs - minuteMs;
  let high = wanted + 13 * 60 * minuteMs;
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (shown(middle) >= wanted) high = middle;
    else low = middle;
  }
  return new Date(high);
}

/** When a quiet time that has begun is over; undefined if it is not quiet now. */
export function endOfQuiet(now: Date, timeZone: string, quiet: QuietHours | undefined): Date | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const local = localTime(now, timeZone);
  const overNight = quiet.from > quiet.to;
  const inside = overNight
    ? local.minutes >= quiet.from || local.minutes < quiet.to
    : local.minutes >= quiet.from && local.minutes < quiet.to;
  if (!inside) return undefined;
  const tomorrow = overNight && local.minutes >= quiet.from;
  return instantOf({ ...dateAfter(local, tomorrow ? 1 : 0), minutes: quiet.to }, timeZone);
}

/** At what time of the day digests go out: 8 in the morning. */
const digestMinutes = 8 * 60;

/** When the next digest goes out: tomorrow morning or today's, or on Monday morning. Always later than now. */
export function nextDigest(now: Date, timeZone: string, period: 'daily' | 'weekly'): Date {
  const local = localTime(now, timeZone);
  for (let days = 0; days <= 8; days += 1) {
    const date = dateAfter(local, days);
    if (period === 'weekly' && new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay() !== 1) continue;
    const at = instantOf({ ...date, minutes: digestMinutes }, timeZone);
    if (at > now) return at;
  }
  throw new Error('a week without a Monday');
}

function dateAfter({ year, month, day }: { year: number; month: number; day: number }, days: number) {
  const date = new Date(Date.UTC(year, month - 1, day) + days * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
