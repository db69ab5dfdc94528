/** One row of a provider's report. Signed: refunds and fees are negative. */
export type ReportedRow = {
  kind: 'charge' | 'refund' | 'fee';
  providerReference: string;
  /** Ours, when the provider tells. */
  reference: string | null;
  amount: number;
  currency: string;
};
export type BookedCharge = {
  id: string;
  providerReference: string | null;
  captured: number;
  currency: string;
  fee: number;
  /** It was captured well within the period: the report must have it. */
  isDue: boolean;
};
export type BookedRefund = {
  id: string;
  attemptId: string;
  providerReference: string | null;
  amount: number;
  currency: string;
  isDue: boolean;
};
export type ReconciliationBreak = {
  kind:
    | 'charge_unknown'
    | 'charge_not_booked'
    | 'charge_differs'
    | 'charge_not_reported'
    | 'refund_unknown'
    | 'refund_differs'
    | 'refund_not_reported'
    | 'fee_differs';
  subject: string;
  attemptId: string | null;
  reported: number | null;
  booked: number | null;
  currency: string;
};

/**
 * Holds a provider's report against our books: what it took and we do not know, what we booked and it does not know, and
 * amounts that differ. Rows are matched by our reference, else by the provider's.
 */
export function reconcile(input: {
  rows: readonly ReportedRow[];
  charges: readonly BookedCharge[];
  refunds: readonly BookedRefund[];
}): ReconciliationBreak[] {
  const breaks: ReconciliationBreak[] = [];
  const seen = new Set<string>();
  const matching = <T extends { id: string; providerReference: string | null }>(row: ReportedRow, ours: readonly T[]) =>
    ours.find(({ id }) => id === row.reference) ??
    ours.find(({ providerReference }) => providerReference === row.providerReference);
  const fees = new Map<string, number>();

  for (const row of input.rows) {
    const { providerReference: subject, currency } = row;
    if (row.kind === 'refund') {
      const refund = matching(row, input.refunds);
      const reported = -row.amount;
      if (refund) seen.add(refund.id);
      if (!refund) breaks.push({ kind: 'refund_unknown', subject, attemptId: null, reported, booked: null, currency });
      else if (refund.amount !== reported || refund.currency !== currency)
        breaks.push({
          kind: 'refund_differs',
          subject,
          attemptId: refund.attemptId,
          reported,
          booked: refund.amount,
          currency,
        });
      continue;
    }
    const charge = matching(row, input.charges);
    if (row.kind === 'fee') {
      if (charge) fees.set(charge.id, (fees.get(charge.id) ?? 0) - row.amount);
      continue;
    }
    if (!charge) {
      breaks.push({ kind: 'charge_unknown', subject, attemptId: null, reported: row.amount, booked: null, currency });
      continue;
    }
    seen.add(charge.id);
    if (charge.captured === row.amount && charge.currency === currency) continue;
    breaks.push({
      kind: charge.captured === 0 ? 'charge_not_booked' : 'charge_differs',
      subject,
      attemptId: charge.id,
      reported: row.amount,
      booked: charge.captured,
      currency,
    });
  }
  for (const charge of input.charges) {
    const subject = charge.providerReference ?? charge.id;
    const fee = fees.get(charge.id);
    if (fee !== undefined && fee !== charge.fee)
      breaks.push({
        kind: 'fee_differs',
        subject,
        attemptId: charge.id,
        reported: fee,
        booked: charge.fee,
        currency: charge.currency,
      });
    if (!charge.isDue || seen.has(charge.id)) continue;
    const { id: attemptId, captured: booked, currency } = charge;
    breaks.push({ kind: 'charge_not_reported', subject, attemptId, reported: null, booked, currency });
  }
  for (const refund of input.refunds) {
    if (!refund.isDue || seen.has(refund.id)) continue;
    const { attemptId, amount: booked, currency } = refund;
    const subject = refund.providerReference ?? refund.id;
    breaks.push({ kind: 'refund_not_reported', subject, attemptId, reported: null, booked, currency });
  }
  return breaks;
}
