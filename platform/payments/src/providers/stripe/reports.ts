import type { Money } from '@stoa/kernel';
import type Stripe from 'stripe';
import { fromProviderUnits, toProviderUnits } from '../amounts.ts';
import type { Facts } from '../facts.ts';
import {
  type ChargeReport,
  type FailureReason,
  ProviderFailure,
  type ProviderTransaction,
  type RefundReport,
} from '../provider.ts';

export type Units = { write: (money: Money) => number; read: (amount: number, currency: string) => Money };

/** Stripe's minor units, which for some currencies are not those of ISO 4217. */
export function unitsOf(facts: Facts): Units {
  const whole = new Set(facts['stripe.noFractions'].split(/\s+/));
  const three = new Set(facts['stripe.threeDigits'].split(/\s+/));
  const digits = (currency: string) => (whole.has(currency) ? 0 : three.has(currency) ? 3 : 2);
  return {
    write: (money) => {
      if (money.amount <= 0) throw unable('call', 'amount_invalid');
      const amount = toProviderUnits(money, digits(money.currency));
      // The last of three digits is always nought at Stripe.
      if (three.has(money.currency) && amount % 10 !== 0) throw unable('call', 'amount_too_fine');
      return amount;
    },
    read: (amount, currency) => fromProviderUnits(amount, currency.toUpperCase(), digits(currency.toUpperCase())),
  };
}

type Parts = {
  session: Stripe.Checkout.Session | undefined;
  intent: Stripe.PaymentIntent | null;
  charge: Stripe.Charge | null;
  disputed: number;
};

/** A charge as Stripe has it, in the port's words. */
export function toReport(
  { session, intent, charge, disputed }: Parts,
  { reference, units, facts }: { reference: string; units: Units; facts: Facts },
): ChargeReport {
  const setup = session?.mode === 'setup' && typeof session.setup_intent === 'object' ? session.setup_intent : null;
  const currency = intent?.currency ?? session?.currency ?? session?.metadata?.currency ?? '';
  const read = (amount: number) => units.read(amount, currency).amount;
  const state = stateOf(session, intent);
  const balance = typeof charge?.balance_transaction === 'object' ? charge.balance_transaction : null;
  const problem = intent?.last_payment_error;
  const failed = state === 'failed';
  const card = charge?.payment_method_details?.card;
  const setupMethod = typeof setup?.payment_method === 'object' ? setup.payment_method : null;
  const shown = card ?? setupMethod?.card;
  const captureBefore = card?.capture_before ?? (charge ? charge.created + facts['stripe.holdDays'] * 86_400 : null);
  const customer = idOf(intent ? intent.customer : (setup?.customer ?? session?.customer));
  const method = idOf(intent ? intent.payment_method : setup?.payment_method);
  const keeps = (intent?.setup_future_usage === 'off_session' && charge) || setup?.status === 'succeeded';
  const kept = keeps && customer && method ? `${customer}/${method}` : null;
  return {
    reference,
    providerReference: session?.id ?? intent?.id ?? '',
    state,
    amount: units.read(intent?.amount ?? session?.amount_total ?? 0, currency),
    captured: intent ? read(intent.amount_received) : 0,
    refunded: charge ? read(charge.amount_refunded) : 0,
    disputed: read(disputed),
    // Stripe settles in the account's own currency; a fee in another one is not a part of this amount.
    fee: balance && balance.currency === currency ? read(balance.fee) : null,
    reason: failed ? reasonOf(problem?.decline_code ?? problem?.code) : state === 'expired' ? 'expired' : null,
    providerCode: (failed ? (problem?.decline_code ?? problem?.code) : null) ?? null,
    nextAction:
      state === 'requires_action' && session?.url
        ? { type: 'redirect', url: session.url, expiresAt: new Date(session.expires_at * 1000).toISOString() }
        : null,
    authorizedUntil: state === 'authorized' && captureBefore ? new Date(captureBefore * 1000).toISOString() : null,
    savedMethod: kept,
    methodLabel: shown?.brand && shown.last4 ? `${shown.brand} •••• ${shown.last4}` : null,
  };
}

