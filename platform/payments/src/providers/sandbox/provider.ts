import type { Database, Queries, Transaction } from '@stoa/kernel';
import { z } from 'zod';
import {
  type Capabilities,
  type Charge,
  type ChargeReport,
  type Provider,
  type ProviderCall,
  ProviderFailure,
  type RefundReport,
  WebhookRefused,
} from '../provider.ts';
import { readJson } from '../read-json.ts';
import { verifySignature } from '../stoa-signature.ts';
import {
  type ChargeRow,
  findCharge,
  findMethod,
  findRefund,
  insertCharge,
  insertRefund,
  listTransactions,
  lockCharge,
  newReference,
  takeFault,
  toRefundReport,
  toReport,
} from './book.ts';
import { chargeMethod, enter, holdDays, type PlayDeps, save, take, tell } from './play-payer.ts';

export const sandboxCapabilities: Capabilities = {
  captureLater: true,
  partialCapture: true,
  refund: 'partial',
  holdDays,
  savedMethods: true,
  payouts: false,
  disputes: true,
  reports: true,
  currencies: 'any',
  minimum: {},
  needs: [],
  presents: 'redirect',
};

/** The same sandbox as one scans codes of it: like Pix and PicPay it keeps no method and takes at once. */
export const sandboxCodeCapabilities: Capabilities = {
  ...sandboxCapabilities,
  captureLater: false,
  partialCapture: false,
  holdDays: null,
  savedMethods: false,
  presents: 'qr_code',
};

const money = z.object({ amount: z.int(), currency: z.string() });
const reason = z.enum([
  'declined',
  'insufficient_funds',
  'expired_card',
  'wrong_details',
  'authentication_failed',
  'suspected_fraud',
  'limit_exceeded',
  'payer_canceled',
  'expired',
  'provider_error',
]);
const chargeReport = z.object({
  reference: z.string(),
  providerReference: z.string(),
  state: z.enum(['requires_action', 'processing', 'authorized', 'succeeded', 'failed', 'canceled', 'expired']),
  amount: money,
  captured: z.int(),
  refunded: z.int(),
  disputed: z.int(),
  fee: z.int().nullable(),
  reason: reason.nullable(),
  providerCode: z.string().nullable(),
  nextAction: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('redirect'), url: z.string(), expiresAt: z.string().nullable() }),
      z.object({
        type: z.literal('qr_code'),
        qrCode: z.string(),
        url: z.string().nullable(),
        expiresAt: z.string().nullable(),
      }),
    ])
    .nullable(),
  authorizedUntil: z.string().nullable(),
  savedMethod: z.string().nullable(),
  methodLabel: z.string().nullable(),
});
const webhook = z.object({
  id: z.string(),
  type: z.string(),
  createdAt: z.string(),
  data: z.union([
    z.object({ charge: chargeReport }),
    z.object({
      refund: z.object({
        reference: z.string(),
        providerReference: z.string(),
        state: z.enum(['processing', 'succeeded', 'failed']),
        amount: money,
        providerCode: z.string().nullable(),
      }),
      chargeReference: z.string(),
      chargeProviderReference: z.string(),
    }),
    z.object({
      dispute: z.object({
        providerReference: z.string(),
        chargeReference: z.string(),
        state: z.enum(['open', 'won', 'lost']),
        amount: money,
        reason: z.string(),
        respondBy: z.string().nullable(),
      }),
    }),
  ]),
});

type SandboxDeps = PlayDeps & {
  secret: string;
  /** What the shop shows: the page, or a code that leads to it. Each is a provider of its own over the same book. */
  presents?: 'redirect' | 'qr_code';
};

