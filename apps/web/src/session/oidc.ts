import {
  allowInsecureRequests,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  refreshTokenGrant,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from 'openid-client';
import { sendToApi } from '../api/transport.ts';
import { webEnvironment } from './environment.ts';
import { parseUser, type Session, type SessionUser } from './session-cookie.ts';

let discovered: Promise<Configuration> | undefined;

/**
 * The issuer's configuration, discovered once. The built-in issuer is reached through the API transport (no network in
 * one process); an external one (another origin than the API) over HTTP. A failed discovery is retried on the next call.
 */
export function oidc(): Promise<Configuration> {
  discovered ??= discover().catch((error: unknown) => {
    discovered = undefined;
    throw error;
  });
  return discovered;
}

async function discover(): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = webEnvironment();
  const configuration = await discovery(new URL(issuer), clientId, clientSecret, undefined, {
    execute: issuer.startsWith('http:')
      ? [allowInsecureRequests, enableNonRepudiationChecks]
      : [enableNonRepudiationChecks],
    [customFetch]: (url, options) => {
      const { body, method, signal } = options;
      const headers = new Headers(options.headers);
      const text = body ? String(body) : undefined;
      // A call inside the process has no wire that would add the length, and the issuer takes a body without one for none.
      if (text !== undefined) headers.set('content-length', String(Buffer.byteLength(text)));
      const request = new Request(url, {
        headers,
        method,
        redirect: 'manual',
        ...(text === undefined ? {} : { body: text }),
        ...(signal ? { signal } : {}),
      });
      return isExternalIssuer() ? fetch(request, { cache: 'no-store' }) : sendToApi(request);
    },
  });
  return configuration;
}

/** True when the issuer is not this platform (`STOA_EXTERNAL_ISSUER=1`, for example Keycloak). */
export function isExternalIssuer(): boolean {
  return process.env.STOA_EXTERNAL_ISSUER === '1';
}

/** A session from the token endpoint's answer. `user` is what we knew before, refreshed from the API when it answers. */
export async function sessionFromTokens(
  tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
  previous: Session | null,
): Promise<Session> {
  const user = (await fetchUser(tokens.access_token)) ?? previous?.user ?? parseUser(tokens.claims());
  if (!user) throw new Error('the issuer returned neither an ID token nor a known person');
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? previous?.refreshToken ?? null,
    idToken: tokens.id_token ?? previous?.idToken ?? null,
    expiresAt: Date.now() + (tokens.expires_in ?? 300) * 1000,
    user,
  };
}

/** Roles and name as the platform knows them now; ID tokens of external issuers do not carry them. */
async function fetchUser(accessToken: string): Promise<SessionUser | null> {
  const response = await sendToApi(
    new Request('http://stoa.internal/api/users/me', { headers: { authorization: `Bearer ${accessToken}` } }),
  );
  return response.ok ? parseUser(await response.json()) : null;
}

/** Refreshes in flight or just done, by refresh token. */
const refreshes = new Map<string, Promise<Session | null>>();
const keepRefreshMs = 30_000;

/**
 * A new session from the refresh token, or `null` when the issuer refuses it (signed out, expired, reused). Requests of
 * one page arrive together with the same cookie, and the issuer treats a second use of a refresh token as theft, so all
 * of them share one exchange, and stragglers within 30 s get its result.
 */
export function refreshSession(session: Session): Promise<Session | null> {
  const token = session.refreshToken;
  if (!token) return Promise.resolve(null);
  const running = refreshes.get(token);
  if (running) return running;
  const exchange = exchangeRefreshToken(session, token);
  refreshes.set(token, exchange);
  const forget = () => setTimeout(() => refreshes.delete(token), keepRefreshMs).unref();
  exchange.then(forget, () => refreshes.delete(token));
  return exchange;
}

async function exchangeRefreshToken(session: Session, token: string): Promise<Session | null> {
  try {
    return await sessionFromTokens(await refreshTokenGrant(await oidc(), token), session);
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** `invalid_grant` and its kin: the issuer said no. Network failures are not refusals and must not sign anybody out. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'error' in error && typeof error.error === 'string';
}
