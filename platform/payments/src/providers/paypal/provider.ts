import { type Clock, currencyExponent, type Money } from '@stoa/kernel';
import { z } from 'zod';
import { createAccessToken } from '../access-token.ts';
import { fromDecimal, fromProviderUnits, toDecimal, toProviderUnits } from '../amounts.ts';
import { type Egress, type EgressAnswer, readAnswer } from '../egress.ts';
import type { Facts } from '../facts.ts';
import {
  type Capabilities,
  type Charge,
  type ChargeReport,
  type DisputeReport,
  type FailureReason,
  type Provider,
  type ProviderCall,
  ProviderFailure,
  type RefundReport,
  type WebhookEvidence,
  WebhookRefused,
  type WebhookRequest,
} from '../provider.ts';
import { readJson } from '../read-json.ts';
import type { VerifyPayPalWebhook } from './verify-webhook.ts';

export type PayPalConfig = {
  /** `https://api-m.paypal.com`, without a slash at the end. */
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  /** Id PayPal gave the webhook; it is part of what is signed. */
  webhookId: string;
};

/** What PayPal can do, with the facts of the installation. */
export function payPalCapabilities(facts: Facts): Capabilities {
  return {
    captureLater: true,
    partialCapture: true,
    refund: 'partial',
    holdDays: facts['paypal.holdDays'],
    savedMethods: false,
    payouts: false,
    disputes: true,
    reports: false,
    currencies: facts['paypal.currencies'].split(/\s+/),
    minimum: {},
    needs: [],
    presents: 'redirect',
  };
}

const Amount = z.object({ currency_code: z.string(), value: z.string() });
const Link = z.object({ href: z.string(), rel: z.string() });
const Capture = z.object({
  id: z.string(),
  status: z.string(),
  amount: Amount.optional(),
  custom_id: z.string().optional(),
  status_details: z.object({ reason: z.string().optional() }).optional(),
  seller_receivable_breakdown: z.object({ paypal_fee: Amount.optional() }).optional(),
  supplementary_data: z.object({ related_ids: z.object({ order_id: z.string().optional() }).optional() }).optional(),
  links: z.array(Link).default([]),
});
const Authorization = Capture.extend({ expiration_time: z.string().optional() });
const Refund = z.object({
  id: z.string(),
  status: z.string(),
  amount: Amount.optional(),
  custom_id: z.string().optional(),
  invoice_id: z.string().optional(),
  status_details: z.object({ reason: z.string().optional() }).optional(),
});
const Order = z.object({
  id: z.string(),
  status: z.string(),
  intent: z.string().optional(),
  purchase_units: z
    .array(
      z.object({
        amount: Amount.optional(),
        custom_id: z.string().optional(),
        payments: z
          .object({
            captures: z.array(Capture).default([]),
            authorizations: z.array(Authorization).default([]),
            refunds: z.array(Refund).default([]),
          })
          .optional(),
      }),
    )
    .default([]),
  links: z.array(Link).default([]),
});
const Problem = z.object({
  name: z.string(),
  details: z.array(z.object({ issue: z.string().optional() })).optional(),
});
const Dispute = z.object({
  dispute_id: z.string(),
  reason: z.string().optional(),
  status: z.string().optional(),
  dispute_amount: Amount.optional(),
  dispute_outcome: z.object({ outcome_code: z.string().optional() }).optional(),
  seller_response_due_date: z.string().optional(),
  disputed_transactions: z
    .array(z.object({ invoice_number: z.string().optional(), custom: z.string().optional() }))
    .optional(),
});
const Verification = z.object({ verification_status: z.string() });
const Event = z.object({
  id: z.string(),
  event_type: z.string(),
  create_time: z.string().optional(),
  resource_type: z.string().optional(),
  resource: z.unknown(),
});

type PayPalOrder = z.output<typeof Order>;
type PayPalDeps = { config: PayPalConfig; egress: Egress; clock: Clock; facts: Facts; verify: VerifyPayPalWebhook };

/**
 * PayPal's Orders v2. PayPal lets nobody look an order up by our reference and never captures by itself, so:
 * `find` without PayPal's id finds nothing (the payer never got the address, and `create` with the same reference
 * returns the same order); `find` of an order that the payer approved takes or holds the money, as the charge asked.
 * When the order must not be taken any more is written into its `custom_id` as `reference|until`: unix seconds, `0`
 * once it was called off, `declined` once the payer's instrument was.
 */
