import type { RateLimit } from './route.ts';

export type RateLimitState = { allowed: boolean; remaining: number; resetSeconds: number };

/**
 * Counts requests per key in fixed windows, in this process. Old windows are dropped as new ones come, so memory is
 * bounded by the callers of the last window.
 */
export function createRateLimiter(now: () => number): (key: string, limit: RateLimit) => RateLimitState {
  const windows = new Map<string, { start: number; count: number }>();
  let sweepAt = now() + 60_000;
  return (key, { limit, windowSeconds }) => {
    const time = now();
    if (time > sweepAt) {
      for (const [other, window] of windows) if (time - window.start > 3_600_000) windows.delete(other);
      sweepAt = time + 60_000;
    }
    const length = windowSeconds * 1000;
    let window = windows.get(key);
    if (!window || time - window.start >= length) {
      window = { start: time, count: 0 };
      windows.set(key, window);
    }
    window.count += 1;
    return {
      allowed: window.count <= limit,
      remaining: Math.max(0, limit - window.count),
      resetSeconds: Math.max(1, Math.ceil((window.start + length - time) / 1000)),
    };
  };
}
