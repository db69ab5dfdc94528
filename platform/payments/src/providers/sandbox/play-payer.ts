import type { Clock, Database, Ids, Transaction } from '@stoa/kernel';
import {
  type ChargeRow,
  insertDispute,
  insertMethod,
  insertTransaction,
  lockCharge,
  type MethodBehavior,
  newReference,
  planFault,
  saveCharge,
  settleDispute,
  toDisputeReport,
  toReport,
} from './book.ts';
import type { Deliveries, Travel } from './deliveries.ts';
import { ChargeEnded, errors } from './errors.ts';

/** What a payer, or the world, can do to a charge. The first seven are the ones programs may rely on for good. */
export const outcomes = [
  'succeed',
  'decline',
  'challenge',
  'timeout_before',
  'timeout_after',
  'duplicate_webhook',
  'late_webhook',
  'reordered_webhook',
  'insufficient_funds',
  'succeed_then_decline',
  'cancel',
  'expire',
  'dispute',
  'dispute_won',
  'dispute_lost',
] as const;
export type Outcome = (typeof outcomes)[number];

export type PlayDeps = { db: Database; clock: Clock; ids: Ids; publicUrl: string; deliveries: Deliveries };

/** Days an authorization is held. */
export const holdDays = 7;
const respondWithinDays = 14;
const day = 86_400_000;

/** What the sandbox keeps of a charge: 2.9 %, rounded to the nearest minor unit. */
export function feeOf(amount: number): number {
  return Math.round((amount * 29) / 1000);
}

/**
 * Plays the payer.
 * @throws sandbox_payment_not_found, sandbox_payment_over
 */
export function playPayer(deps: PlayDeps) {
  return async (providerReference: string, outcome: Outcome): Promise<ChargeRow> =>
    deps.db.transaction(async (tx) => {
      const charge = await tx.row(lockCharge, [providerReference]);
      if (!charge) throw errors.sandbox_payment_not_found();
      try {
        return await play(deps, tx, charge, outcome);
      } catch (error) {
        if (error instanceof ChargeEnded) throw errors.sandbox_payment_over();
        throw error;
      }
    });
}

async function play(deps: PlayDeps, tx: Transaction, charge: ChargeRow, outcome: Outcome): Promise<ChargeRow> {
  switch (outcome) {
    case 'succeed':
      return pay(deps, tx, charge);
    case 'duplicate_webhook':
      return pay(deps, tx, charge, { travel: 'twice_more' });
    case 'late_webhook':
      return pay(deps, tx, charge, { travel: 'late' });
    case 'reordered_webhook':
      return pay(deps, tx, charge, { travel: 'reordered' });
    case 'succeed_then_decline':
      return pay(deps, tx, charge, { behavior: 'decline' });
    case 'timeout_after': {
      // Paid, nobody is told, and whoever asks next hears nothing twice.
      const paid = await pay(deps, tx, charge, { travel: 'lost' });
      await planFault(tx, { operation: 'find', kind: 'timeout_before', times: 2, reference: charge.reference });
      return paid;
    }
    case 'timeout_before': {
      requireOpen(deps, charge);
      await planFault(tx, { operation: 'find', kind: 'timeout_before', times: 2, reference: charge.reference });
      return charge;
    }
    case 'decline':
      // Whoever is asked to confirm and does not is another case than a card that is refused.
      return refuse(deps, tx, charge, charge.challenged ? 'authentication_failed' : 'declined');
    case 'insufficient_funds':
      return refuse(deps, tx, charge, 'insufficient_funds');
    case 'challenge': {
      requireOpen(deps, charge);
      return save(deps, tx, { ...charge, challenged: true });
    }
    case 'cancel': {
      requireOpen(deps, charge);
      const canceled = await save(deps, tx, { ...charge, state: 'canceled', reason: 'payer_canceled' });
      await tell(deps, tx, canceled, 'charge.canceled');
      return canceled;
    }
    case 'expire': {
      requireOpen(deps, charge);
      const expired = await save(deps, tx, { ...charge, state: 'expired', reason: 'expired' });
      await tell(deps, tx, expired, 'charge.expired');
      return expired;
    }
    case 'dispute':
      return openDispute(deps, tx, charge);
    case 'dispute_won':
      return endDispute(deps, tx, charge, 'won');
    case 'dispute_lost':
      return endDispute(deps, tx, charge, 'lost');
  }
}

/** Charges a kept method without the payer, the moment the charge is created. */
export async function chargeMethod(
  deps: PlayDeps,
  tx: Transaction,
  charge: ChargeRow,
  method: { label: string; behavior: MethodBehavior },
): Promise<ChargeRow> {
  const labelled = { ...charge, method_label: method.label };
  if (method.behavior === 'succeed') return pay(deps, tx, labelled);
  const reason = method.behavior === 'challenge' ? 'authentication_failed' : method.behavior;
  return refuse(deps, tx, labelled, reason === 'decline' ? 'declined' : reason);
}

/**
 * A charge that can still be paid, held or refused.
 * @throws ChargeEnded
 */
function requireOpen(deps: PlayDeps, charge: ChargeRow): void {
  if (toReport(charge, { publicUrl: deps.publicUrl, now: deps.clock.now() }).state !== 'requires_action')
    throw new ChargeEnded();
}

