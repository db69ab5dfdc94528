'use client';

import { type ReactNode, useEffect } from 'react';
import { keepTypedEarly } from './typed-early.ts';

// Begun when React first comes here: it takes over what stands inside only after that.
let give = typeof document === 'undefined' ? null : keepTypedEarly();

/** Keeps what was typed and chosen inside of it before the scripts were there. */
export function TypedEarlyKeeper({ children }: { children: ReactNode }) {
  // After the effects of everything inside.
  useEffect(() => {
    give?.();
    give = null;
  }, []);
  return children;
}
