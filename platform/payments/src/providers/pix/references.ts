import { createHash } from 'node:crypto';

/**
 * Our reference as a Pix identifier (`txid`: 26 to 35 letters and digits; refund id: 1 to 35). A UUID loses its dashes
 * and can be read back; anything else becomes a digest, always the same one, so that a lost answer can be asked for.
 */
export function toPixId(reference: string): string {
  const bare = reference.replaceAll('-', '').toLowerCase();
  if (/^[0-9a-f]{32}$/.test(bare) && uuidOf(bare) === reference.toLowerCase()) return bare;
  return createHash('sha256').update(reference).digest('hex').slice(0, 35);
}

/** The UUID a Pix identifier was made from; null when it was made from something else. */
export function fromPixId(id: string): string | null {
  return /^[0-9a-f]{32}$/.test(id) ? uuidOf(id) : null;
}

function uuidOf(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
