import type { Clock, Money } from '@stoa/kernel';
import { z } from 'zod';
import { fromDecimal, toDecimal } from '../amounts.ts';
import { type Egress, type EgressAnswer, readAnswer } from '../egress.ts';
import type { Facts } from '../facts.ts';
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
import { secretEquals } from '../secret-equals.ts';

export type PicPayConfig = {
  /** E.g. `https://appws.picpay.com/ecommerce/public`, without a slash at the end. */
  apiUrl: string;
  token: string;
  sellerToken: string;
  /** The v3 specification has `/refunds`, the guides still describe `/cancellations`. */
  refundEndpoint: 'refunds' | 'cancellations';
};

/** What PicPay can do, with the facts of the installation. */
export function picPayCapabilities(facts: Facts): Capabilities {
  return {
    captureLater: true,
    partialCapture: true,
    refund: 'partial',
    holdDays: facts['picpay.holdDays'],
    savedMethods: false,
    payouts: false,
    disputes: true,
    reports: false,
    currencies: ['BRL'],
    minimum: { BRL: 1 },
    needs: ['document', 'name'],
    presents: 'qr_code',
  };
}

const Made = z.object({
  referenceId: z.string(),
  paymentUrl: z.string().optional(),
  expiresAt: z.string().optional(),
  qrcode: z.object({ content: z.string().optional() }).optional(),
});
const Decimal = z.union([z.number(), z.string()]);
const Summary = z.object({ authorized: Decimal.optional(), paid: Decimal.optional(), refunded: Decimal.optional() });
const Status = z.object({
  referenceId: z.string(),
  status: z.string(),
  authorizationId: z.string().nullish(),
  summary: Summary.optional(),
});
const Refunded = z.object({ id: z.string().optional(), cancellationId: z.string().optional() });
const Problem = z.object({
  message: z.string().optional(),
  errors: z.array(z.object({ field: z.string() })).optional(),
});
const Callback = z.object({ referenceId: z.string().min(1), authorizationId: z.string().nullish() });

type PicPayDeps = { config: PicPayConfig; egress: Egress; clock: Clock; facts: Facts };
type PicPayStatus = z.output<typeof Status>;

/**
 * PicPay's e-commerce API (v3). Charges are found by our own reference; callbacks only name one, its state is always
 * asked for. Refunds have no key of their own there, so what was refunded before tells whether one has happened.
 */
