import { createECDH, createHmac } from 'node:crypto';
import type { Clock } from '@stoa/kernel';
import { importJWK, SignJWT } from 'jose';

/** The key that push services know us by (RFC 8292). `publicKey` is what browsers subscribe with, base64url. */
export type VapidKey = { privateKey: Buffer; publicKey: string };

/** A key from its private half, 32 bytes in base64url. @throws Error if it is not a key of P-256 */
export function readVapidKey(privateKey: string): VapidKey {
  const bytes = Buffer.from(privateKey, 'base64url');
  if (bytes.length !== 32) throw new Error('VAPID_PRIVATE_KEY is not 32 bytes in base64url');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(bytes);
  return { privateKey: bytes, publicKey: curve.getPublicKey().toString('base64url') };
}

/**
 * The key of an installation that configured none, made from its secret: the same in every process and after every
 * restart, without a file of its own. Subscriptions belong to the key, so a new secret needs the old key as a setting.
 */
export function deriveVapidKey(secret: string): VapidKey {
  for (let n = 0; ; n += 1) {
    const candidate = createHmac('sha256', secret).update(`vapid ${n}`).digest();
    try {
      return readVapidKey(candidate.toString('base64url'));
    } catch (error) {
      // One in four billion is no private key of the curve; the next one is.
      if (n > 10) throw error;
    }
  }
}

/** Long enough to reuse, and within the day that push services accept. */
const tokenSeconds = 12 * 3600;

/** Signs for push services: one token for each, used until it is half over. */
export function vapidSigner({ key, subject, clock }: { key: VapidKey; subject: string; clock: Clock }) {
  const point = Buffer.from(key.publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: key.privateKey.toString('base64url'),
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33, 65).toString('base64url'),
  };
  const tokens = new Map<string, { header: string; from: number; until: number }>();
  return async (endpoint: string): Promise<string> => {
    const audience = new URL(endpoint).origin;
    const now = Math.floor(clock.now().getTime() / 1000);
    const known = tokens.get(audience);
    if (known && now >= known.from && now < known.until) return known.header;
    const token = await new SignJWT()
      .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
      .setAudience(audience)
      .setSubject(subject)
      .setExpirationTime(now + tokenSeconds)
      .sign(await importJWK(jwk, 'ES256'));
    const header = `vapid t=${token}, k=${key.publicKey}`;
    // There are a handful of push services; anybody can name another, so the map must not grow with them.
    if (tokens.size > 100) tokens.clear();
    tokens.set(audience, { header, from: now, until: now + tokenSeconds / 2 });
    return header;
  };
}
