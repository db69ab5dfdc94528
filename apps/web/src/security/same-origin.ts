/**
 * True when a state-changing request comes from our own pages. `Sec-Fetch-Site` cannot be set by script and every
 * current browser sends it; for others `Origin` must equal our origin. Neither present: refused.
 */
export function isSameOrigin(headers: { get(name: string): string | null }, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site) return site === 'same-origin';
  return headers.get('origin') === origin;
}
