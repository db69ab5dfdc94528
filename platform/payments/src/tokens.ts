import { createHmac, timingSafeEqual } from 'node:crypto';

export type TokenKind = 'order' | 'gift' | 'seat';

/** Secret tokens that let somebody without an account in: to a guest's order, a gift, a seat. */
export type Tokens = {
  make: (kind: TokenKind, id: string) => string;
  check: (kind: TokenKind, id: string, token: string | undefined) => boolean;
};

/** Tokens are derived from the installation's secret, so that none is stored and every mail can name them again. */
export function openTokens(secret: string): Tokens {
  const make = (kind: TokenKind, id: string) =>
    createHmac('sha256', secret).update(`${kind}:${id}`).digest('base64url');
  return {
    make,
    check: (kind, id, token) => {
      const expected = Buffer.from(make(kind, id));
      const given = Buffer.from(token ?? '');
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
