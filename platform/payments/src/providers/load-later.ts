import type { Capabilities, Provider } from './provider.ts';

/**
 * A provider whose adapter is loaded with the first call: Stripe's SDK alone takes half a second and 30 MB, which an
 * installation that does not sell by it, or has just been started, need not spend.
 */
export function loadLater(of: { name: string; capabilities: Capabilities; load: () => Promise<Provider> }): Provider {
  let loading: Promise<Provider> | undefined;
  const loaded = () => {
    loading ??= of.load();
    return loading;
  };
  return {
    name: of.name,
    capabilities: of.capabilities,
    create: async (charge, call) => (await loaded()).create(charge, call),
    find: async (charge, call) => (await loaded()).find(charge, call),
    capture: async (charge, call) => (await loaded()).capture(charge, call),
    cancel: async (charge, call) => (await loaded()).cancel(charge, call),
    refund: async (refund, call) => (await loaded()).refund(refund, call),
    findRefund: async (refund, call) => (await loaded()).findRefund(refund, call),
    readWebhook: async (request) => (await loaded()).readWebhook(request),
    ...(of.capabilities.reports
      ? { listTransactions: async (period, call) => (await (await loaded()).listTransactions?.(period, call)) ?? [] }
      : {}),
  };
}
