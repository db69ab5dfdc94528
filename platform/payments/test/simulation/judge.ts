import type { ProviderModel } from './provider-model.ts';
import type { Store } from './store.ts';

/*
 * The second model: what must be true, written from the promises and from the provider's own book, without using any of
 * the code that is judged. It knows prices, shares and what the provider did; it does not know how decisions are made.
 */

const live = new Set(['created', 'unknown', 'requires_action', 'processing', 'authorized']);
const height: Record<string, number> = {
  created: 0,
  unknown: 10,
  requires_action: 20,
  processing: 30,
  authorized: 40,
  failed: 50,
  canceled: 50,
  expired: 50,
  succeeded: 60,
  partially_refunded: 70,
  refunded: 80,
};
const roads = new Set([
  'pending_payment>paid',
  'pending_payment>cancelled',
  'pending_payment>expired',
  'cancelled>paid',
  'expired>paid',
  'paid>partially_refunded',
  'paid>refunded',
  'partially_refunded>refunded',
]);
/** One transaction may take two roads: paid, and known to be given back already. */
const mayGo = (from: string, to: string): boolean =>
  from === to || roads.has(`${from}>${to}`) || (roads.has(`${from}>paid`) && roads.has(`paid>${to}`));

function must(holds: boolean, promise: string, detail: unknown = ''): void {
  if (!holds)
    throw new Error(`broken promise: ${promise} ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`);
}

/** What holds after every single transaction. */
export function judgeStep(before: Store, after: Store): void {
  must(after.book.attempts.filter(({ status }) => live.has(status)).length <= 1, 'one live payment');
  for (const attempt of after.book.attempts) {
    must(attempt.captured === 0 || attempt.captured === attempt.amount, 'all or nothing is captured');
    must(
      attempt.refunded <= attempt.captured && attempt.refundReserved <= attempt.captured,
      'refunds within captures',
      attempt,
    );
    must(attempt.refunded >= 0 && attempt.refundReserved >= attempt.refunded, 'what went back was reserved', attempt);
    const was = before.book.attempts.find(({ id }) => id === attempt.id);
    if (!was || was.status === attempt.status) continue;
    must((height[attempt.status] ?? -1) > (height[was.status] ?? 99), 'payments only go up', [
      was.status,
      attempt.status,
    ]);
  }
  const [from, to] = [before.book.order.state, after.book.order.state];
  must(mayGo(from, to), 'orders keep to their roads', `${from} to ${to}`);
  for (const line of after.book.lines) {
    must(line.refunded >= 0 && line.refunded <= line.total, 'no line gives back more than it cost', line);
    const was = before.book.lines.find(({ id }) => id === line.id);
    must(!(was?.revoked && !line.revoked), 'nothing that was taken away comes back');
  }
  for (const { key, entries } of after.postings.slice(before.postings.length)) {
    must(entries.reduce((sum, { amount }) => sum + amount, 0) === 0, 'debits equal credits', key);
  }
  must(after.events.filter(({ type }) => type === 'paid').length <= 1, 'paid is told once');
  // A payout takes no seller below nothing; what a refund takes after it may, and the next earnings make up for it.
  if (after.payouts.length > before.payouts.length)
    must(-balanceOf(after, 'seller') >= 0, 'nobody is paid what is not theirs', after.payouts.at(-1));
  for (const payout of after.payouts) {
    const was = before.payouts.find(({ id }) => id === payout.id);
    must(!was || was.amount === payout.amount, 'a payout keeps its amount');
    must(was?.state !== 'failed' || payout.state === 'failed', 'a payout that came back stays back');
  }
}

const balanceOf = (store: Store, kind: string): number =>
  sum(
    store.postings.flatMap(({ entries }) => entries.filter((entry) => entry.kind === kind).map(({ amount }) => amount)),
  );

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

