import { type Ctx, derivedId, type Locale, statement, type Transaction } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { writeAgreedOrder, writePeriodPayment } from '../subscriptions/write-order.ts';
import { nextPart, type PlanRow } from './plan-rows.ts';

const notePart = statement<[orderId: string, planId: string, part: number, through: number, hold: string], never>(
  'payments.note_order_instalment',
  'update orders set instalment_plan_id = $2, instalment_part = $3, instalment_through = $4, hold = $5 where id = $1',
);
const noteOpenOrder = statement<[planId: string, orderId: string], never>(
  'payments.note_open_instalment',
  'update instalment_plans set open_order_id = $2 where id = $1',
);

const readWaiting = statement<[orderId: string], WaitingOrder>(
  'payments.read_waiting_instalment',
  `select id, total, instalment_through as through, subtotal - discount as price from orders
   where id = $1 and state = 'pending_payment' for update`,
);

/** Days for which the order of a part can be paid. One that is late after that gets another when its payer comes back. */
const payableDays = 60;
const dayMs = 24 * 3_600_000;

type WriteDeps = Pick<PaymentDeps, 'ids' | 'clock' | 'config' | 'jobs' | 'publicUrl'>;
export type PartOrder = {
  row: PlanRow;
  /** From the next part that is not paid up to this one. */
  through: number;
  /** In minor units, before taxes that are added. */
  listPrice: number;
  price: number;
};

/** What an order of parts is called, e.g. on invoices. */
export function titleOfParts(
  locale: Locale,
  { title, part, through, parts }: { title: string; part: number; through: number; parts: number },
): string {
  const which = part === through ? String(part) : `${part}–${through}`;
  const words: Record<Locale, string> = {
    en: part === through ? `part ${which} of ${parts}` : `parts ${which} of ${parts}`,
    'pt-BR': part === through ? `parcela ${which} de ${parts}` : `parcelas ${which} de ${parts}`,
    es: part === through ? `cuota ${which} de ${parts}` : `cuotas ${which} de ${parts}`,
  };
  return `${title} (${words[locale]})`;
}

/**
 * The id of the order for what is next: the same however often it is asked for, and another one when the one before was
 * given up.
 */
function orderIdOf(row: PlanRow, { part, through }: { part: number; through: number }): string {
  const again = row.open_order_id ? ` after ${row.open_order_id}` : '';
  return derivedId(row.id, `parts ${part} to ${through}${again}`);
}

/** `through` is the last part it pays for, `price` what that costs before taxes that are added. */
export type WaitingOrder = { id: string; total: number; through: number; price: number };

/** The order that waits to be paid for the next part, when there is one; read under the locks of both. */
export async function waitingOrder(tx: Transaction, row: PlanRow): Promise<WaitingOrder | undefined> {
  return row.open_order_id ? tx.row(readWaiting, [row.open_order_id]) : undefined;
}

/**
 * Writes the order of the next part, or of all that is left, in the lock of its plan, which then waits for it.
 * @returns its id and what is to be paid for it, in minor units
 */
export async function writePartOrder(
  deps: WriteDeps,
  tx: Transaction,
  { row, through, listPrice, price }: PartOrder,
): Promise<{ id: string; total: number }> {
  const part = nextPart(row)?.part;
  if (part === undefined) throw new Error('all parts are paid');
  const id = orderIdOf(row, { part, through });
  const { total, isNew } = await writeAgreedOrder(deps, tx, {
    orderId: id,
    buyer: row,
    item: {
      ...row.item,
      title: titleOfParts(row.locale, { title: row.title, part, through, parts: row.parts }),
      refundDays: refundDaysLeft(row, deps.clock.now()),
    },
    price: listPrice,
    takenOff: listPrice - price,
    // All that is left costs less the earlier it is paid: its price is good for a day.
    days: part === through ? payableDays : 1,
    coupon: { id: null, code: row.coupon_code },
  });
  if (isNew) await tx.run(notePart, [id, row.id, part, through, 'held']);
  await tx.run(noteOpenOrder, [row.id, id]);
  return { id, total };
}

/** The order of the first part: held at its market and paid like any other, within the time any other has. */
export async function writeFirstOrder(
  deps: WriteDeps,
  tx: Transaction,
  { row, orderId, coupon }: { row: PlanRow; orderId: string; coupon: { id: string | null; code: string | null } },
): Promise<void> {
  const first = row.schedule[0];
  if (!first) throw new Error('a plan without parts');
  await writeAgreedOrder(deps, tx, {
    orderId,
    buyer: row,
    item: { ...row.item, title: titleOfParts(row.locale, { title: row.title, part: 1, through: 1, parts: row.parts }) },
    price: first.list_price,
    takenOff: first.list_price - first.price,
    days: deps.config.STOA_ORDER_MINUTES / 1440,
    coupon,
  });
  await tx.run(notePart, [orderId, row.id, 1, 1, 'none']);
  await tx.run(noteOpenOrder, [row.id, orderId]);
}

/** The right to change one's mind counts from the first payment, for everything that was paid until it ends. */
function refundDaysLeft(row: PlanRow, now: Date): number {
  if (row.started_at === null) return row.item.refundDays;
  const end = new Date(row.started_at).getTime() + row.item.refundDays * dayMs;
  return Math.max(0, Math.floor((end - now.getTime()) / dayMs));
}

/** Charges the kept method for an order of the plan. Repeatable per `attempt`. */
export function chargePart(
  deps: WriteDeps,
  tx: Transaction,
  { row, order, attemptId }: { row: PlanRow; order: { id: string; total: number }; attemptId: string },
  ctx: Ctx,
): Promise<void> {
  if (row.provider === null || row.saved_method === null) throw new Error('no payment method is kept');
  return writePeriodPayment(
    deps,
    tx,
    {
      attemptId,
      orderId: order.id,
      subscription: { provider: row.provider, currency: row.currency, buyer_name: row.buyer_name },
      total: order.total,
      returnUrl: `${deps.publicUrl}/orders/${order.id}`,
      savedMethod: row.saved_method,
      expiresAt: new Date(deps.clock.now().getTime() + dayMs),
    },
    ctx,
  );
}
