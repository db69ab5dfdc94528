/** Chance that a seed repeats exactly (mulberry32). */
export function seeded(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (max: number) => Math.floor(next() * max);
  return {
    chance: (probability: number) => next() < probability,
    integer,
    between: (from: number, to: number) => from + integer(to - from + 1),
    pick: <T>(items: readonly T[]): T => {
      const item = items[integer(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}
export type Chance = ReturnType<typeof seeded>;
