import { allow, defineRoute, Id, IdParams, Page, PageQuery, type Route, roles, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { administerUser } from './administer-users.ts';
import { endSessionsOfPerson, unlockSignIn } from './help-person.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { listAudit } from './list-audit.ts';
import { listPeople } from './list-people.ts';
import { readPerson } from './read-person.ts';
import { Account, exampleAccount, exampleSession, Session } from './schemas.ts';

const Administered = z.strictObject({ ...Account.shape, disabled: z.boolean() });
const PersonInFull = z.strictObject({
  ...Administered.shape,
  disabledAt: Timestamp.nullable(),
  disabledBecause: z.string().nullable(),
  guessing: z.strictObject({ wrongPasswords: z.int(), lockedUntil: Timestamp.nullable() }),
  sessions: z.array(Session),
  signIns: z.array(
    z.strictObject({
      at: Timestamp,
      kind: z.enum(['web', 'api']),
      succeeded: z.boolean(),
      ip: z.string().nullable(),
      userAgent: z.string().nullable(),
    }),
  ),
});
const AuditEntry = z.strictObject({
  id: Id,
  at: Timestamp,
  actor: z.strictObject({ kind: z.string(), id: z.string().nullable() }),
  action: z.string(),
  subjectId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  ip: z.string().nullable(),
  traceId: z.string(),
});

const exampleAdministered: z.output<typeof Administered> = { ...exampleAccount, disabled: false };
const examplePerson: z.output<typeof PersonInFull> = {
  ...exampleAdministered,
  disabledAt: null,
  disabledBecause: null,
  guessing: { wrongPasswords: 0, lockedUntil: null },
  sessions: [exampleSession],
  signIns: [
    {
      at: exampleSession.createdAt,
      kind: exampleSession.kind,
      succeeded: true,
      ip: exampleSession.ip,
      userAgent: exampleSession.userAgent,
    },
  ],
};
const exampleAuditEntry: z.output<typeof AuditEntry> = {
  id: '019cade2-11c0-7b4f-91d2-b8e8f9664bd2',
  at: '2026-03-02T09:30:00.000Z',
  actor: { kind: 'user', id: '01972fa7-9000-7117-b30e-09b52b608db5' },
  action: 'user.administered',
  subjectId: exampleAccount.id,
  details: { roles: { from: ['student'], to: ['student', 'instructor'] }, reason: 'Teaches from March.' },
  ip: '203.0.113.7',
  traceId: 'c1db9f5e6e40cd35e730a8dfa262698e',
};

/** What operators do with accounts. */
export function adminRoutes(deps: IdentityDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/users',
      summary: 'Find people',
      policy: allow.role('support'),
      query: z.strictObject({
        ...PageQuery,
        q: z
          .string()
          .max(200)
          .optional()
          .meta({ examples: ['ana@example.com'] }),
      }),
      response: Page(Administered),
      examples: { response: { items: [exampleAdministered] } },
      handler: ({ query, ctx }) => listPeople(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/users/:id',
      summary: 'One person: the account, where it is signed in, who tried to',
      policy: allow.role('support'),
      params: IdParams,
      response: PersonInFull,
      errors: ['user_not_found'],
      examples: { response: examplePerson },
      handler: ({ params, ctx }) => readPerson(deps)(params, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/admin/users/:id/sessions',
      summary: 'Sign a person out everywhere',
      description: 'Recorded in the audit log.',
      policy: allow.role('support'),
      idempotency: 'natural',
      params: IdParams,
      errors: ['user_not_found'],
      handler: async ({ params, ctx }) => {
        await endSessionsOfPerson(deps)(params, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/users/:id/unlock',
      summary: 'Forget the wrong passwords counted for an account',
      description: 'Its owner may try again at once. Recorded in the audit log.',
      policy: allow.role('support'),
      idempotency: 'natural',
      params: IdParams,
      status: 204,
      errors: ['user_not_found'],
      handler: async ({ params, ctx }) => {
        await unlockSignIn(deps)(params, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/admin/users/:id',
      summary: 'Change roles, or disable or enable an account',
      description: 'Each change is recorded in the audit log, with the reason. Disabling ends all sessions.',
      policy: allow.role('admin'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({
        roles: z.array(z.enum(roles)).min(1).max(roles.length).optional(),
        disabled: z.boolean().optional(),
        reason: z.string().max(500).optional(),
      }),
      response: Administered,
      errors: ['user_not_found', 'own_account'],
      examples: {
        body: { roles: ['student', 'instructor'], reason: 'Teaches from March.' },
        response: { ...exampleAdministered, roles: ['student', 'instructor'] },
      },
      handler: ({ params, body, ctx }) => administerUser(deps)({ id: params.id, ...body }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/audit',
      summary: 'The audit log of accounts',
      policy: allow.role('admin'),
      query: z.strictObject({ ...PageQuery, subject: Id.optional() }),
      response: Page(AuditEntry),
      examples: { response: { items: [exampleAuditEntry] } },
      handler: ({ query, ctx }) => listAudit(deps)(query, ctx),
    }),
  ];
}
