'use client';

import { setNonce } from 'get-nonce';

/*
 * Overlays that lock the page's scroll add a <style> element (react-remove-scroll); the policy wants this page's nonce
 * on it. The browser hides nonces from markup but not from the script elements that carry them.
 */
if (typeof document !== 'undefined') {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
  if (nonce) setNonce(nonce);
}

/** Gives style elements made by script the nonce of the first page load, which is the one the browser checks. */
export function StyleNonce() {
  return null;
}
