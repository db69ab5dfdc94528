import { type Ctx, crashPoint, fieldMessage, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { chargeJob, pollJob } from '../jobs.ts';
import { requireOrder } from '../orders/access.ts';
import { holdOrder } from '../orders/hold-order.ts';
import type { Capabilities } from '../providers/provider.ts';
import { type PaymentView, readPayment } from './show-payment.ts';

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
  state: string;
  hold: string;
  currency: string;
  total: number;
  buyer_email: string;
  buyer_name: string;
  buyer_document: string;
  expires_at: string;
};
const lockPayable = statement<[orderId: string], OrderRow>(
  'payments.lock_payable_order',
  `select state, hold, currency, total, buyer_email, buyer_name, buyer_document, expires_at from orders where id = $1 for update`,
);
const readPayable = statement<[orderId: string], OrderRow>(
  'payments.read_payable_order',
  'select state, hold, currency, total, buyer_email, buyer_name, buyer_document, expires_at from orders where id = $1',
);
export const insertAttempt = statement<
  [
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
  ],
  { id: string }
>(
  'payments.insert_attempt',
  // Both the id (a repeated request) and the index of live payments (another tab) may be in the way.
  `insert into attempts (id, order_id, provider, amount, currency, return_url, cancel_url, payer, expires_at, created_at, updated_at, next_poll_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11) on conflict do nothing returning id`,
);
const keepMethod = statement<[id: string], never>(
  'payments.keep_attempt_method',
  // Who pays for a period of a subscription by hand pays for the next ones with the same method.
  `update attempts a set keep_method = true from orders o
   where a.id = $1 and o.id = a.order_id and o.subscription_id is not null`,
);
const findLive = statement<[orderId: string, id: string], { id: string; provider: string; cancel_requested: boolean }>(
  'payments.find_live_attempt',
  `select id, provider, cancel_requested from attempts where order_id = $1
   and (id = $2 or status in ('created', 'unknown', 'requires_action', 'processing', 'authorized'))
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
    const before = await deps.db.row(readPayable, [orderId]);
    if (before?.state === 'pending_payment' && before.hold === 'none')
      await holdOrder(deps, { orderId, expiresAt: new Date(before.expires_at) }, ctx);
    const id = ctx.requestId ?? deps.ids.id();
    const paymentId = await deps.db.transaction(async (tx) => {
      const order = await tx.row(lockPayable, [orderId]);
      if (!order) throw errors.order_not_found();
      const now = deps.clock.now();
      const repeated = await tx.row(findLive, [orderId, id]);
      if (repeated?.id === id) return id;
      if (order.state !== 'pending_payment' || new Date(order.expires_at) <= now) throw errors.order_not_payable();
      if (repeated) {
        if (repeated.provider === input.provider && !repeated.cancel_requested) return repeated.id;
        throw errors.payment_in_progress({
          errors: [{ pointer: '/provider', code: 'payment_in_progress', message: repeated.id }],
        });
      }
      requireChargeable(input.provider, capabilities, order);
      const payer = requirePayer(input, capabilities, order, ctx);
      const inserted = await tx.row(insertAttempt, [
        id,
        orderId,
        input.provider,
        order.total,
        order.currency,
        returnUrl,
        returnUrl,
        JSON.stringify(payer),
        order.expires_at,
        now.toISOString(),
        new Date(now.getTime() + 120_000).toISOString(),
      ]);
      if (!inserted) throw errors.payment_in_progress();
      if (capabilities.savedMethods) await tx.run(keepMethod, [id]);
      await deps.jobs.send(chargeJob, { attemptId: id, act: 'create' }, ctx, { tx });
      await deps.jobs.send(pollJob, { attemptId: id }, ctx, { tx, after: new Date(now.getTime() + 60_000) });
      return id;
    });
    afterCommit();
    return readPayment(deps, { paymentId }, ctx);
  };
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
