import { allow, defineRoute, Id, IdParams, Page, PageQuery, type Route, roles, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { administerUser, listPeople } from './administer-users.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { listAudit } from './list-audit.ts';
import { Account } from './schemas.ts';

const Administered = z.strictObject({ ...Account.shape, disabled: z.boolean() });
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

/** What operators do with accounts. */
export function adminRoutes(deps: IdentityDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/users',
      summary: 'Find people',
      policy: allow.role('support'),
      query: z.strictObject({ ...PageQuery, q: z.string().max(200).optional() }),
      response: Page(Administered),
      handler: ({ query, ctx }) => listPeople(deps)(query, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/admin/users/:id',
      summary: 'Change roles, or disable or enable an account',
      description: 'Each change is recorded in the audit log. Disabling ends all sessions.',
      policy: allow.role('admin'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({
        roles: z.array(z.enum(roles)).min(1).max(roles.length).optional(),
        disabled: z.boolean().optional(),
      }),
      response: Administered,
      errors: ['user_not_found', 'own_account'],
      examples: { body: { roles: ['student', 'instructor'] } },
      handler: ({ params, body, ctx }) => administerUser(deps)({ id: params.id, ...body }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/audit',
      summary: 'The audit log of accounts',
      policy: allow.role('admin'),
      query: z.strictObject({ ...PageQuery, subject: Id.optional() }),
      response: Page(AuditEntry),
      handler: ({ query, ctx }) => listAudit(deps)(query, ctx),
    }),
  ];
}
