import { createHash } from 'node:crypto';

/**
 * An idempotency key for what is asked: the same parts make the same key, so that a form sent twice, a lost answer and a
 * second tab have one effect. A refusal is an answer, too, and is kept for its key: after one, let a part differ.
 */
export function requestKey(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
