/**
 * Where to go after signing in or out. Only a path of this site is accepted, because the value arrives in a link that
 * anybody can write: absolute and protocol-relative URLs, backslashes (browsers read them as slashes), control
 * characters and the sign-in routes themselves (a loop) all become `/`.
 */
export function safeReturnTo(value: string | null | undefined): string {
  if (!value?.startsWith('/') || value.startsWith('//') || value.length > 2048) return '/';
  if ([...value].some((character) => character === '\\' || character < ' ' || character === '\u007f')) return '/';
  const base = 'http://stoa.invalid';
  if (!URL.canParse(value, base)) return '/';
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return '/';
  if (/^\/(auth|bff|oidc|api)(\/|$)/.test(url.pathname)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
