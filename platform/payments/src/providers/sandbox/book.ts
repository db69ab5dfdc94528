import { type Ids, type Locale, parseLocale, type Queries, statement } from '@stoa/kernel';
import type { ChargeReport, ChargeState, DisputeReport, FailureReason, NextAction, RefundReport } from '../provider.ts';

/** A charge in the sandbox's book. */
export type ChargeRow = {
  provider_reference: string;
  reference: string;
  state: ChargeState;
  amount: number;
  currency: string;
  capture: 'automatic' | 'manual';
  captured: number;
  refunded: number;
  disputed: number;
  fee: number | null;
  reason: FailureReason | null;
  provider_code: string | null;
  challenged: boolean;
  description: string;
  locale: string;
  return_url: string;
  cancel_url: string;
  callback_url: string;
  keep_method: boolean;
  saved_method: string | null;
  method_label: string | null;
  expires_at: string;
  authorized_until: string | null;
  /** What the shop shows the payer: a way to the page, or a code that leads there on another device. */
  presents: 'redirect' | 'qr_code';
};

const columns = `provider_reference, reference, state, amount, currency, capture, captured, refunded, disputed, fee,
  reason, provider_code, challenged, description, locale, return_url, cancel_url, callback_url, keep_method,
  saved_method, method_label, expires_at, authorized_until, presents`;

/** Inserts nothing, and returns nothing, when the reference has a charge already. */
export const insertCharge = statement<
  [
    providerReference: string,
    reference: string,
    amount: number,
    currency: string,
    capture: string,
    description: string,
    locale: string,
    returnUrl: string,
    cancelUrl: string,
    callbackUrl: string,
    keepMethod: boolean,
    savedMethod: string | null,
    expiresAt: Date,
    now: Date,
    presents: string,
  ],
  ChargeRow
>(
  'payments.sandbox_insert_charge',
  `insert into sandbox_charges (provider_reference, reference, state, amount, currency, capture, description, locale,
     return_url, cancel_url, callback_url, keep_method, saved_method, expires_at, created_at, updated_at, presents)
   values ($1, $2, 'requires_action', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15)
   on conflict (reference) do nothing
   returning ${columns}`,
);

export const findCharge = statement<[reference: string, providerReference: string | null], ChargeRow>(
  'payments.sandbox_find_charge',
  `select ${columns} from sandbox_charges where reference = $1 and ($2::text is null or provider_reference = $2)`,
);

export const findByAddress = statement<[providerReference: string], ChargeRow>(
  'payments.sandbox_find_by_address',
  `select ${columns} from sandbox_charges where provider_reference = $1`,
);

export const lockCharge = statement<[providerReference: string], ChargeRow>(
  'payments.sandbox_lock_charge',
  `select ${columns} from sandbox_charges where provider_reference = $1 for update`,
);

export const saveCharge = statement<
  [
    providerReference: string,
    state: string,
    captured: number,
    refunded: number,
    disputed: number,
    fee: number | null,
    reason: string | null,
    providerCode: string | null,
    challenged: boolean,
    savedMethod: string | null,
    methodLabel: string | null,
    authorizedUntil: string | null,
    now: Date,
  ]
>(
  'payments.sandbox_save_charge',
  `update sandbox_charges set state = $2, captured = $3, refunded = $4, disputed = $5, fee = $6, reason = $7,
     provider_code = $8, challenged = $9, saved_method = $10, method_label = $11, authorized_until = $12,
     updated_at = $13
   where provider_reference = $1`,
);

export const insertMethod = statement<[id: string, label: string, behavior: string, now: Date]>(
  'payments.sandbox_insert_method',
  'insert into sandbox_methods (id, label, behavior, created_at) values ($1, $2, $3, $4)',
);

export type MethodBehavior = 'succeed' | 'decline' | 'insufficient_funds' | 'challenge';

export const findMethod = statement<[id: string], { label: string; behavior: MethodBehavior }>(
  'payments.sandbox_find_method',
  'select label, behavior from sandbox_methods where id = $1',
);

export const insertTransaction = statement<
  [
    kind: string,
    charge: string,
    providerReference: string,
    reference: string,
    amount: number,
    currency: string,
    now: Date,
  ]
