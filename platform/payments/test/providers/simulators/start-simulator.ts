import { startPayPal } from './paypal.ts';
import { startPicPay } from './picpay.ts';
import { startPix } from './pix.ts';
import type { Simulator, StartOptions } from './server.ts';
import { startStripe } from './stripe.ts';

export const simulators = {
  stripe: startStripe,
  paypal: startPayPal,
  picpay: startPicPay,
  pix: startPix,
};
export type SimulatorName = keyof typeof simulators;

/**
 * Starts a provider's simulator on a loopback port. Give its `settings` to an installation, tell it by `webhookUrl`
 * where that listens, then play the payer with `act`.
 */
export function startSimulator(name: SimulatorName, options: StartOptions = {}): Promise<Simulator> {
  return simulators[name](options);
}
