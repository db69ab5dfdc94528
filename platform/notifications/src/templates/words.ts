import { currencyExponent, type Locale } from '@stoa/kernel';
import { z } from 'zod';

/** An amount in parameters: integer minor units and ISO 4217 code. */
export const MoneyParam = z.strictObject({ amount: z.int(), currency: z.string().length(3) });

/** "R$ 129,90", "US$129.90": as money is written in the language. */
export function price(locale: Locale, { amount, currency }: z.output<typeof MoneyParam>): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    amount / 10 ** currencyExponent(currency),
  );
}

/** "1 hour", "24 horas", "15 minutos", "7 days". A day is still 24 hours. */
export function duration(locale: Locale, minutes: number): string {
  const days = minutes / 1440;
  const hours = minutes / 60;
  const [value, unit] =
    days > 1 && Number.isInteger(days)
      ? [days, 'day']
      : hours >= 1 && Number.isInteger(hours)
        ? [hours, 'hour']
        : [minutes, 'minute'];
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

/** "A", "A and B", "A, B and C". */
export function listed(locale: Locale, items: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}

/** "A" and how many more there are: for subjects, where a list has no room. */
export function firstOf(locale: Locale, items: readonly string[]): string {
  const [first = '', ...rest] = items;
  if (rest.length === 0) return first;
  const more = { en: 'and', 'pt-BR': 'e mais', es: 'y' }[locale];
  const others = { en: `${rest.length} more`, 'pt-BR': `${rest.length}`, es: `${rest.length} más` }[locale];
  return `${first} ${more} ${others}`;
}
