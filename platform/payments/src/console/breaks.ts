import { type Ctx, requireRole, statement } from '@stoa/kernel';
import { type CircuitState, readCircuits, worse } from '../attempts/keep-circuits.ts';
import { liveInSql } from '../attempts/live-in-sql.ts';
import { readSwitches } from '../attempts/switched-off.ts';
import type { PaymentDeps } from '../deps.ts';

export type Break = {
  /** Why somebody has to look: the outcome of evidence, or `parked_payment`, `parked_refund`, `failed_refund`, `open_dispute`, `unsettled_money`. */
  kind: string;
  orderId: string | null;
  paymentId: string | null;
  /** Of the flagged evidence, to resolve it by. */
  evidenceId: number | null;
  provider: string | null;
  amount: { amount: number; currency: string } | null;
  since: string;
};
type Row = {
  kind: string;
  order_id: string | null;
  attempt_id: string | null;
  evidence_id: number | null;
  provider: string | null;
  amount: number | null;
  currency: string | null;
  since: string;
};
const listBreaks = statement<[now: string], Row>(
  'payments.list_breaks',
  `select e.outcome as kind, e.order_id, e.attempt_id, e.id as evidence_id, e.provider, null::bigint as amount, null::text as currency,
     e.received_at as since
   from evidence e where e.flagged and e.resolved_at is null
   union all
   select 'parked_payment', a.order_id, a.id, null, a.provider, a.amount, a.currency, a.parked_at
   from attempts a where a.parked_at is not null and a.status in ${liveInSql}
   union all
   select 'parked_refund', r.order_id, r.attempt_id, null, null, r.amount, r.currency, r.parked_at
   from refunds r where r.parked_at is not null and r.state in ('requested', 'processing')
   union all
   select 'open_dispute', d.order_id, d.attempt_id, null, d.provider, d.amount, d.currency, d.opened_at
   from disputes d where d.state = 'open'
   union all
   -- Money that is neither a sale nor on its way back after an hour.
   select 'unsettled_money', t.order_id, null, null, null, -sum(e.amount), e.currency, max(t.occurred_at)
   from ledger_entries e join accounts a on a.id = e.account and a.kind = 'buyer'
   join ledger_transactions t on t.id = e.transaction_id
   group by t.order_id, e.currency
   having sum(e.amount) <> 0 and max(t.occurred_at) < $1::timestamptz - interval '1 hour'
   union all
   select b.kind, a.order_id, b.attempt_id, null, b.provider, coalesce(b.reported, b.booked), b.currency, b.found_at
   from reconciliation_breaks b left join attempts a on a.id = b.attempt_id where b.resolved_at is null
   order by since desc limit 500`,
);

/** What does not fit and needs a person, newest first. @throws not_signed_in, not_allowed */
export function listPaymentBreaks(deps: Pick<PaymentDeps, 'db' | 'clock'>) {
  return async (ctx: Ctx): Promise<{ items: Break[] }> => {
    requireRole(ctx, 'support');
    const rows = await deps.db.rows(listBreaks, [deps.clock.now().toISOString()]);
    return {
      items: rows.map((row) => ({
        kind: row.kind,
        orderId: row.order_id,
        paymentId: row.attempt_id,
        evidenceId: row.evidence_id,
        provider: row.provider,
        amount: row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency },
        since: row.since,
      })),
    };
  };
}

