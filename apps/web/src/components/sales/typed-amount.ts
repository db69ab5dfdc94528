/** Currencies something can be priced in here. */
export const currencies = ['BRL', 'USD', 'EUR'] as const;
export type Currency = (typeof currencies)[number];

/** Minor units as somebody types them: `12990` is `129.90`. */
export function amountText(minor: number, decimalSign: string, digits = 2): string {
  if (digits === 0) return String(minor);
  return `${Math.trunc(minor / 10 ** digits)}${decimalSign}${String(minor % 10 ** digits).padStart(digits, '0')}`;
}

/**
 * Minor units from what somebody typed or pasted: `129,90`, `R$ 1.299,90`, `1,299.90`, `129`. The last sign followed by
 * one or two digits is the decimal one; `null` when it is no amount. `digits` are the decimals of the currency.
 */
export function parseAmount(text: string, digits = 2): number | null {
  const cleaned = text.replace(/[^\d.,]/g, '');
  const match = /^(\d+(?:[.,]\d{3})*)(?:[.,](\d{1,2}))?$/.exec(cleaned);
  if (!match?.[1]) return null;
  if ((match[2] ?? '').length > digits) return null;
  const whole = Number(match[1].replace(/[.,]/g, ''));
  const cents = Number((match[2] ?? '').padEnd(digits, '0') || '0');
  const minor = whole * 10 ** digits + cents;
  return Number.isSafeInteger(minor) ? minor : null;
}
