import { currencyExponent, type Money } from '@stoa/kernel';
import { ProviderFailure } from './provider.ts';

/**
 * Minor units as the decimal text of major units: `12990` with two digits is `129.90`. Digits are moved, nothing is
 * divided, so no amount passes through a float.
 * @throws RangeError on fractions, negatives and unsafe integers
 */
export function toDecimal(amount: number, digits: number): string {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not an amount of minor units: ${amount}`);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * The decimal text (or JSON number) of major units as minor units.
 * @throws RangeError when it is not a plain decimal, or is finer than the currency
 */
export function fromDecimal(value: string | number, digits: number): number {
  const text = String(value);
  const match = /^(\d{1,15})(?:\.(\d{1,10}))?$/.exec(text);
  if (!match) throw new RangeError('not a decimal amount');
  const whole = match[1] ?? '0';
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) throw new RangeError('finer than the currency');
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(amount)) throw new RangeError('larger than an amount can be');
  return amount;
}

/**
 * An amount in the minor units a provider counts in. Providers disagree with ISO 4217 about some currencies (no cents
 * for Hungarian forints at PayPal, cents for Icelandic krónur at Stripe).
 * @throws ProviderFailure `refused` when the provider cannot say the amount exactly
 */
export function toProviderUnits(money: Money, providerDigits: number): number {
  const difference = providerDigits - currencyExponent(money.currency);
  if (difference >= 0) return money.amount * 10 ** difference;
  const factor = 10 ** -difference;
  if (money.amount % factor !== 0) {
    throw new ProviderFailure('refused', `the provider takes no fractions of ${money.currency}`, {
      providerCode: 'amount_too_fine',
    });
  }
  return money.amount / factor;
}

/**
 * A provider's minor units as ours.
 * @throws RangeError when we could not say the amount exactly
 */
export function fromProviderUnits(amount: number, currency: string, providerDigits: number): Money {
  const difference = currencyExponent(currency) - providerDigits;
  const factor = 10 ** Math.abs(difference);
  if (difference < 0 && amount % factor !== 0) throw new RangeError('finer than the currency');
  return { amount: difference < 0 ? amount / factor : amount * factor, currency };
}
