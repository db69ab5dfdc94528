import {
  type Ctx,
  decodeCursor,
  kernelErrors,
  type Queries,
  requireRole,
  statement,
  toPage,
  traceIdOf,
} from '@stoa/kernel';
import { z } from 'zod';
import type { PaymentDeps } from '../deps.ts';

/** What operators do with money, and what they do it to. */
export type AuditEntry = {
  action:
    | 'refund.requested'
    | 'order.cancelled'
    | 'evidence.resolved'
    | 'subscription.canceled'
    | 'renewal.retried'
    | 'instalments.canceled'
    | 'instalment.retried'
    | 'tax_rule.added'
    | 'tax_rule.ended'
    | 'coupon.made'
    | 'coupon.switched'
    | 'payouts.made'
    | 'payout.confirmed'
    | 'payout.failed'
    | 'seller_terms.agreed'
    | 'provider.switched';
  subjectKind:
    | 'order'
    | 'evidence'
    | 'subscription'
    | 'instalments'
    | 'tax_rule'
    | 'coupon'
    | 'payout'
    | 'seller'
    | 'provider';
  subjectId: string;
  /** Ids, amounts and names of things; never personal data or secrets. */
  details?: Record<string, unknown>;
};

const insertEntry = statement<
  [
    id: string,
    at: string,
    actorId: string | null,
    actorKind: string,
    action: string,
    subjectKind: string,
    subjectId: string,
    details: string,
    ip: string | null,
    traceId: string,
  ],
  never
>(
  'payments.record_audit',
  `insert into audit_entries (id, at, actor_id, actor_kind, action, subject_kind, subject_id, details, ip, trace_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

/** Records what an operator does, in the transaction that does it: without the one there is not the other. */
export async function recordAudit(
  tx: Queries,
  deps: Pick<PaymentDeps, 'ids' | 'clock'>,
  ctx: Ctx,
  entry: AuditEntry,
): Promise<void> {
  await tx.run(insertEntry, [
    deps.ids.id(),
    deps.clock.now().toISOString(),
    ctx.actor.kind === 'user' ? ctx.actor.userId : null,
    ctx.actor.kind,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    JSON.stringify(entry.details ?? {}),
    ctx.ip ?? null,
    traceIdOf(ctx.traceparent),
  ]);
}

type Row = {
  id: string;
  at: string;
  actor_id: string | null;
  actor_kind: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  details: Record<string, unknown>;
  ip: string | null;
  trace_id: string;
};
const listEntries = statement<[subjectId: string | null, before: string | null, limit: number], Row>(
  'payments.list_audit',
  `select id, at, actor_id, actor_kind, action, subject_kind, subject_id, details, ip, trace_id from audit_entries
   where ($1::text is null or subject_id = $1) and ($2::uuid is null or id < $2) order by id desc limit $3`,
);
const forget = statement<[], never>(
  'payments.forget_audit',
  "delete from audit_entries where at < now() - interval '2 years'",
);

/** What operators did with money, newest first. Administrators only. @throws not_signed_in, not_allowed, validation_failed */
export function listAudit(deps: Pick<PaymentDeps, 'db'>) {
  return async (input: { subject?: string | undefined; limit: number; cursor?: string | undefined }, ctx: Ctx) => {
    requireRole(ctx, 'admin');
    const after = z.uuid().safeParse(decodeCursor(input.cursor, 1)?.[0]);
    if (input.cursor && !after.success) throw kernelErrors.validation_failed();
    const before = after.success ? after.data : null;
    const rows = await deps.db.rows(listEntries, [input.subject ?? null, before, input.limit + 1]);
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.id],
      item: (row) => ({
        id: row.id,
        at: row.at,
        actor: { kind: row.actor_kind, id: row.actor_id },
        action: row.action,
        subject: { kind: row.subject_kind, id: row.subject_id },
        details: row.details,
        ip: row.ip,
        traceId: row.trace_id,
      }),
    });
  };
}

/** Forgets entries older than two years. */
export function forgetAudit(deps: Pick<PaymentDeps, 'db'>) {
  return async (): Promise<void> => {
    await deps.db.run(forget, []);
  };
}
