import { ExpectedError } from './errors.ts';

type Waiting<T, R> = { one: T; resolve: (result: R | Promise<R>) => void; reject: (error: unknown) => void };

/**
 * Does things of a kind together. What is asked for while others are being done is done with the next ones, in one
 * transaction: nobody waits longer for it than for those before, what comes alone is done at once, and under load one
 * commit stands for many. When some cannot be done together, each of them is done alone.
 * @param options.most of them at a time
 * @param options.apart those with the same key are never done together; the later one waits
 * @param options.work does all of them and gives a result for each, in order; one may be still on its way
 */
export function gather<T, R>(options: {
  most: number;
  apart?: (one: T) => string;
  work: (all: readonly T[]) => Promise<readonly (R | Promise<R>)[]>;
}): (one: T) => Promise<R> {
  const { most, apart, work } = options;
  let waiting: Waiting<T, R>[] = [];
  let isWorking = false;

  const takeSome = (): Waiting<T, R>[] => {
    const taken: Waiting<T, R>[] = [];
    const left: Waiting<T, R>[] = [];
    const keys = new Set<string>();
    for (const one of waiting) {
      const key = apart?.(one.one);
      if (taken.length === most || (key !== undefined && keys.has(key))) left.push(one);
      else taken.push(one);
      if (key !== undefined) keys.add(key);
    }
    waiting = left;
    return taken;
  };
  const settle = async (some: readonly Waiting<T, R>[]): Promise<void> => {
    try {
      const results = await work(some.map(({ one }) => one));
      for (const [n, { resolve, reject }] of some.entries()) {
        const [result] = results.slice(n, n + 1);
        if (n < results.length && result !== undefined) resolve(result);
        else reject(new Error('something that was to be done together has no result'));
      }
    } catch (error) {
      // A database that is away is away for all of them.
      if (some.length === 1 || error instanceof ExpectedError) for (const { reject } of some) reject(error);
      else for (const one of some) await settle([one]);
    }
  };
  const next = async (): Promise<void> => {
    if (isWorking) return;
    isWorking = true;
    while (waiting.length > 0) await settle(takeSome());
    isWorking = false;
  };
  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      void next();
    });
}
