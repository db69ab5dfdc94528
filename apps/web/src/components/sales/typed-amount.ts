import { locales } from '../../i18n/locales.ts';

/** Currencies something can be priced in here. */
export const currencies = ['BRL', 'USD', 'EUR'] as const;
export type Currency = (typeof currencies)[number];

/** Minor units as somebody types them: `12990` is `129.90`. */
export function amountText(minor: number, decimalSign: string, digits = 2): string {
  if (digits === 0) return String(minor);
  return `${Math.trunc(minor / 10 ** digits)}${decimalSign}${String(minor % 10 ** digits).padStart(digits, '0')}`;
}

/** One sign or code of a currency (`R$`, `€`, `USD`), before the amount or after it. */
const mark = /^(?:[a-z]{0,2}\p{Sc}|[a-z]{3})(?=[\s\d])|(?<=[\s\d])(?:[a-z]{0,2}\p{Sc}|[a-z]{3})$/iu;
/** Thousands apart from each other, by one sign throughout; then another sign before the decimals. */
const grouped =
  /^(?<whole>[1-9]\d{0,2}(?<sign>[.,\s'’])\d{3}(?:\k<sign>\d{3})*)(?:(?!\k<sign>)[.,](?<decimals>\d+))?$/u;
const plain = /^(?<whole>\d+)(?:[.,](?<decimals>\d+))?$/;

/** The decimal sign of a language, as its readers type it. */
export const decimalSignOf = (locale: string) => (new Intl.NumberFormat(locale).format(1.5).includes(',') ? ',' : '.');

/** How a currency is written in the languages of ours, in capitals: `BRL` and `R$`; `USD`, `US$` and `$`. */
function marksOf(currency: string): string[] {
  const signs = locales.flatMap((locale) =>
    (['symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
        .formatToParts(0)
        .flatMap(({ type, value }) => (type === 'currency' ? [value.toUpperCase()] : [])),
    ),
  );
  return [currency, ...signs];
}

type Reading = { locale: string; currency: string; digits?: number };

/**
 * Minor units from what somebody typed or pasted: `129,90`, `R$ 1.299,90`, `1,299.90`, `129`. Both signs are read in
 * every language; where one alone could be either (`10.999`), it is what it is to a reader of `locale`. `null` when it is
 * no amount, or one of another currency: nothing that is not understood is left out, as what remains would be another amount.
 * @param currency ISO 4217: only its own code and signs may stand beside the amount
 * @param digits the decimals of the currency
 */
export function parseAmount(text: string, { locale, currency, digits = 2 }: Reading): number | null {
  const trimmed = text.trim();
  const written = mark.exec(trimmed)?.[0].toUpperCase();
  if (written && !marksOf(currency).includes(written)) return null;
  const number = trimmed.replace(mark, '').trim();
  const isDecimal = /^\d+([.,])\d{3}$/.exec(number)?.[1] === decimalSignOf(locale);
  const { whole, decimals = '' } = ((isDecimal ? null : grouped.exec(number)) ?? plain.exec(number))?.groups ?? {};
  if (whole === undefined || decimals.length > digits) return null;
  const minor = Number(whole.replace(/\D/g, '') + decimals.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}