export function createPayPalProvider(deps: PayPalDeps): Provider {
  const { config, egress, clock, facts } = deps;
  const capabilities = payPalCapabilities(facts);
  const amounts = amountsOf(facts);
  const accessToken = createAccessToken({
    name: 'paypal',
    egress,
    clock,
    url: `${config.apiUrl}/v1/oauth2/token`,
    clientId: config.clientId,
    clientSecret: config.clientSecret,
  });

  async function send(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    { call, body, text, requestId }: { call: ProviderCall; body?: unknown; text?: string; requestId?: string },
  ): Promise<EgressAnswer> {
    const token = await accessToken.get(call.deadline);
    const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await egress.send({
      method,
      url: `${config.apiUrl}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'GET' ? {} : { 'content-type': 'application/json', prefer: 'return=representation' }),
        ...(requestId ? { 'paypal-request-id': requestId } : {}),
      },
      ...(content === undefined ? {} : { body: content }),
      deadline: call.deadline,
    });
    if (answer.status === 401) {
      accessToken.forget(token);
      throw new ProviderFailure('not_sent', 'paypal: the access token is refused', { providerCode: 'token_refused' });
    }
    return answer;
  }

  async function getOrder(id: string, call: ProviderCall): Promise<PayPalOrder | undefined> {
    const answer = await send('GET', `/v2/checkout/orders/${encodeURIComponent(id)}`, { call });
    if (answer.status === 404) return undefined;
    if (answer.status >= 400) throw refusal('find', answer);
    return readAnswer('paypal', answer, Order);
  }

  async function requireOrder(id: string, call: ProviderCall): Promise<PayPalOrder> {
    const order = await getOrder(id, call);
    if (!order) throw unable('call', 'charge_unknown');
    return order;
  }

  /** Writes into the order that it must not be taken any more. */
  async function mark(order: PayPalOrder, value: string, call: ProviderCall): Promise<void> {
    const body = [{ op: 'replace', path: "/purchase_units/@reference_id=='stoa'/custom_id", value }];
    const answer = await send('PATCH', `/v2/checkout/orders/${encodeURIComponent(order.id)}`, { call, body });
    if (answer.status >= 400) throw refusal('cancel', answer);
  }

  const report = (order: PayPalOrder, reference: string) =>
    readAmounts(() => toReport(order, { reference, now: clock.now(), amounts }));

  /** Lets PayPal say whether it sent a webhook. @throws WebhookRefused, ProviderFailure when it does not answer */
  async function askPayPal({ headers, rawBody }: WebhookRequest): Promise<void> {
    const event = rawBody.toString('utf8');
    if (readJson(event) === undefined) throw new WebhookRefused('malformed');
    const fields = JSON.stringify({
      auth_algo: headers['paypal-auth-algo'],
      cert_url: headers['paypal-cert-url'],
      transmission_id: headers['paypal-transmission-id'],
      transmission_sig: headers['paypal-transmission-sig'],
      transmission_time: headers['paypal-transmission-time'],
      webhook_id: config.webhookId,
    });
    const deadline = new Date(clock.now().getTime() + 10_000);
    const answer = await send('POST', '/v1/notifications/verify-webhook-signature', {
      call: { idempotencyKey: headers['paypal-transmission-id'] ?? '', deadline },
      // The event goes back as the very text that came: written anew, its signature would not fit.
      text: `${fields.slice(0, -1)},"webhook_event":${event}}`,
    });
    if (answer.status >= 400) throw refusal('verify', answer);
    const { verification_status: status } = readAnswer('paypal', answer, Verification);
    if (status !== 'SUCCESS') throw new WebhookRefused('signature');
  }

  /** Takes or holds what the payer approved, unless its time is over. */
  async function complete(order: PayPalOrder, reference: string, call: ProviderCall): Promise<ChargeReport> {
    const so = report(order, reference);
    if (order.status !== 'APPROVED' || so.state !== 'processing') return so;
    const step = order.intent === 'AUTHORIZE' ? 'authorize' : 'capture';
    const answer = await send('POST', `/v2/checkout/orders/${encodeURIComponent(order.id)}/${step}`, {
      call,
      body: {},
      requestId: `${step}-${reference}`,
    });
    if (answer.status >= 400) {
      const failure = refusal(step, answer);
      const code = failure.providerCode ?? '';
      if (declines[code]) {
        // The payer could approve it once more with another card; for us it is over, so it must not be taken then.
        await mark(order, `${reference}|declined`, call).catch((error: unknown) => {
          // An order that lets nobody write into it any more is over anyway.
          if (!(error instanceof ProviderFailure) || error.outcome !== 'refused') throw error;
        });
        return { ...so, state: 'failed', reason: failure.reason, providerCode: code, nextAction: null };
      }
      if (!/^ORDER_ALREADY_(CAPTURED|AUTHORIZED)$/.test(code)) {
        if (failure.outcome !== 'refused' || code !== 'ORDER_NOT_APPROVED') throw failure;
      }
    }
    return report(await requireOrder(order.id, call), reference);
  }

  return {
    name: 'paypal',
    capabilities,
    repeatSeconds: facts['paypal.repeatHours'] * 3600,

    create: async (charge, call) => {
      if (charge.savedMethod) throw unable('create', 'saved_methods_not_supported');
      if (charge.amount.amount <= 0) throw unable('create', 'amount_invalid');
      const answer = await send('POST', '/v2/checkout/orders', {
        call,
        body: bodyOf(charge, amounts.write(charge.amount)),
        requestId: `charge-${charge.reference}`,
      });
      if (answer.status >= 400) throw refusal('create', answer);
      const order = readAnswer('paypal', answer, Order);
      // A shorter answer than asked for says no amount: then the order itself is asked.
      return report(order.purchase_units[0]?.amount ? order : await requireOrder(order.id, call), charge.reference);
    },

    find: async ({ reference, providerReference }, call) => {
      if (!providerReference) return undefined;
      const order = await getOrder(providerReference, call);
      return order && complete(order, reference, call);
    },

    capture: async ({ reference, providerReference, amount }, call) => {
      const before = await requireOrder(providerReference, call);
      const authorization = before.purchase_units[0]?.payments?.authorizations[0];
      if (!authorization) throw unable('capture', 'not_authorized');
      const answer = await send('POST', `/v2/payments/authorizations/${authorization.id}/capture`, {
        call,
        body: { amount: amounts.write(amount), final_capture: true, invoice_id: reference },
        requestId: `capture-${reference}-${amount.amount}`,
      });
      const after = report(await requireOrder(providerReference, call), reference);
      if (answer.status < 400 || after.captured === amount.amount) return after;
      throw refusal('capture', answer);
    },

    cancel: async ({ reference, providerReference }, call) => {
      const order = await requireOrder(providerReference, call);
      const so = report(order, reference);
      const authorization = order.purchase_units[0]?.payments?.authorizations[0];
      if (so.state === 'authorized' && authorization) {
        const answer = await send('POST', `/v2/payments/authorizations/${authorization.id}/void`, {
          call,
          body: {},
          requestId: `void-${reference}`,
        });
        const after = report(await requireOrder(providerReference, call), reference);
        if (answer.status >= 400 && after.state === 'authorized') throw refusal('cancel', answer);
        return after;
      }
      if (so.state !== 'requires_action' && !(so.state === 'processing' && order.status === 'APPROVED')) return so;
      await mark(order, `${reference}|0`, call);
      return report(await requireOrder(providerReference, call), reference);
    },

    refund: async ({ reference, providerReference, amount, reason }, call) => {
      const order = await requireOrder(providerReference, call);
      const known = refundIn(order, reference);
      if (known) {
        const made = readAmounts(() => toRefundReport(known, reference, amounts));
        if (made.amount.amount !== amount.amount) throw unable('refund', 'reference_reused');
        return made;
      }
      const capture = order.purchase_units[0]?.payments?.captures[0];
      if (!capture) throw unable('refund', 'not_paid');
      const answer = await send('POST', `/v2/payments/captures/${capture.id}/refund`, {
        call,
        body: {
          amount: amounts.write(amount),
          custom_id: reference,
          invoice_id: reference,
          note_to_payer: reason.slice(0, 255) || undefined,
        },
        requestId: `refund-${reference}`,
      });
      if (answer.status >= 400) throw refusal('refund', answer);
      return readAmounts(() => toRefundReport(readAnswer('paypal', answer, Refund), reference, amounts, amount));
    },

    findRefund: async ({ reference, providerReference, refundProviderReference, amount }, call) => {
      if (refundProviderReference) {
        const answer = await send('GET', `/v2/payments/refunds/${encodeURIComponent(refundProviderReference)}`, {
          call,
        });
        if (answer.status === 404) return undefined;
        if (answer.status >= 400) throw refusal('find', answer);
        return readAmounts(() => toRefundReport(readAnswer('paypal', answer, Refund), reference, amounts, amount));
      }
      const order = await getOrder(providerReference, call);
      const known = order && refundIn(order, reference);
      return known && readAmounts(() => toRefundReport(known, reference, amounts, amount));
    },

    readWebhook: async (request) => {
      if ((await deps.verify(request)) === 'unproven') await askPayPal(request);
      const parsed = Event.safeParse(readJson(request.rawBody.toString('utf8')));
      if (!parsed.success) throw new WebhookRefused('malformed');
      const { id, event_type: type, create_time: occurredAt = null } = parsed.data;
      return [{ evidenceId: id, type, occurredAt, ...toEvidence(parsed.data, amounts) }];
    },
  };
}

type Amounts = {
  write: (money: Money) => z.output<typeof Amount>;
  read: (amount: z.output<typeof Amount>) => Money;
};

/** PayPal's decimal texts. It knows no fractions of some currencies that have them. */
function amountsOf(facts: Facts): Amounts {
  const whole = new Set(facts['paypal.noFractions'].split(/\s+/));
  const taken = new Set(facts['paypal.currencies'].split(/\s+/));
  const digits = (currency: string) => (whole.has(currency) ? 0 : Math.min(2, currencyExponent(currency)));
  return {
    write: (money) => {
      if (!taken.has(money.currency)) throw unable('call', 'currency_not_supported');
      const value = toDecimal(toProviderUnits(money, digits(money.currency)), digits(money.currency));
      return { currency_code: money.currency, value };
    },
    read: ({ currency_code: currency, value }) =>
      fromProviderUnits(fromDecimal(value, digits(currency)), currency, digits(currency)),
  };
}

function bodyOf(charge: Charge, amount: z.output<typeof Amount>) {
  const until = Math.floor(charge.expiresAt.getTime() / 1000);
  return {
    intent: charge.capture === 'manual' ? 'AUTHORIZE' : 'CAPTURE',
    purchase_units: [
      {
        reference_id: 'stoa',
        custom_id: `${charge.reference}|${until}`,
        // PayPal refuses a second payment of the same invoice.
        invoice_id: charge.reference,
        description: charge.description.slice(0, 127),
        amount,
      },
    ],
    payment_source: {
      paypal: {
        experience_context: {
          payment_method_preference: 'IMMEDIATE_PAYMENT_REQUIRED',
          locale: { en: 'en-US', 'pt-BR': 'pt-BR', es: 'es-ES' }[charge.locale],
          shipping_preference: 'NO_SHIPPING',
          user_action: 'PAY_NOW',
          return_url: charge.returnUrl,
          cancel_url: charge.cancelUrl,
        },
      },
    },
  };
}

const declines: Record<string, FailureReason> = {
  INSTRUMENT_DECLINED: 'declined',
  TRANSACTION_REFUSED: 'declined',
  PAYER_CANNOT_PAY: 'declined',
  CARD_EXPIRED: 'expired_card',
  COMPLIANCE_VIOLATION: 'suspected_fraud',
  TRANSACTION_LIMIT_EXCEEDED: 'limit_exceeded',
};

type Reading = { reference: string; now: Date; amounts: Amounts };

function toReport(order: PayPalOrder, { reference, now, amounts }: Reading): ChargeReport {
  const unit = order.purchase_units[0];
  const captures = unit?.payments?.captures ?? [];
  const refunds = unit?.payments?.refunds ?? [];
  const authorization = unit?.payments?.authorizations[0];
  const said = unit?.amount ?? authorization?.amount ?? captures[0]?.amount;
  if (!said) throw new ProviderFailure('unknown', 'paypal: the order says no amount');
  const amount = amounts.read(said);
  const sum = (of: { amount?: z.output<typeof Amount> | undefined }[]) =>
    of.reduce((total, one) => total + (one.amount ? amounts.read(one.amount).amount : 0), 0);
  const taken = captures.filter(({ status }) => /^(COMPLETED|REFUNDED|PARTIALLY_REFUNDED)$/.test(status));
  const fees = taken.map(({ seller_receivable_breakdown: breakdown }) => breakdown?.paypal_fee);
  const so = stateOf(order, now);
  const link = order.links.find(({ rel }) => rel === 'payer-action' || rel === 'approve');
  const until = untilOf(unit?.custom_id);
  return {
    reference,
    providerReference: order.id,
    ...so,
    amount,
    captured: sum(taken),
    refunded: sum(refunds.filter(({ status }) => status === 'COMPLETED')),
    disputed: 0,
    fee: fees.length > 0 && fees.every((fee) => fee !== undefined) ? sum(fees.map((fee) => ({ amount: fee }))) : null,
    nextAction:
      so.state === 'requires_action' && link
        ? { type: 'redirect', url: link.href, expiresAt: until instanceof Date ? until.toISOString() : null }
        : null,
    authorizedUntil: so.state === 'authorized' ? (authorization?.expiration_time ?? null) : null,
    savedMethod: null,
    methodLabel: so.state === 'succeeded' || so.state === 'authorized' ? 'PayPal' : null,
  };
}

type State = Pick<ChargeReport, 'state' | 'reason' | 'providerCode'>;

function stateOf(order: PayPalOrder, now: Date): State {
  const payments = order.purchase_units[0]?.payments;
  const as = (state: State['state'], reason: FailureReason | null = null): State => ({
    state,
    reason,
    providerCode: order.status,
  });
  // An order can be COMPLETED while its capture is still pending: the payments decide, not the order.
  const capture = payments?.captures[0];
  if (capture) {
    if (/^(COMPLETED|REFUNDED|PARTIALLY_REFUNDED)$/.test(capture.status)) return as('succeeded');
    if (/^(DECLINED|FAILED)$/.test(capture.status)) return as('failed', 'declined');
    return as('processing');
  }
  const authorization = payments?.authorizations[0];
  if (authorization) {
    if (authorization.status === 'VOIDED') return as('canceled');
    if (authorization.status === 'DENIED') return as('failed', 'declined');
    if (authorization.status !== 'CREATED') return as('processing');
    const { expiration_time: expires } = authorization;
    return expires && Date.parse(expires) <= now.getTime() ? as('expired', 'expired') : as('authorized');
  }
  if (order.status === 'VOIDED') return as('canceled');
  const until = untilOf(order.purchase_units[0]?.custom_id);
  if (until === 'canceled') return as('canceled');
  if (until === 'declined') return as('failed', 'declined');
  if (until && until.getTime() <= now.getTime()) return as('expired', 'expired');
  return /^(CREATED|SAVED|PAYER_ACTION_REQUIRED)$/.test(order.status) ? as('requires_action') : as('processing');
}

/** Until when an order may be taken, from its `custom_id`. */
function untilOf(customId: string | undefined): Date | 'canceled' | 'declined' | undefined {
  const mark = customId?.split('|')[1];
  if (mark === '0') return 'canceled';
  if (mark === 'declined') return 'declined';
  return mark && /^\d{1,12}$/.test(mark) ? new Date(Number(mark) * 1000) : undefined;
}

function refundIn(order: PayPalOrder, reference: string): z.output<typeof Refund> | undefined {
  const refunds = order.purchase_units[0]?.payments?.refunds ?? [];
  return refunds.find(({ custom_id: custom, invoice_id: invoice }) => custom === reference || invoice === reference);
}

const refundStates: Record<string, RefundReport['state']> = {
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'failed',
};

function toRefundReport(
  refund: z.output<typeof Refund>,
  reference: string,
  amounts: Amounts,
  asked?: Money,
): RefundReport {
  const amount = refund.amount ? amounts.read(refund.amount) : asked;
  if (!amount) throw new ProviderFailure('unknown', 'paypal: the refund says no amount');
  return {
    reference,
    providerReference: refund.id,
    state: refundStates[refund.status] ?? 'processing',
    amount,
    providerCode: refund.status_details?.reason ?? null,
  };
}

type Evidence = WebhookEvidence extends infer One
  ? One extends WebhookEvidence
    ? Omit<One, 'evidenceId' | 'type' | 'occurredAt'>
    : never
  : never;

// Told apart by the form of what they are about: the names of events are not in PayPal's specification.
function toEvidence(event: z.output<typeof Event>, amounts: Amounts): Evidence {
  const dispute = Dispute.safeParse(event.resource);
  if (dispute.success) {
    const report = toDisputeReport(dispute.data, amounts);
    return report ? { about: 'dispute', report } : { about: 'nothing' };
  }
  if (event.resource_type === 'refund') {
    const refund = Refund.safeParse(event.resource);
    if (!refund.success) throw new WebhookRefused('malformed');
    const { custom_id: custom } = refund.data;
    // A refund made in PayPal's own console carries the charge's mark, ours carry their own.
    const ofCharge = custom?.includes('|') ? custom : undefined;
    const own = ofCharge ? undefined : (custom ?? refund.data.invoice_id);
    return {
      about: 'refund',
      report: own ? readAmounts(() => toRefundReport(refund.data, own, amounts)) : null,
      chargeReference: referenceOf(ofCharge),
      providerReference: null,
    };
  }
  const named = (reference: string | null, providerReference: string | null): Evidence =>
    reference || providerReference ? { about: 'charge_named', reference, providerReference } : { about: 'nothing' };
  if (event.resource_type === 'checkout-order') {
    const order = Order.safeParse(event.resource);
    if (!order.success) throw new WebhookRefused('malformed');
    return named(referenceOf(order.data.purchase_units[0]?.custom_id), order.data.id);
  }
  if (event.resource_type === 'capture' || event.resource_type === 'authorization') {
    const payment = Capture.safeParse(event.resource);
    if (!payment.success) throw new WebhookRefused('malformed');
    const up = payment.data.links.find(({ rel, href }) => rel === 'up' && href.includes('/orders/'))?.href;
    const orderId = payment.data.supplementary_data?.related_ids?.order_id ?? up?.split('/').pop() ?? null;
    return named(referenceOf(payment.data.custom_id), orderId);
  }
  return { about: 'nothing' };
}

function referenceOf(customId: string | undefined): string | null {
  return customId?.split('|')[0] || null;
}

function toDisputeReport(dispute: z.output<typeof Dispute>, amounts: Amounts): DisputeReport | undefined {
  const transaction = dispute.disputed_transactions?.[0];
  const chargeReference = transaction?.invoice_number ?? referenceOf(transaction?.custom);
  if (!chargeReference || !dispute.dispute_amount) return undefined;
  const { dispute_amount: amount } = dispute;
  const won = /SELLER_FAVOU?R|CANCELED_BY_BUYER|DENIED/.test(dispute.dispute_outcome?.outcome_code ?? '');
  return {
    providerReference: dispute.dispute_id,
    chargeReference,
    state: dispute.status === 'RESOLVED' ? (won ? 'won' : 'lost') : 'open',
    amount: readAmounts(() => amounts.read(amount)),
    reason: dispute.reason ?? 'unknown',
    respondBy: dispute.seller_response_due_date ?? null,
  };
}

function readAmounts<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new ProviderFailure('unknown', 'paypal: an amount cannot be read');
    throw error;
  }
}

function unable(operation: string, providerCode: string): ProviderFailure {
  return new ProviderFailure('refused', `paypal: ${operation} refused (${providerCode})`, { providerCode });
}

function refusal(operation: string, answer: EgressAnswer): ProviderFailure {
  const problem = Problem.safeParse(readJson(answer.text));
  if (!problem.success) return new ProviderFailure('unknown', `paypal: answered ${answer.status} in another form`);
  const providerCode = problem.data.details?.[0]?.issue ?? problem.data.name;
  return new ProviderFailure('refused', `paypal: ${operation} refused (${providerCode})`, {
    reason: declines[providerCode] ?? 'provider_error',
    providerCode,
  });
}