>(
  'payments.sandbox_insert_transaction',
  `insert into sandbox_transactions (kind, charge, provider_reference, reference, amount, currency, occurred_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);

export type TransactionRow = {
  kind: 'charge' | 'refund' | 'fee' | 'dispute';
  provider_reference: string;
  reference: string;
  amount: number;
  currency: string;
  occurred_at: string;
};

export const listTransactions = statement<[from: Date, to: Date, presents: string], TransactionRow>(
  'payments.sandbox_list_transactions',
  `select t.kind, t.provider_reference, t.reference, t.amount, t.currency, t.occurred_at
   from sandbox_transactions t join sandbox_charges c on c.provider_reference = t.charge
   where t.occurred_at >= $1 and t.occurred_at < $2 and c.presents = $3 order by t.occurred_at, t.id`,
);

export type RefundRow = {
  reference: string;
  provider_reference: string;
  charge: string;
  amount: number;
  currency: string;
};

export const insertRefund = statement<
  [reference: string, providerReference: string, charge: string, amount: number, now: Date]
>(
  'payments.sandbox_insert_refund',
  'insert into sandbox_refunds (reference, provider_reference, charge, amount, created_at) values ($1, $2, $3, $4, $5)',
);

export const findRefund = statement<[reference: string], RefundRow>(
  'payments.sandbox_find_refund',
  `select r.reference, r.provider_reference, r.charge, r.amount, c.currency
   from sandbox_refunds r join sandbox_charges c on c.provider_reference = r.charge where r.reference = $1`,
);

export type DisputeRow = {
  provider_reference: string;
  charge: string;
  state: 'open' | 'won' | 'lost';
  amount: number;
  respond_by: string;
};

export const insertDispute = statement<
  [providerReference: string, charge: string, amount: number, respondBy: Date, now: Date],
  DisputeRow
>(
  'payments.sandbox_insert_dispute',
  `insert into sandbox_disputes (provider_reference, charge, state, amount, respond_by, created_at)
   values ($1, $2, 'open', $3, $4, $5) on conflict (charge) do nothing
   returning provider_reference, charge, state, amount, respond_by`,
);

export const settleDispute = statement<[charge: string, state: string], DisputeRow>(
  'payments.sandbox_settle_dispute',
  `update sandbox_disputes set state = $2 where charge = $1 and state = 'open'
   returning provider_reference, charge, state, amount, respond_by`,
);

export const takeFault = statement<
  [operation: string, reference: string],
  { kind: 'timeout_before' | 'timeout_after' | 'refused' | 'not_sent' }
>(
  'payments.sandbox_take_fault',
  `update sandbox_faults set remaining = remaining - 1
   where id = (
     select id from sandbox_faults
     where remaining > 0 and operation in ($1, 'any') and (reference is null or reference = $2)
     order by id limit 1 for update skip locked
   )
   returning kind`,
);

const insertFault = statement<[operation: string, kind: string, reference: string | null, times: number]>(
  'payments.sandbox_insert_fault',
  'insert into sandbox_faults (operation, kind, reference, remaining) values ($1, $2, $3, $4)',
);

/** How a call to the sandbox can fail: see `planFault`. */
export type Fault = {
  operation: 'create' | 'find' | 'capture' | 'cancel' | 'refund' | 'any';
  /** `timeout_before`: nothing happened and nobody knows; `timeout_after`: it happened and nobody knows. */
  kind: 'timeout_before' | 'timeout_after' | 'refused' | 'not_sent';
  times?: number;
  /** Only calls about this charge. */
  reference?: string;
};

/** Makes the next calls of an operation fail. For tests and demonstrations. */
export async function planFault(db: Queries, fault: Fault): Promise<void> {
  await db.run(insertFault, [fault.operation, fault.kind, fault.reference ?? null, fault.times ?? 1]);
}

/** The language a charge was asked for in. */
export function localeOf(row: Pick<ChargeRow, 'locale'>): Locale {
  return parseLocale(row.locale) ?? 'en';
}

/** A charge as the port tells it. A charge nobody paid in time is expired, whether or not somebody looked before. */
export function toReport(row: ChargeRow, options: { publicUrl: string; now: Date }): ChargeReport {
  const late = row.state === 'requires_action' && Date.parse(row.expires_at) <= options.now.getTime();
  const state = late ? 'expired' : row.state;
  return {
    reference: row.reference,
    providerReference: row.provider_reference,
    state,
    amount: { amount: row.amount, currency: row.currency },
    captured: row.captured,
    refunded: row.refunded,
    disputed: row.disputed,
    fee: row.fee,
    reason: late ? 'expired' : row.reason,
    providerCode: row.provider_code,
    nextAction: state === 'requires_action' ? nextActionOf(row, options.publicUrl) : null,
    authorizedUntil: state === 'authorized' ? row.authorized_until : null,
    savedMethod: row.saved_method,
    methodLabel: row.method_label,
  };
}

function nextActionOf(row: ChargeRow, publicUrl: string): NextAction {
  const url = pageUrl(publicUrl, row.provider_reference);
  return row.presents === 'qr_code'
    ? { type: 'qr_code', qrCode: url, url, expiresAt: row.expires_at }
    : { type: 'redirect', url, expiresAt: row.expires_at };
}

/** A refund as the port tells it. The sandbox gives money back at once. */
export function toRefundReport(row: RefundRow): RefundReport {
  return {
    reference: row.reference,
    providerReference: row.provider_reference,
    state: 'succeeded',
    amount: { amount: row.amount, currency: row.currency },
    providerCode: null,
  };
}

/** A dispute as the port tells it. */
export function toDisputeReport(row: DisputeRow, charge: ChargeRow): DisputeReport {
  return {
    providerReference: row.provider_reference,
    chargeReference: charge.reference,
    state: row.state,
    amount: { amount: row.amount, currency: charge.currency },
    reason: 'not_recognized',
    respondBy: row.state === 'open' ? row.respond_by : null,
  };
}

/** Where the payer goes. */
export function pageUrl(publicUrl: string, providerReference: string): string {
  return `${publicUrl}/api/sandbox/checkout/${providerReference}`;
}

/** A new provider reference: 24 random bytes, since knowing it is enough to play the payer. */
export function newReference(ids: Pick<Ids, 'token'>, prefix: 'sbx' | 're' | 'dp' | 'evt' | 'pm'): string {
  return `${prefix}_${ids.token(24)}`;
}
