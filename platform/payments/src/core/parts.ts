import { proportion } from './proportion.ts';

/** Where the money of a line goes: the seller, the platform, the tax office. All in minor units. */
export type Parts = { seller: number; platform: number; tax: number };

/** What is known of a line when its money is divided. `sellerShare` is in ten-thousandths of the net price. */
export type Divided = { net: number; tax: number; total: number; sellerShare: number; sellerId: string };

/** Divides a line as it was sold. What does not divide evenly is the platform's; without a seller everything is. */
export function partsOf(line: Divided): Parts {
  const seller = line.sellerId === '' ? 0 : proportion(line.net, line.sellerShare, 10_000);
  return { seller, platform: line.net - seller, tax: line.tax };
}

/**
 * What each of the three gives back when `amount` of a line goes back after `before` already did. Whatever the steps,
 * they add up to exactly the line's parts when all of it is back, and no step takes from one to give to another: each
 * split is by floor of one share, its rest being the other, so every part only ever grows with the amount.
 */
export function partsOfRefund(line: Divided, before: number, amount: number): Parts {
  const from = partsBack(line, before);
  const to = partsBack(line, before + amount);
  return { seller: to.seller - from.seller, platform: to.platform - from.platform, tax: to.tax - from.tax };
}

function partsBack(line: Divided, back: number): Parts {
  if (back < 0 || back > line.total) throw new RangeError(`${back} of ${line.total} cannot go back`);
  if (line.total === 0) return { seller: 0, platform: 0, tax: 0 };
  const parts = partsOf(line);
  const seller = proportion(back, parts.seller, line.total);
  const others = line.total - parts.seller;
  const tax = others === 0 ? 0 : proportion(back - seller, parts.tax, others);
  return { seller, tax, platform: back - seller - tax };
}
