import { GiftSent, OrderPaid, OrderRefunded, PaymentFailed, PurchaseUnassigned } from '@stoa/contracts';
import { type Ctx, emit, statement, type Transaction } from '@stoa/kernel';
import type { Book } from '../core/book.ts';
import type { Decision, Step } from '../core/decide.ts';
import type { PaymentDeps } from '../deps.ts';
import { endRefundedPlan, failedPart, followDispute, settlePart } from '../instalments/follow-orders.ts';
import { toCreditNote, toInvoice } from '../invoices/issue-invoice.ts';
import { chargeJob, lateJob, pollJob, refundJob } from '../jobs.ts';
import { post } from '../ledger/post.ts';
import { type EventLineRow, eventLine, listEventLines } from '../orders/event-lines.ts';
import { beginPeriod, endRefunded, failedRenewal } from '../subscriptions/follow-orders.ts';
import type { Said } from './apply-evidence.ts';
import type { Opened, Sale } from './load-book.ts';
import { type Details, noDetails, toEvent, type Writes, writeAttempt, writeOrder } from './writes.ts';

export type CarryDeps = Pick<PaymentDeps, 'ids' | 'clock' | 'jobs' | 'config'>;

export type AttemptDetails = { attemptId: string; values: Details };

const reserveRefund = statement<[attemptId: string, by: number], never>(
  'payments.reserve_refund',
  'update attempts set refund_reserved = refund_reserved + $2 where id = $1',
);
const insertRefund = statement<
  [
    id: string,
    orderId: string,
    attemptId: string,
    amount: number,
    currency: string,
    state: string,
    reason: string,
    revokes: boolean,
    lines: string,
    at: string,
    completedAt: string | null,
  ],
  never
