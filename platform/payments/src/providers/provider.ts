import type { Locale, Money } from '@stoa/kernel';

/** Everything one charge may be at a provider, in our words. */
export type ChargeState =
  | 'requires_action' // the payer has something to do: a page to visit, a code to scan
  | 'processing' // the provider is at it, nobody has to do anything
  | 'authorized' // held, not yet taken
  | 'succeeded' // taken
  | 'failed' // refused; a new charge may be tried
  | 'canceled'
  | 'expired';

/** What the payer does next. Times are RFC 3339. */
export type NextAction =
  | { type: 'redirect'; url: string; expiresAt: string | null }
  | { type: 'qr_code'; qrCode: string; url: string | null; expiresAt: string | null }
  | { type: 'wait'; expiresAt: string | null };

/** Why a charge failed, as a person can be told. Providers' own codes are mapped to these; the rest is `declined`. */
export type FailureReason =
  | 'declined'
  | 'insufficient_funds'
  | 'expired_card'
  | 'wrong_details'
  | 'authentication_failed'
  | 'suspected_fraud'
  | 'limit_exceeded'
  | 'payer_canceled'
  | 'expired'
  | 'provider_error';

/** What we ask a provider to charge. Amount and currency always come from the order. */
export type Charge = {
  /** Ours and unique: the attempt's id. Found again by it when the answer was lost. */
  reference: string;
  /** Nothing at all (0) only with `keepMethod`: then a method is kept for later and no money moves (a free trial). */
  amount: Money;
  capture: 'automatic' | 'manual';
  /** On the payer's statement or page. */
  description: string;
  locale: Locale;
  /** `document` is a CPF or CNPJ, digits only; `phone` is E.164. Asked for only where a provider needs them. */
  payer: { email: string; name: string; document?: string; phone?: string };
  /** Where the payer comes back, paid or not. */
  returnUrl: string;
  cancelUrl: string;
  /** Where the provider reports to. */
  callbackUrl: string;
  /** After this nobody can pay it any more. */
  expiresAt: Date;
  /** Keep the payment method for later charges without the payer (subscriptions, instalments). */
  keepMethod?: boolean;
  /** Charge a method kept earlier, without the payer: only for providers that can. */
  savedMethod?: string;
};

/** A provider's word on one charge. Amounts are totals so far, in minor units of the charge's currency. */
export type ChargeReport = {
  /** Ours. */
  reference: string;
  /** The provider's own id. */
  providerReference: string;
  state: ChargeState;
  amount: Money;
  captured: number;
  refunded: number;
  /** Lost or open disputes in minor units. */
  disputed: number;
  /** What the provider keeps, when it says so. */
  fee: number | null;
  reason: FailureReason | null;
  /** The provider's own code, for support; never shown to buyers. */
  providerCode: string | null;
  nextAction: NextAction | null;
  /** RFC 3339: until when an authorization can be captured. */
  authorizedUntil: string | null;
  /** A method kept for later charges. */
  savedMethod: string | null;
  /** E.g. `visa •••• 4242`; never more of a number than its last four. */
  methodLabel: string | null;
};

/** A provider's word on one refund. */
export type RefundReport = {
  /** Ours: the refund's id. */
  reference: string;
  providerReference: string;
  state: 'processing' | 'succeeded' | 'failed';
  amount: Money;
  providerCode: string | null;
};

/** A dispute (chargeback) as the provider reports it. */
export type DisputeReport = {
  providerReference: string;
  chargeReference: string;
  state: 'open' | 'won' | 'lost';
  amount: Money;
  reason: string;
  /** RFC 3339: until when evidence can be handed in. */
  respondBy: string | null;
};

/**
 * What a webhook says, verified. `evidenceId` is unique per provider and stable over repeats of the delivery.
 * A `charge` that is only named (PicPay's callback carries no state) has to be asked for with `find`.
 */
export type WebhookEvidence = { evidenceId: string; type: string; occurredAt: string | null } & (
  | { about: 'charge'; report: ChargeReport }
  | { about: 'charge_named'; reference: string | null; providerReference: string | null }
  | { about: 'refund'; report: RefundReport | null; chargeReference: string | null; providerReference: string | null }
  | { about: 'dispute'; report: DisputeReport }
  | { about: 'nothing' }
);

/** A request from a provider: the exact bytes that were signed, before anything parsed them. */
export type WebhookRequest = {
  headers: Readonly<Record<string, string | undefined>>;
  rawBody: Buffer;
  /** Full address it was sent to. */
  url: string;
  method: string;
};

/** One row of a provider's own report, for reconciliation. Signed: refunds, fees and payouts are negative. */
export type ProviderTransaction = {
  providerReference: string;
  kind: 'charge' | 'refund' | 'fee' | 'dispute' | 'payout';
  /** Ours, when the provider tells. */
  reference: string | null;
  amount: Money;
  occurredAt: string;
};

/** How long one call may take, and what makes repeating it harmless. */
export type ProviderCall = { idempotencyKey: string; deadline: Date };

