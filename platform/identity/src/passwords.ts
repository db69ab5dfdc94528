import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';

/**
 * Argon2id with 19 MiB, two passes, one lane: the first choice of the OWASP Password Storage Cheat Sheet. Runs on the
 * thread pool, so a sign-in never stops other requests.
 */
const current = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;

type Parameters = { memory: number; passes: number; parallelism: number };

/** The form in which a password is compared: one composed form for all keyboards (NFKC, NIST SP 800-63B-4, 3.1.1.2). */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC');
}

/** Hashes a password into a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await deriveKey(password, { salt, length: tagLength, ...current });
  const { memory, passes, parallelism } = current;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(key)}`;
}

/**
 * Compares a password with a PHC string. Without one (no such account) it does the same work against a hash that no
 * password has, so that both answers take the same time.
 * @returns whether it matches, and whether the hash should be renewed because the parameters have changed
 */
export async function verifyPassword(
  password: string,
  phc: string | null | undefined,
): Promise<{ matches: boolean; outdated: boolean }> {
  const parsed = phc ? parsePhc(phc) : undefined;
  const target = parsed ?? nobody;
  const key = await deriveKey(password, {
    salt: target.salt,
    length: target.hash.length,
    memory: target.memory,
    passes: target.passes,
    parallelism: target.parallelism,
  });
  const matches = timingSafeEqual(key, target.hash) && parsed !== undefined;
  const outdated =
    target.memory !== current.memory ||
    target.passes !== current.passes ||
    target.parallelism !== current.parallelism ||
    target.hash.length !== tagLength;
  return { matches, outdated };
}

type Stored = Parameters & { salt: Buffer; hash: Buffer };

const nobody: Stored = { ...current, salt: randomBytes(16), hash: randomBytes(tagLength) };

function parsePhc(phc: string): Stored | undefined {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc);
  if (!match) return undefined;
  return {
    memory: Number(match[1]),
    passes: Number(match[2]),
    parallelism: Number(match[3]),
    salt: Buffer.from(match[4] ?? '', 'base64'),
    hash: Buffer.from(match[5] ?? '', 'base64'),
  };
}

function deriveKey(password: string, options: Parameters & { salt: Buffer; length: number }): Promise<Buffer> {
  // Node's own argon2 (OpenSSL) gives the same bytes and takes two to three times the CPU. Argon2id is the default here.
  return hashRaw(normalizePassword(password), {
    salt: options.salt,
    memoryCost: options.memory,
    timeCost: options.passes,
    parallelism: options.parallelism,
    outputLen: options.length,
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
