import { randomBytes, randomInt } from 'node:crypto';
import { v7 } from 'uuid';

/** Where time comes from. Domain code never calls `Date.now()` itself, so that tests and simulations own the clock. */
export type Clock = { now: () => Date };

/** Where ids and secrets come from. */
export type Ids = {
  /** A UUIDv7: sorts by creation time, public, never a secret. */
  id: () => string;
  /** An unguessable URL-safe token of `bytes` random bytes (default 32). */
  token: (bytes?: number) => string;
  /** A uniform integer in [0, max). */
  integer: (max: number) => number;
};

export const systemClock: Clock = { now: () => new Date() };

export const systemIds: Ids = {
  id: () => v7(),
  token: (bytes = 32) => randomBytes(bytes).toString('base64url'),
  integer: (max) => randomInt(max),
};

/** A clock that tests set and advance. `advance` takes milliseconds. */
export function manualClock(start: Date): Clock & { advance: (ms: number) => void; set: (to: Date) => void } {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    advance: (ms) => {
      current += ms;
    },
    set: (to) => {
      current = to.getTime();
    },
  };
}