/** The sandbox as a provider: behaves like one across a network, bad days included, but is in this process. */
export function createSandboxProvider(deps: SandboxDeps): Provider {
  const { db, clock, presents = 'redirect' } = deps;
  const isCode = presents === 'qr_code';
  const report = (row: ChargeRow): ChargeReport => toReport(row, { publicUrl: deps.publicUrl, now: clock.now() });

  /** Runs a call as if it went over a network: late ones are not sent, planned faults happen, the rest is `unknown`. */
  async function remotely<T>(
    operation: 'create' | 'find' | 'capture' | 'cancel' | 'refund',
    { call, reference }: { call: ProviderCall; reference: string },
    work: () => Promise<T>,
  ): Promise<T> {
    if (call.deadline.getTime() <= clock.now().getTime())
      throw new ProviderFailure('not_sent', `sandbox: no time left for ${operation}`);
    try {
      const fault = await db.row(takeFault, [operation, reference]);
      if (fault?.kind === 'not_sent')
        throw new ProviderFailure('not_sent', `sandbox: ${operation} was not taken, as planned`, {
          retryAfterSeconds: 1,
        });
      if (fault?.kind === 'refused')
        throw new ProviderFailure('refused', `sandbox: ${operation} was refused, as planned`, {
          reason: 'provider_error',
          providerCode: 'planned_refusal',
        });
      if (fault?.kind === 'timeout_before')
        throw new ProviderFailure('unknown', `sandbox: ${operation} got no answer, as planned`);
      const result = await work();
      if (fault?.kind === 'timeout_after')
        throw new ProviderFailure('unknown', `sandbox: the answer to ${operation} was lost, as planned`);
      return result;
    } catch (error) {
      if (error instanceof ProviderFailure) throw error;
      throw new ProviderFailure('unknown', `sandbox: ${operation} failed`, { cause: error });
    }
  }

  return {
    name: isCode ? 'sandbox-code' : 'sandbox',
    capabilities: isCode ? sandboxCodeCapabilities : sandboxCapabilities,
    // Its book is ours: a reference is one charge in it.
    repeatSeconds: Number.POSITIVE_INFINITY,

    create: (charge, call) =>
      remotely('create', { call, reference: charge.reference }, () =>
        // One statement is enough unless a kept method is charged at once.
        charge.savedMethod
          ? db.transaction(async (tx) => report(await createCharge(deps, tx, charge, tx)))
          : createCharge(deps, db, charge).then(report),
      ),

    find: ({ reference, providerReference }, call) =>
      remotely('find', { call, reference }, async () => {
        const row = await db.row(findCharge, [reference, providerReference]);
        return row && report(row);
      }),

    capture: ({ reference, providerReference, amount }, call) =>
      remotely('capture', { call, reference }, () =>
        withCharge(db, { reference, providerReference }, async (tx, charge) => {
          if (amount.currency !== charge.currency) throw refused('capture', 'currency_mismatch');
          if (charge.state === 'succeeded' && charge.captured === amount.amount) return report(charge);
          if (charge.state !== 'authorized') throw refused('capture', `charge_${charge.state}`);
          if (amount.amount <= 0 || amount.amount > charge.amount) throw refused('capture', 'amount_too_large');
          if (charge.authorized_until && Date.parse(charge.authorized_until) <= clock.now().getTime())
            throw refused('capture', 'authorization_expired');
          return report(await take(deps, tx, charge, amount.amount));
        }),
      ),

    cancel: ({ reference, providerReference }, call) =>
      remotely('cancel', { call, reference }, () =>
        withCharge(db, { reference, providerReference }, async (tx, charge) => {
          const { state } = report(charge);
          if (state !== 'requires_action' && state !== 'authorized') return report(charge);
          const canceled = await save(deps, tx, { ...charge, state: 'canceled', authorized_until: null });
          await tell(deps, tx, canceled, 'charge.canceled');
          return report(canceled);
        }),
      ),

    refund: ({ reference, chargeReference, providerReference, amount }, call) =>
      remotely('refund', { call, reference: chargeReference }, () =>
        withCharge(db, { reference: chargeReference, providerReference }, async (tx, charge) => {
          // Under the lock of the charge: the same refund asked for twice at once is one refund.
          const known = await tx.row(findRefund, [reference]);
          if (known) {
            if (known.charge !== charge.provider_reference || known.amount !== amount.amount)
              throw refused('refund', 'reference_reused');
            return toRefundReport(known);
          }
          if (amount.currency !== charge.currency) throw refused('refund', 'currency_mismatch');
          if (charge.state !== 'succeeded') throw refused('refund', `charge_${charge.state}`);
          if (amount.amount <= 0 || amount.amount > charge.captured - charge.refunded - charge.disputed)
            throw refused('refund', 'amount_too_large');
          return giveBack(deps, tx, charge, { reference, amount: amount.amount });
        }),
      ),

    findRefund: ({ reference, chargeReference }, call) =>
      remotely('find', { call, reference: chargeReference }, async () => {
        const row = await db.row(findRefund, [reference]);
        return row && toRefundReport(row);
      }),

    readWebhook: async ({ headers, rawBody }) => {
      verifySignature({
        secret: deps.secret,
        header: headers['stoa-signature'],
        body: rawBody,
        now: clock.now(),
      });
      const parsed = webhook.safeParse(readJson(rawBody.toString('utf8')));
      if (!parsed.success) throw new WebhookRefused('malformed');
      const { id, type, createdAt, data } = parsed.data;
      const head = { evidenceId: id, type, occurredAt: createdAt };
      if ('charge' in data) return [{ ...head, about: 'charge', report: data.charge }];
      if ('dispute' in data) return [{ ...head, about: 'dispute', report: data.dispute }];
      return [
        {
          ...head,
          about: 'refund',
          report: data.refund,
          chargeReference: data.chargeReference,
          providerReference: data.chargeProviderReference,
        },
      ];
    },

    listTransactions: ({ from, to }, call) =>
      remotely('find', { call, reference: '' }, async () =>
        (await db.rows(listTransactions, [from, to, presents])).map((row) => ({
          providerReference: row.provider_reference,
          kind: row.kind,
          reference: row.reference,
          amount: { amount: row.amount, currency: row.currency },
          occurredAt: row.occurred_at,
        })),
      ),
  };
}