export function createPicPayProvider(deps: PicPayDeps): Provider {
  const { config, egress, clock } = deps;
  const capabilities = picPayCapabilities(deps.facts);

  function send(
    method: 'GET' | 'POST',
    path: string,
    { call, body }: { call: ProviderCall; body?: unknown },
  ): Promise<EgressAnswer> {
    return egress.send({
      method,
      url: `${config.apiUrl}${path}`,
      headers: {
        'x-picpay-token': config.token,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      deadline: call.deadline,
    });
  }

  const pathOf = (reference: string, rest: string) => `/payments/${encodeURIComponent(reference)}/${rest}`;

  async function getStatus(reference: string, call: ProviderCall): Promise<PicPayStatus | undefined> {
    const answer = await send('GET', pathOf(reference, 'status'), { call });
    if (answer.status === 404 || answer.status === 422) return undefined;
    if (answer.status >= 400) throw refusal('find', answer);
    return readAnswer('picpay', answer, Status);
  }

  async function get(of: { reference: string; amount?: Money }, call: ProviderCall): Promise<ChargeReport | undefined> {
    const status = await getStatus(of.reference, call);
    return status && toReport(status, of.amount);
  }

  return {
    name: 'picpay',
    capabilities,

    create: async (charge, call) => {
      if (charge.amount.currency !== 'BRL') throw unable('create', 'currency_not_supported');
      if (charge.savedMethod) throw unable('create', 'saved_methods_not_supported');
      if (charge.amount.amount <= 0) throw unable('create', 'amount_invalid');
      if (!charge.payer.document) throw unable('create', 'document_required', 'wrong_details');
      const answer = await send('POST', '/payments', { call, body: bodyOf(charge) });
      if (answer.status < 400) return toCreated(readAnswer('picpay', answer, Made), charge);
      const failure = refusal('create', answer);
      // Refused because it exists already? Only once something was authorized does PicPay say the amount.
      const status = answer.status === 422 ? await getStatus(charge.reference, call) : undefined;
      if (!status?.summary?.authorized) throw failure;
      const existing = toReport(status, undefined);
      if (existing.amount.amount !== charge.amount.amount) throw unable('create', 'reference_reused');
      return existing;
    },

    find: ({ reference, amount }, call) => get({ reference, ...(amount ? { amount } : {}) }, call),

    capture: async ({ reference, amount }, call) => {
      if (amount.currency !== 'BRL') throw unable('capture', 'currency_not_supported');
      const answer = await send('POST', pathOf(reference, 'capture'), {
        call,
        body: { amount: decimalNumber(amount) },
      });
      if (answer.status < 400) return toReport(readAnswer('picpay', answer, Status), undefined);
      const failure = refusal('capture', answer);
      const existing = await get({ reference }, call);
      if (existing?.state === 'succeeded' && existing.captured === amount.amount) return existing;
      throw failure;
    },

    cancel: async ({ reference }, call) => {
      const status = await getStatus(reference, call);
      if (!status) throw unable('cancel', 'charge_unknown');
      const before = toReport(status, zero);
      if (before.state !== 'requires_action' && before.state !== 'authorized' && before.state !== 'processing')
        return before;
      const body = status.authorizationId ? { authorizationId: status.authorizationId } : {};
      const answer = await send('POST', pathOf(reference, config.refundEndpoint), { call, body });
      if (answer.status >= 400) throw refusal('cancel', answer);
      const after = await get({ reference, amount: before.amount }, call);
      if (!after) throw new ProviderFailure('unknown', 'picpay: a charge came and went');
      // Nothing was taken and it was called off: whatever word PicPay has for that, it is over.
      return after.captured === 0 && after.state !== 'expired'
        ? { ...after, state: 'canceled', nextAction: null }
        : after;
    },

    refund: async ({ reference, chargeReference, amount, refundedBefore }, call) => {
      if (amount.currency !== 'BRL') throw unable('refund', 'currency_not_supported');
      const status = await getStatus(chargeReference, call);
      if (!status) throw unable('refund', 'charge_unknown');
      const so = toReport(status, undefined);
      const done = hasHappened({
        captured: so.captured,
        refunded: so.refunded,
        before: refundedBefore,
        amount: amount.amount,
      });
      if (done === 'yes') return toRefundReport({ reference, amount, id: undefined });
      if (done === 'unclear') throw unable('refund', 'refunded_before_unknown');
      if (so.state !== 'succeeded') throw unable('refund', 'not_paid');
      if (amount.amount <= 0 || amount.amount > so.captured - so.refunded) throw unable('refund', 'amount_too_large');
      if (config.refundEndpoint === 'cancellations' && amount.amount !== so.captured)
        throw unable('refund', 'partial_refund_not_supported');
      const answer = await send('POST', pathOf(chargeReference, config.refundEndpoint), {
        call,
        body: {
          ...(status.authorizationId ? { authorizationId: status.authorizationId } : {}),
          ...(config.refundEndpoint === 'refunds' ? { amount: decimalNumber(amount) } : {}),
        },
      });
      if (answer.status >= 400) throw refusal('refund', answer);
      const { id, cancellationId } = readAnswer('picpay', answer, Refunded);
      return toRefundReport({ reference, amount, id: id ?? cancellationId });
    },

    findRefund: async ({ reference, chargeReference, refundProviderReference, amount, refundedBefore }, call) => {
      const status = await getStatus(chargeReference, call);
      if (!status) return undefined;
      const { captured, refunded } = toReport(status, amount);
      if (refundProviderReference) return toRefundReport({ reference, amount, id: refundProviderReference });
      const done = hasHappened({ captured, refunded, before: refundedBefore, amount: amount.amount });
      if (done === 'unclear') throw new ProviderFailure('unknown', 'picpay: cannot tell one refund from another');
      return done === 'yes' ? toRefundReport({ reference, amount, id: undefined }) : undefined;
    },

    readWebhook: async ({ headers, rawBody }) => {
      if (!secretEquals(headers['x-seller-token'], config.sellerToken)) throw new WebhookRefused('signature');
      const parsed = Callback.safeParse(readJson(rawBody.toString('utf8')));
      if (!parsed.success) throw new WebhookRefused('malformed');
      const { referenceId, authorizationId } = parsed.data;
      // A callback has no id and no state. The minute sets a later change apart from a repeat of this one.
      const minute = clock.now().toISOString().slice(0, 16);
      return [
        {
          evidenceId: [referenceId, authorizationId ?? 'none', minute].join(':'),
          type: 'callback',
          occurredAt: null,
          about: 'charge_named',
          reference: referenceId,
          providerReference: referenceId,
        },
      ];
    },
  };
}

const zero: Money = { amount: 0, currency: 'BRL' };

/** PicPay wants a JSON number in reais. The shortest text of the number is the decimal it was made from. */
function decimalNumber(amount: Money): number {
  return Number(toDecimal(amount.amount, 2));
}

function bodyOf(charge: Charge) {
  const { document = '', name, email, phone } = charge.payer;
  const [firstName = '', ...rest] = name.trim().split(/\s+/);
  return {
    referenceId: charge.reference,
    callbackUrl: charge.callbackUrl,
    returnUrl: charge.returnUrl,
    leaveUrl: charge.cancelUrl,
    value: decimalNumber(charge.amount),
    expiresAt: charge.expiresAt.toISOString(),
    purchaseMode: 'online',
    buyer: {
      document: formatDocument(document),
      firstName,
      lastName: rest.join(' '),
      email,
      ...(phone ? { phone: formatPhone(phone) } : {}),
    },
    autoCapture: charge.capture === 'automatic',
  };
}

/** `12345678909` → `123.456.789-09`, `12345678000195` → `12.345.678/0001-95`. */
function formatDocument(digits: string): string {
  if (digits.length === 14) return digits.replace(/^(\d{2})(\d{3})(\d{3})(\d{4})(\d{2})$/, '$1.$2.$3/$4-$5');
  return digits.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4');
}

/** `+5527123456789` → `+55 27 12345-6789`; other countries stay as they are. */
function formatPhone(phone: string): string {
  return phone.replace(/^\+55(\d{2})(\d{4,5})(\d{4})$/, '+55 $1 $2-$3');
}

function toCreated(made: z.output<typeof Made>, charge: Charge): ChargeReport {
  const qrCode = made.qrcode?.content ?? made.paymentUrl;
  if (!qrCode) throw new ProviderFailure('unknown', 'picpay: the charge has no code and no address');
  return {
    ...blank(charge.reference),
    state: 'requires_action',
    amount: charge.amount,
    nextAction: {
      type: 'qr_code',
      qrCode,
      url: made.paymentUrl ?? null,
      expiresAt:
        made.expiresAt && !Number.isNaN(Date.parse(made.expiresAt)) ? new Date(made.expiresAt).toISOString() : null,
    },
  };
}

function blank(reference: string) {
  return {
    reference,
    providerReference: reference,
    captured: 0,
    refunded: 0,
    disputed: 0,
    fee: null,
    reason: null,
    providerCode: null,
    nextAction: null,
    authorizedUntil: null,
    savedMethod: null,
    methodLabel: null,
  };
}

// The v3 specification, the legacy one and the guides name different states; what none of them names is not final.
const states: Record<string, ChargeReport['state']> = {
  created: 'requires_action',
  pending: 'processing',
  analysis: 'processing',
  expired: 'expired',
  authorized: 'authorized',
  paid: 'succeeded',
  completed: 'succeeded',
  refunded: 'succeeded',
  chargeback: 'succeeded',
};

function toReport(status: PicPayStatus, asked: Money | undefined): ChargeReport {
  const { summary } = status;
  const read = (value: string | number | undefined) => {
    try {
      return value === undefined ? undefined : fromDecimal(value, 2);
    } catch {
      throw new ProviderFailure('unknown', 'picpay: an amount cannot be read');
    }
  };
  const [authorized, paid, refunded] = [read(summary?.authorized), read(summary?.paid), read(summary?.refunded)];
  const known = authorized || paid || asked?.amount;
  if (known === undefined)
    throw new ProviderFailure('unknown', 'picpay: says no amount, and none was passed to compare with');
  const state = states[status.status] ?? 'processing';
  const over = status.status === 'refunded';
  // A refund of what was never taken is the end of an authorization.
  if (over && summary && !paid)
    return { ...blank(status.referenceId), state: 'canceled', amount: brl(known), providerCode: status.status };
  const captured = state === 'succeeded' ? (paid ?? known) : 0;
  const back = refunded ?? (over ? captured : 0);
  return {
    ...blank(status.referenceId),
    state,
    amount: brl(known),
    captured,
    refunded: back,
    disputed: status.status === 'chargeback' ? captured - back : 0,
    reason: state === 'expired' ? 'expired' : null,
    providerCode: status.status,
    methodLabel: state === 'succeeded' || state === 'authorized' ? 'PicPay' : null,
  };
}

function brl(amount: number): Money {
  return { amount, currency: 'BRL' };
}

function toRefundReport(of: { reference: string; amount: Money; id: string | undefined }): RefundReport {
  return {
    reference: of.reference,
    providerReference: of.id ?? of.reference,
    state: 'succeeded',
    amount: of.amount,
    providerCode: null,
  };
}

/** Whether a refund is in the sum of refunds, given what was refunded before it. */
function hasHappened(of: {
  captured: number;
  refunded: number;
  before: number | undefined;
  amount: number;
}): 'yes' | 'no' | 'unclear' {
  if (of.refunded === 0) return 'no';
  // All of it was to go back, and all of it has gone: there is no room for another refund beside this one.
  if (of.amount === of.captured && of.refunded === of.captured) return 'yes';
  if (of.before === undefined) return 'unclear';
  if (of.refunded === of.before) return 'no';
  return of.refunded >= of.before + of.amount ? 'yes' : 'unclear';
}

function unable(operation: string, providerCode: string, reason?: 'wrong_details'): ProviderFailure {
  return new ProviderFailure('refused', `picpay: ${operation} refused (${providerCode})`, {
    providerCode,
    ...(reason ? { reason } : {}),
  });
}

function refusal(operation: string, answer: EgressAnswer): ProviderFailure {
  const problem = Problem.safeParse(readJson(answer.text));
  if (!problem.success && answer.status !== 401)
    return new ProviderFailure('unknown', `picpay: answered ${answer.status} in another form`);
  const field = problem.success ? problem.data.errors?.[0]?.field.replace(/\.$/, '') : undefined;
  const providerCode = answer.status === 401 ? 'token_refused' : (field ?? String(answer.status));
  return new ProviderFailure('refused', `picpay: ${operation} refused (${providerCode})`, {
    reason: field?.startsWith('buyer') ? 'wrong_details' : 'provider_error',
    providerCode,
  });
}
