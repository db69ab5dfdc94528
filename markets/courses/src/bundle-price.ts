/** A course of a bundle as its buyer meets it. `listPrice` is what it costs alone, in minor units; 0 when it is free. */
export type BundlePart = { listPrice: number; owned: boolean };

/**
 * What a bundle costs somebody who has some of it already, in minor units.
 *
 * A bundle never costs more than its courses one by one, whatever became of their prices since. What the buyer has is
 * not paid for again: the price is divided among the courses in proportion to what each costs alone, and the buyer pays
 * the shares of those that are missing, rounded half up. So nobody is punished for having bought a course first, and the
 * discount on the rest stays the one that was advertised. The alternative, to refuse, makes the best customers pay most.
 *
 * @returns `price`, and `listPrice`: the missing courses one by one
 */
export function bundlePrice(bundle: number, parts: readonly BundlePart[]): { price: number; listPrice: number } {
  const sum = (of: readonly BundlePart[]) => of.reduce((total, part) => total + part.listPrice, 0);
  const all = sum(parts);
  const listPrice = sum(parts.filter(({ owned }) => !owned));
  const whole = Math.min(bundle, all);
  if (listPrice === all) return { price: whole, listPrice };
  const share = (BigInt(whole) * BigInt(listPrice) * 2n + BigInt(all)) / (2n * BigInt(all));
  return { price: Number(share), listPrice };
}
