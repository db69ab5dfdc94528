import { allocateMoney } from '@stoa/kernel';

/** A line and what of it has gone back already; minor units. */
type Refundable = { id: string; total: number; refunded: number };

/**
 * Spreads a refund that names no lines over what each line has left, in proportion, without losing a cent and without
 * giving any line more than it has. @throws RangeError if there is not that much left
 */
export function spreadRefund(lines: readonly Refundable[], amount: number): { lineId: string; amount: number }[] {
  const left = lines.map((line) => line.total - line.refunded);
  const all = left.reduce((sum, one) => sum + one, 0);
  if (amount < 0 || amount > all) throw new RangeError(`${amount} of ${all} cannot go back`);
  if (amount === 0) return [];
  // `XXX` is ISO 4217's code where no currency is involved: shares do not depend on it.
  const shares = allocateMoney({ amount, currency: 'XXX' }, left);
  return lines.flatMap((line, index) => {
    const share = shares[index]?.amount ?? 0;
    return share > 0 ? [{ lineId: line.id, amount: share }] : [];
  });
}
