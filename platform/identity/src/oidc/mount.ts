import { kernelErrors, type Mount } from '@stoa/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createLocalJWKSet, errors as joseErrors, jwtVerify } from 'jose';
import type { Provider } from 'oidc-provider';
import { audience, personClaims } from '../access-tokens.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import { findUser } from '../users.ts';
import { beginVisit, visits } from './adapter.ts';
import { interactionRoutes } from './interactions.ts';

/** Puts the OpenID Provider on the server: its documents under `/.well-known`, everything else under `/oidc`. */
export function mountProvider(deps: IdentityDeps, clientSecret: string): Mount {
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
      handler: (request, reply) => sendUserinfo(deps, request, reply),
    });

    await app.register(interactionRoutes(deps, async () => (await current()).provider));

    await app.register(async (scope) => {
      // The provider reads the raw body itself.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      const handler = async (request: FastifyRequest, reply: FastifyReply) => {
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
      };
      for (const url of providerPaths) scope.all(url, handler);
    });
  };
}

const providerPaths = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/oidc/auth',
  '/oidc/auth/:uid',
  '/oidc/token',
  '/oidc/revoke',
  '/oidc/logout',
  '/oidc/logout/confirm',
  '/oidc/logout/success',
];

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; script-src 'none'; frame-ancestors 'none'; base-uri 'none'",
};

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
