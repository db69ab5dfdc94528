/**
 * Bytes that one parameter of a request to the OpenID Provider may have, and all of them together. What a sign-in is begun
 * with is kept until it is finished or an hour has passed, and anybody may begin one. Our own web sends 43 bytes of `state`
 * and as many of `nonce`; frameworks that seal what they remember into `state` stay below 2 KB.
 */
const mostOfOne = 2048;
const mostOfAll = 6144;

/**
 * What is too long in the parameters of a request, for the one who reads its refusal.
 * @returns undefined if nothing is
 */
export function findTooLong(params: Record<string, unknown>): string | undefined {
  let all = 0;
  for (const [name, value] of Object.entries(params)) {
    const bytes = value === undefined ? 0 : Buffer.byteLength(String(value));
    if (bytes > mostOfOne) return `${name} is too long, at most ${mostOfOne} bytes are taken`;
    all += bytes;
  }
  return all > mostOfAll ? `the request is too long, at most ${mostOfAll} bytes are taken` : undefined;
}
