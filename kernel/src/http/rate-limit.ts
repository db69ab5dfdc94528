import type { RateLimit } from './route.ts';

export type RateLimitState = { allowed: boolean; remaining: number; resetSeconds: number };

export type RateLimiter = {
  /** Counts a request of a caller. */
  take: (caller: string) => RateLimitState;
  /** Callers that are kept in mind. */
  size: () => number;
};

/** Callers kept in mind at the most: some megabytes. With more of them in one window the first to come are forgotten. */
const most = 50_000;

type Window = { start: number; count: number };

/**
 * Counts requests of each caller in fixed windows, in this process. Memory is bounded by the callers of two windows and by
 * `most`.
 */
export function createRateLimiter({ limit, windowSeconds }: RateLimit, now: () => number): RateLimiter {
  const length = windowSeconds * 1000;
  // In two generations: when the younger has lasted for a window, all windows of the elder have ended. Dropping them
  // together costs nothing; a map from which the oldest is deleted again and again grows slow.
  let young = new Map<string, Window>();
  let old = new Map<string, Window>();
  let turnedAt = now();
  const begin = (caller: string, time: number): Window => {
    if (time - turnedAt >= length || young.size >= most / 2) {
      old = young;
      young = new Map();
      turnedAt = time;
    }
    const window = { start: time, count: 0 };
    young.set(caller, window);
    return window;
  };
  return {
    take: (caller) => {
      const time = now();
      const known = young.get(caller) ?? old.get(caller);
      const window = known && time - known.start < length ? known : begin(caller, time);
      window.count += 1;
      return {
        allowed: window.count <= limit,
        remaining: Math.max(0, limit - window.count),
        resetSeconds: Math.max(1, Math.ceil((window.start + length - time) / 1000)),
      };
    },
    size: () => young.size + old.size,
  };
}
