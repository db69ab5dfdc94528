import { amountsByCurrency, type Facts } from '../facts.ts';
import type { Capabilities } from '../provider.ts';

/** What Stripe can do, with the facts of the installation. */
export function stripeCapabilities(facts: Facts): Capabilities {
  return {
    captureLater: true,
    partialCapture: true,
    refund: 'partial',
    holdDays: facts['stripe.holdDays'],
    savedMethods: true,
    payouts: true,
    disputes: true,
    reports: true,
    currencies: 'any',
    minimum: amountsByCurrency(facts['stripe.minimum']),
    needs: [],
    presents: 'redirect',
  };
}
