import { type Ctx, crashPoint, statement } from '@stoa/kernel';
import { recordAudit } from '../console/audit.ts';
import type { Book } from '../core/book.ts';
import { spreadRefund } from '../core/spread-refund.ts';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { lockBook } from '../evidence/load-book.ts';
import { refundJob } from '../jobs.ts';
import { requirePayment } from '../orders/access.ts';
import { refundableUntil } from '../orders/show-order.ts';

export type RefundInput = {
  paymentId: string;
  token?: string | undefined;
  /** Minor units; all that is left without it and without lines. */
  amount?: number | undefined;
  /** Whole lines, or amounts of them. */
  lines?: readonly { lineId: string; amount?: number | undefined }[] | undefined;
  /** `keep`: a gesture, what was bought stays. Operators only; a buyer who asks for money gives back what it bought. */
  access?: 'revoke' | 'keep' | undefined;
  reason?: 'requested' | 'goodwill' | 'duplicate' | 'fraud' | undefined;
  note?: string | undefined;
};
export type RefundView = {
  id: string;
  orderId: string;
  paymentId: string;
  state: 'requested' | 'processing' | 'succeeded' | 'failed';
  amount: { amount: number; currency: string };
  reason: string;
  revokes: boolean;
  createdAt: string;
};
type Row = {
  id: string;
  order_id: string;
  attempt_id: string;
  amount: number;
  currency: string;
  state: RefundView['state'];
  reason: string;
  revokes: boolean;
  created_at: string;
};
const readRefund = statement<[id: string], Row>(
  'payments.read_refund_view',
  'select id, order_id, attempt_id, amount, currency, state, reason, revokes, created_at from refunds where id = $1',
);
const reserve = statement<[attemptId: string, amount: number], { id: string }>(
  'payments.reserve_requested_refund',
  // Whoever comes second finds less left, whatever they looked at before.
  `update attempts set refund_reserved = refund_reserved + $2
   where id = $1 and refund_reserved + disputed + $2 <= captured returning id`,
);
const insertRefund = statement<
  [
    id: string,
    orderId: string,
    attemptId: string,
    amount: number,
    currency: string,
    reason: string,
    revokes: boolean,
    lines: string,
    note: string,
    requestedBy: string | null,
    at: string,
  ],
  never
>(
  'payments.insert_requested_refund',
  `insert into refunds (id, order_id, attempt_id, amount, currency, reason, revokes, lines, note, requested_by, created_at, next_poll_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11::timestamptz + interval '5 minutes')`,
);
type RightRow = { id: string; paid_at: string | null; refund_days: number };
const listRights = statement<[orderId: string], RightRow>(
  'payments.list_refund_rights',
  'select l.id, o.paid_at, l.refund_days from order_lines l join orders o on o.id = l.order_id where l.order_id = $1',
);
const afterCommit = crashPoint('payments.request_refund.after_commit');

type RefundDeps = Pick<PaymentDeps, 'db' | 'jobs' | 'ids' | 'clock' | 'tokens' | 'providers'>;

/**
 * Asks for money back, all of it or a part, for the order or for lines of it. A buyer may within the days that the item
 * allows, and gives back what was bought; operators always may, and decide about access. The money moves by a job.
 * @throws payment_not_found, refund_not_possible, refund_too_large, refund_window_over
 */
