import { type Ctx, requireRole, statement } from '@stoa/kernel';
import { find, readAttempt, tell, type WorkDeps } from '../attempts/perform-charge.ts';
import { type BookedCharge, type BookedRefund, type ReconciliationBreak, reconcile } from '../core/reconcile.ts';
import type { PaymentDeps } from '../deps.ts';
import { eachInTurn } from '../each-in-turn.ts';
import { errors } from '../errors.ts';
import { post } from '../ledger/post.ts';
import { postSettlement } from '../ledger/postings.ts';
import type { ProviderTransaction } from '../providers/provider.ts';

const hourMs = 3_600_000;

const listCharges = statement<
  [provider: string, ids: string[], references: string[], from: string, to: string],
  { id: string; provider_reference: string | null; captured: number; currency: string; fee: number; is_due: boolean }
>(
  'payments.list_charges_to_reconcile',
  `select a.id, a.provider_reference, a.captured, a.currency, a.fee, coalesce(t.occurred_at between $4 and $5, false) as is_due
   from attempts a left join ledger_transactions t on t.key = 'capture:' || a.id
   where a.provider = $1 and (a.id::text = any($2) or a.provider_reference = any($3) or t.occurred_at between $4 and $5)`,
);
const listRefunds = statement<
  [provider: string, ids: string[], references: string[], from: string, to: string],
  {
    id: string;
    attempt_id: string;
    provider_reference: string | null;
    amount: number;
    currency: string;
    is_due: boolean;
  }
>(
  'payments.list_refunds_to_reconcile',
  // What came back through a bank's dispute, or past us, has no refund of ours at the provider.
  `select r.id, r.attempt_id, r.provider_reference, r.amount, r.currency,
     r.completed_at between $4 and $5 and r.reason not in ('dispute', 'external') as is_due
   from refunds r join attempts a on a.id = r.attempt_id
   where a.provider = $1 and r.state = 'succeeded'
     and (r.id::text = any($2) or r.provider_reference = any($3) or r.completed_at between $4 and $5)`,
);
const insertBreak = statement<
  [
    provider: string,
    kind: string,
    subject: string,
    attemptId: string | null,
    reported: number | null,
    booked: number | null,
    currency: string,
    at: string,
  ],
  never
>(
  'payments.insert_reconciliation_break',
  `insert into reconciliation_breaks as b (provider, kind, subject, attempt_id, reported, booked, currency, found_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (provider, kind, subject) do update
     set reported = excluded.reported, booked = excluded.booked, resolved_at = null`,
);
const resolveFitting = statement<[provider: string, subjects: string[], broken: string[], at: string], never>(
  'payments.resolve_fitting_breaks',
  `update reconciliation_breaks set resolved_at = $4
   where provider = $1 and resolved_at is null and subject = any($2) and not (kind || ' ' || subject = any($3))`,
);
const insertRun = statement<
  [id: string, provider: string, from: string, to: string, transactions: number, breaks: number, at: string],
  never
>(
  'payments.insert_reconciliation',
  `insert into reconciliations (id, provider, period_from, period_to, transactions, breaks, run_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (provider, period_from, period_to) do update
     set transactions = excluded.transactions, breaks = excluded.breaks, run_at = excluded.run_at`,
);

const findBegun = statement<[attemptIds: string[], subjects: string[]], { at: string | null }>(
  'payments.find_beginning_of_missing',
  // Of a refund that is missing when it was asked for, of a charge when its payment was begun.
  `select min(coalesce(r.created_at, a.created_at)) as at
   from attempts a left join refunds r on r.attempt_id = a.id and coalesce(r.provider_reference, r.id::text) = any($2)
   where a.id = any($1::uuid[])`,
);

type Period = { provider: string; from: Date; to: Date };

/**
 * Holds a provider's own report of a period against the books. What can be mended by asking the provider is; what the
 * provider has paid out to our bank is booked; the rest is stored as breaks for a person. Running it again is harmless.
 * @returns how many rows there were and how many do not fit; undefined when the provider has no report
 */
export function reconcileProvider(deps: WorkDeps & Pick<PaymentDeps, 'providers'>) {
  return async (period: Period, ctx: Ctx): Promise<{ transactions: number; breaks: number } | undefined> => {
    const { provider: name, from, to } = period;
    const known = deps.providers.find((one) => one.name === name)?.provider;
    if (!known?.listTransactions) return undefined;
    let transactions = await readReport(deps, { provider: name, from, to });
    let breaks = await compare(deps, period, transactions);
    const before = await readEarlier(deps, period, breaks);
    if (before.length > 0) {
      transactions = [...transactions, ...before];
      breaks = await compare(deps, period, transactions);
    }
    for (const { kind, attemptId } of breaks) {
      if (kind !== 'charge_not_booked' || attemptId === null) continue;
      const attempt = await deps.db.row(readAttempt, [attemptId]);
      const report = attempt && (await find(deps, attempt));
      if (report) await tell(deps, { attempt, source: 'poll', said: { about: 'charge', report } }, ctx);
    }
    breaks = await compare(deps, period, transactions);
    await write(deps, period, transactions, breaks);
    if (breaks.length > 0)
      deps.log.error({ provider: name, breaks: breaks.length }, 'the provider’s report does not fit the books');
    return { transactions: transactions.length, breaks: breaks.length };
  };
}

