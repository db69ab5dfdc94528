import { allow, defineRoute, exampleId, locales, type Route, Timestamp } from '@stoa/kernel';
import type { FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import {
  cancelEmailChange,
  confirmEmailChange,
  readEmailChange,
  requestEmailChange,
  undoEmailChange,
} from './change-email.ts';
import { changePassword } from './change-password.ts';
import { changeProfile } from './change-profile.ts';
import { deleteUser } from './delete-user.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { endAllSessions, endSession, listSessions } from './list-sessions.ts';
import { examplePreferences, Preferences, readPreferences, writePreferences } from './preferences.ts';
import { readProfile } from './profile.ts';
import { requestPasswordReset, resetPassword } from './reset-password.ts';
import {
  Account,
  Email,
  exampleAccount,
  exampleMailToken,
  exampleSession,
  GivenPassword,
  NewPassword,
  Session,
} from './schemas.ts';
import { requestEmailVerification, verifyEmail } from './verify-email.ts';

const MailToken = z.string().min(20).max(200);

/** What people do with their own account. */
export function accountRoutes(deps: IdentityDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/users/me',
      summary: 'The person who is signed in',
      policy: allow.user(),
      response: Account,
      etag: true,
      examples: { response: exampleAccount },
      handler: ({ ctx }) => readProfile(deps)(ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/users/me',
      summary: 'Change name, language or time zone',
      policy: allow.user(),
      idempotency: 'natural',
      body: z.strictObject({
        name: z.string().min(1).max(100).optional(),
        locale: z.enum(locales).optional(),
        timeZone: z.string().max(60).optional(),
      }),
      response: Account,
      examples: { body: { name: 'Ana Souza', timeZone: 'America/Sao_Paulo' }, response: exampleAccount },
      handler: ({ body, ctx }) => changeProfile(deps)(body, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/users/me',
      summary: 'Delete the account and its personal data',
      policy: allow.user(),
      idempotency: 'natural',
      body: z.strictObject({ password: GivenPassword }),
      errors: ['wrong_password', 'too_many_attempts'],
      examples: { body: { password: 'four unrelated words here' } },
      handler: async ({ body, ctx }) => {
        await deleteUser(deps)(body, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/users/me/preferences',
      summary: 'How the product looks and behaves for the person',
      policy: allow.user(),
      response: Preferences,
      etag: true,
      examples: { response: examplePreferences },
      handler: ({ ctx }) => readPreferences(deps)(ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/users/me/preferences',
      summary: 'Replace the preferences',
      policy: allow.user(),
      idempotency: 'natural',
      body: Preferences,
      response: Preferences,
      examples: { body: { theme: 'dark', playbackRate: 1.25, captions: true }, response: examplePreferences },
      handler: ({ body, ctx }) => writePreferences(deps)(body, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/users/me/email-verification',
      summary: 'Send the verification mail again',
      policy: allow.user(),
      idempotency: 'natural',
      status: 204,
      errors: ['email_already_verified', 'too_many_attempts'],
      handler: async ({ ctx }) => {
        await requestEmailVerification(deps)(ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/auth/verify-email',
      summary: 'Verify the e-mail address with the token of the mailed link',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({ token: MailToken }),
      errors: ['link_not_valid'],
      examples: { body: { token: exampleMailToken } },
      handler: async ({ body, ctx }) => {
        await verifyEmail(deps)(body, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/auth/forgot-password',
      summary: 'Ask for a link to set a new password',
      description: 'The answer is the same whether the address has an account or not.',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({ email: Email }),
      status: 204,
      examples: { body: { email: 'ana@example.com' } },
      handler: async ({ body, ctx }) => {
        await requestPasswordReset(deps)(body, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/auth/reset-password',
      summary: 'Set a new password with the token of the mailed link',
      description: 'Ends all sessions of the person.',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({ token: MailToken, password: NewPassword }),
      errors: ['link_not_valid', 'password_refused'],
      examples: { body: { token: exampleMailToken, password: 'four unrelated words here' } },
      handler: async ({ body, ctx }) => {
        await resetPassword(deps)(body, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/users/me/email-change',
      summary: 'The new e-mail address that waits to be confirmed',
      policy: allow.user(),
      response: z.strictObject({
        pending: z.strictObject({ email: z.string(), requestedAt: Timestamp }).nullable(),
      }),
      examples: {
        response: { pending: { email: 'ana.lima@example.com', requestedAt: '2026-03-01T12:02:10.000Z' } },
      },
      handler: ({ ctx }) => readEmailChange(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/users/me/email-change',
      summary: 'Ask to change the e-mail address',
      description:
        'Sends a link to the new address; until it is used nothing changes. The answer is the same whether the new address has an account or not, but then no mail goes there.',
      policy: allow.user(),
      idempotency: 'natural',
      body: z.strictObject({ email: Email, password: GivenPassword }),
      status: 204,
      errors: ['wrong_password', 'email_unchanged', 'too_many_attempts'],
      examples: { body: { email: 'ana.lima@example.com', password: 'four unrelated words here' } },
      handler: async ({ body, ctx }) => {
        await requestEmailChange(deps)(body, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/users/me/email-change',
      summary: 'Keep the e-mail address and end the link that would change it',
      policy: allow.user(),
      idempotency: 'natural',
      handler: async ({ ctx }) => {
        await cancelEmailChange(deps)(ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/auth/confirm-email-change',
      summary: 'Change the e-mail address with the token of the link mailed to the new one',
      description: 'The old address is told and may undo it for 7 days.',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({ token: MailToken }),
      errors: ['link_not_valid', 'email_taken'],
      examples: { body: { token: exampleMailToken } },
      handler: async ({ body, ctx }) => {
        await confirmEmailChange(deps)(body, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/auth/undo-email-change',
      summary: 'Take the account back with the token of the link mailed to the old address',
      description: 'The account has the old address again and a new password. Ends all sessions of the person.',
      policy: allow.anyone(),
      idempotency: 'natural',
      body: z.strictObject({ token: MailToken, password: NewPassword }),
      errors: ['link_not_valid', 'password_refused', 'email_taken'],
      examples: { body: { token: exampleMailToken, password: 'four unrelated words here' } },
      handler: async ({ body, ctx }) => {
        await undoEmailChange(deps)(body, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/users/me/password',
      summary: 'Change the password',
      description: 'Ends all other sessions of the person; the one the request came with stays.',
      policy: allow.user(),
      idempotency: 'natural',
      body: z.strictObject({ currentPassword: GivenPassword, newPassword: NewPassword }),
      status: 204,
      errors: ['wrong_password', 'password_refused', 'too_many_attempts'],
      examples: {
        body: { currentPassword: 'four unrelated words here', newPassword: 'five other words nobody guesses' },
      },
      handler: async ({ body, ctx, request }) => {
        await changePassword(deps)(body, ctx, sessionIdOf(request));
        return undefined;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/users/me/sessions',
      summary: 'Where the person is signed in',
      policy: allow.user(),
      response: z.strictObject({ items: z.array(z.strictObject({ ...Session.shape, current: z.boolean() })) }),
      examples: { response: { items: [{ ...exampleSession, current: true }] } },
      handler: ({ ctx, request }) => listSessions(deps)(ctx, sessionIdOf(request)),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/users/me/sessions',
      summary: 'Sign out everywhere',
      policy: allow.user(),
      idempotency: 'natural',
      handler: async ({ ctx }) => {
        await endAllSessions(deps)(ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/users/me/sessions/:id',
      summary: 'End one session',
      policy: allow.user(),
      idempotency: 'natural',
      params: z.strictObject({
        id: z
          .string()
          .min(1)
          .max(100)
          .meta({ examples: [exampleId] }),
      }),
      errors: ['session_not_found'],
      handler: async ({ params, ctx }) => {
        await endSession(deps)(params.id, ctx);
        return undefined;
      },
    }),
  ];
}

/** The session an access token belongs to. The token has been verified before the handler runs. */
function sessionIdOf(request: FastifyRequest): string | undefined {
  const token = request.headers.authorization?.split(' ')[1];
  const { sid } = token ? decodeJwt(token) : {};
  return typeof sid === 'string' ? sid : undefined;
}
