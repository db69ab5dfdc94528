/** What a line of a cart is bought for: oneself, somebody with an e-mail address, or people named later. */
export type Purpose = 'own' | 'gift' | 'seats';
export type GiftDetails = { email: string; name: string; message: string };
export type CartLine = {
  /** Tells lines of the same item apart. */
  id: string;
  sku: string;
  quantity: number;
  purpose: Purpose;
  gift: GiftDetails | null;
};

/** A cart as its cookie keeps it. Prices are never in it: they come from the API each time. */
export type Cart = {
  /** Names this cart in idempotency keys; a new one once it has become an order. */
  seed: string;
  lines: CartLine[];
  coupon: string;
  /** ISO 3166, whose taxes apply; empty when nobody has said. */
  country: string;
  /** The line removed last and where it stood, to bring it back. */
  removed: { line: CartLine; index: number } | null;
  /** The order the cart became last, for a second tab that still shows the cart. */
  placed: { seed: string; orderId: string } | null;
};

/** Seats of one line; the API takes more, a cart in a browser does not need to. */
export const mostSeats = 500;
/** Different lines; keeps the cookie below what browsers accept. */
export const mostLines = 10;
export const longestMessage = 300;

const skuPattern = /^[a-z-]{2,30}:[A-Za-z0-9_.-]{1,80}$/;

/** A cart with nothing in it. */
export function emptyCart(seed: string): Cart {
  return { seed, lines: [], coupon: '', country: '', removed: null, placed: null };
}

/**
 * Adds a line. An item for oneself is there once, seats of one item are counted together, a second gift of an item to the
 * same address replaces the first. Null when the cart is full.
 */
export function addLine(cart: Cart, line: CartLine): Cart | null {
  const same = cart.lines.find(
    (one) => one.sku === line.sku && one.purpose === line.purpose && one.gift?.email === line.gift?.email,
  );
  if (!same) {
    return cart.lines.length >= mostLines ? null : { ...cart, lines: [...cart.lines, line], removed: null };
  }
  const quantity = line.purpose === 'seats' ? Math.min(same.quantity + line.quantity, mostSeats) : 1;
  const merged = { ...same, quantity, gift: line.gift };
  return { ...cart, lines: cart.lines.map((one) => (one === same ? merged : one)), removed: null };
}

/** Sets how many seats a line is for, within its bounds. Other lines are always one. */
export function setQuantity(cart: Cart, { id, quantity }: { id: string; quantity: number }): Cart {
  const within = Math.min(Math.max(Math.trunc(quantity) || 1, 1), mostSeats);
  return {
    ...cart,
    lines: cart.lines.map((line) =>
      line.id === id && line.purpose === 'seats' ? { ...line, quantity: within } : line,
    ),
  };
}

/** Takes a line out and remembers it. */
export function removeLine(cart: Cart, id: string): Cart {
  const index = cart.lines.findIndex((line) => line.id === id);
  const line = cart.lines[index];
  if (!line) return cart;
  return { ...cart, lines: cart.lines.toSpliced(index, 1), removed: { line, index } };
}

/** Puts the line removed last back where it stood. */
export function undoRemove(cart: Cart): Cart {
  if (!cart.removed) return cart;
  const { line, index } = cart.removed;
  return { ...cart, lines: cart.lines.toSpliced(index, 0, line), removed: null };
}

/** The cart after it has become an order: empty, under a new name, and knowing which order. */
export function placedCart(cart: Cart, { orderId, seed }: { orderId: string; seed: string }): Cart {
  return { ...emptyCart(seed), country: cart.country, placed: { seed: cart.seed, orderId } };
}

/** Lines as the API is asked about them. */
export function toAsked(lines: readonly CartLine[]) {
  return lines.map(({ sku, quantity, purpose, gift }) => ({
    sku,
    ...(purpose === 'seats' ? { quantity, seats: true } : {}),
    ...(gift ? { gift: { email: gift.email, ...(gift.name ? { name: gift.name } : {}), message: gift.message } } : {}),
  }));
}

/** How many things are in it, as the header counts them: seats of one item are one thing. */
export function countOf(cart: Cart): number {
  return cart.lines.length;
}

/** The cart in a cookie's value; null for anything that is not one, because a cookie is untrusted input. */
export function parseCart(value: string | undefined): Cart | null {
  if (!value) return null;
  const text = Buffer.from(value, 'base64url').toString();
  if (!text.startsWith('{')) return null;
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(read) || typeof read.seed !== 'string' || !Array.isArray(read.lines)) return null;
  const lines = read.lines.map(parseLine).filter((line) => line !== null);
  const removed = isRecord(read.removed) ? parseLine(read.removed.line) : null;
  const placed = isRecord(read.placed) ? read.placed : {};
  return {
    seed: read.seed,
    lines: lines.slice(0, mostLines),
    coupon: textOf(read.coupon, 40),
    country: /^[A-Z]{2}$/.test(textOf(read.country, 2)) ? textOf(read.country, 2) : '',
    removed: removed && isRecord(read.removed) ? { line: removed, index: Number(read.removed.index) || 0 } : null,
    placed:
      typeof placed.seed === 'string' && typeof placed.orderId === 'string'
        ? { seed: placed.seed, orderId: placed.orderId }
        : null,
  };
}

/** The other way round; null when a browser would not keep a cookie of this size. */
export function writeCart(cart: Cart): string | null {
  const value = Buffer.from(JSON.stringify(cart)).toString('base64url');
  return value.length > 3900 ? null : value;
}

function parseLine(value: unknown): CartLine | null {
  if (!isRecord(value) || typeof value.sku !== 'string' || !skuPattern.test(value.sku)) return null;
  const id = textOf(value.id, 40);
  const purpose = (['own', 'gift', 'seats'] as const).find((one) => one === value.purpose);
  if (!id || !purpose) return null;
  const quantity = Math.min(Math.max(Math.trunc(Number(value.quantity)) || 1, 1), mostSeats);
  const gift =
    purpose === 'gift' && isRecord(value.gift)
      ? {
          email: textOf(value.gift.email, 254),
          name: textOf(value.gift.name, 100),
          message: textOf(value.gift.message, longestMessage),
        }
      : null;
  if ((purpose === 'gift') !== (gift !== null)) return null;
  return { id, sku: value.sku, quantity: purpose === 'seats' ? quantity : 1, purpose, gift };
}

function textOf(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.slice(0, longest) : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
