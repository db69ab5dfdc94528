import type { Locale } from '@stoa/kernel';

/** "1 hour", "24 horas", "15 minutos". */
export function duration(locale: Locale, minutes: number): string {
  const [value, unit] = minutes >= 60 && minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** The day of an instant (RFC 3339) where the person lives, written out. An unknown zone counts as UTC. */
export function day(locale: Locale, instant: string, timeZone: string): string {
  const date = new Date(instant);
  try {
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(date);
  } catch (error) {
    if (!(error instanceof RangeError) || Number.isNaN(date.getTime())) throw error;
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  }
}

/** `text, name` when the name is known: "Hello, Ana". */
export function withName(text: string, name: string): string {
  return name.trim() ? `${text}, ${name.trim()}` : text;
}
