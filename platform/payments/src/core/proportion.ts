/**
 * floor(amount × part / whole), exactly: the product may be larger than a float can hold.
 * @throws RangeError if `whole` is not positive
 */
export function proportion(amount: number, part: number, whole: number): number {
  if (!(whole > 0)) throw new RangeError('nothing to take a part of');
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
}

/** round-half-up(amount × part / whole) for amounts that are not negative, exactly. */
export function roundedProportion(amount: number, part: number, whole: number): number {
  if (!(whole > 0)) throw new RangeError('nothing to take a part of');
  return Number((BigInt(amount) * BigInt(part) * 2n + BigInt(whole)) / (2n * BigInt(whole)));
}
