/** Currencies a course can be sold in here. */
export const currencies = ['BRL', 'USD', 'EUR'] as const;
export type Currency = (typeof currencies)[number];

const digits = 2;

/** Minor units as somebody types them: `12990` is `129.90`. */
export function amountText(minor: number, decimalSign: string): string {
  return `${Math.trunc(minor / 10 ** digits)}${decimalSign}${String(minor % 10 ** digits).padStart(digits, '0')}`;
}

/**
 * Minor units from what somebody typed or pasted: `129,90`, `R$ 1.299,90`, `1,299.90`, `129`. The last sign followed by
 * one or two digits is the decimal one; `null` when it is no amount.
 */
export function parseAmount(text: string): number | null {
  const cleaned = text.replace(/[^\d.,]/g, '');
  const match = /^(\d+(?:[.,]\d{3})*)(?:[.,](\d{1,2}))?$/.exec(cleaned);
  if (!match?.[1]) return null;
  const whole = Number(match[1].replace(/[.,]/g, ''));
  const cents = Number((match[2] ?? '').padEnd(digits, '0') || '0');
  const minor = whole * 10 ** digits + cents;
  return Number.isSafeInteger(minor) ? minor : null;
}