/** What a provider can do; the documentation's table is made from these. */
export type Capabilities = {
  captureLater: boolean;
  partialCapture: boolean;
  refund: 'none' | 'full' | 'partial';
  /** Days an authorization is held; null when there are none. */
  holdDays: number | null;
  savedMethods: boolean;
  payouts: boolean;
  disputes: boolean;
  /** Whether it can list its own transactions for reconciliation. */
  reports: boolean;
  /** ISO 4217; `any` for all. */
  currencies: readonly string[] | 'any';
  /** Smallest amount in minor units by currency. */
  minimum: Readonly<Record<string, number>>;
  /** What the payer must tell us before the charge is created. */
  needs: readonly ('document' | 'phone' | 'name')[];
  /** What the payer sees: a page of the provider, or a code to scan. */
  presents: 'redirect' | 'qr_code';
};

/**
 * One payment provider. An adapter translates and nothing else: it keeps no state, decides nothing, never retries.
 * Every call fails with `ProviderFailure` and nothing else.
 */
export type Provider = {
  readonly name: string;
  readonly capabilities: Capabilities;
  /**
   * For how long after a first `create` the same one again is the same charge, in seconds. Without it nobody has said so,
   * and a charge whose answer was lost is only asked about.
   */
  readonly repeatSeconds?: number;
  /** Creates the charge, or returns the one that exists for the reference. */
  create: (charge: Charge, call: ProviderCall) => Promise<ChargeReport>;
  /**
   * The charge as it is now, by our reference and the provider's where known; undefined when it never arrived.
   * `amount` is what was asked for: pass it, some providers do not repeat it while nothing is paid. Neither do all
   * repeat what the payer does next: a null `nextAction` does not take back an earlier one.
   */
  find: (
    of: { reference: string; providerReference: string | null; amount?: Money },
    call: ProviderCall,
  ) => Promise<ChargeReport | undefined>;
  /** Takes an authorized amount, all of it without `amount`. */
  capture: (
    of: { reference: string; providerReference: string; amount: Money },
    call: ProviderCall,
  ) => Promise<ChargeReport>;
  /** Ends a charge nobody paid, or lets an authorization go. Ending an ended one reports it as it is. */
  cancel: (of: { reference: string; providerReference: string }, call: ProviderCall) => Promise<ChargeReport>;
  /**
   * Gives money back. `reference` is the refund's own id; the same one never refunds twice. `refundedBefore` is what
   * earlier refunds of the charge gave back, in minor units: pass it, some providers know refunds only by their sum.
   */
  refund: (
    of: {
      reference: string;
      chargeReference: string;
      providerReference: string;
      amount: Money;
      reason: string;
      refundedBefore?: number;
    },
    call: ProviderCall,
  ) => Promise<RefundReport>;
  findRefund: (
    of: {
      reference: string;
      chargeReference: string;
      providerReference: string;
      refundProviderReference: string | null;
      amount: Money;
      /** As for `refund`. */
      refundedBefore?: number;
    },
    call: ProviderCall,
  ) => Promise<RefundReport | undefined>;
  /** Verifies and reads a webhook. Its signature is checked on the raw bytes before anything is parsed. */
  readWebhook: (request: WebhookRequest) => Promise<WebhookEvidence[]>;
  /** The provider's own list of what moved in a period, for reconciliation; absent when it has none. */
  listTransactions?: (period: { from: Date; to: Date }, call: ProviderCall) => Promise<readonly ProviderTransaction[]>;
};

/**
 * What a failed call means for the money:
 * - `refused`: the provider understood and will not; nothing happened and trying again is useless;
 * - `not_sent`: it certainly did not happen (connection refused, 429, 503 before work): try again later;
 * - `unknown`: it may have happened (time-out, reset, 500, unreadable answer): find out before anything else.
 */
export type FailureOutcome = 'refused' | 'not_sent' | 'unknown';

/** A call to a provider that failed. Its message is for the log and carries no secret and no personal data. */
export class ProviderFailure extends Error {
  readonly outcome: FailureOutcome;
  readonly reason: FailureReason | null;
  readonly providerCode: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(
    outcome: FailureOutcome,
    message: string,
    options: {
      reason?: FailureReason;
      providerCode?: string;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProviderFailure';
    this.outcome = outcome;
    this.reason = options.reason ?? null;
    this.providerCode = options.providerCode ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** A webhook that is not from the provider: wrong or missing signature, too old, not for us. */
export class WebhookRefused extends Error {
  readonly reason: 'signature' | 'stale' | 'malformed' | 'foreign';
  constructor(reason: WebhookRefused['reason']) {
    super(`webhook refused: ${reason}`);
    this.name = 'WebhookRefused';
    this.reason = reason;
  }
}

/** A provider as an installation has it: ready, or not and why. */
export type ConfiguredProvider =
  | { name: string; provider: Provider; unavailable: null }
  | { name: string; provider: null; unavailable: 'switched_off' | 'not_configured'; missing: readonly string[] };
