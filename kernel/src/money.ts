/** An amount in minor units (cents) of an ISO 4217 currency. Never a float, never without its currency. */
export type Money = { amount: number; currency: string };

const exponents: Record<string, number> = { JPY: 0, KRW: 0, CLP: 0, PYG: 0, VND: 0, KWD: 3, BHD: 3, TND: 3 };

/** Minor units per major unit as a power of ten (ISO 4217), 2 unless the currency says otherwise. */
export function currencyExponent(currency: string): number {
  return exponents[currency] ?? 2;
}

/**
 * Builds money, refusing what is not a safe integer or not an ISO code.
 * @throws RangeError on fractions, unsafe integers or malformed currencies
 */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not an integer of minor units: ${amount}`);
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`not an ISO 4217 code: ${currency}`);
  return { amount, currency };
}

/**
 * Splits an amount by weights without losing a cent: each share is rounded down, what remains goes one by one to the
 * largest remainders, the earlier first (Hamilton's method).
 * @throws RangeError if there is no positive weight
 */
export function allocateMoney(total: Money, weights: readonly number[]): Money[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!(sum > 0) || weights.some((weight) => weight < 0))
    throw new RangeError('weights must be non-negative, one positive');
  const sign = Math.sign(total.amount) || 1;
  const amount = Math.abs(total.amount);
  // Whole weights are reckoned exactly: amount times weight may be more than a float can tell apart.
  const whole = weights.every(Number.isSafeInteger);
  const exact = weights.map((weight) => {
    if (!whole) return { floor: Math.floor((amount * weight) / sum), remainder: ((amount * weight) / sum) % 1 };
    const product = BigInt(amount) * BigInt(weight);
    return { floor: Number(product / BigInt(sum)), remainder: Number(product % BigInt(sum)) };
  });
  const shares = exact.map(({ floor }) => floor);
  let rest = amount - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map(({ remainder }, index) => ({ index, remainder }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (rest <= 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    rest -= 1;
  }
  // No minus before nothing.
  return shares.map((share) => money(share === 0 ? 0 : sign * share, total.currency));
}

/**
 * Divides a price that is paid in parts, after `surcharge` ten-thousandths of it were added (rounded half up): the parts add
 * up to the sum exactly, and none is smaller than one after it.
 * @throws RangeError if there are no parts
 */
export function inParts(price: Money, { parts, surcharge }: { parts: number; surcharge: number }): Money[] {
  const added = Number((BigInt(price.amount) * BigInt(surcharge) * 2n + 10_000n) / 20_000n);
  return allocateMoney(
    money(price.amount + added, price.currency),
    Array.from({ length: parts }, () => 1),
  );
}