type HealthRow = {
  provider: string;
  succeeded: number;
  failed: number;
  unknown: number;
  live: number;
  last_evidence_at: string | null;
  last_paid_at: string | null;
  last_failed_at: string | null;
  clearing: { currency: string; balance: number }[];
};
const readHealth = statement<[since: string], HealthRow>(
  'payments.read_provider_health',
  `select p.provider,
     count(*) filter (where a.created_at >= $1 and a.captured > 0) as succeeded,
     count(*) filter (where a.created_at >= $1 and a.status = 'failed') as failed,
     count(*) filter (where a.status = 'unknown') as unknown,
     count(*) filter (where a.status in ('created', 'requires_action', 'processing', 'authorized')) as live,
     (select max(e.received_at) from evidence e where e.provider = p.provider and e.source = 'webhook') as last_evidence_at,
     (select max(o.paid_at) from attempts s join orders o on o.settled_by = s.id where s.provider = p.provider) as last_paid_at,
     max(a.updated_at) filter (where a.status = 'failed') as last_failed_at,
     (select coalesce(jsonb_agg(jsonb_build_object('currency', b.currency, 'balance', b.balance)), '[]') from (
        select e.currency, sum(e.amount) as balance from ledger_entries e
        join accounts c on c.id = e.account and c.kind = 'clearing' and c.holder = p.provider group by e.currency
      ) b) as clearing
   from (select distinct provider from attempts) p join attempts a on a.provider = p.provider
   group by p.provider`,
);

type Compared = { provider: string; period_to: string; transactions: number; breaks: number };
const listCompared = statement<[], Compared>(
  'payments.list_newest_reconciliations',
  `select distinct on (provider) provider, period_to, transactions, breaks from reconciliations
   order by provider, period_to desc`,
);

export type ProviderHealth = {
  name: string;
  available: boolean;
  unavailable: string | null;
  /** When an operator switched it off, and why; null while it is offered. */
  switchedOff: { at: string; note: string } | null;
  /** Whether it lists its own transactions: without, its payments are never compared with the books. */
  reports: boolean;
  /** The newest day whose report was compared, and what came of it. */
  lastReport: { until: string; transactions: number; breaks: number } | null;
  /** Settings that are not there. */
  missing: string[];
  /** Whether calls go through, in whichever process makes them: `open` while the provider is not called because it kept failing. */
  circuit: CircuitState;
  lastDay: { succeeded: number; failed: number };
  unknown: number;
  live: number;
  lastWebhookAt: string | null;
  /** When an order was last paid with it, and when a payment last failed. */
  lastPaidAt: string | null;
  lastFailedAt: string | null;
  /** What the provider owes us, by currency. */
  clearing: { amount: number; currency: string }[];
};

/** How each provider is doing, and what those that are not set up are missing. @throws not_signed_in, not_allowed */
export function showProviderHealth(deps: Pick<PaymentDeps, 'db' | 'clock' | 'providers' | 'callProvider'>) {
  return async (ctx: Ctx): Promise<{ items: ProviderHealth[] }> => {
    requireRole(ctx, 'support');
    const since = new Date(deps.clock.now().getTime() - 24 * 3600 * 1000).toISOString();
    const [health, circuits, switches, compared] = await Promise.all([
      deps.db.rows(readHealth, [since]),
      readCircuits(deps),
      readSwitches(deps.db),
      deps.db.rows(listCompared, []),
    ]);
    const reports = new Map(compared.map((row) => [row.provider, row]));
    const rows = new Map(health.map((row) => [row.provider, row]));
    return {
      items: deps.providers.map((configured): ProviderHealth => {
        const row = rows.get(configured.name);
        const off = switches.get(configured.name);
        const report = reports.get(configured.name);
        return {
          name: configured.name,
          available: configured.provider !== null && !off,
          unavailable: configured.unavailable ?? (off ? 'switched_off' : null),
          switchedOff: off ? { at: off.switched_off_at, note: off.note } : null,
          reports: configured.provider?.capabilities.reports ?? false,
          lastReport: report
            ? { until: report.period_to, transactions: report.transactions, breaks: report.breaks }
            : null,
          missing: configured.provider ? [] : [...configured.missing],
          circuit: worse(deps.callProvider.stateOf(configured.name), circuits.get(configured.name) ?? 'closed'),
          lastDay: { succeeded: row?.succeeded ?? 0, failed: row?.failed ?? 0 },
          unknown: row?.unknown ?? 0,
          live: row?.live ?? 0,
          lastWebhookAt: row?.last_evidence_at ?? null,
          lastPaidAt: row?.last_paid_at ?? null,
          lastFailedAt: row?.last_failed_at ?? null,
          clearing: (row?.clearing ?? []).map(({ balance, currency }) => ({ amount: balance, currency })),
        };
      }),
    };
  };
}