function stateOf(
  session: Stripe.Checkout.Session | undefined,
  intent: Stripe.PaymentIntent | null,
): ChargeReport['state'] {
  if (intent?.status === 'succeeded') return 'succeeded';
  if (intent?.status === 'requires_capture') return 'authorized';
  if (intent?.status === 'canceled') return session?.status === 'expired' ? 'expired' : 'canceled';
  if (session?.status === 'expired') return 'expired';
  // While the page is open the payer may try another card: a refusal there is not the end.
  if (session?.status === 'open') return 'requires_action';
  if (intent?.status === 'processing') return 'processing';
  if (session?.mode === 'setup' && session.status === 'complete') return 'succeeded';
  if (!intent) return 'processing';
  return 'failed';
}

function idOf(given: string | { id: string } | null | undefined): string | undefined {
  return typeof given === 'string' ? given : given?.id;
}

const reasons: Record<string, FailureReason> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_card',
  incorrect_cvc: 'wrong_details',
  incorrect_number: 'wrong_details',
  incorrect_zip: 'wrong_details',
  invalid_cvc: 'wrong_details',
  invalid_expiry_month: 'wrong_details',
  invalid_expiry_year: 'wrong_details',
  invalid_number: 'wrong_details',
  authentication_required: 'authentication_failed',
  payment_intent_authentication_failure: 'authentication_failed',
  fraudulent: 'suspected_fraud',
  lost_card: 'suspected_fraud',
  stolen_card: 'suspected_fraud',
  card_velocity_exceeded: 'limit_exceeded',
  withdrawal_count_limit_exceeded: 'limit_exceeded',
};

export function reasonOf(code: string | undefined): FailureReason {
  return (code && reasons[code]) || 'declined';
}

const refundStates: Record<string, RefundReport['state']> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

export type RefundLike = {
  id: string;
  amount: number;
  currency: string;
  status: string | null;
  failure_reason?: string | null | undefined;
};

export function toRefundReport(refund: RefundLike, reference: string, units: Units): RefundReport {
  return {
    reference,
    providerReference: refund.id,
    state: refundStates[refund.status ?? ''] ?? 'processing',
    amount: units.read(refund.amount, refund.currency),
    providerCode: refund.failure_reason ?? null,
  };
}

/** A row of Stripe's balance, with its fee as a row of its own. */
export function toTransactions(row: Stripe.BalanceTransaction, units: Units): ProviderTransaction[] {
  const source = typeof row.source === 'object' ? row.source : null;
  const metadata = source && 'metadata' in source ? source.metadata : null;
  const intent = source && 'payment_intent' in source ? source.payment_intent : null;
  const kinds: Record<string, ProviderTransaction['kind']> = {
    charge: 'charge',
    payment: 'charge',
    refund: 'refund',
    payment_refund: 'refund',
    payout: 'payout',
    adjustment: 'dispute',
    stripe_fee: 'fee',
  };
  const kind = kinds[row.type];
  if (!kind) return [];
  const head = {
    providerReference:
      kind === 'charge' && intent ? (typeof intent === 'string' ? intent : intent.id) : (source?.id ?? row.id),
    reference: metadata?.reference ?? null,
    occurredAt: new Date(row.created * 1000).toISOString(),
  };
  const signed = (amount: number): Money => {
    const { amount: minor, currency } = units.read(Math.abs(amount), row.currency);
    return { amount: amount < 0 ? -minor : minor, currency };
  };
  const rows: ProviderTransaction[] = [{ ...head, kind, amount: signed(row.amount) }];
  if (row.fee !== 0) rows.push({ ...head, kind: 'fee', amount: signed(-row.fee) });
  return rows;
}

/** Amounts that are no amounts make an answer unreadable. */
export function readUnits<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new ProviderFailure('unknown', 'stripe: an amount cannot be read');
    throw error;
  }
}

export function unable(operation: string, providerCode: string): ProviderFailure {
  return new ProviderFailure('refused', `stripe: ${operation} refused (${providerCode})`, { providerCode });
}
