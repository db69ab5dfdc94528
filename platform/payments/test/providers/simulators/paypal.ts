import { createPublicKey, createSign, createVerify, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payPalSignedText } from '../../../src/providers/paypal/verify-webhook.ts';
import { makeCertificate } from './certificate.ts';
import {
  type Asked,
  jsonOf,
  type Machine,
  type PayerAction,
  record,
  type Simulator,
  type StartOptions,
  startMachine,
  type Told,
  type Voice,
} from './server.ts';

type Amount = { currency_code: string; value: string };
type Capture = { id: string; status: string; amount: Amount; fee: Amount; at: string; invoiceId: unknown };
type Refund = {
  id: string;
  status: string;
  amount: Amount;
  custom_id?: string;
  invoice_id?: string;
  note_to_payer?: string;
  seller_payable_breakdown: Record<string, Amount>;
  create_time: string;
  update_time: string;
  links: Link[];
};
type Link = { href: string; rel: string; method: string };
type Order = {
  id: string;
  intent: 'CAPTURE' | 'AUTHORIZE';
  status: string;
  unit: Record<string, unknown>;
  amount: Amount;
  returnUrl: string | null;
  cancelUrl: string | null;
  at: string;
  /** Whether somebody has logged in and agreed. */
  hasPayer: boolean;
  declines: boolean;
  authorization: { id: string; status: string; expires: string; at: string } | null;
  capture: Capture | null;
  refunds: Refund[];
  dispute: string | null;
};

const clientId = 'paypal-client';
const clientSecret = 'paypal-secret';
const token = 'paypal-access-token';
const webhookId = '1JE4291016473214C';

