import {
  type Configuration,
  interactionPolicy,
  type KoaContextWithOIDC,
  errors as oidcErrors,
  Provider,
} from 'oidc-provider';
import { accessTokenSeconds, audience, personClaims } from '../access-tokens.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import { idleSeconds, sessionSeconds } from '../sessions.ts';
import type { Keys } from '../signing-keys.ts';
import { findUser } from '../users.ts';
import { openAdapter, webClientId } from './adapter.ts';
import { renderLogout } from './logout-page.ts';
import { findTooLong } from './request-size.ts';

/** Everything the provider can be asked for about a person. */
const scopes = ['openid', 'profile', 'email', 'offline_access'];

/** How long a browser that nobody is signed in with has for the step it is at. */
const stepSeconds = 3600;

/**
 * The OpenID Provider over our accounts: authorization code with PKCE only, exact redirect addresses, rotating refresh
 * tokens, and access tokens of the same shape as those of `/api/auth`, for the same audience.
 */
export function createProvider(deps: IdentityDeps, keys: Keys, clientSecret: string): Provider {
  const { publicUrl, secrets, db } = deps;
  const resource = `${publicUrl}/api`;
  const configuration: Configuration = {
    // Told to the person, on our own page: the application could do nothing about it.
    adapter: openAdapter(deps, () =>
      Object.assign(new oidcErrors.SessionNotFound('session not found any more'), { allow_redirect: false }),
    ),
    clients: [
      {
        client_id: webClientId,
        client_name: 'Stoa',
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/auth/callback`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256', authorization_signed_response_alg: 'ES256' },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    jwks: { keys: [{ ...keys.current.jwk, kty: 'EC' }] },
    routes: {
      authorization: '/oidc/auth',
      token: '/oidc/token',
      revocation: '/oidc/revoke',
      end_session: '/oidc/logout',
      jwks: '/.well-known/jwks.json',
    },
    scopes,
    claims: {
      openid: ['sub'],
      profile: ['name', 'locale', 'zoneinfo', 'roles'],
      email: ['email', 'email_verified'],
    },
    responseTypes: ['code'],
    pkce: { required: () => true },
    // Applications without a secret run in browsers: they may call from where they are registered.
    clientBasedCORS: (_ctx, origin, client) =>
      client.clientAuthMethod === 'none' &&
      client.redirectUris?.some((uri) => URL.parse(uri)?.origin === origin) === true,
    allowOmittingSingleRegisteredRedirectUri: false,
    extraParams: {
      // Looked at last of all that a request says, and before anything of it is kept: so all of it is looked at here.
      screen_hint: (ctx) => {
        const tooLong = findTooLong(ctx.oidc.params ?? {});
        if (tooLong) throw new oidcErrors.InvalidRequest(tooLong);
      },
    },
    cookies: {
      keys: [secrets.mac('oidc-cookies', 'signature').toString('base64url')],
      names: { session: 'stoa_issuer', interaction: 'stoa_interaction', resume: 'stoa_resume' },
      long: { signed: true, httpOnly: true, sameSite: 'lax', path: '/oidc' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    // Our own userinfo reads the same JWTs as the API; the provider's own would only take opaque tokens.
    discovery: {
      userinfo_endpoint: `${publicUrl}/oidc/userinfo`,
      ui_locales_supported: ['en', 'pt-BR', 'es'],
      service_documentation: `${publicUrl}/api/docs`,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => renderLogout(ctx, form),
        postLogoutSuccessSource: (ctx) => {
          ctx.redirect(`${publicUrl}/`);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, wanted) => {
          if (wanted !== resource) throw new oidcErrors.InvalidTarget();
          return {
            scope: '',
            audience,
            accessTokenTTL: accessTokenSeconds,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
    interactions: {
      policy: interactionPolicy.base(),
      // The browser comes through this address first, so that the cookie that binds the interaction to it is sent to
      // the forms below it and nowhere else; from here it is led to the page.
      url: (_ctx, interaction) => `/oidc/interaction/${interaction.uid}`,
    },
    findAccount: async (_ctx, sub) => {
      const user = await findUser(db, sub);
      if (!user || user.disabled_at) return undefined;
      return {
        accountId: sub,
        claims: () => ({ sub, ...personClaims(user), zoneinfo: user.time_zone }),
      };
    },
    extraTokenClaims: async (_ctx, token) => {
      if (token.kind !== 'AccessToken') return undefined;
      const user = await findUser(db, token.accountId);
      if (!user) throw new oidcErrors.InvalidGrant('account not found');
      return { ...personClaims(user), ...(token.sessionUid ? { sid: token.sessionUid } : {}) };
    },
    loadExistingGrant,
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (client.clientId === webClientId || source.scopes.has('offline_access')),
    expiresWithSession: (ctx, source) =>
      ctx.oidc.client?.clientId === webClientId || !source.scopes.has('offline_access'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: 3600,
      RefreshToken: (_ctx, token) =>
        Math.max(1, Math.min(idleSeconds, (token.iiat ?? token.iat ?? now()) + sessionSeconds - now())),
      Interaction: stepSeconds,
      // Whoever asks to sign out gets one too, signed in or not.
      Session: (_ctx, session) => (session.accountId ? sessionSeconds : stepSeconds),
      Grant: sessionSeconds,
    },
    renderError: (ctx, out) => {
      const expired = out.error === 'invalid_request' && /expired|not found|mismatch/.test(out.error_description ?? '');
      deps.log.info({ error: out.error, description: out.error_description }, 'a sign-in could not go on');
      ctx.redirect(`${publicUrl}/sign-in/problem?reason=${expired ? 'expired' : 'refused'}`);
    },
  };
  const provider = new Provider(publicUrl, configuration);
  // The mount states scheme and address of each request itself; nothing a client sends is believed.
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) => deps.log.error({ err: error }, 'the OpenID Provider failed'));
  return provider;
}

const now = () => Math.floor(Date.now() / 1000);

/** Our own web needs nobody's consent: it is Stoa. Other applications get what the person agreed to. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { client, session, provider, result } = ctx.oidc;
  if (!client || !session) return undefined;
  const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const existing = grantId ? await provider.Grant.find(grantId) : undefined;
  if (existing && existing.accountId === session.accountId) return existing;
  if (client.clientId !== webClientId || !session.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(scopes.join(' '));
  await grant.save();
  return grant;
}
