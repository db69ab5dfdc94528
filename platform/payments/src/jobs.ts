import { defineJob } from '@stoa/kernel';

/**
 * The payment queue: calls to providers and nothing else, so that a process of its own can work on it
 * (`STOA_ROLES=payment-worker`). What certainly did not happen is tried again; everything else is asked about first.
 */
export const chargeJob = defineJob<{ attemptId: string; act: 'create' | 'cancel' | 'capture' }>('payments', {
  // A provider's circuit opens for ten seconds at a time: whoever met it open comes back soon after it has closed, and
  // the tries last for some two minutes. Only what certainly did not happen is tried again here.
  retries: 14,
  retryDelaySeconds: 2,
  retryDelayMaxSeconds: 10,
  timeoutSeconds: 180,
  // Of one process. Most of the time of a job is waiting for the provider.
  concurrency: 16,
});
export const refundJob = defineJob<{ refundId: string }>('refunds', {
  retries: 10,
  retryDelaySeconds: 3,
  timeoutSeconds: 180,
  concurrency: 4,
});
/** Asks the provider how a payment stands, by our own reference; one that has `ended` only when told to. */
export const pollJob = defineJob<{ attemptId: string; ended?: boolean }>('poll-payment', {
  retries: 4,
  retryDelaySeconds: 5,
  timeoutSeconds: 120,
  concurrency: 4,
});
/** Keeps a payment method with nothing to pay, and asks how that stands. */
export const setupJob = defineJob<{ setupId: string }>('set-up-method', {
  retries: 6,
  retryDelaySeconds: 2,
  timeoutSeconds: 120,
  concurrency: 4,
});
export const webhookJob = defineJob<{ deliveryId: string }>('process-webhook', {
  retries: 8,
  retryDelaySeconds: 2,
  timeoutSeconds: 120,
  concurrency: 4,
});
/** Asks the markets whether an order whose money came late can still be had. */
export const lateJob = defineJob<{ orderId: string; attemptId: string }>('settle-late-payment', {
  retries: 12,
  retryDelaySeconds: 5,
});
export const releaseJob = defineJob<{ orderId: string }>('release-hold', { retries: 12, retryDelaySeconds: 5 });