>(
  'payments.insert_refund',
  `insert into refunds (id, order_id, attempt_id, amount, currency, state, reason, revokes, lines, created_at, completed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const updateRefund = statement<
  [id: string, state: string, providerReference: string | null, code: string | null, at: string],
  never
>(
  'payments.update_refund',
  `update refunds set state = $2, provider_reference = coalesce($3, provider_reference), provider_code = coalesce($4, provider_code),
     completed_at = case when $2 in ('succeeded', 'failed') then $5::timestamptz end,
     next_poll_at = case when $2 in ('succeeded', 'failed') then null else next_poll_at end
   where id = $1`,
);
const noteCreditNote = statement<[refundId: string, creditNoteId: string], never>(
  'payments.note_credit_note',
  'update refunds set credit_note_id = $2 where id = $1',
);
const takeBackLines = statement<[amounts: string, revoked: string[], at: string], never>(
  'payments.take_back_lines',
  `update order_lines l set refunded = l.refunded + b.amount,
     revoked_at = case when b.revoked then coalesce(l.revoked_at, $3) else l.revoked_at end
   from (
     select id, sum(amount) as amount, bool_or(revoked) as revoked from (
       select id, amount, false as revoked from jsonb_to_recordset($1::jsonb) as r (id uuid, amount bigint)
       union all select id, 0, true from unnest($2::uuid[]) as id
     ) parts group by id
   ) b
   where l.id = b.id`,
);
const endSeats = statement<[lineIds: string[], at: string], { id: string; line_id: string; user_id: string | null }>(
  'payments.end_seats_of_lines',
  `update seats set state = 'ended', ended_at = $2 where line_id = any($1::uuid[]) and state <> 'ended' returning id, line_id, user_id`,
);
const revokeGifts = statement<[lineIds: string[]], never>(
  'payments.revoke_gifts_of_lines',
  "update gifts set state = 'revoked' where line_id = any($1::uuid[]) and state in ('waiting', 'sent')",
);
const upsertDispute = statement<
  [
    id: string,
    orderId: string,
    attemptId: string,
    provider: string,
    providerReference: string,
    state: string,
    amount: number,
    currency: string,
    reason: string,
    respondBy: string | null,
    at: string,
  ],
  never
>(
  'payments.upsert_dispute',
  `insert into disputes as d (id, order_id, attempt_id, provider, provider_reference, state, amount, currency, reason, respond_by, opened_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
   on conflict (provider, provider_reference) do update
     set state = excluded.state, closed_at = case when excluded.state <> 'open' then excluded.opened_at end
     where d.state = 'open'`,
);
type OrderFacts = {
  id: string;
  number: string;
  buyer_id: string | null;
  buyer_email: string;
  locale: string;
  currency: string;
  total: number;
  provider: string | null;
  failed_reason: string | null;
};
const readFacts = statement<[orderId: string, attemptId: string | null], OrderFacts>(
  'payments.read_order_facts',
  `select o.id, o.number, o.buyer_id, o.buyer_email, o.locale, o.currency, o.total, a.provider, a.reason as failed_reason
   from orders o left join attempts a on a.id = $2 where o.id = $1`,
);
type GiftRow = { id: string; recipient_email: string; giver_name: string; message: string; title: string };
const sendGifts = statement<[orderId: string], GiftRow>(
  'payments.send_gifts',
  `update gifts g set state = 'sent' from order_lines l
   where g.line_id = l.id and l.order_id = $1 and g.state = 'waiting'
   returning g.id, g.recipient_email, g.giver_name, g.message, l.title`,
);

type Work = {
  opened: Opened;
  decision: Decision;
  said: Said | null;
  /** Noted with the state of the attempt they are about. */
  details: AttemptDetails | null;
  /** What is written at the end, with the commit. */
  writes: Writes;
};

/** Does what was decided, step by step, in the transaction that holds the order's lock. */
export async function carryOut(deps: CarryDeps, tx: Transaction, work: Work, ctx: Ctx): Promise<void> {
  const isQuick = canWait(work.opened, work.decision);
  for (const step of work.decision.steps) await carryOutStep(deps, tx, { ...work, step, isQuick }, ctx);
}

/**
 * Whether the writes of a decision can all go with the commit, beside those about other orders: nothing that is read on
 * the way depends on them. That is so for the payment of an ordinary order.
 */
export function canWait({ saleBy }: Opened, { steps }: Decision): boolean {
  const sale = saleBy(null);
  const once = (kind: Step['do']) => steps.filter((step) => step.do === kind).length <= 1;
  return (
    once('attempt') &&
    once('order') &&
    steps.every((step) => {
      if (step.do === 'paid') return sale.subscription_id === null && sale.instalment === null && !sale.has_gifts;
      return step.do === 'attempt' || step.do === 'order' || step.do === 'post' || step.do === 'cancel';
    })
  );
}

async function carryOutStep(
  deps: CarryDeps,
  tx: Transaction,
  { opened, step, said, details, isQuick, writes }: Work & { step: Step; isQuick: boolean },
  ctx: Ctx,
): Promise<void> {
  const now = deps.clock.now();
  const at = now.toISOString();
  const { book } = opened;
  const { order } = book;
  switch (step.do) {
    case 'attempt': {
      const own = details?.attemptId === step.id ? details.values : noDetails;
      const { id, status, captured, refunded, disputed, fee } = step;
      const write = { id, status, captured, refunded, disputed, fee, details: own, at };
      if (isQuick) writes.attempts.push(write);
      else await writeAttempt(tx, write);
      return;
    }
    case 'order': {
      const write = { id: order.id, state: step.state, settledBy: step.settledBy, refunded: step.refunded, at };
      if (isQuick) writes.orders.push(write);
      else await writeOrder(tx, write);
      return;
    }
    case 'post':
      if (!isQuick) await post(tx, deps.ids, { posting: step.posting, at: now });
      else writes.postings.push(step.posting);
      return;
    case 'reserve':
      await tx.run(reserveRefund, [step.attemptId, step.by]);
      return;
    case 'paid':
      await tellPaid(deps, tx, { orderId: order.id, attemptId: step.attemptId, details, opened, isQuick, writes }, ctx);
      return;
    case 'failed':
      await tellFailed(deps, tx, { orderId: order.id, attemptId: step.attemptId, said }, ctx);
      return;
    case 'settle_late':
      await deps.jobs.send(lateJob, { orderId: order.id, attemptId: step.attemptId }, ctx, { tx });
      return;
    case 'ask':
      await deps.jobs.send(pollJob, { attemptId: step.attemptId, ended: true }, ctx, { tx });
      return;
    case 'capture':
    case 'cancel':
      await deps.jobs.send(chargeJob, { attemptId: step.attemptId, act: step.do }, ctx, { tx });
      return;
    case 'refund':
      await tx.run(insertRefund, [
        step.refund.id,
        order.id,
        step.refund.attemptId,
        step.refund.amount,
        order.currency,
        step.settled ? 'succeeded' : 'requested',
        step.refund.reason,
        step.refund.revokes,
        JSON.stringify(step.refund.lines),
        at,
        step.settled ? at : null,
      ]);
      if (!step.settled) await deps.jobs.send(refundJob, { refundId: step.refund.id }, ctx, { tx });
      return;
    case 'refund_state': {
      const report = said?.about === 'refund' ? said.report : null;
      await tx.run(updateRefund, [
        step.id,
        step.state,
        report?.providerReference || null,
        report?.providerCode ?? null,
        at,
      ]);
      return;
    }
    case 'refunded':
      await tellRefunded(deps, tx, { book, step, writes }, ctx);
      return;
    case 'dispute': {
      const attempt = book.attempts.find(({ id }) => id === step.attemptId);
      const report = said?.about === 'dispute' ? said.report : null;
      await tx.run(upsertDispute, [
        step.id,
        order.id,
        step.attemptId,
        attempt?.provider ?? '',
        step.providerReference,
        step.state,
        step.amount,
        order.currency,
        report?.reason ?? '',
        report?.respondBy ?? null,
        at,
      ]);
      if (step.attemptId === order.settledBy)
        await followDispute(deps, tx, { orderId: order.id, state: step.state }, ctx);
      return;
    }
  }
}

type Of = { orderId: string; attemptId: string | null };

async function tellPaid(
  deps: CarryDeps,
  tx: Transaction,
  { orderId, attemptId, details, opened, isQuick, writes }: Of & Omit<Work, 'decision' | 'said'> & { isQuick: boolean },
  ctx: Ctx,
): Promise<void> {
  const invoiceId = deps.ids.id();
  const sale = opened.saleBy(attemptId);
  const [, , , , methodLabel] = details?.attemptId === attemptId ? details.values : noDetails;
  writes.invoices.push(
    toInvoice(deps, { orderId, invoiceId, sale: { ...sale, method_label: methodLabel ?? sale.method_label } }),
  );
  const paid = { event: OrderPaid, aggregate: orderId, data: paidData(deps, { orderId, invoiceId, sale }) };
  if (isQuick) {
    writes.events.push(toEvent(deps.ids, ctx, paid));
    return;
  }
  await emit(tx, ctx, deps.ids, paid);
  if (sale.subscription_id !== null) await beginPeriod(deps, tx, { orderId, attemptId }, ctx);
  if (sale.instalment !== null) await settlePart(deps, tx, { orderId, attemptId }, ctx);
  for (const gift of sale.has_gifts ? await tx.rows(sendGifts, [orderId]) : []) {
    await emit(tx, ctx, deps.ids, {
      event: GiftSent,
      aggregate: orderId,
      data: {
        giftId: gift.id,
        orderId,
        recipientEmail: gift.recipient_email,
        giverName: gift.giver_name,
        message: gift.message,
        title: gift.title,
        locale: sale.locale,
      },
    });
  }
}

function paidData(
  { clock }: Pick<CarryDeps, 'clock'>,
  { orderId, invoiceId, sale }: { orderId: string; invoiceId: string; sale: Sale },
) {
  return {
    orderId,
    number: sale.number,
    buyerId: sale.buyer_id ?? '',
    buyerEmail: sale.buyer_email,
    locale: sale.locale,
    timeZone: sale.time_zone,
    lines: sale.lines.map((line) => eventLine({ ...line, currency: sale.currency, instalment: sale.instalment })),
    total: { amount: BigInt(sale.total), currency: sale.currency },
    provider: sale.provider ?? '',
    paidAt: clock.now().toISOString(),
    invoiceId,
  };
}

async function tellFailed(
  deps: CarryDeps,
  tx: Transaction,
  { orderId, attemptId, said }: Of & { said: Said | null },
  ctx: Ctx,
): Promise<void> {
  const facts = await readOrderFacts(tx, orderId, attemptId);
  const of = { orderId, attemptId };
  // Who was charged in their absence hears of it once: from what it was charged for, which tells them what comes of it.
  const follow = (await failedRenewal(deps, tx, of)) ?? (await failedPart(deps, tx, of));
  const told = said?.about === 'charge' ? said.report.reason : said && 'reason' in said ? said.reason : null;
  const reason = told ?? facts.failed_reason ?? 'declined';
  await emit(tx, ctx, deps.ids, {
    event: PaymentFailed,
    aggregate: orderId,
    data: {
      orderId,
      number: facts.number,
      paymentId: attemptId ?? '',
      buyerId: facts.buyer_id ?? '',
      buyerEmail: facts.buyer_email,
      locale: facts.locale,
      provider: facts.provider ?? '',
      amount: { amount: BigInt(facts.total), currency: facts.currency },
      reason,
      unattended: follow !== null,
    },
  });
  await follow?.(ctx, reason);
}

type Refunded = Extract<Step, { do: 'refunded' }>;

async function tellRefunded(
  deps: CarryDeps,
  tx: Transaction,
  { book, step, writes }: { book: Book; step: Refunded; writes: Writes },
  ctx: Ctx,
): Promise<void> {
  const { refund, revoked } = step;
  const orderId = book.order.id;
  const at = deps.clock.now().toISOString();
  const creditNote = await toCreditNote(deps, tx, { orderId, refundId: refund.id, lines: step.lines });
  const creditNoteId = creditNote?.id;
  if (creditNote) {
    writes.invoices.push(creditNote);
    await tx.run(noteCreditNote, [refund.id, creditNote.id]);
  }
  const amounts = step.lines.map(({ line, amount }) => ({ id: line.id, amount }));
  if (amounts.length > 0 || revoked.length > 0)
    await tx.run(takeBackLines, [JSON.stringify(amounts), [...revoked], at]);
  const facts = await readOrderFacts(tx, orderId, refund.attemptId);
  const lines = new Map((await tx.rows(listEventLines, [orderId])).map((line) => [line.id, line]));
  if (revoked.length > 0) {
    await tx.run(revokeGifts, [[...revoked]]);
    for (const seat of await tx.rows(endSeats, [[...revoked], at])) {
      const line = lines.get(seat.line_id);
      if (line && seat.user_id)
        await tellUnassigned(deps, tx, { orderId, line, userId: seat.user_id, id: seat.id }, ctx);
    }
  }
  await emit(tx, ctx, deps.ids, {
    event: OrderRefunded,
    aggregate: orderId,
    data: {
      orderId,
      number: facts.number,
      refundId: refund.id,
      buyerId: facts.buyer_id ?? '',
      buyerEmail: facts.buyer_email,
      locale: facts.locale,
      revoked: revoked.flatMap((id) => {
        const line = lines.get(id);
        return line ? [eventLine(line)] : [];
      }),
      amount: { amount: BigInt(refund.amount), currency: facts.currency },
      full: step.full,
      reason: refund.reason === 'external' ? 'goodwill' : refund.reason,
      creditNoteId: creditNoteId ?? '',
    },
  });
  if (revoked.length > 0) {
    await endRefunded(deps, tx, { orderId }, ctx);
    await endRefundedPlan(deps, tx, { orderId }, ctx);
  }
}

/** Tells that somebody no longer holds what they were given. */
export async function tellUnassigned(
  deps: Pick<CarryDeps, 'ids'>,
  tx: Transaction,
  end: { orderId: string; line: EventLineRow; userId: string; id: string },
  ctx: Ctx,
): Promise<void> {
  await emit(tx, ctx, deps.ids, {
    event: PurchaseUnassigned,
    aggregate: end.orderId,
    data: { orderId: end.orderId, line: eventLine(end.line), ownerId: end.userId, assignmentId: end.id },
  });
}

async function readOrderFacts(tx: Transaction, orderId: string, attemptId: string | null): Promise<OrderFacts> {
  const facts = await tx.row(readFacts, [orderId, attemptId]);
  if (!facts) throw new Error('the order is gone while it is locked');
  return facts;
}
