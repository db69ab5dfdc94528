import type { ChargeState } from '../../src/providers/provider.ts';

export type ModelCharge = {
  reference: string;
  amount: number;
  state: ChargeState;
  captured: number;
  refunded: number;
  fee: number | null;
  dispute: { reference: string; amount: number; state: 'open' | 'won' | 'lost' } | null;
};
export type ModelMessage =
  | {
      about: 'charge';
      id: string;
      reference: string;
      state: ChargeState;
      captured: number;
      refunded: number;
      fee: number | null;
      amount: number;
      currency: string;
    }
  | { about: 'refund'; id: string; refundId: string; amount: number }
  | {
      about: 'dispute';
      id: string;
      reference: string;
      dispute: string;
      state: 'open' | 'won' | 'lost';
      amount: number;
    };

/** A payment company in a few lines: its book, and what it says. Knows nothing of orders. */
export function providerModel(currency: string) {
  const charges = new Map<string, ModelCharge>();
  const refunds = new Map<string, { charge: string; amount: number }>();
  let told = 0;
  const tell = (charge: ModelCharge): ModelMessage => {
    told += 1;
    const { reference, state, captured, refunded, fee, amount } = charge;
    return { about: 'charge', id: `m${told}`, reference, state, captured, refunded, fee, amount, currency };
  };
  return {
    charges,
    refunds,
    report: (reference: string): ModelMessage | undefined => {
      const charge = charges.get(reference);
      return charge && tell(charge);
    },
    create: (reference: string, amount: number): ModelCharge => {
      const known = charges.get(reference);
      if (known) return known;
      const made: ModelCharge = {
        reference,
        amount,
        state: 'requires_action',
        captured: 0,
        refunded: 0,
        fee: null,
        dispute: null,
      };
      charges.set(reference, made);
      return made;
    },
    pay: (charge: ModelCharge, fee: number) => {
      Object.assign(charge, { state: 'succeeded', captured: charge.amount, fee });
      return tell(charge);
    },
    end: (charge: ModelCharge, state: 'failed' | 'canceled' | 'expired' | 'processing') => {
      charge.state = state;
      return tell(charge);
    },
    /** False when there is not that much left. */
    refund: (refundId: string, reference: string, amount: number): boolean => {
      if (refunds.has(refundId)) return true;
      const charge = charges.get(reference);
      const held = charge?.dispute && charge.dispute.state !== 'won' ? charge.dispute.amount : 0;
      if (!charge || charge.refunded + amount + held > charge.captured) return false;
      charge.refunded += amount;
      refunds.set(refundId, { charge: reference, amount });
      return true;
    },
    refundPast: (charge: ModelCharge, amount: number) => {
      charge.refunded += amount;
      return tell(charge);
    },
    dispute: (charge: ModelCharge, state: 'open' | 'won' | 'lost', amount: number): ModelMessage => {
      charge.dispute ??= { reference: `d-${charge.reference}`, amount, state };
      charge.dispute.state = state;
      told += 1;
      const { reference: dispute, amount: disputed } = charge.dispute;
      return { about: 'dispute', id: `m${told}`, reference: charge.reference, dispute, state, amount: disputed };
    },
  };
}
export type ProviderModel = ReturnType<typeof providerModel>;
