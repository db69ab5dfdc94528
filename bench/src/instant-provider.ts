import { randomUUID } from 'node:crypto';
import type { ChargeReport, ConfiguredProvider, Provider } from '../../platform/payments/src/providers/provider.ts';

/** The name to pay by. */
export const instantName = 'instant';

const never = async (): Promise<never> => {
  throw new Error('the instant provider only takes money');
};

/**
 * A provider that takes the money in the call itself and without a network, so that what is measured is ours. It says
 * what it keeps of it, as real ones do.
 */
const provider: Provider = {
  name: instantName,
  capabilities: {
    captureLater: false,
    partialCapture: false,
    refund: 'none',
    holdDays: null,
    savedMethods: false,
    payouts: false,
    disputes: false,
    reports: false,
    currencies: 'any',
    minimum: {},
    needs: [],
    presents: 'redirect',
  },
  create: async ({ reference, amount }): Promise<ChargeReport> => ({
    reference,
    providerReference: randomUUID(),
    state: 'succeeded',
    amount,
    captured: amount.amount,
    refunded: 0,
    disputed: 0,
    fee: Math.round((amount.amount * 29) / 1000),
    reason: null,
    providerCode: null,
    nextAction: null,
    authorizedUntil: null,
    savedMethod: null,
    methodLabel: 'visa •••• 4242',
  }),
  find: async () => undefined,
  capture: never,
  cancel: never,
  refund: never,
  findRefund: async () => undefined,
  readWebhook: never,
};

export const instant: ConfiguredProvider = { name: instantName, provider, unavailable: null };
