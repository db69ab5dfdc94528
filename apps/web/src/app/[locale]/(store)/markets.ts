/** The markets Stoa has words, an accent and a way in for. */
const markets = [
  { name: 'learn', palette: 'aegean', href: '/courses' },
  { name: 'energy', palette: 'saffron', href: '/energy' },
  { name: 'rentals', palette: 'olive', href: '/rentals' },
] as const;

export type Market = (typeof markets)[number];

/**
 * The markets of this installation: `STOA_MARKETS`, names by comma; `learn` when it is not set.
 * @throws Error naming what there is no market for, so that a typing error does not hide one
 */
export function installedMarkets(setting = 'learn'): Market[] {
  const wanted = setting
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = wanted.filter((name) => !markets.some((market) => market.name === name));
  if (unknown.length > 0) throw new Error(`STOA_MARKETS names what does not exist: ${unknown.join(', ')}`);
  return markets.filter(({ name }) => wanted.includes(name));
}
