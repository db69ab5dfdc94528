import { type Ctx, crashPoint, fieldMessage, statement, violatedConstraint } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { chargeJob } from '../jobs.ts';
import { requireOrder } from '../orders/access.ts';
import { holdOrder } from '../orders/hold-order.ts';
import type { Capabilities } from '../providers/provider.ts';
import { liveInSql } from './live-in-sql.ts';
import { newPayment, type PaymentView, readPayment } from './show-payment.ts';
import { isSwitchedOffInSql } from './switched-off.ts';

export type PaymentInput = {
  orderId: string;
  token?: string | undefined;
  provider: string;
  /** Where the payer comes back; a path, or an address of this site. The order's page without it. */
  returnUrl?: string | undefined;
  /** Asked for by some providers. */
  document?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
};

type OrderRow = {
  number: string;
  state: string;
  hold: string;
  currency: string;
  total: number;
  buyer_email: string;
  buyer_name: string;
  buyer_document: string;
  expires_at: string;
  switched_off: boolean;
};
const lockPayable = statement<[orderId: string, provider: string], OrderRow>(
  'payments.lock_payable_order',
  `select number, state, hold, currency, total, buyer_email, buyer_name, buyer_document, expires_at,
     ${isSwitchedOffInSql('$2')} as switched_off
   from orders where id = $1 for update`,
);
type NewAttempt = [
  id: string,
  orderId: string,
  provider: string,
  amount: number,
  currency: string,
  returnUrl: string,
  cancelUrl: string,
  payer: string,
  expiresAt: string,
  at: string,
  nextPollAt: string,
];
const insertText = `insert into attempts (id, order_id, provider, amount, currency, return_url, cancel_url, payer, expires_at,
     created_at, updated_at, next_poll_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)`;
const insertOnly = statement<NewAttempt, never>('payments.insert_only_attempt', insertText);
export const insertAttempt = statement<NewAttempt, { id: string }>(
  'payments.insert_attempt',
  // Both the id (a repeated request) and the index of live payments (another tab) may be in the way.
  `${insertText} on conflict do nothing returning id`,
);
const keepMethod = statement<[id: string], never>(
  'payments.keep_attempt_method',
  // Who pays for a period of a subscription, or a part of a price, by hand pays for the next ones with the same method.
  `update attempts a set keep_method = true from orders o
   where a.id = $1 and o.id = a.order_id and (o.subscription_id is not null or o.instalment_plan_id is not null)`,
);
const findLive = statement<[orderId: string, id: string], { id: string; provider: string; cancel_requested: boolean }>(
  'payments.find_live_attempt',
  `select id, provider, cancel_requested from attempts where order_id = $1
   and (id = $2 or status in ${liveInSql})
   order by (id = $2) desc limit 1`,
);
const afterCommit = crashPoint('payments.start_payment.after_commit');

type StartDeps = Pick<
  PaymentDeps,
  'db' | 'jobs' | 'clock' | 'ids' | 'providers' | 'publicUrl' | 'tokens' | 'sockets' | 'config'
>;

/**
 * Begins to pay an order: writes the attempt and queues the call to the provider. The answer comes before the provider
 * has said anything; what the payer does next is in `GET /api/payments/{id}`. There is one live payment per order: asked
 * again for the same provider, from another tab or after a lost answer, it is the same one.
 * @throws order_not_found, order_not_payable, payment_in_progress, provider_unknown, provider_unavailable,
 *   currency_not_supported, amount_too_small, payer_details_needed, return_address_refused, item_not_for_sale
 */
export function startPayment(deps: StartDeps) {
  return async (input: PaymentInput, ctx: Ctx): Promise<PaymentView> => {
    const { id: orderId } = await requireOrder(deps, input, ctx);
    const capabilities = requireProvider(deps, input.provider);
    const returnUrl = ownAddress(deps.publicUrl, input.returnUrl ?? `/orders/${orderId}`);
    const start = { orderId, id: ctx.requestId ?? deps.ids.id(), returnUrl, capabilities };
    const first = await begin(deps, { ...start, mayBeUnheld: false }, input, ctx);
    if (!('unheldUntil' in first)) return first;
    // Its items were never held: a process was killed before it did.
    await holdOrder(deps, { orderId, expiresAt: new Date(first.unheldUntil) }, ctx);
    const second = await begin(deps, { ...start, mayBeUnheld: true }, input, ctx);
    if ('unheldUntil' in second) throw errors.order_not_payable();
    return second;
  };
}

type Start = { orderId: string; id: string; returnUrl: string; capabilities: Capabilities; mayBeUnheld: boolean };

