import { timingSafeEqual } from 'node:crypto';
import { createRateLimiter, kernelErrors, type Mount } from '@stoa/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createLocalJWKSet, errors as joseErrors, jwtVerify } from 'jose';
import type { Provider } from 'oidc-provider';
import { audience, personClaims } from '../access-tokens.ts';
import { networkOf } from '../attempts.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import { hashToken } from '../secrets.ts';
import { findUser } from '../users.ts';
import { beginVisit, visits, webClientId } from './adapter.ts';
import { interactionRoutes } from './interactions.ts';
import { findTooLong } from './request-size.ts';

/**
 * Puts the OpenID Provider on the server: its documents under `/.well-known`, everything else under `/oidc`.
 * @param requestsPerMinute from one network, of those that write or are worth guessing at; undefined is no limit
 */
export function mountProvider(
  deps: IdentityDeps,
  { clientSecret, requestsPerMinute }: { clientSecret: string; requestsPerMinute: number | undefined },
): Mount {
  const limiter =
    requestsPerMinute === undefined
      ? undefined
      : createRateLimiter({ limit: requestsPerMinute, windowSeconds: 60 }, () => deps.clock.now().getTime());
  let made: { kid: string; provider: Provider; handle: ReturnType<Provider['callback']> } | undefined;
  // The provider takes its keys when it is made: a rotation makes a new one over the same tables.
  const current = async () => {
    const keys = await deps.keys.read();
    if (made?.kid !== keys.current.kid) {
      // Loaded with the first sign-in: it is the largest library of all, and most starts need nothing of it.
      const { createProvider } = await import('./provider.ts');
      const provider = createProvider(deps, keys, clientSecret);
      made = { kid: keys.current.kid, provider, handle: provider.callback() };
    }
    return made;
  };
  const { protocol, host } = new URL(deps.publicUrl);

  return async (app) => {
    app.get('/.well-known/jwks.json', async (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=300')
        .header('access-control-allow-origin', '*')
        .send((await deps.keys.read()).published),
    );

    app.route({
      method: ['GET', 'POST'],
      url: '/oidc/userinfo',
      handler: (request, reply) => {
        const state = limiter?.take(networkOf(request.ip));
        return state?.allowed === false
          ? refuse(request, reply, state.resetSeconds)
          : sendUserinfo(deps, request, reply);
      },
    });

    await app.register(interactionRoutes(deps, async () => (await current()).provider));

    await app.register(async (scope) => {
      // The provider reads the raw body itself.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
        const { handle } = await current();
        // The provider builds its addresses from these: they are ours, whatever the client or a proxy wrote.
        request.raw.headers.host = host;
        request.raw.headers['x-forwarded-host'] = host;
        request.raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
        request.raw.headers['x-forwarded-for'] = request.ip;
        reply.hijack();
        for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
        const visit = beginVisit({ ip: request.ip, userAgent: request.headers['user-agent'] });
        await visits.run(visit, () => handle(request.raw, reply.raw));
        return undefined;
      };
      // All people of our web come to the token endpoint from the one address that it runs at.
      const limited = async (request: FastifyRequest, reply: FastifyReply) => {
        const state = isOurWeb(request, clientSecret) ? undefined : limiter?.take(networkOf(request.ip));
        if (state?.allowed === false) return refuse(request, reply, state.resetSeconds);
        // The provider would keep whatever `state` somebody asks to sign out with.
        const { searchParams } = new URL(request.url, deps.publicUrl);
        if (request.routeOptions.url === '/oidc/logout' && findTooLong(Object.fromEntries(searchParams)))
          return reply.redirect(problemPage, 303);
        return handler(request, reply);
      };
      for (const url of documentPaths) scope.all(url, handler);
      for (const url of providerPaths) scope.all(url, limited);
    });
  };
}

const documentPaths = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

const providerPaths = [
  '/oidc/auth',
  '/oidc/auth/:uid',
  '/oidc/token',
  '/oidc/revoke',
  '/oidc/logout',
  '/oidc/logout/confirm',
  '/oidc/logout/success',
];

/** Where the provider's own refusals lead a browser. */
const problemPage = '/sign-in/problem?reason=refused';

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; script-src 'none'; frame-ancestors 'none'; base-uri 'none'",
};

/** What programs talk to: they read errors as RFC 6749, 5.2, writes them. */
const programPaths = ['/oidc/token', '/oidc/revoke'];

/** @throws too_many_requests where a person asks */
function refuse(request: FastifyRequest, reply: FastifyReply, seconds: number): FastifyReply {
  const retryAfter = { 'retry-after': String(seconds) };
  if (!programPaths.includes(request.routeOptions.url ?? ''))
    throw kernelErrors.too_many_requests({ params: { seconds }, headers: retryAfter });
  return reply
    .status(429)
    .headers({ ...retryAfter, 'cache-control': 'no-store' })
    .send({
      error: 'temporarily_unavailable',
      error_description: `too many requests, try again in ${seconds} seconds`,
    });
}

/** True if the request carries the secret of our own web, as RFC 6749, 2.3.1, writes it. */
function isOurWeb(request: FastifyRequest, clientSecret: string): boolean {
  const [kind, encoded = ''] = (request.headers.authorization ?? '').split(' ');
  if (kind?.toLowerCase() !== 'basic') return false;
  // Both parts are written as in a form, and so is what a form reads.
  const form = new URLSearchParams(Buffer.from(encoded, 'base64').toString().replace(':', '='));
  const [[id, secret] = ['', '']] = form;
  return id === webClientId && timingSafeEqual(hashToken(secret), hashToken(clientSecret));
}

/** OpenID Connect Core, 5.3, for the access tokens of this issuer. */
async function sendUserinfo(deps: IdentityDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [kind, token] = (request.headers.authorization ?? '').split(' ');
  if (kind?.toLowerCase() !== 'bearer' || !token) throw kernelErrors.not_signed_in();
  const { published } = await deps.keys.read();
  let subject: string | undefined;
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(published), {
      issuer: deps.publicUrl,
      audience,
      algorithms: ['ES256'],
      typ: 'at+jwt',
      currentDate: deps.clock.now(),
    });
    subject = payload.sub;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) throw kernelErrors.invalid_token({ cause: error });
    throw error;
  }
  const user = subject ? await findUser(deps.db, subject) : undefined;
  if (!user || user.disabled_at) throw kernelErrors.invalid_token();
  return reply.send({ sub: user.id, ...personClaims(user), zoneinfo: user.time_zone });
}
