const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 26;
const groups = [5, 5, 6, 5, 5];

/**
 * 16 random bytes as a code people can type: Crockford's base 32 (crockford.com/base32), which has no I, L, O or U.
 * @returns 26 characters without hyphens
 */
export function encodeVerificationCode(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new RangeError('a verification code has 128 bits');
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let code = '';
  for (let i = 0; i < codeLength; i += 1) {
    code = `${alphabet[Number(value & 31n)]}${code}`;
    value >>= 5n;
  }
  return code;
}

/** The code as it is shown and stands in addresses: five groups. */
export function formatVerificationCode(code: string): string {
  let start = 0;
  return groups
    .map((length) => {
      start += length;
      return code.slice(start - length, start);
    })
    .join('-');
}

/** What someone typed as a code, forgiving case, spaces, hyphens and the letters that look like digits. */
export function parseVerificationCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(code) ? code : undefined;
}