function readReport(deps: WorkDeps, { provider: name, from, to }: Period): Promise<readonly ProviderTransaction[]> {
  return deps.callProvider({ provider: name, idempotencyKey: `report:${name}` }, (provider, call) =>
    provider.listTransactions ? provider.listTransactions({ from, to }, call) : Promise.resolve([]),
  );
}

/**
 * What the provider has of earlier days of what was booked in this period and is missing in its report: a payment nobody
 * told us of is booked when we ask, maybe days after it was made.
 */
async function readEarlier(
  deps: WorkDeps,
  { provider, from }: Period,
  breaks: readonly ReconciliationBreak[],
): Promise<ProviderTransaction[]> {
  const missing = breaks.filter(({ kind }) => kind === 'charge_not_reported' || kind === 'refund_not_reported');
  if (missing.length === 0) return [];
  const ids = missing.flatMap(({ attemptId }) => attemptId ?? []);
  const begun = await deps.db.row(findBegun, [ids, missing.map(({ subject }) => subject)]);
  if (!begun?.at || new Date(begun.at) >= from) return [];
  // Clocks differ here, too.
  const earlier = await readReport(deps, { provider, from: new Date(Date.parse(begun.at) - hourMs), to: from });
  return earlier.filter(
    ({ reference, providerReference }) =>
      missing.some(({ subject }) => subject === providerReference || subject === reference) ||
      (reference !== null && ids.includes(reference)),
  );
}

async function compare(
  deps: WorkDeps,
  { provider, from, to }: Period,
  transactions: readonly ProviderTransaction[],
): Promise<ReconciliationBreak[]> {
  const rows = transactions.flatMap(({ kind, amount, ...row }) =>
    kind === 'charge' || kind === 'refund' || kind === 'fee'
      ? [{ kind, providerReference: row.providerReference, reference: row.reference, ...amount }]
      : [],
  );
  const ids = rows.flatMap(({ reference }) => reference ?? []);
  const references = rows.map(({ providerReference }) => providerReference);
  // Clocks differ: only what is well within the period has to be in its report.
  const due = [new Date(from.getTime() + hourMs).toISOString(), new Date(to.getTime() - hourMs).toISOString()] as const;
  const [charges, refunds] = await Promise.all([
    deps.db.rows(listCharges, [provider, ids, references, ...due]),
    deps.db.rows(listRefunds, [provider, ids, references, ...due]),
  ]);
  return reconcile({
    rows,
    charges: charges.map(
      (row): BookedCharge => ({ ...row, providerReference: row.provider_reference, isDue: row.is_due }),
    ),
    refunds: refunds.map(
      (row): BookedRefund => ({
        ...row,
        attemptId: row.attempt_id,
        providerReference: row.provider_reference,
        isDue: row.is_due,
      }),
    ),
  });
}

async function write(
  deps: WorkDeps,
  { provider, from, to }: Period,
  transactions: readonly ProviderTransaction[],
  breaks: readonly ReconciliationBreak[],
): Promise<void> {
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    for (const { providerReference: reference, amount } of transactions.filter(({ kind }) => kind === 'payout')) {
      const paid = { provider, reference, currency: amount.currency, amount: Math.abs(amount.amount) };
      await post(tx, deps.ids, { posting: postSettlement(paid), at });
    }
    for (const one of breaks)
      await tx.run(insertBreak, [
        provider,
        one.kind,
        one.subject,
        one.attemptId,
        one.reported,
        one.booked,
        one.currency,
        at.toISOString(),
      ]);
    await tx.run(resolveFitting, [
      provider,
      transactions.map(({ providerReference }) => providerReference),
      breaks.map(({ kind, subject }) => `${kind} ${subject}`),
      at.toISOString(),
    ]);
    await tx.run(insertRun, [
      deps.ids.id(),
      provider,
      from.toISOString(),
      to.toISOString(),
      transactions.length,
      breaks.length,
      at.toISOString(),
    ]);
  });
}

/** Yesterday (UTC), for every provider that reports. One that does not answer does not keep the others waiting. */
export function reconcileYesterday(deps: Parameters<typeof reconcileProvider>[0]) {
  return (ctx: Ctx): Promise<void> => {
    const to = new Date(deps.clock.now().toISOString().slice(0, 10));
    const from = new Date(to.getTime() - 24 * hourMs);
    return eachInTurn((each) =>
      each(deps.providers, ({ name }) => reconcileProvider(deps)({ provider: name, from, to }, ctx)),
    );
  };
}

/** The same for a day somebody asks for. @throws not_signed_in, not_allowed, provider_unknown, provider_unavailable */
export function reconcileDay(deps: Parameters<typeof reconcileProvider>[0]) {
  return async ({ provider, day }: { provider: string; day: string }, ctx: Ctx) => {
    requireRole(ctx, 'support');
    const configured = deps.providers.find((one) => one.name === provider);
    if (!configured) throw errors.provider_unknown({ params: { provider } });
    const from = new Date(day);
    const result = await reconcileProvider(deps)({ provider, from, to: new Date(from.getTime() + 24 * hourMs) }, ctx);
    if (!result) throw errors.provider_unavailable({ params: { provider } });
    return result;
  };
}