/** What holds once everything has been said and done. */
export function judgeEnd(store: Store, provider: ProviderModel): void {
  const { book } = store;
  const charges = [...provider.charges.values()];
  const taken = charges.filter(({ captured }) => captured > 0);
  const account = (kind: string) =>
    sum(
      store.postings.flatMap(({ entries }) =>
        entries.filter((entry) => entry.kind === kind).map(({ amount }) => amount),
      ),
    );

  // Every charge has an attempt, with the same money; no money without a charge.
  for (const charge of charges) {
    const attempt = book.attempts.find(({ id }) => id === charge.reference);
    must(attempt !== undefined, 'no charge without an order');
    must(attempt?.captured === charge.captured, 'what was taken is known', [attempt, charge]);
  }
  for (const attempt of book.attempts) {
    must(!live.has(attempt.status), 'every payment ends', attempt.status);
    if (attempt.captured > 0) must(provider.charges.has(attempt.id), 'no money out of nothing');
  }

  // Money that was taken is either the one sale, or back, or with a bank.
  const sale = book.order.settledBy;
  must(taken.length === 0 || sale !== null || taken.every((charge) => isGone(charge)), 'money is a sale or goes back');
  for (const charge of taken)
    if (charge.reference !== sale) must(isGone(charge), 'what did not pay for the order is not kept', charge);
  const isPaid = ['paid', 'partially_refunded', 'refunded'].includes(book.order.state);
  must(isPaid === (sale !== null), 'paid means that there is money for it');
  must(store.events.filter(({ type }) => type === 'paid').length === (isPaid ? 1 : 0), 'paid is told exactly once');
  must(store.invoices === (isPaid ? 1 : 0), 'one invoice for a sale');

  // What the provider's book says it holds for us is what ours says it owes us.
  const owed = sum(
    charges.map((charge) => {
      const held = charge.dispute && charge.dispute.state !== 'won' ? charge.dispute.amount : 0;
      return charge.captured - charge.refunded - held - (charge.fee ?? 0);
    }),
  );
  must(account('clearing') === owed, 'clearing is what the provider owes', [account('clearing'), owed]);
  must(account('fees') === sum(charges.map(({ fee }) => fee ?? 0)), 'fees are the provider’s');
  const open = sum(charges.map(({ dispute }) => (dispute?.state === 'open' ? dispute.amount : 0)));
  must(account('disputes') === open, 'open disputes are held, and no others');
  const unsold = sum(
    charges.map(({ reference, dispute }) => (reference !== sale && dispute?.state === 'open' ? dispute.amount : 0)),
  );
  must(-account('buyer') === unsold, 'buyers are owed nothing', account('buyer'));

  // What left our bank is what was paid out and did not come back, each of it once.
  const paidOut = sum(store.payouts.filter(({ state }) => state !== 'failed').map(({ amount }) => amount));
  must(account('bank') === -paidOut, 'the bank has paid what was paid out', [account('bank'), paidOut]);

  // Everybody's part of what was sold and stayed sold.
  const back = new Map(book.lines.map((line) => [line.id, line.refunded]));
  if (sale !== null) {
    let platform = 0;
    let seller = 0;
    let tax = 0;
    for (const line of book.lines) {
      const kept = line.total - (back.get(line.id) ?? 0);
      const whole = line.sellerId === '' ? 0 : Math.floor((line.net * line.sellerShare) / 10_000);
      const portion = line.total === 0 ? 0 : kept / line.total;
      seller += whole * portion;
      tax += line.tax * portion;
      platform += (line.net - whole) * portion;
    }
    // Whole cents: each line's parts may be off by less than one when a part of it went back.
    const slack = book.lines.filter(({ refunded, total }) => refunded > 0 && refunded < total).length;
    must(
      Math.abs(-account('seller') + paidOut - seller) <= slack,
      'the seller has their part, paid out or still to be',
      [account('seller'), paidOut, seller],
    );
    must(Math.abs(-account('tax') - tax) <= slack, 'the tax office has its part');
    must(Math.abs(-account('revenue') - account('refunds') - platform) <= 2 * slack, 'the platform has its part');
    must(sum([...back.values()]) === book.order.refunded, 'the order knows what went back');
  } else {
    must(account('seller') === 0 && account('tax') === 0 && account('revenue') === 0, 'nothing sold, nobody paid');
  }

  // Refunds: ours happened once at the provider; the provider's own reached us; each is told once.
  for (const refund of book.refunds) {
    const there = provider.refunds.get(refund.id);
    if (refund.reason === 'dispute' || refund.reason === 'external')
      must(there === undefined, 'those were not ours to make');
    else
      must(
        (refund.state === 'succeeded') === (there !== undefined),
        'a refund is through when the money is back',
        refund,
      );
    must(refund.state === 'succeeded' || refund.state === 'failed', 'every refund ends');
    const told = store.events.filter(({ type, id }) => type === 'refunded' && id === refund.id).length;
    must(told === (refund.state === 'succeeded' ? 1 : 0), 'a refund is told once');
  }
  for (const charge of taken) {
    const own = sum(
      book.refunds
        .filter(
          ({ attemptId, state, reason }) =>
            attemptId === charge.reference && state === 'succeeded' && reason !== 'dispute',
        )
        .map(({ amount }) => amount),
    );
    must(own === charge.refunded, 'every cent that went back is known', [own, charge]);
  }
  const state =
    book.order.refunded === 0 ? 'paid' : book.order.refunded === book.order.total ? 'refunded' : 'partially_refunded';
  must(!isPaid || book.order.state === state, 'the order says how much went back', [book.order, state]);
}

function isGone(charge: {
  captured: number;
  refunded: number;
  dispute: { amount: number; state: string } | null;
}): boolean {
  const held = charge.dispute && charge.dispute.state !== 'won' ? charge.dispute.amount : 0;
  return charge.refunded + held >= charge.captured;
}