/** PayPal's Orders v2 and Payments v2, with webhooks signed by a certificate of an authority of its own. */
export function startPayPal(options: StartOptions = {}): Promise<Simulator> {
  const now = options.now ?? (() => new Date());
  const certificate = makeCertificate('messageverificationcerts.paypal.com', {
    from: new Date(now().getTime() - 86_400_000),
    to: new Date(now().getTime() + 365 * 86_400_000),
  });
  const folder = mkdtempSync(join(tmpdir(), 'stoa-paypal-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, certificate.authority);
  return startMachine(options, (voice) => {
    const sign = (body: string, how: 'genuine' | 'forged' | 'stale') => {
      const id = randomUUID();
      const age = how === 'stale' ? 6 * 86_400_000 : 0;
      const time = new Date(voice.now().getTime() - age).toISOString().replace(/\.\d+Z$/, 'Z');
      const text = payPalSignedText({ id, time, webhookId, rawBody: Buffer.from(body) });
      const signature = createSign('RSA-SHA256').update(text).sign(certificate.key, 'base64');
      return {
        'paypal-auth-algo': 'SHA256withRSA',
        'paypal-cert-url': `${voice.url}/v1/notifications/certs/CERT-SIMULATED`,
        'paypal-transmission-id': id,
        'paypal-transmission-sig': how === 'forged' ? `${signature.slice(0, -8)}AAAAAAA=` : signature,
        'paypal-transmission-time': time,
      };
    };
    return {
      machine: createPayPal(voice, sign, (signed, signature) =>
        createVerify('RSA-SHA256').update(signed).verify(createPublicKey(certificate.key), signature, 'base64'),
      ),
      serve: ({ path }) =>
        path.startsWith('/v1/notifications/certs/')
          ? { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: certificate.certificate }
          : undefined,
      settings: {
        STOA_PAYPAL_API_URL: voice.url,
        STOA_PAYPAL_CLIENT_ID: clientId,
        STOA_PAYPAL_CLIENT_SECRET: clientSecret,
        STOA_PAYPAL_WEBHOOK_ID: webhookId,
        STOA_PAYPAL_CERT_CA_FILE: authority,
      },
    };
  });
}

const wholeCurrencies = new Set(['HUF', 'JPY', 'TWD']);
const currencies = new Set(
  'AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD'.split(' '),
);

const protection = { status: 'ELIGIBLE', dispute_categories: ['ITEM_NOT_RECEIVED', 'UNAUTHORIZED_TRANSACTION'] };
const payee = { email_address: 'shop@example.com', merchant_id: 'SIMULATEDSHOP' };
const payerName = { given_name: 'Ana', surname: 'Exemplo' };
const payerEmail = 'ana@example.com';
const payerId = 'SIMULATEDPAYER';
const newId = () => randomBytes(9).toString('hex').slice(0, 17).toUpperCase();

/** Where in a request something is wrong, where that can be said. */
type Place = { field: string; location: 'body'; value?: unknown };
function problem(status: number, name: string, issue?: string, place?: Place): Told {
  const href = `https://developer.paypal.com/api/orders/v2/#error-${issue ?? name}`;
  return {
    status,
    body: {
      name,
      message: name.toLowerCase().replaceAll('_', ' '),
      debug_id: randomBytes(6).toString('hex'),
      ...(issue ? { details: [{ ...place, issue, description: issue.toLowerCase() }] } : {}),
      links: [{ href, rel: 'information_link', method: 'GET' }],
    },
  };
}
const unprocessable = (issue: string, place?: Place) => problem(422, 'UNPROCESSABLE_ENTITY', issue, place);

/** Whether what an amount is made of, where it says so, comes to it. */
function addsUp(amount: Record<string, unknown>): boolean {
  const parts = record(amount.breakdown);
  if (Object.keys(parts).length === 0) return true;
  const cents = (one: unknown) => {
    const given = read(one);
    return 'cents' in given ? given.cents : 0;
  };
  const off = cents(parts.discount) + cents(parts.shipping_discount);
  const added = ['item_total', 'tax_total', 'shipping', 'handling', 'insurance'].map((name) => cents(parts[name]));
  return added.reduce((sum, one) => sum + one, 0) - off === cents(amount);
}

/** The amount in minor units, or the issue PayPal raises. */
function read(amount: unknown): { cents: number; amount: Amount } | { issue: string } {
  const { currency_code: currency, value } = record(amount);
  if (typeof currency !== 'string' || typeof value !== 'string') return { issue: 'MISSING_REQUIRED_PARAMETER' };
  if (!currencies.has(currency)) return { issue: 'CURRENCY_NOT_SUPPORTED' };
  const whole = wholeCurrencies.has(currency);
  if (!(whole ? /^\d{1,9}$/ : /^\d{1,9}(\.\d{1,2})?$/).test(value)) return { issue: 'DECIMAL_PRECISION' };
  const [units = '0', fraction = ''] = value.split('.');
  const cents = Number(units + (whole ? '' : fraction.padEnd(2, '0')));
  return cents > 0 ? { cents, amount: { currency_code: currency, value } } : { issue: 'CANNOT_BE_ZERO_OR_NEGATIVE' };
}

function write(cents: number, currency: string): Amount {
  const text = String(cents).padStart(3, '0');
  return {
    currency_code: currency,
    value: wholeCurrencies.has(currency) ? String(cents) : `${text.slice(0, -2)}.${text.slice(-2)}`,
  };
}

const centsOf = (amount: Amount) => {
  const given = read(amount);
  return 'cents' in given ? given.cents : 0;
};

type Sign = (body: string, how: 'genuine' | 'forged' | 'stale') => Record<string, string>;

type Verify = (signed: string, signature: string) => boolean;

function createPayPal({ url, now, webhookUrl, send }: Voice, sign: Sign, verify: Verify): Machine {
  const orders = new Map<string, Order>();
  const repeats = new Map<string, { body: string; told: Told }>();

  /** What is answered when nobody asks for more. */
  const minimal = (order: Order) => {
    const { id, status, links } = show(order);
    return { id, status, payment_source: { paypal: {} }, links };
  };
  const customOf = (order: Order) => (typeof order.unit.custom_id === 'string' ? order.unit.custom_id : '');
  const link = (href: string, rel: string, method = 'GET') => ({ href, rel, method });
  const showCapture = (order: Order, capture: Capture) => ({
    id: capture.id,
    status: capture.status,
    amount: capture.amount,
    final_capture: true,
    custom_id: order.unit.custom_id,
    invoice_id: capture.invoiceId ?? order.unit.invoice_id,
    seller_protection: protection,
    seller_receivable_breakdown: {
      gross_amount: capture.amount,
      paypal_fee: capture.fee,
      net_amount: write(centsOf(capture.amount) - centsOf(capture.fee), capture.amount.currency_code),
    },
    supplementary_data: { related_ids: { order_id: order.id } },
    create_time: capture.at,
    update_time: capture.at,
    links: [
      link(`${url}/v2/payments/captures/${capture.id}`, 'self'),
      link(`${url}/v2/checkout/orders/${order.id}`, 'up'),
    ],
  });
  const showAuthorization = (order: Order) => ({
    id: order.authorization?.id,
    status: order.authorization?.status,
    amount: order.amount,
    custom_id: order.unit.custom_id,
    seller_protection: protection,
    expiration_time: order.authorization?.expires,
    create_time: order.authorization?.at,
    update_time: order.authorization?.at,
    links: [link(`${url}/v2/checkout/orders/${order.id}`, 'up')],
  });
  const show = (order: Order) => ({
    id: order.id,
    intent: order.intent,
    status: order.status,
    create_time: order.at,
    ...(order.hasPayer
      ? {
          payment_source: { paypal: { name: payerName, email_address: payerEmail, account_id: payerId } },
          payer: { name: payerName, email_address: payerEmail, payer_id: payerId },
        }
      : {}),
    purchase_units: [
      {
        ...order.unit,
        payee,
        payments: {
          ...(order.capture ? { captures: [showCapture(order, order.capture)] } : {}),
          ...(order.authorization ? { authorizations: [showAuthorization(order)] } : {}),
          ...(order.refunds.length > 0 ? { refunds: order.refunds } : {}),
        },
      },
    ],
    links: [
      link(`${url}/v2/checkout/orders/${order.id}`, 'self'),
      ...(order.status === 'PAYER_ACTION_REQUIRED' ? [link(`${url}/_pay/${order.id}`, 'payer-action')] : []),
    ],
  });

  function tell(type: string, resourceType: string, resource: unknown): void {
    const id = `WH-${newId()}-${newId()}`;
    const at = `${url}/v1/notifications/webhooks-events/${id}`;
    const body = JSON.stringify({
      id,
      event_version: '1.0',
      resource_version: '2.0',
      create_time: now().toISOString(),
      resource_type: resourceType,
      event_type: type,
      summary: type,
      resource,
      links: [link(at, 'self'), link(`${at}/resend`, 'resend', 'POST')],
    });
    send({
      url: webhookUrl(),
      body,
      sign,
      unknownOrder: () =>
        JSON.stringify({
          ...record(JSON.parse(body)),
          id: `WH-${newId()}`,
          resource_type: 'checkout-order',
          resource: { id: newId(), status: 'APPROVED', purchase_units: [{ custom_id: `${randomUUID()}|0` }] },
        }),
    });
  }

  function answer(asked: Asked): Told {
    if (asked.path === '/v1/oauth2/token') return grant(asked);
    if (asked.headers.authorization !== `Bearer ${token}`) return problem(401, 'AUTHENTICATION_FAILURE');
    if (!['GET', 'POST', 'PATCH'].includes(asked.method)) return problem(405, 'METHOD_NOT_SUPPORTED');
    if (asked.method !== 'GET' && !asked.headers['content-type']?.startsWith('application/json'))
      return problem(415, 'UNSUPPORTED_MEDIA_TYPE');
    const id = asked.headers['paypal-request-id'];
    if (asked.method !== 'POST' || !id) return route(asked);
    // A repeat with the same id gets the first answer's resource as it is now.
    const key = `${asked.path} ${id}`;
    const before = repeats.get(key);
    if (before) {
      if (before.body !== asked.body) return unprocessable('PAYPAL_REQUEST_ID_PREVIOUSLY_USED');
      const { id: known } = record(before.told.body);
      const order = typeof known === 'string' ? orders.get(known) : undefined;
      return order
        ? { status: 200, body: asked.headers.prefer === 'return=representation' ? show(order) : minimal(order) }
        : { ...before.told, status: before.told.status === 201 ? 200 : before.told.status };
    }
    const told = route(asked);
    if (told.status < 300) repeats.set(key, { body: asked.body, told });
    return told;
  }

  function grant(asked: Asked): Told {
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (asked.method !== 'POST' || asked.headers.authorization !== basic)
      return { status: 401, body: { error: 'invalid_client', error_description: 'Client Authentication failed' } };
    if (new URLSearchParams(asked.body).get('grant_type') !== 'client_credentials')
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    return {
      status: 200,
      body: {
        scope: 'https://uri.paypal.com/services/payments/payment',
        access_token: token,
        token_type: 'Bearer',
        app_id: 'APP-SIMULATED',
        expires_in: 31_668,
        nonce: randomUUID(),
      },
    };
  }

  function route(asked: Asked): Told {
    const { method, path } = asked;
    if (path === '/v2/checkout/orders' && method === 'POST') return create(asked);
    if (path === '/v1/notifications/verify-webhook-signature' && method === 'POST') return verifyWebhook(asked);
    const order = /^\/v2\/checkout\/orders\/([^/]+)(?:\/(capture|authorize))?$/.exec(path);
    if (order) {
      const found = orders.get(order[1] ?? '');
      if (!found) return problem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
      if (!order[2] && method === 'GET') return { status: 200, body: show(found) };
      if (!order[2] && method === 'PATCH') return patch(found, asked);
      if (order[2] && method === 'POST') return complete(found, order[2]);
      return problem(405, 'METHOD_NOT_SUPPORTED');
    }
    const authorization = /^\/v2\/payments\/authorizations\/([^/]+)\/(capture|void)$/.exec(path);
    if (authorization && method === 'POST') {
      const found = [...orders.values()].find((one) => one.authorization?.id === authorization[1]);
      if (!found) return problem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
      return authorization[2] === 'void' ? letGo(found) : captureHeld(found, asked);
    }
    const refund = /^\/v2\/payments\/captures\/([^/]+)\/refund$/.exec(path);
    if (refund && method === 'POST') {
      const found = [...orders.values()].find((one) => one.capture?.id === refund[1]);
      return found ? giveBack(found, asked) : problem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
    }
    const known = /^\/v2\/payments\/refunds\/([^/]+)$/.exec(path);
    const given = [...orders.values()].flatMap(({ refunds }) => refunds).find(({ id }) => id === known?.[1]);
    return given ? { status: 200, body: given } : problem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
  }

  function verifyWebhook(asked: Asked): Told {
    const body = record(jsonOf(asked));
    const at = asked.body.indexOf('"webhook_event":');
    if (at < 0 || body.webhook_id !== webhookId) return problem(400, 'VALIDATION_ERROR', 'MISSING_REQUIRED_PARAMETER');
    const rawBody = Buffer.from(asked.body.slice(at + '"webhook_event":'.length, -1));
    const signed = payPalSignedText({
      id: String(body.transmission_id),
      time: String(body.transmission_time),
      webhookId,
      rawBody,
    });
    return {
      status: 200,
      body: { verification_status: verify(signed, String(body.transmission_sig)) ? 'SUCCESS' : 'FAILURE' },
    };
  }

  function create(asked: Asked): Told {
    const body = record(jsonOf(asked));
    const units: unknown = body.purchase_units;
    const unit = record(Array.isArray(units) ? units[0] : undefined);
    if (body.intent !== 'CAPTURE' && body.intent !== 'AUTHORIZE')
      return problem(400, 'INVALID_REQUEST', 'INVALID_PARAMETER_VALUE');
    const given = read(unit.amount);
    const field = '/purchase_units/0/amount/value';
    const { value } = record(unit.amount);
    if ('issue' in given)
      return given.issue.startsWith('MISSING')
        ? problem(400, 'INVALID_REQUEST', given.issue, { field: '/purchase_units/0/amount', location: 'body' })
        : unprocessable(given.issue, { field, location: 'body', value });
    if (!addsUp(record(unit.amount))) return unprocessable('AMOUNT_MISMATCH', { field, location: 'body', value });
    const tooLong = String(unit.custom_id ?? '').length > 127 || String(unit.description ?? '').length > 127;
    if (tooLong) return problem(400, 'INVALID_REQUEST', 'INVALID_STRING_MAX_LENGTH');
    const context = record(record(record(body.payment_source).paypal).experience_context);
    const order: Order = {
      id: newId(),
      intent: body.intent,
      status: 'PAYER_ACTION_REQUIRED',
      unit,
      amount: given.amount,
      returnUrl: typeof context.return_url === 'string' ? context.return_url : null,
      cancelUrl: typeof context.cancel_url === 'string' ? context.cancel_url : null,
      at: now().toISOString(),
      hasPayer: false,
      declines: false,
      authorization: null,
      capture: null,
      refunds: [],
      dispute: null,
    };
    orders.set(order.id, order);
    if (asked.headers.prefer === 'return=representation') return { status: 201, body: show(order) };
    return { status: 201, body: minimal(order) };
  }

  function patch(order: Order, asked: Asked): Told {
    const changes = jsonOf(asked);
    if (!Array.isArray(changes)) return problem(400, 'INVALID_REQUEST', 'INVALID_PATCH_OPERATION');
    if (order.capture || order.authorization) return unprocessable('ORDER_ALREADY_COMPLETED');
    for (const given of changes) {
      const { op, path, value } = record(given);
      const unit = String(order.unit.reference_id ?? 'default');
      if (
        op !== 'replace' ||
        path !== `/purchase_units/@reference_id=='${unit}'/custom_id` ||
        typeof value !== 'string'
      )
        return unprocessable('INVALID_PATCH_OPERATION');
      order.unit = { ...order.unit, custom_id: value };
    }
    return { status: 204 };
  }

  function newCapture(amount: Amount, invoiceId?: unknown): Capture {
    const fee = write(Math.floor(centsOf(amount) * 0.0398), amount.currency_code);
    return { id: newId(), status: 'COMPLETED', amount, fee, at: now().toISOString(), invoiceId };
  }

  function complete(order: Order, step: string): Told {
    if ((step === 'capture') !== (order.intent === 'CAPTURE')) return unprocessable('ACTION_DOES_NOT_MATCH_INTENT');
    if (order.capture) return unprocessable('ORDER_ALREADY_CAPTURED');
    if (order.authorization) return unprocessable('ORDER_ALREADY_AUTHORIZED');
    if (order.status !== 'APPROVED') return unprocessable('ORDER_NOT_APPROVED');
    if (order.declines) {
      order.status = 'PAYER_ACTION_REQUIRED';
      return unprocessable('INSTRUMENT_DECLINED');
    }
    order.status = 'COMPLETED';
    if (step === 'capture') {
      order.capture = newCapture(order.amount);
      tell('PAYMENT.CAPTURE.COMPLETED', 'capture', showCapture(order, order.capture));
    } else {
      order.authorization = {
        id: newId(),
        status: 'CREATED',
        at: now().toISOString(),
        expires: new Date(now().getTime() + 29 * 86_400_000).toISOString(),
      };
      tell('PAYMENT.AUTHORIZATION.CREATED', 'authorization', showAuthorization(order));
    }
    return { status: 201, body: show(order) };
  }

  function captureHeld(order: Order, asked: Asked): Told {
    const { authorization } = order;
    if (!authorization || authorization.status === 'VOIDED') return unprocessable('AUTHORIZATION_VOIDED');
    if (order.capture) return unprocessable('AUTHORIZATION_ALREADY_CAPTURED');
    const body = record(jsonOf(asked));
    const given =
      body.amount === undefined ? { cents: centsOf(order.amount), amount: order.amount } : read(body.amount);
    if ('issue' in given) return unprocessable(given.issue);
    if (given.amount.currency_code !== order.amount.currency_code) return unprocessable('CURRENCY_MISMATCH');
    if (given.cents > centsOf(order.amount)) return unprocessable('MAX_CAPTURE_AMOUNT_EXCEEDED');
    order.capture = newCapture(given.amount, body.invoice_id);
    authorization.status = given.cents === centsOf(order.amount) ? 'CAPTURED' : 'PARTIALLY_CAPTURED';
    tell('PAYMENT.CAPTURE.COMPLETED', 'capture', showCapture(order, order.capture));
    return { status: 201, body: showCapture(order, order.capture) };
  }

  function letGo(order: Order): Told {
    if (order.capture) return unprocessable('PREVIOUSLY_CAPTURED');
    if (order.authorization) order.authorization.status = 'VOIDED';
    tell('PAYMENT.AUTHORIZATION.VOIDED', 'authorization', showAuthorization(order));
    return { status: 204 };
  }

  function giveBack(order: Order, asked: Asked): Told {
    const body = record(jsonOf(asked));
    const { capture } = order;
    if (!capture) return unprocessable('CAPTURE_NOT_FOUND');
    const left = centsOf(capture.amount) - order.refunds.reduce((sum, refund) => sum + centsOf(refund.amount), 0);
    const given =
      body.amount === undefined
        ? { cents: left, amount: write(left, capture.amount.currency_code) }
        : read(body.amount);
    if ('issue' in given) return unprocessable(given.issue);
    if (left === 0) return unprocessable('CAPTURE_FULLY_REFUNDED');
    if (given.amount.currency_code !== capture.amount.currency_code) return unprocessable('CURRENCY_MISMATCH');
    if (given.cents > left) return unprocessable('REFUND_AMOUNT_EXCEEDED');
    const id = newId();
    const currency = given.amount.currency_code;
    const before = centsOf(capture.amount) - left;
    const refund: Refund = {
      id,
      status: 'COMPLETED',
      amount: given.amount,
      seller_payable_breakdown: {
        gross_amount: given.amount,
        paypal_fee: write(0, currency),
        net_amount: given.amount,
        total_refunded_amount: write(before + given.cents, currency),
      },
      create_time: now().toISOString(),
      update_time: now().toISOString(),
      links: [
        link(`${url}/v2/payments/refunds/${id}`, 'self'),
        link(`${url}/v2/payments/captures/${capture.id}`, 'up'),
      ],
      ...(typeof body.note_to_payer === 'string' ? { note_to_payer: body.note_to_payer } : {}),
      ...(typeof body.custom_id === 'string' ? { custom_id: body.custom_id } : {}),
      ...(typeof body.invoice_id === 'string' ? { invoice_id: body.invoice_id } : {}),
    };
    order.refunds.push(refund);
    capture.status = given.cents === left ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    tell('PAYMENT.CAPTURE.REFUNDED', 'refund', refund);
    return { status: 201, body: refund };
  }

  function disputeOf(order: Order, outcome?: string) {
    return {
      dispute_id: order.dispute,
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
      status: outcome ? 'RESOLVED' : 'OPEN',
      dispute_amount: order.capture?.amount,
      ...(outcome ? { dispute_outcome: { outcome_code: outcome } } : {}),
      seller_response_due_date: new Date(now().getTime() + 10 * 86_400_000).toISOString(),
      disputed_transactions: [{ invoice_number: order.unit.invoice_id, custom: order.unit.custom_id }],
    };
  }

  function act(id: string, action: PayerAction): { goTo: string | null } {
    if (action === 'card_ends') throw new Error('paypal: keeps no cards');
    const order = orders.get(id);
    if (!order) throw new Error('paypal: no such order');
    switch (action) {
      case 'pay':
      case 'decline':
        if (order.status !== 'PAYER_ACTION_REQUIRED') throw new Error('paypal: the order cannot be approved');
        order.status = 'APPROVED';
        order.hasPayer = true;
        order.declines = action === 'decline';
        tell('CHECKOUT.ORDER.APPROVED', 'checkout-order', show(order));
        return { goTo: order.returnUrl };
      case 'dispute':
        order.dispute = `PP-R-${newId()}`;
        tell('CUSTOMER.DISPUTE.CREATED', 'dispute', disputeOf(order));
        return { goTo: null };
      case 'dispute_won':
      case 'dispute_lost':
        tell(
          'CUSTOMER.DISPUTE.RESOLVED',
          'dispute',
          disputeOf(order, action === 'dispute_won' ? 'RESOLVED_SELLER_FAVOUR' : 'RESOLVED_BUYER_FAVOUR'),
        );
        return { goTo: null };
      default:
        return { goTo: order.cancelUrl };
    }
  }

  return {
    name: 'paypal',
    answer,
    operationOf: ({ method, path }) => {
      if (path.endsWith('/token')) return 'token';
      if (path.endsWith('/refund')) return 'refund';
      if (path.endsWith('/capture') || path.endsWith('/authorize')) return 'capture';
      if (path.endsWith('/void') || method === 'PATCH') return 'cancel';
      return method === 'POST' ? 'create' : 'find';
    },
    act,
    find: (given) => {
      const last = given.split('/').pop() ?? '';
      if (orders.has(last)) return last;
      return [...orders.values()].find((order) => customOf(order).split('|')[0] === given)?.id;
    },
    book: () =>
      [...orders.values()].map((order) => ({
        reference: customOf(order).split('|')[0] ?? '',
        providerReference: order.id,
        amount: { amount: centsOf(order.amount), currency: order.amount.currency_code },
        state: order.capture?.status ?? order.authorization?.status ?? order.status,
        captured: order.capture ? centsOf(order.capture.amount) : 0,
        refunded: order.refunds.reduce((sum, refund) => sum + centsOf(refund.amount), 0),
        refunds: order.refunds.map((refund) => ({ reference: refund.custom_id ?? '', amount: centsOf(refund.amount) })),
      })),
    distort: (body, what) => {
      const order = record(body);
      if (!Array.isArray(order.purchase_units)) return body;
      const units: unknown[] = order.purchase_units;
      const changed = what === 'amount' ? { value: '0.01' } : { currency_code: 'SEK' };
      return {
        ...order,
        purchase_units: units.map((unit) => ({
          ...record(unit),
          amount: { ...record(record(unit).amount), ...changed },
        })),
      };
    },
  };
}
