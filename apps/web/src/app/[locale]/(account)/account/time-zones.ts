import 'server-only';

/** IANA zones this server knows, with their offset now, west to east. About four hundred. */
export function timeZones(locale: string, now: Date): { name: string; label: string }[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
    .map((name) => {
      const offset = (style: 'shortOffset' | 'longOffset') =>
        new Intl.DateTimeFormat(style === 'longOffset' ? 'en' : locale, { timeZone: name, timeZoneName: style })
          .formatToParts(now)
          .find((part) => part.type === 'timeZoneName')?.value ?? '';
      return {
        name,
        label: `${name.replaceAll('_', ' ').replaceAll('/', ' / ')} (${offset('shortOffset')})`,
        minutes: minutesOf(offset('longOffset')),
      };
    })
    .sort((a, b) => a.minutes - b.minutes || a.name.localeCompare(b.name))
    .map(({ name, label }) => ({ name, label }));
}

/** `GMT-03:00` is -180. */
function minutesOf(offset: string): number {
  const match = /([+-])(\d{2}):(\d{2})/.exec(offset);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}
