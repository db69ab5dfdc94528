import { seal, unseal } from './seal.ts';

/** What must survive from leaving for the issuer until coming back. */
export type SignInAttempt = { state: string; nonce: string; verifier: string; returnTo: string };

const purpose = 'sign-in';

/** One cookie per attempt, so that two tabs signing in do not disturb each other. */
export function attemptCookieName(state: string): string {
  return `stoa_sign_in_${state.slice(0, 12)}`;
}

/** Ten minutes: longer than anybody needs to sign in, short enough to be worthless later. */
export const attemptMaxAge = 600;

export function sealAttempt(attempt: SignInAttempt, secret: string): Promise<string> {
  return seal(attempt, { secret, purpose });
}

/** The attempt, or `null` when the cookie is missing, altered, or belongs to another state. */
export async function openAttempt(
  sealed: string | undefined,
  { state, secret }: { state: string; secret: string },
): Promise<SignInAttempt | null> {
  if (!sealed) return null;
  const value = await unseal(sealed, { secret, purpose });
  if (typeof value !== 'object' || value === null) return null;
  if (!('state' in value && 'nonce' in value && 'verifier' in value && 'returnTo' in value)) return null;
  const { nonce, verifier, returnTo } = value;
  if (value.state !== state) return null;
  if (typeof nonce !== 'string' || typeof verifier !== 'string' || typeof returnTo !== 'string') return null;
  return { state, nonce, verifier, returnTo };
}
