import { type Ctx, type Queries, statement, traceIdOf } from '@stoa/kernel';
import type { IdentityDeps } from './identity-deps.ts';

type Entry = { action: string; subjectId: string; details?: Record<string, unknown> };

const insertEntry = statement<
  [
    id: string,
    at: string,
    actorId: string | null,
    actorKind: string,
    action: string,
    subjectId: string,
    details: string,
    ip: string | null,
    traceId: string,
  ],
  never
>(
  'identity.record_audit',
  `insert into audit_entries (id, at, actor_id, actor_kind, action, subject_id, details, ip, trace_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

/** Records a privileged or security-relevant action in the transaction that does it. Details hold ids and names of things, never personal data or secrets. */
export async function recordAudit(
  tx: Queries,
  deps: Pick<IdentityDeps, 'clock' | 'ids'>,
  ctx: Ctx,
  entry: Entry,
): Promise<void> {
  await tx.run(insertEntry, [
    deps.ids.id(),
    deps.clock.now().toISOString(),
    ctx.actor.kind === 'user' ? ctx.actor.userId : null,
    ctx.actor.kind,
    entry.action,
    entry.subjectId,
    JSON.stringify(entry.details ?? {}),
    ctx.ip ?? null,
    traceIdOf(ctx.traceparent),
  ]);
}