/** Writes the attempt and its jobs, in the order's lock; or says until when the order's items have to be held first. */
async function begin(
  deps: StartDeps,
  { orderId, id, returnUrl, capabilities, mayBeUnheld }: Start,
  input: PaymentInput,
  ctx: Ctx,
): Promise<PaymentView | { unheldUntil: string }> {
  const { provider } = input;
  const started = await deps.db
    .transaction(async (tx) => {
      const [order, known] = await Promise.all([
        tx.row(lockPayable, [orderId, provider]),
        tx.row(findLive, [orderId, id]),
      ]);
      if (!order) throw errors.order_not_found();
      const now = deps.clock.now();
      if (known?.id === id) return { knownId: id };
      if (order.state !== 'pending_payment' || new Date(order.expires_at) <= now) throw errors.order_not_payable();
      if (known) {
        if (known.provider === provider && !known.cancel_requested) return { knownId: known.id };
        throw errors.payment_in_progress({
          errors: [{ pointer: '/provider', code: 'payment_in_progress', message: known.id }],
        });
      }
      if (order.switched_off) throw errors.provider_unavailable({ params: { provider } });
      if (order.hold === 'none' && !mayBeUnheld) return { unheldUntil: order.expires_at };
      requireChargeable(provider, capabilities, order);
      const payer = requirePayer(input, capabilities, order, ctx);
      const at = now.toISOString();
      const { number, total: amount, currency, expires_at } = order;
      const nextPollAt = new Date(now.getTime() + 60_000).toISOString();
      const payerText = JSON.stringify(payer);
      const addresses = [returnUrl, returnUrl] as const;
      tx.last(insertOnly, [
        id,
        orderId,
        provider,
        amount,
        currency,
        ...addresses,
        payerText,
        expires_at,
        at,
        nextPollAt,
      ]);
      if (capabilities.savedMethods) tx.last(keepMethod, [id]);
      await deps.jobs.send(chargeJob, { attemptId: id, act: 'create' }, ctx, { tx });
      return newPayment({ id, order_id: orderId, order_number: number, provider, amount, currency, expires_at }, at);
    })
    .catch((error: unknown) => {
      // The id is one of another order, or another tab was faster where the lock does not reach.
      const isInTheWay = ['attempts_pkey', 'one_live_attempt'].includes(violatedConstraint(error) ?? '');
      throw isInTheWay ? errors.payment_in_progress() : error;
    });
  afterCommit();
  return 'knownId' in started ? readPayment(deps, { paymentId: started.knownId }, ctx) : started;
}

function requireProvider(deps: Pick<StartDeps, 'providers'>, name: string): Capabilities {
  const configured = deps.providers.find((one) => one.name === name);
  if (!configured) throw errors.provider_unknown({ params: { provider: name } });
  if (!configured.provider) throw errors.provider_unavailable({ params: { provider: name } });
  return configured.provider.capabilities;
}

function requireChargeable(provider: string, capabilities: Capabilities, order: OrderRow): void {
  const { currencies, minimum } = capabilities;
  if (currencies !== 'any' && !currencies.includes(order.currency))
    throw errors.currency_not_supported({ params: { provider, currency: order.currency } });
  if (order.total < (minimum[order.currency] ?? 1)) throw errors.amount_too_small({ params: { provider } });
}

export type Payer = { name: string; document: string; phone: string };

function requirePayer(input: PaymentInput, { needs }: Capabilities, order: OrderRow, ctx: Ctx): Payer {
  const payer = {
    name: (input.name ?? order.buyer_name).trim(),
    document: (input.document ?? order.buyer_document).replace(/\D/g, ''),
    phone: (input.phone ?? '').replace(/[^\d+]/g, ''),
  };
  const missing = needs.filter((field) => payer[field] === '');
  if (missing.length === 0) return payer;
  throw errors.payer_details_needed({
    params: { provider: input.provider, fields: missing.map((field) => fieldNames[field][ctx.locale]).join(', ') },
    errors: missing.map((field) => ({
      pointer: `/${field}`,
      code: 'required',
      message: fieldMessage('required', ctx.locale),
    })),
  });
}

const fieldNames = {
  name: { en: 'your name', 'pt-BR': 'seu nome', es: 'tu nombre' },
  document: { en: 'your CPF or CNPJ', 'pt-BR': 'seu CPF ou CNPJ', es: 'tu CPF o CNPJ' },
  phone: { en: 'your phone number', 'pt-BR': 'seu telefone', es: 'tu teléfono' },
} as const;

/** An address of this site, whatever was asked for. @throws return_address_refused */
export function ownAddress(publicUrl: string, asked: string): string {
  const site = new URL(publicUrl);
  if (!URL.canParse(asked, publicUrl)) throw errors.return_address_refused();
  const address = new URL(asked, site);
  if (address.origin !== site.origin) throw errors.return_address_refused();
  return address.toString();
}
