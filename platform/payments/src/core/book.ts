import type { SoldLine } from '../ledger/postings.ts';
import type { ChargeState } from '../providers/provider.ts';

/** Where an order may be. The edges between them are in the database. */
export const orderStates = [
  'pending_payment',
  'paid',
  'partially_refunded',
  'refunded',
  'cancelled',
  'expired',
] as const;
export type OrderState = (typeof orderStates)[number];

/** Where a payment (an attempt) may be. */
export type AttemptStatus =
  | 'created'
  | 'unknown'
  | 'requires_action'
  | 'processing'
  | 'authorized'
  | 'failed'
  | 'canceled'
  | 'expired'
  | 'succeeded'
  | 'partially_refunded'
  | 'refunded';

export type BookOrder = {
  id: string;
  state: OrderState;
  currency: string;
  country: string;
  total: number;
  refunded: number;
  /** Holder of the buyer's account in the ledger. */
  buyerAccount: string;
  /** The attempt whose money pays for the order. */
  settledBy: string | null;
};
export type BookLine = SoldLine & { refunded: number; revoked: boolean };
export type BookAttempt = {
  id: string;
  provider: string;
  status: AttemptStatus;
  amount: number;
  currency: string;
  captured: number;
  refundReserved: number;
  refunded: number;
  disputed: number;
  fee: number;
};
export type RefundState = 'requested' | 'processing' | 'succeeded' | 'failed';
export type RefundReason = 'requested' | 'goodwill' | 'duplicate' | 'fraud' | 'dispute' | 'expired_order' | 'external';
export type BookRefund = {
  id: string;
  attemptId: string;
  amount: number;
  state: RefundState;
  reason: RefundReason;
  revokes: boolean;
  /** How much of which line; empty for money that never became a sale. */
  lines: readonly { lineId: string; amount: number }[];
};
export type BookDispute = {
  id: string;
  attemptId: string;
  providerReference: string;
  state: 'open' | 'won' | 'lost';
  amount: number;
};

/** Everything that is known about one order when something is said about it. Read under the order's lock. */
export type Book = {
  order: BookOrder;
  lines: readonly BookLine[];
  attempts: readonly BookAttempt[];
  refunds: readonly BookRefund[];
  disputes: readonly BookDispute[];
};

type Amount = { amount: number; currency: string };

/** What was said, by whom is another matter: it is judged by its content. */
export type Evidence =
  /** The provider reports a charge. */
  | {
      about: 'charge';
      attemptId: string;
      state: ChargeState;
      amount: Amount;
      captured: number;
      refunded: number;
      fee: number | null;
    }
  /** The provider refused to create the charge: nothing happened. */
  | { about: 'refusal'; attemptId: string }
  /** A call may or may not have created the charge. */
  | { about: 'uncertainty'; attemptId: string }
  /** The provider, asked after the charge could still arrive, does not know it. */
  | { about: 'absence'; attemptId: string; ended: 'expired' | 'canceled' | 'failed' }
  | {
      about: 'refund';
      refundId: string;
      state: 'processing' | 'succeeded' | 'failed';
      amount: Amount;
    }
  | {
      about: 'dispute';
      disputeId: string;
      attemptId: string;
      providerReference: string;
      state: 'open' | 'won' | 'lost';
      amount: Amount;
    };
