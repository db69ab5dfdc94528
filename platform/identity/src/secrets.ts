import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { purposeSecret, type Settings } from '@stoa/kernel';

/** Keys for separate purposes, all derived from the installation's one secret (HKDF, RFC 5869). */
export type Secrets = {
  /** A keyed hash: the same text gives the same value, and nobody without the secret can make it. */
  mac: (purpose: string, text: string) => Buffer;
  /** Encrypts a text so that the database alone does not give it away (AES-256-GCM). */
  seal: (purpose: string, text: string) => string;
  /** What `seal` closed; undefined if it was sealed with another secret or tampered with. */
  open: (purpose: string, sealed: string) => string | undefined;
};

/**
 * The secret our own web application shares with the OpenID Provider (client `stoa-web`): setting
 * `STOA_WEB_CLIENT_SECRET`, else derived from the installation's secret, so that both processes know it.
 */
export function webClientSecret(installation: { settings: Settings; home: string }): string {
  const given = installation.settings.STOA_WEB_CLIENT_SECRET;
  return given || purposeSecret(installation, 'stoa-web');
}

/** Derives the purposes' keys from a secret. */
export function deriveSecrets(secret: string): Secrets {
  const keys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    let key = keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', secret, 'stoa.identity', purpose, 32));
      keys.set(purpose, key);
    }
    return key;
  };
  return {
    mac: (purpose, text) => createHmac('sha256', keyFor(purpose)).update(text).digest(),
    seal: (purpose, text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open: (purpose, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, 12), { authTagLength: 16 });
      try {
        decipher.setAuthTag(bytes.subarray(12, 28));
        return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        // A wrong key and a changed text look the same: the caller decides what a text that does not open means.
        return undefined;
      }
    },
  };
}

/** SHA-256 of a random token: what the database keeps of it. Not for passwords. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
