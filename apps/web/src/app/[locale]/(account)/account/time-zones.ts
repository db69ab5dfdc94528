export type TimeZone = { name: string; label: string };

/** Clocks are put forward and back on the quarter of an hour, everywhere. */
const quarterMs = 15 * 60_000;
let last: { quarter: number; zones: TimeZone[] } | undefined;

/**
 * IANA zones this server knows, with their offset now, west to east. About four hundred; making their formatters takes
 * longer than drawing the page they are on, so the list is kept until an offset could change.
 */
export function timeZones(now: Date): readonly TimeZone[] {
  const quarter = Math.floor(now.getTime() / quarterMs);
  if (last?.quarter !== quarter) last = { quarter, zones: listTimeZones(now) };
  return last.zones;
}

function listTimeZones(now: Date): TimeZone[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
    .map((name) => ({ name, minutes: minutesOf(name, now) }))
    .sort((a, b) => a.minutes - b.minutes || a.name.localeCompare(b.name))
    .map(({ name, minutes }) => ({
      name,
      label: `${name.replaceAll('_', ' ').replaceAll('/', ' / ')} (${labelOf(minutes)})`,
    }));
}

/** Minutes that a zone is ahead of UTC: `GMT-03:00` is -180. */
function minutesOf(timeZone: string, now: Date): number {
  const text = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).format(now);
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** What CLDR calls the short offset, which is written alike in our three languages: `GMT-3`, `GMT+5:30`. */
function labelOf(minutes: number): string {
  const distance = Math.abs(minutes);
  const rest = distance % 60;
  return `GMT${minutes < 0 ? '-' : '+'}${Math.floor(distance / 60)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
