import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals small secrets for the database with a key of the installation (32 bytes, base64url). */
export type Sealing = { seal: (secret: string) => Buffer; open: (sealed: Buffer) => string };

/** AES-256-GCM: nonce, tag, text. @throws Error when opening what was sealed with another key, or changed */
export function sealingWith(key: string): Sealing {
  const bytes = Buffer.from(key, 'base64url');
  return {
    seal: (secret) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', bytes, nonce);
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open: (sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', bytes, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}
