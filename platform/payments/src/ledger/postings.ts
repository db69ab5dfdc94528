import { type Divided, partsOf, partsOfRefund } from '../core/parts.ts';

/**
 * Kinds of accounts. `clearing`: what a provider owes us; `bank`: what it has paid out, less what we paid out;
 * `buyer`: what was paid and has not become a sale (zero when an order is settled); `seller`: what we owe a seller;
 * `revenue`, `refunds`: ours, and what of it went back; `tax`: owed to a country; `fees`: kept by providers;
 * `disputes`: held back by a provider while a dispute is open; `losses`: lost disputes nobody else can bear.
 */
export type AccountKind =
  | 'clearing'
  | 'bank'
  | 'buyer'
  | 'seller'
  | 'revenue'
  | 'refunds'
  | 'tax'
  | 'fees'
  | 'disputes'
  | 'losses';

/** One line of a transaction. A positive amount is a debit, a negative one a credit; minor units. */
export type Entry = { kind: AccountKind; holder: string; currency: string; amount: number; lineId?: string };

/** A ledger transaction before it is written. `key` names what it books: the same thing is never booked twice. */
export type Posting = { key: string; kind: string; orderId: string | null; entries: Entry[] };

type Paid = { orderId: string; attemptId: string; provider: string; buyer: string; currency: string; amount: number };
export type SoldLine = Divided & { id: string };
type Sale = { orderId: string; buyer: string; currency: string; country: string; lines: readonly SoldLine[] };
/** How much of a line goes back, and how much of it went before. */
export type RefundedLine = { line: SoldLine; before: number; amount: number };

/** The provider has taken the buyer's money: it owes us, we owe the buyer. */
export function postCapture({ orderId, attemptId, provider, buyer, currency, amount }: Paid): Posting {
  return posting(`capture:${attemptId}`, 'capture', orderId, [
    { kind: 'clearing', holder: provider, currency, amount },
    { kind: 'buyer', holder: buyer, currency, amount: -amount },
  ]);
}

/** What the buyer paid becomes the seller's, ours and the tax office's, line by line. */
export function postSale({ orderId, buyer, currency, country, lines }: Sale): Posting {
  return posting(
    `sale:${orderId}`,
    'sale',
    orderId,
    lines.flatMap((line) => {
      const parts = partsOf(line);
      return [
        { kind: 'buyer', holder: buyer, currency, amount: line.total, lineId: line.id },
        { kind: 'seller', holder: line.sellerId, currency, amount: -parts.seller, lineId: line.id },
        { kind: 'revenue', holder: 'platform', currency, amount: -parts.platform, lineId: line.id },
        { kind: 'tax', holder: country || 'none', currency, amount: -parts.tax, lineId: line.id },
      ];
    }),
  );
}

type Back = {
  orderId: string;
  currency: string;
  country: string;
  lines: readonly RefundedLine[];
};
function backFromEach({ currency, country, lines }: Back): Entry[] {
  return lines.flatMap(({ line, before, amount }): Entry[] => {
    const parts = partsOfRefund(line, before, amount);
    return [
      { kind: 'seller', holder: line.sellerId, currency, amount: parts.seller, lineId: line.id },
      { kind: 'refunds', holder: 'platform', currency, amount: parts.platform, lineId: line.id },
      { kind: 'tax', holder: country || 'none', currency, amount: parts.tax, lineId: line.id },
    ];
  });
}

/** A sale is taken back, wholly or in part: everybody gives back their part, and we owe the buyer again. */
export function postReturn(refund: Back & { refundId: string; buyer: string }): Posting {
  const amount = refund.lines.reduce((sum, line) => sum + line.amount, 0);
  return posting(`return:${refund.refundId}`, 'return', refund.orderId, [
    ...backFromEach(refund),
    { kind: 'buyer', holder: refund.buyer, currency: refund.currency, amount: -amount },
  ]);
}

/** The provider has given the buyer their money back. */
export function postRefund(refund: Omit<Paid, 'attemptId'> & { refundId: string }): Posting {
  const { refundId, orderId, provider, buyer, currency, amount } = refund;
  return posting(`refund:${refundId}`, 'refund', orderId, [
    { kind: 'buyer', holder: buyer, currency, amount },
    { kind: 'clearing', holder: provider, currency, amount: -amount },
  ]);
}

