import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MediaService } from '@stoa/contracts';
import { type Deps, type Implementation, requireService } from '@stoa/kernel';
import { assetFacts, onlyIds } from './get-assets.ts';

const hour = 3600;
const validHours = 6;

/** Signs and checks addresses of assets. Times are seconds since the epoch. */
export type UrlSigner = {
  sign: (assetId: string, expires: number) => string;
  verify: (assetId: string, expires: number, signature: string) => boolean;
};

/** An HMAC-SHA256 signer over asset and expiry. */
export function urlSigner(key: Buffer): UrlSigner {
  const mac = (assetId: string, expires: number) => createHmac('sha256', key).update(`${assetId}\n${expires}`).digest();
  return {
    sign: (assetId, expires) => mac(assetId, expires).toString('base64url'),
    verify: (assetId, expires, signature) => {
      const given = Buffer.from(signature, 'base64url');
      const expected = mac(assetId, expires);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/**
 * When an address signed now stops working: six hours after the end of the current hour. Within one hour everyone gets
 * the same address, so a browser's cache holds.
 */
export function expiryOf(now: Date): number {
  return (Math.floor(now.getTime() / 1000 / hour) + 1 + validHours) * hour;
}

/**
 * Addresses that open assets without a token. Whoever asks (a sibling) has decided that the person may see them.
 * @throws not_allowed to anyone but the platform itself
 */
export function signUrls(
  deps: Pick<Deps, 'db' | 'clock'> & { signer: UrlSigner },
): Implementation<typeof MediaService>['signUrls'] {
  return async (input, ctx) => {
    requireService(ctx);
    const expires = expiryOf(deps.clock.now());
    const rows = await deps.db.rows(assetFacts, [onlyIds(input.ids)]);
    return {
      urls: rows.map((row) =>
        row.visibility === 'public'
          ? { assetId: row.id, path: `/api/media/${row.id}` }
          : {
              assetId: row.id,
              path: `/api/media/${row.id}?expires=${expires}&signature=${deps.signer.sign(row.id, expires)}`,
              expiresAt: new Date(expires * 1000).toISOString(),
            },
      ),
    };
  };
}
