import { allow, type Ctx, defineRoute, locales, parseIdempotencyKey, type Route, requestIdOf } from '@stoa/kernel';
import { z } from 'zod';
import type { IdentityDeps } from './identity-deps.ts';
import { logIn } from './login.ts';
import { logOut } from './logout.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { Account, Email, exampleAccount, GivenPassword, NewPassword } from './schemas.ts';

const SignedIn = z.strictObject({
  user: Account,
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.int(),
});
const RefreshToken = z.string().min(20).max(200);

const exampleRefreshToken = 'mWc-example-refresh-token';
const exampleSignedIn: z.output<typeof SignedIn> = {
  user: exampleAccount,
  accessToken: 'eyJ…',
  refreshToken: exampleRefreshToken,
  expiresIn: 300,
};

/** Signing up, in and out. Answers hold tokens: they are never stored, so repeats are handled by the use cases. */
export function authRoutes(deps: IdentityDeps): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/api/auth/register',
      summary: 'Make an account and sign in',
      description:
        'Sends a verification mail. With an `Idempotency-Key`, a repeat gives the same account and session again.',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({
        email: Email,
        password: NewPassword,
        name: z.string().min(1).max(100),
        locale: z.enum(locales).optional(),
        timeZone: z.string().max(60).optional(),
      }),
      response: SignedIn,
      status: 201,
      bodyLimit: 16_384,
      errors: ['email_taken', 'password_refused', 'too_many_attempts', 'idempotency_key_reused'],
      examples: {
        body: { email: 'ana@example.com', password: 'four unrelated words here', name: 'Ana Souza' },
        response: { ...exampleSignedIn, user: { ...exampleAccount, emailVerified: false } },
      },
      handler: ({ body, ctx, request }) =>
        register(deps)(body, ctx, registrationKeyOf(request.headers['idempotency-key'], ctx)),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/auth/login',
      summary: 'Sign in with e-mail address and password',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({ email: Email, password: GivenPassword }),
      response: SignedIn,
      bodyLimit: 16_384,
      errors: ['invalid_credentials', 'account_disabled', 'too_many_attempts'],
      examples: {
        body: { email: 'ana@example.com', password: 'four unrelated words here' },
        response: exampleSignedIn,
      },
      handler: ({ body, ctx }) => logIn(deps)(body, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/auth/refresh',
      summary: 'Exchange a refresh token for new tokens',
      description: 'Each refresh token works once. Using one a second time ends the session.',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({ refreshToken: RefreshToken }),
      response: SignedIn,
      bodyLimit: 16_384,
      errors: ['refresh_token_invalid', 'refresh_token_reused'],
      examples: { body: { refreshToken: exampleRefreshToken }, response: exampleSignedIn },
      handler: ({ body, ctx }) => refresh(deps)(body, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/auth/logout',
      summary: 'Sign out, here or everywhere',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({ refreshToken: RefreshToken, everywhere: z.boolean().optional() }),
      bodyLimit: 16_384,
      examples: { body: { refreshToken: exampleRefreshToken, everywhere: false } },
      handler: async ({ body, ctx }) => {
        await logOut(deps)(body, ctx);
        return undefined;
      },
    }),
  ];
}

function registrationKeyOf(header: string | string[] | undefined, ctx: Ctx): string | undefined {
  const key = parseIdempotencyKey(Array.isArray(header) ? header[0] : header);
  return key ? requestIdOf(`ip:${ctx.ip ?? ''} POST /api/auth/register`, key) : undefined;
}
