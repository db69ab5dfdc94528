import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** 256-bit key for one purpose; a value sealed for one purpose cannot be opened for another. */
function keyFor(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'stoa-web', purpose, 32));
}

/** Encrypts and authenticates a JSON value (JWE compact, `dir` + A256GCM). */
export async function seal(value: unknown, { secret, purpose }: { secret: string; purpose: string }): Promise<string> {
  return new CompactEncrypt(encoder.encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyFor(secret, purpose));
}

/** Opens what `seal` made. `null` for anything altered, foreign, or sealed with another secret or purpose: a cookie is untrusted input. */
export async function unseal(
  sealed: string,
  { secret, purpose }: { secret: string; purpose: string },
): Promise<unknown> {
  try {
    const { plaintext } = await compactDecrypt(sealed, keyFor(secret, purpose), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const value: unknown = JSON.parse(decoder.decode(plaintext));
    return value;
  } catch {
    return null;
  }
}