export function requestRefund(deps: RefundDeps) {
  return async (input: RefundInput, ctx: Ctx): Promise<RefundView> => {
    const { orderId, isOperator } = await requirePayment(deps, input, ctx);
    const id = ctx.requestId ?? deps.ids.id();
    const view = await deps.db.transaction(async (tx) => {
      const book = (await lockBook(tx, orderId))?.book;
      const before = await tx.row(readRefund, [id]);
      if (before) return toView(before);
      const attempt = book?.attempts.find((one) => one.id === input.paymentId);
      if (!book || !attempt || attempt.captured === 0) throw errors.refund_not_possible();
      requireRefunds(deps, attempt.provider, { whole: attempt.captured, asked: input.amount ?? attempt.captured });
      const lines = chooseLines(book, attempt.id, input);
      const amount = lines.length > 0 ? lines.reduce((sum, line) => sum + line.amount, 0) : (input.amount ?? 0);
      if (amount <= 0) throw errors.refund_too_large();
      const revokes = !isOperator || (input.access ?? 'revoke') === 'revoke';
      if (!isOperator) requireRight(await tx.rows(listRights, [orderId]), lines, deps.clock.now());
      if (!(await tx.row(reserve, [attempt.id, amount]))) throw errors.refund_too_large();
      const reason = isOperator ? (input.reason ?? 'requested') : 'requested';
      const at = deps.clock.now().toISOString();
      const by = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
      await tx.run(insertRefund, [
        id,
        orderId,
        attempt.id,
        amount,
        attempt.currency,
        reason,
        revokes,
        JSON.stringify(lines),
        input.note ?? '',
        by,
        at,
      ]);
      if (isOperator) {
        const details = { paymentId: attempt.id, refundId: id, amount, currency: attempt.currency, reason, revokes };
        await recordAudit(tx, deps, ctx, {
          action: 'refund.requested',
          subjectKind: 'order',
          subjectId: orderId,
          details,
        });
      }
      await deps.jobs.send(refundJob, { refundId: id }, ctx, { tx });
      const row = await tx.row(readRefund, [id]);
      if (!row) throw new Error('the refund is gone while its order is locked');
      return toView(row);
    });
    afterCommit();
    return view;
  };
}

function requireRefunds(deps: RefundDeps, name: string, { whole, asked }: { whole: number; asked: number }): void {
  const can = deps.providers.find((one) => one.name === name)?.provider?.capabilities.refund;
  if (can === 'none' || (can === 'full' && asked < whole)) throw errors.refund_not_possible();
}

/** How much of which line goes back. Money that never became a sale has no lines. */
function chooseLines(book: Book, attemptId: string, input: RefundInput): { lineId: string; amount: number }[] {
  if (book.order.settledBy !== attemptId) return [];
  const onItsWay = (lineId: string) =>
    book.refunds
      .filter((refund) => refund.state === 'requested' || refund.state === 'processing')
      .flatMap((refund) => refund.lines)
      .filter((line) => line.lineId === lineId)
      .reduce((sum, line) => sum + line.amount, 0);
  const left = book.lines.map((line) => ({ ...line, refunded: line.refunded + onItsWay(line.id) }));
  if (!input.lines || input.lines.length === 0) {
    const all = left.reduce((sum, line) => sum + line.total - line.refunded, 0);
    const amount = input.amount ?? all;
    if (amount > all || amount <= 0) throw errors.refund_too_large();
    return spreadRefund(left, amount);
  }
  return input.lines.map(({ lineId, amount }) => {
    const line = left.find((one) => one.id === lineId);
    const most = line ? line.total - line.refunded : 0;
    if (!line || most <= 0 || (amount ?? most) > most) throw errors.refund_too_large();
    return { lineId, amount: amount ?? most };
  });
}

function requireRight(rights: readonly RightRow[], lines: readonly { lineId: string }[], now: Date): void {
  if (lines.length === 0) throw errors.refund_not_possible();
  for (const { lineId } of lines) {
    const right = rights.find((one) => one.id === lineId);
    const until = right ? refundableUntil(right.paid_at, right.refund_days) : null;
    if (until === null || now > new Date(until)) throw errors.refund_window_over();
  }
}

function toView(row: Row): RefundView {
  const { id, state, reason, revokes } = row;
  return {
    id,
    orderId: row.order_id,
    paymentId: row.attempt_id,
    state,
    amount: { amount: row.amount, currency: row.currency },
    reason,
    revokes,
    createdAt: row.created_at,
  };
}
