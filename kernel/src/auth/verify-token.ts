import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  errors as joseErrors,
  jwtVerify,
} from 'jose';
import { type Actor, type Role, roles } from '../ctx.ts';
import { kernelErrors } from '../errors.ts';
import type { Clock } from '../ports.ts';

/** Turns a bearer token into the person it stands for. @throws invalid_token */
export type VerifyToken = ((token: string) => Promise<Actor>) & {
  /** The same at once for a token that was verified before and has not expired; undefined for any other. */
  known: (token: string) => Actor | undefined;
};

type VerifierOptions = {
  issuer: string;
  audience: string;
  clock: Clock;
  /** Where the keys are: the issuer's JWKS address, or a function for an issuer in this process. */
  keys: URL | (() => Promise<JSONWebKeySet>);
};

const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'];
/** Verified tokens kept at the most. A verification costs about 100 microseconds, a look-up less than one. */
const cacheSize = 10_000;

/**
 * Verifies access tokens of one issuer (RFC 9068): signature by the issuer's JWKS with an algorithm from the
 * allow-list, issuer, audience, type and expiry. Keys named by the token itself (`jku`, `x5u`, `jwk`) are never used.
 * A verified token is remembered until it expires.
 */
export function tokenVerifier(options: VerifierOptions): VerifyToken {
  const cache = new Map<string, { actor: Actor; expires: number }>();
  const getKey =
    options.keys instanceof URL
      ? createRemoteJWKSet(options.keys, { cooldownDuration: 10_000 })
      : localKeys(options.keys);

  const known = (token: string): Actor | undefined => {
    const entry = cache.get(token);
    return entry && entry.expires > options.clock.now().getTime() ? entry.actor : undefined;
  };
  return Object.assign(verify, { known });

  async function verify(token: string): Promise<Actor> {
    const actorKnown = known(token);
    if (actorKnown) return actorKnown;
    if (cache.delete(token)) throw kernelErrors.invalid_token();
    let payload: Record<string, unknown>;
    try {
      const verified = await jwtVerify(token, getKey, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms,
        typ: 'at+jwt',
        requiredClaims: ['sub', 'exp', 'iat'],
        currentDate: options.clock.now(),
        clockTolerance: 5,
      });
      payload = verified.payload;
    } catch (error) {
      if (error instanceof joseErrors.JOSEError) throw kernelErrors.invalid_token({ cause: error });
      throw kernelErrors.temporarily_unavailable({ cause: error });
    }
    const actor = toActor(payload);
    if (cache.size >= cacheSize) {
      const oldest = cache.keys().next().value;
      if (oldest !== undefined) cache.delete(oldest);
    }
    cache.set(token, { actor, expires: Number(payload.exp) * 1000 });
    return actor;
  }
}

/** Keys of an issuer in this process, read once and again when a token names a key that is not among them. */
function localKeys(read: () => Promise<JSONWebKeySet>): JWTVerifyGetKey {
  let current: JWTVerifyGetKey | undefined;
  let readAt = 0;
  return async (header, token) => {
    if (!current) {
      current = createLocalJWKSet(await read());
      readAt = Date.now();
    }
    try {
      return await current(header, token);
    } catch (error) {
      if (!(error instanceof joseErrors.JWKSNoMatchingKey) || Date.now() - readAt < 5_000) throw error;
      current = createLocalJWKSet(await read());
      readAt = Date.now();
      return current(header, token);
    }
  };
}

function toActor(payload: Record<string, unknown>): Actor {
  // Keycloak puts roles into realm_access; our own issuer into `roles`.
  const realm = payload.realm_access;
  const claimed = Array.isArray(payload.roles)
    ? payload.roles
    : typeof realm === 'object' && realm !== null && 'roles' in realm && Array.isArray(realm.roles)
      ? realm.roles
      : [];
  const held: Role[] = roles.filter((role) => claimed.includes(role));
  return {
    kind: 'user',
    userId: String(payload.sub),
    roles: held,
    email: typeof payload.email === 'string' ? payload.email : '',
    emailVerified: payload.email_verified === true,
    name: typeof payload.name === 'string' ? payload.name : '',
  };
}
