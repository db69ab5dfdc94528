/** A course that somebody without an account keeps for later, with the price they saw. */
export type Wish = {
  courseId: string;
  /** RFC 3339, to the second. */
  savedAt: string;
  /** Null when it was free. */
  savedPrice: { amount: number; currency: string } | null;
};

/** Courses a browser remembers: what fits into a cookie. An account keeps more. */
export const mostRemembered = 50;

/** The wishes in a cookie's value, kept last first; what is none of ours is left out, because a cookie is untrusted input. */
export function parseWishes(value: string | undefined): Wish[] {
  const wishes = (value ?? '').split('~').flatMap((part) => parseWish(part) ?? []);
  const first = new Map(wishes.toReversed().map((wish) => [wish.courseId, wish]));
  return wishes.filter((wish) => first.get(wish.courseId) === wish).slice(0, mostRemembered);
}

/** The other way round. */
export function writeWishes(wishes: readonly Wish[]): string {
  return wishes
    .map(({ courseId, savedAt, savedPrice }) => {
      const seconds = Math.floor(new Date(savedAt).getTime() / 1000);
      const price = savedPrice ? `.${savedPrice.amount.toString(36)}.${savedPrice.currency}` : '';
      return `${courseId.replaceAll('-', '')}.${seconds.toString(36)}${price}`;
    })
    .join('~');
}

/** Keeps one more, first; null when the browser has no room. One that is kept already stays as it was. */
export function addWish(wishes: readonly Wish[], wish: Wish): Wish[] | null {
  if (wishes.some(({ courseId }) => courseId === wish.courseId)) return [...wishes];
  return wishes.length >= mostRemembered ? null : [wish, ...wishes];
}

/** Forgets one. */
export function removeWish(wishes: readonly Wish[], courseId: string): Wish[] {
  return wishes.filter((wish) => wish.courseId !== courseId);
}

/** How a price has changed since a course was kept: `null` when it has not, or when the two cannot be compared. */
export function priceChange(then: Wish['savedPrice'], now: Wish['savedPrice']): 'lower' | 'higher' | null {
  if (then && now && then.currency !== now.currency) return null;
  const difference = (now?.amount ?? 0) - (then?.amount ?? 0);
  return difference === 0 ? null : difference < 0 ? 'lower' : 'higher';
}

const part =
  /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.([0-9a-z]{1,7})(?:\.([0-9a-z]{1,6})\.([A-Z]{3}))?$/;

function parseWish(text: string): Wish | null {
  const match = part.exec(text);
  if (!match) return null;
  const [, a, b, c, d, e, seconds = '0', amount, currency] = match;
  const savedAt = new Date(Number.parseInt(seconds, 36) * 1000);
  if (Number.isNaN(savedAt.getTime()) || savedAt.getUTCFullYear() > 9999) return null;
  const minor = amount ? Number.parseInt(amount, 36) : 0;
  if (amount && (minor < 1 || minor > 100_000_000)) return null;
  return {
    courseId: [a, b, c, d, e].join('-'),
    savedAt: savedAt.toISOString().replace('.000Z', 'Z'),
    savedPrice: amount && currency ? { amount: minor, currency } : null,
  };
}
