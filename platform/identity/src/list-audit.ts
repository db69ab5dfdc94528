import { type Ctx, decodeCursor, kernelErrors, requireRole, statement, toPage } from '@stoa/kernel';
import { z } from 'zod';
import type { IdentityDeps } from './identity-deps.ts';

type AuditRow = {
  id: string;
  at: string;
  actor_id: string | null;
  actor_kind: string;
  action: string;
  subject_id: string | null;
  details: Record<string, unknown>;
  ip: string | null;
  trace_id: string;
};

const listEntries = statement<[subjectId: string | null, before: string | null, limit: number], AuditRow>(
  'identity.list_audit',
  `select id, at, actor_id, actor_kind, action, subject_id, details, ip, trace_id from audit_entries
   where ($1::uuid is null or subject_id = $1) and ($2::uuid is null or id < $2) order by id desc limit $3`,
);
const prune = statement<[], never>(
  'identity.prune_audit',
  "delete from audit_entries where at < now() - interval '1 year'",
);

/** The audit log of accounts, newest first. Administrators only. */
export function listAudit(deps: IdentityDeps) {
  return async (input: { subject?: string | undefined; limit: number; cursor?: string | undefined }, ctx: Ctx) => {
    requireRole(ctx, 'admin');
    const after = z.uuid().safeParse(decodeCursor(input.cursor, 1)?.[0]);
    if (input.cursor && !after.success) throw kernelErrors.validation_failed();
    const rows = await deps.db.rows(listEntries, [
      input.subject ?? null,
      after.success ? after.data : null,
      input.limit + 1,
    ]);
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.id],
      item: (row) => ({
        id: row.id,
        at: row.at,
        actor: { kind: row.actor_kind, id: row.actor_id },
        action: row.action,
        subjectId: row.subject_id,
        details: row.details,
        ip: row.ip,
        traceId: row.trace_id,
      }),
    });
  };
}

/** Forgets entries older than a year. */
export async function pruneAudit(deps: IdentityDeps): Promise<void> {
  await deps.db.run(prune, []);
}