/** The provider keeps a fee. `total` is all it has kept of this payment, `before` what was booked of it. */
export function postFee(fee: {
  orderId: string;
  attemptId: string;
  provider: string;
  currency: string;
  before: number;
  total: number;
}): Posting {
  const { orderId, attemptId, provider, currency, before, total } = fee;
  return posting(`fee:${attemptId}:${total}`, 'fee', orderId, [
    { kind: 'fees', holder: provider, currency, amount: total - before },
    { kind: 'clearing', holder: provider, currency, amount: before - total },
  ]);
}

type Dispute = { disputeId: string; orderId: string; provider: string; currency: string; amount: number };

/** A buyer's bank holds the money back while it looks into a complaint. */
export function postDisputeOpened({ disputeId, orderId, provider, currency, amount }: Dispute): Posting {
  return posting(`dispute-opened:${disputeId}`, 'dispute_opened', orderId, [
    { kind: 'disputes', holder: provider, currency, amount },
    { kind: 'clearing', holder: provider, currency, amount: -amount },
  ]);
}

/** The bank found for us: the provider owes us the money again. */
export function postDisputeWon({ disputeId, orderId, provider, currency, amount }: Dispute): Posting {
  return posting(`dispute-won:${disputeId}`, 'dispute_won', orderId, [
    { kind: 'clearing', holder: provider, currency, amount },
    { kind: 'disputes', holder: provider, currency, amount: -amount },
  ]);
}

/**
 * The bank found for the buyer: who had a part of the sale gives it back, what was never sold (`unsold`) is no longer
 * owed to the buyer, what nobody has any more is lost.
 */
export function postDisputeLost(dispute: Dispute & Back & { buyer: string; unsold: number }): Posting {
  const { disputeId, orderId, provider, currency, amount, buyer, unsold } = dispute;
  const back = dispute.lines.reduce((sum, line) => sum + line.amount, 0);
  return posting(`dispute-lost:${disputeId}`, 'dispute_lost', orderId, [
    ...backFromEach(dispute),
    { kind: 'buyer', holder: buyer, currency, amount: unsold },
    { kind: 'losses', holder: 'platform', currency, amount: amount - back - unsold },
    { kind: 'disputes', holder: provider, currency, amount: -amount },
  ]);
}

/** A provider has paid what it owed us into our bank. */
export function postSettlement(paid: {
  provider: string;
  reference: string;
  currency: string;
  amount: number;
}): Posting {
  const { provider, reference, currency, amount } = paid;
  return posting(`settlement:${provider}:${reference}`, 'settlement', null, [
    { kind: 'bank', holder: 'platform', currency, amount },
    { kind: 'clearing', holder: provider, currency, amount: -amount },
  ]);
}

/** A seller is paid what we owe them. */
export function postPayout(payout: { payoutId: string; sellerId: string; currency: string; amount: number }): Posting {
  const { payoutId, sellerId, currency, amount } = payout;
  return posting(`payout:${payoutId}`, 'payout', null, [
    { kind: 'seller', holder: sellerId, currency, amount },
    { kind: 'bank', holder: 'platform', currency, amount: -amount },
  ]);
}

/** A payout did not arrive: we owe it again. */
export function postPayoutReturned(payout: Parameters<typeof postPayout>[0]): Posting {
  const { payoutId, sellerId, currency, amount } = payout;
  return posting(`payout-returned:${payoutId}`, 'payout_returned', null, [
    { kind: 'bank', holder: 'platform', currency, amount },
    { kind: 'seller', holder: sellerId, currency, amount: -amount },
  ]);
}

/** Amounts of nothing are left out. @throws RangeError if what is left does not balance */
function posting(key: string, kind: string, orderId: string | null, entries: readonly Entry[]): Posting {
  const kept = entries.filter((entry) => entry.amount !== 0);
  const sum = kept.reduce((total, entry) => total + BigInt(entry.amount), 0n);
  if (sum !== 0n) throw new RangeError(`${key} does not balance by ${sum}`);
  return { key, kind, orderId, entries: kept };
}
