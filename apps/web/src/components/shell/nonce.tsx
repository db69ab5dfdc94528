'use client';

import { setNonce } from 'get-nonce';

/*
 * Overlays that lock the page's scroll add a <style> element (react-remove-scroll); the policy wants the nonce of the
 * page's first load on it. The browser hides nonces from markup but not from the script elements that carry them.
 */
function adoptNonce() {
  if (typeof document === 'undefined') return;
  for (const script of document.querySelectorAll<HTMLScriptElement>('script[nonce]')) {
    if (!script.nonce) continue;
    setNonce(script.nonce);
    return;
  }
}

// Overlays import this file, so it has run before any of them can open, in whatever order the page's parts wake up.
adoptNonce();

/** Gives style elements made by script the nonce the browser checks. Overlays import it too. */
export function StyleNonce() {
  return null;
}
