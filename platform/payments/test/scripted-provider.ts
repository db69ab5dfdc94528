import { createHmac, randomUUID } from 'node:crypto';
import {
  type Capabilities,
  type Charge,
  type ChargeReport,
  type ConfiguredProvider,
  type Provider,
  ProviderFailure,
  type RefundReport,
  type WebhookEvidence,
  WebhookRefused,
} from '../src/providers/provider.ts';

/** How one call goes wrong. `before`: nothing happened; `after`: it happened and the answer is lost. */
export type Fault = 'refused' | 'not_sent' | 'unknown_before' | 'unknown_after' | 'garbage' | 'hang';
type Operation = 'create' | 'find' | 'cancel' | 'capture' | 'refund' | 'findRefund';
type Booked = ChargeReport & { creates: number; keepsQuiet: boolean };
type BookedRefund = RefundReport & { charge: string };

const secret = 'the secret of the scripted provider';

/**
 * A provider that does as it is told and keeps a book of its own: the judge of what was really charged. It never makes a
 * second charge for a reference; a second call for one is counted.
 */
export function scriptedProvider(capabilities: Partial<Capabilities> = {}) {
  const charges = new Map<string, Booked>();
  const refunds = new Map<string, BookedRefund>();
  const faults = new Map<Operation, Fault[]>();
  const calls: { operation: Operation; reference: string }[] = [];
  let paysAtOnce = false;

  async function meet(operation: Operation, reference: string, happen: () => void): Promise<void> {
    calls.push({ operation, reference });
    const fault = faults.get(operation)?.shift();
    switch (fault) {
      case undefined:
        return happen();
      case 'refused':
        throw new ProviderFailure('refused', 'refused', { reason: 'declined', providerCode: 'no' });
      case 'not_sent':
        throw new ProviderFailure('not_sent', 'not sent');
      case 'unknown_before':
        throw new ProviderFailure('unknown', 'no answer');
      case 'unknown_after':
        happen();
        throw new ProviderFailure('unknown', 'no answer');
      case 'garbage':
        happen();
        throw new TypeError('cannot read properties of undefined');
      case 'hang':
        happen();
        await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
    }
  }
  const reportOf = (reference: string): ChargeReport => {
    const booked = charges.get(reference);
    if (!booked) throw new Error(`no charge ${reference}`);
    const { creates: _creates, keepsQuiet: _quiet, ...report } = booked;
    return { ...report, amount: { ...report.amount } };
  };

  const provider: Provider = {
    name: 'scripted',
    capabilities: {
      captureLater: true,
      partialCapture: false,
      refund: 'partial',
      holdDays: 7,
      savedMethods: false,
      payouts: false,
      disputes: true,
      reports: false,
      currencies: 'any',
      minimum: {},
      needs: [],
      presents: 'redirect',
      ...capabilities,
    },
    create: async (charge: Charge) => {
      await meet('create', charge.reference, () => {
        const known = charges.get(charge.reference);
        if (known) {
          known.creates += 1;
          return;
        }
        const paid = paysAtOnce;
        charges.set(charge.reference, {
          reference: charge.reference,
          providerReference: `sp_${randomUUID()}`,
          state: paid ? 'succeeded' : 'requires_action',
          amount: { ...charge.amount },
          captured: paid ? charge.amount.amount : 0,
          refunded: 0,
          disputed: 0,
          fee: paid ? Math.round(charge.amount.amount * 0.03) : null,
          reason: null,
          providerCode: null,
          nextAction: paid ? null : { type: 'redirect', url: `https://pay.test/${charge.reference}`, expiresAt: null },
          authorizedUntil: null,
          savedMethod: null,
          methodLabel: null,
          creates: 1,
          keepsQuiet: false,
        });
      });
      return reportOf(charge.reference);
    },
    find: async ({ reference }) => {
      let found: ChargeReport | undefined;
      await meet('find', reference, () => {
        found = charges.has(reference) ? reportOf(reference) : undefined;
      });
      return found;
    },
    capture: async ({ reference }) => {
      await meet('capture', reference, () => pay(reference));
      return reportOf(reference);
    },
    cancel: async ({ reference }) => {
      await meet('cancel', reference, () => {
        const charge = charges.get(reference);
        if (charge && charge.captured === 0) charge.state = 'canceled';
      });
      return reportOf(reference);
    },
    refund: async ({ reference, chargeReference, amount }) => {
      await meet('refund', reference, () => giveBack(reference, chargeReference, amount));
      return refundOf(reference);
    },
    findRefund: async ({ reference }) => {
      let found: RefundReport | undefined;
      await meet('findRefund', reference, () => {
        found = refunds.has(reference) ? refundOf(reference) : undefined;
      });
      return found;
    },
    readWebhook: async ({ headers, rawBody }) => {
      const signature = createHmac('sha256', secret).update(rawBody).digest('hex');
      if (headers['x-signature'] !== signature) throw new WebhookRefused('signature');
      return JSON.parse(rawBody.toString('utf8'));
    },
  };

  function giveBack(reference: string, chargeReference: string, amount: { amount: number; currency: string }): void {
    const charge = charges.get(chargeReference);
    if (!charge || refunds.has(reference)) return;
    if (charge.refunded + amount.amount > charge.captured) throw new ProviderFailure('refused', 'too much');
    charge.refunded += amount.amount;
    refunds.set(reference, {
      reference,
      providerReference: `sr_${randomUUID()}`,
      state: 'succeeded',
      amount: { ...amount },
      providerCode: null,
      charge: chargeReference,
    });
  }
  function refundOf(reference: string): RefundReport {
    const booked = refunds.get(reference);
    if (!booked) throw new Error(`no refund ${reference}`);
    const { charge: _charge, ...report } = booked;
    return report;
  }
  function pay(reference: string): void {
    const charge = charges.get(reference);
    if (!charge || charge.captured > 0) return;
    charge.state = 'succeeded';
    charge.captured = charge.amount.amount;
    charge.fee = Math.round(charge.amount.amount * 0.03);
    charge.nextAction = null;
    charge.methodLabel = 'test •••• 4242';
  }

  return {
    provider,
    configured: { name: 'scripted', provider, unavailable: null } satisfies ConfiguredProvider,
    charges,
    refunds,
    calls,
    pay,
    fail: (reference: string) => {
      const charge = charges.get(reference);
      if (charge && charge.captured === 0)
        Object.assign(charge, { state: 'failed', reason: 'declined', nextAction: null });
    },
    payAtOnce: (on: boolean) => {
      paysAtOnce = on;
    },
    fault: (operation: Operation, ...kinds: Fault[]) => {
      faults.set(operation, [...(faults.get(operation) ?? []), ...kinds]);
    },
    report: reportOf,
    /** A webhook as this provider would send it. */
    webhook: (evidence: WebhookEvidence | WebhookEvidence[]) => {
      const rawBody = Buffer.from(JSON.stringify([evidence].flat()));
      const signature = createHmac('sha256', secret).update(rawBody).digest('hex');
      return { body: rawBody, headers: { 'content-type': 'application/json', 'x-signature': signature } };
    },
  };
}
export type ScriptedProvider = ReturnType<typeof scriptedProvider>;