function refused(operation: string, providerCode: string): ProviderFailure {
  return new ProviderFailure('refused', `sandbox: ${operation} refused (${providerCode})`, { providerCode });
}

async function createCharge(deps: SandboxDeps, on: Queries, charge: Charge, tx?: Transaction): Promise<ChargeRow> {
  const { amount } = charge;
  const isCode = deps.presents === 'qr_code';
  if (isCode && charge.savedMethod) throw refused('create', 'saved_methods_not_supported');
  if (isCode && charge.capture === 'manual') throw refused('create', 'capture_later_not_supported');
  const keeps = !isCode && (charge.keepMethod ?? false);
  const least = keeps && !charge.savedMethod ? 0 : 1;
  if (!Number.isSafeInteger(amount.amount) || amount.amount < least) throw refused('create', 'amount_invalid');
  const method = charge.savedMethod ? await on.row(findMethod, [charge.savedMethod]) : undefined;
  if (charge.savedMethod && !method) throw refused('create', 'method_unknown');
  const made = await on.row(insertCharge, [
    newReference(deps.ids, 'sbx'),
    charge.reference,
    amount.amount,
    amount.currency,
    charge.capture,
    charge.description,
    charge.locale,
    charge.returnUrl,
    charge.cancelUrl,
    charge.callbackUrl,
    keeps,
    charge.savedMethod ?? null,
    charge.expiresAt,
    deps.clock.now(),
    deps.presents ?? 'redirect',
  ]);
  if (made) return method && tx ? chargeMethod(deps, tx, made, method) : made;
  const known = await on.row(findCharge, [charge.reference, null]);
  if (!known) throw new ProviderFailure('unknown', 'sandbox: a charge came and went');
  if (known.amount !== amount.amount || known.currency !== amount.currency || known.capture !== charge.capture)
    throw refused('create', 'reference_reused');
  return known;
}

async function withCharge<T>(
  db: Database,
  of: { reference: string; providerReference: string },
  work: (tx: Transaction, charge: ChargeRow) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    const charge = await tx.row(lockCharge, [of.providerReference]);
    if (!charge || charge.reference !== of.reference) throw refused('call', 'charge_unknown');
    return work(tx, charge);
  });
}

async function giveBack(
  deps: SandboxDeps,
  tx: Transaction,
  charge: ChargeRow,
  refund: { reference: string; amount: number },
): Promise<RefundReport> {
  const providerReference = newReference(deps.ids, 're');
  await tx.run(insertRefund, [
    refund.reference,
    providerReference,
    charge.provider_reference,
    refund.amount,
    deps.clock.now(),
  ]);
  const refunded = await save(deps, tx, { ...charge, refunded: charge.refunded + refund.amount });
  await enter(deps, tx, refunded, {
    kind: 'refund',
    of: providerReference,
    reference: refund.reference,
    amount: -refund.amount,
  });
  const made = toRefundReport({
    reference: refund.reference,
    provider_reference: providerReference,
    charge: charge.provider_reference,
    amount: refund.amount,
    currency: charge.currency,
  });
  await deps.deliveries.tell(tx, refunded, {
    type: 'refund.succeeded',
    data: {
      refund: made,
      chargeReference: charge.reference,
      chargeProviderReference: charge.provider_reference,
    },
  });
  return made;
}