async function pay(
  deps: PlayDeps,
  tx: Transaction,
  charge: ChargeRow,
  options: { travel?: Travel; behavior?: MethodBehavior } = {},
): Promise<ChargeRow> {
  requireOpen(deps, charge);
  const label = charge.method_label ?? (charge.presents === 'qr_code' ? null : 'Stoa •••• 4242');
  let savedMethod = charge.saved_method;
  if (charge.keep_method && !savedMethod) {
    savedMethod = newReference(deps.ids, 'pm');
    await tx.run(insertMethod, [savedMethod, label ?? 'Stoa', options.behavior ?? 'succeed', deps.clock.now()]);
  }
  const paid: ChargeRow = { ...charge, saved_method: savedMethod, method_label: label, reason: null };
  if (charge.capture === 'automatic' || charge.amount === 0) return take(deps, tx, paid, charge.amount, options.travel);
  const held = await save(deps, tx, {
    ...paid,
    state: 'authorized',
    authorized_until: new Date(deps.clock.now().getTime() + holdDays * day).toISOString(),
  });
  await tell(deps, tx, held, 'charge.authorized', options.travel);
  return held;
}

/** Moves the money of a charge: into the book, with its fee. */
export async function take(
  deps: PlayDeps,
  tx: Transaction,
  charge: ChargeRow,
  amount: number,
  travel?: Travel,
): Promise<ChargeRow> {
  const fee = feeOf(amount);
  const taken = await save(deps, tx, { ...charge, state: 'succeeded', captured: amount, fee, authorized_until: null });
  if (amount > 0)
    await enter(deps, tx, taken, { kind: 'charge', of: taken.provider_reference, reference: taken.reference, amount });
  if (fee > 0)
    await enter(deps, tx, taken, {
      kind: 'fee',
      of: taken.provider_reference,
      reference: taken.reference,
      amount: -fee,
    });
  await tell(deps, tx, taken, 'charge.succeeded', travel);
  return taken;
}

async function refuse(
  deps: PlayDeps,
  tx: Transaction,
  charge: ChargeRow,
  reason: 'declined' | 'insufficient_funds' | 'authentication_failed',
): Promise<ChargeRow> {
  requireOpen(deps, charge);
  const failed = await save(deps, tx, {
    ...charge,
    state: 'failed',
    reason,
    provider_code: reason,
    method_label: charge.method_label ?? (charge.presents === 'qr_code' ? null : 'Stoa •••• 0002'),
  });
  await tell(deps, tx, failed, 'charge.failed');
  return failed;
}

async function openDispute(deps: PlayDeps, tx: Transaction, charge: ChargeRow): Promise<ChargeRow> {
  const amount = charge.captured - charge.refunded;
  if (charge.state !== 'succeeded' || amount <= 0) throw new ChargeEnded();
  const now = deps.clock.now();
  const dispute = await tx.row(insertDispute, [
    newReference(deps.ids, 'dp'),
    charge.provider_reference,
    amount,
    new Date(now.getTime() + respondWithinDays * day),
    now,
  ]);
  if (!dispute) throw new ChargeEnded();
  const disputed = await save(deps, tx, { ...charge, disputed: amount });
  await enter(deps, tx, disputed, {
    kind: 'dispute',
    of: dispute.provider_reference,
    reference: charge.reference,
    amount: -amount,
  });
  await deps.deliveries.tell(tx, disputed, {
    type: 'dispute.opened',
    data: { dispute: toDisputeReport(dispute, disputed) },
  });
  return disputed;
}

async function endDispute(
  deps: PlayDeps,
  tx: Transaction,
  charge: ChargeRow,
  state: 'won' | 'lost',
): Promise<ChargeRow> {
  const dispute = await tx.row(settleDispute, [charge.provider_reference, state]);
  if (!dispute) throw new ChargeEnded();
  const settled = state === 'won' ? await save(deps, tx, { ...charge, disputed: 0 }) : charge;
  if (state === 'won') {
    await enter(deps, tx, settled, {
      kind: 'dispute',
      of: dispute.provider_reference,
      reference: charge.reference,
      amount: dispute.amount,
    });
  }
  await deps.deliveries.tell(tx, settled, {
    type: `dispute.${state}`,
    data: { dispute: toDisputeReport(dispute, settled) },
  });
  return settled;
}

type Entry = { kind: 'charge' | 'refund' | 'fee' | 'dispute'; of: string; reference: string; amount: number };

/** A line of the sandbox's own report. */
export async function enter(deps: PlayDeps, tx: Transaction, charge: ChargeRow, entry: Entry): Promise<void> {
  const { kind, of, reference, amount } = entry;
  await tx.run(insertTransaction, [
    kind,
    charge.provider_reference,
    of,
    reference,
    amount,
    charge.currency,
    deps.clock.now(),
  ]);
}

/** Writes a charge as it now is. */
export async function save(deps: PlayDeps, tx: Transaction, charge: ChargeRow): Promise<ChargeRow> {
  await tx.run(saveCharge, [
    charge.provider_reference,
    charge.state,
    charge.captured,
    charge.refunded,
    charge.disputed,
    charge.fee,
    charge.reason,
    charge.provider_code,
    charge.challenged,
    charge.saved_method,
    charge.method_label,
    charge.authorized_until,
    deps.clock.now(),
  ]);
  return charge;
}

/** Tells whoever asked for the charge how it stands. */
export async function tell(
  deps: PlayDeps,
  tx: Transaction,
  charge: ChargeRow,
  type: `charge.${string}`,
  travel?: Travel,
): Promise<void> {
  const report = toReport(charge, { publicUrl: deps.publicUrl, now: deps.clock.now() });
  await deps.deliveries.tell(tx, charge, { type, data: { charge: report } }, travel);
}
