import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { casesOf, type FixtureCase, fixturesAbsent } from './fixtures.ts';
import type { PayerAction, SentWebhook, Simulator } from './simulators/server.ts';
import { type SimulatorName, startSimulator } from './simulators/start-simulator.ts';

/**
 * Holds what the simulators say directly against the providers' example payloads, without an adapter between: whoever
 * tests against a simulator tests against the provider's words. Each case is played, or it says why not.
 */

type Json = Record<string, unknown>;
type Answer = { status: number; type: string; body: unknown };
type Asking = { body?: unknown; headers?: Record<string, string> };
/** A provider to speak with as its API documentation says, by nothing but HTTP. */
type Wire = {
  ask: (method: string, path: string, asking?: Asking) => Promise<Answer>;
  act: (key: string, action: PayerAction) => void;
  /** The newest webhook, of a kind where a provider has kinds. */
  told: (kind?: string) => SentWebhook;
  simulator: Simulator;
};
type Played = Answer | SentWebhook;
type Play = (wire: Wire, given: FixtureCase) => Promise<Played>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const field = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
const text = (value: unknown, ...path: (string | number)[]) => String(field(value, ...path));

/** What a value is to whoever reads it: its type, and for text how it is written. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return Array.isArray(value) ? 'list' : typeof value;
  if (/^-?\d+\.\d+$/.test(value)) return /^-?\d+\.\d{2}$/.test(value) ? 'decimal' : 'text';
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value)) return 'moment';
  if (/^https?:\/\//.test(value)) return 'address';
  return 'text';
}

/** Every field of a payload as `parent.name`, with its kind; places in lists do not count. */
function fieldsOf(value: unknown, parent = ''): [name: string, kind: string][] {
  if (Array.isArray(value)) return value.flatMap((one) => fieldsOf(one, `${parent}[]`));
  if (!isObject(value)) return parent.endsWith('[]') ? [[parent, kindOf(value)]] : [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [`${parent}.${name}`, kindOf(inner)] as [string, string],
    // What somebody may name as they like is one field.
    ...(name === 'metadata' ? [] : fieldsOf(inner, name)),
  ]);
}

/** Every field that a provider's examples have anywhere, with the kinds it has there. */
function vocabularyOf(cases: readonly FixtureCase[]): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  for (const { kind, request, response } of cases)
    for (const [name, of] of fieldsOf(kind === 'webhook' ? request.body : response.body))
      known.set(name, (known.get(name) ?? new Set()).add(of));
  return known;
}

type Provider = {
  name: SimulatorName;
  plays: Record<string, Play>;
  /** Cases a simulator has no part in, and why. */
  unplayed: [RegExp, string][];
  /** Fields of the examples that a simulator does not send, and why. */
  leavesOut: [RegExp, string][];
  /** Fields a simulator sends that no example has, and where they are from. */
  adds: [RegExp, string][];
};

/** What is wrong with what was played, against the example of it. */
function differences(
  played: Played,
  given: FixtureCase,
  { known, leavesOut, adds }: Pick<Provider, 'leavesOut' | 'adds'> & { known: Map<string, Set<string>> },
): string[] {
  const wrong: string[] = [];
  const isWebhook = 'mode' in played;
  const body: unknown = isWebhook ? JSON.parse(played.body) : played.body;
  const example = isWebhook ? given.request.body : given.response.body;
  if (isWebhook) {
    const names = Object.keys(given.request.headers).map((name) => name.toLowerCase());
    for (const name of names.filter((one) => !/^(host|accept|user-agent|content-length)$/.test(one)))
      if (!(name in played.headers)) wrong.push(`sends no header ${name}`);
  } else {
    if (played.status !== given.response.status)
      wrong.push(`answers ${played.status}, not ${given.response.status}: ${JSON.stringify(body)}`);
    const type = String(given.response.headers?.['Content-Type'] ?? given.response.headers?.['content-type'] ?? '');
    if (type && example !== null && played.type.split(';')[0] !== type.split(';')[0])
      wrong.push(`answers as ${played.type}, not ${type}`);
  }
  const said = fieldsOf(body);
  for (const [name, kind] of said) {
    const kinds = known.get(name);
    if (!kinds) {
      if (!adds.some(([pattern]) => pattern.test(name))) wrong.push(`invents ${name}`);
    } else if (kind !== 'null' && !kinds.has(kind) && !(kinds.size === 1 && kinds.has('null')))
      wrong.push(`writes ${name} as ${kind}, not ${[...kinds].join(' or ')}`);
  }
  const names = new Set(said.map(([name]) => name));
  for (const [name] of fieldsOf(example))
    if (!names.has(name) && !leavesOut.some(([pattern]) => pattern.test(name))) wrong.push(`leaves out ${name}`);
  return [...new Set(wrong)];
}

async function openWire(name: SimulatorName, login: Record<string, string>): Promise<Wire & { close: () => unknown }> {
  // Nobody listens there: what was sent is read here.
  const simulator = await startSimulator(name, { webhookUrl: 'http://127.0.0.1:1/' });
  return {
    simulator,
    ask: async (method, path, { body, headers = {} } = {}) => {
      const isForm = typeof body === 'string';
      const response = await fetch(`${simulator.url}${path}`, {
        method,
        headers: {
          ...(body === undefined
            ? {}
            : { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }),
          ...login,
          ...headers,
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      });
      const answer = await response.text();
      return {
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        body: answer ? JSON.parse(answer) : null,
      };
    },
    act: (key, action) => simulator.act(key, action),
    told: (kind) => {
      // Without those that are sent again because nobody took them: they may be older than the newest.
      const first = simulator.sent.filter(({ body }, at, all) => all.findIndex((one) => one.body === body) === at);
      const sent = first.findLast(
        ({ body }) => !kind || [text(JSON.parse(body), 'event_type'), text(JSON.parse(body), 'type')].includes(kind),
      );
      return sent ?? assert.fail(`nothing was told of ${kind}`);
    },
    close: () => simulator.close(),
  };
}

// PicPay ------------------------------------------------------------------------------------------------------------

const picpayAt = '/ecommerce/public/payments';
/** A payment as a case asks for it, under a name of its own. */
async function picpayPayment(wire: Wire, given: Json): Promise<string> {
  const referenceId = randomUUID();
  const made = await wire.ask('POST', picpayAt, { body: { ...picpayOrder, ...given, referenceId } });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  return referenceId;
}
const picpayOrder = {
  callbackUrl: 'https://shop.example.com/callback',
  value: 100,
  buyer: { document: '123.456.789-09' },
};
const picpayStatus = (wire: Wire, id: string) => wire.ask('GET', `${picpayAt}/${id}/status`);
const picpayLogin = { 'x-picpay-token': 'wrong' };
async function picpayPaid(wire: Wire, given: Json = {}): Promise<{ id: string; authorizationId: unknown }> {
  const id = await picpayPayment(wire, given);
  wire.act(id, 'pay');
  return { id, authorizationId: field((await picpayStatus(wire, id)).body, 'authorizationId') };
}
const picpayRefund: Play = async (wire, { request }) => {
  const { id, authorizationId } = await picpayPaid(wire);
  return wire.ask('POST', `${picpayAt}/${id}/refunds`, { body: { ...Object(request.body), authorizationId } });
};
const picpayCapture: Play = async (wire, { request }) => {
  const { id } = await picpayPaid(wire, { autoCapture: false });
  return wire.ask('POST', `${picpayAt}/${id}/capture`, { body: request.body });
};
const picpayCreate: Play = (wire, { request }) =>
  wire.ask('POST', picpayAt, { body: { ...Object(request.body), referenceId: randomUUID() } });

const picpay: Provider = {
  name: 'picpay',
  plays: {
    'POST_payments.created': picpayCreate,
    'POST_payments.late-capture': picpayCreate,
    'POST_payments.required-fields-only': picpayCreate,
    'POST_payments.validation-error': picpayCreate,
    'POST_payments.unauthorized': (wire, { request }) =>
      wire.ask('POST', picpayAt, { body: request.body, headers: picpayLogin }),
    'GET_payments_referenceId_status.unauthorized': (wire) =>
      wire.ask('GET', `${picpayAt}/102030/status`, { headers: picpayLogin }),
    'POST_payments_referenceId_capture.unauthorized': (wire) =>
      wire.ask('POST', `${picpayAt}/102030/capture`, { body: {}, headers: picpayLogin }),
    'GET_payments_referenceId_status.created': async (wire) => picpayStatus(wire, await picpayPayment(wire, {})),
    'GET_payments_referenceId_status.expired': async (wire) =>
      picpayStatus(wire, await picpayPayment(wire, { expiresAt: '2020-05-01T16:00:00-03:00' })),
    'GET_payments_referenceId_status.authorized': async (wire) =>
      picpayStatus(wire, (await picpayPaid(wire, { autoCapture: false })).id),
    'GET_payments_referenceId_status.paid': async (wire) => picpayStatus(wire, (await picpayPaid(wire)).id),
    'GET_payments_referenceId_status.chargeback': async (wire) => {
      const { id } = await picpayPaid(wire);
      wire.act(id, 'dispute');
      return picpayStatus(wire, id);
    },
    'GET_payments_referenceId_status.refunded': async (wire) => {
      const { id, authorizationId } = await picpayPaid(wire);
      await wire.ask('POST', `${picpayAt}/${id}/refunds`, { body: { authorizationId } });
      return picpayStatus(wire, id);
    },
    'GET_payments_referenceId_status.partially-refunded': async (wire) => {
      const { id, authorizationId } = await picpayPaid(wire);
      await wire.ask('POST', `${picpayAt}/${id}/refunds`, { body: { authorizationId, amount: 5.99 } });
      return picpayStatus(wire, id);
    },
    'POST_payments_referenceId_capture.full': picpayCapture,
    'POST_payments_referenceId_capture.partial': picpayCapture,
    'POST_payments_referenceId_capture.over-amount': picpayCapture,
    'POST_payments_referenceId_refunds.full': picpayRefund,
    'POST_payments_referenceId_refunds.partial': picpayRefund,
    'POST_payments_referenceId_refunds.amount-too-large': picpayRefund,
    'POST_payments_referenceId_refunds.negative-amount': picpayRefund,
    'POST_payments_referenceId_refunds.already-refunded': async (wire, { request }) => {
      const { id, authorizationId } = await picpayPaid(wire);
      await wire.ask('POST', `${picpayAt}/${id}/refunds`, { body: { authorizationId } });
      return wire.ask('POST', `${picpayAt}/${id}/refunds`, { body: { ...Object(request.body), authorizationId } });
    },
    'POST_payments_referenceId_refunds.unpaid-order': async (wire, { request }) =>
      wire.ask('POST', `${picpayAt}/${await picpayPayment(wire, {})}/refunds`, { body: request.body }),
    'POST_payments_referenceId_cancellations.legacy-unpaid': async (wire, { request }) =>
      wire.ask('POST', `${picpayAt}/${await picpayPayment(wire, {})}/cancellations`, { body: request.body }),
    'POST_payments_referenceId_cancellations.legacy-paid': async (wire) => {
      const { id, authorizationId } = await picpayPaid(wire);
      return wire.ask('POST', `${picpayAt}/${id}/cancellations`, { body: { authorizationId } });
    },
    'WEBHOOK_POST_callback.paid': async (wire) => {
      await picpayPaid(wire);
      return wire.told();
    },
    'WEBHOOK_POST_callback.no-authorization': async (wire) => {
      wire.act(await picpayPayment(wire, {}), 'expire');
      return wire.told();
    },
  },
  unplayed: [
    [/server-error/, 'failures are switched on, and are those of any server'],
    [/status\.(legacy|unknown)/, 'words of the older API, and of none: fixtures.test.ts has the adapter read them'],
    [/wrong-token/, 'what the receiver answers'],
  ],
  leavesOut: [],
  adds: [],
};

// Pix ---------------------------------------------------------------------------------------------------------------

const pixAt = '/api/v2';
const pixKey = '7d9f0335-8dcc-4054-9bf9-0dbd61d36906';
const newTxid = () => randomUUID().replaceAll('-', '');
async function pixCharge(wire: Wire, body: Json = {}): Promise<string> {
  const txid = newTxid();
  const made = await wire.ask('PUT', `${pixAt}/cob/${txid}`, {
    body: { valor: { original: '100.00' }, chave: pixKey, ...body },
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return txid;
}
const pixCreate: Play = (wire, { request }) =>
  wire.ask('PUT', `${pixAt}/cob/${newTxid()}`, { body: { ...Object(request.body), chave: pixKey } });
const asIn = ({ request }: FixtureCase): Json => (isObject(request.body) ? request.body : {});
const pixShow = (wire: Wire, txid: string) => wire.ask('GET', `${pixAt}/cob/${txid}`);
async function pixPaid(wire: Wire): Promise<string> {
  const txid = await pixCharge(wire);
  wire.act(txid, 'pay');
  return text((await pixShow(wire, txid)).body, 'pix', 0, 'endToEndId');
}
const pixRefund: Play = async (wire, { request }) =>
  wire.ask('PUT', `${pixAt}/pix/${await pixPaid(wire)}/devolucao/123456`, { body: request.body });
/** A charge with everything that the example of one has. */
const pixFull = (): Json => ({
  calendario: { expiracao: 3600 },
  devedor: { cnpj: '12345678000195', nome: 'Empresa de Serviços SA' },
  solicitacaoPagador: 'Serviço realizado.',
  infoAdicionais: [{ nome: 'Campo 1', valor: 'Informação' }],
});

const pix: Provider = {
  name: 'pix',
  plays: {
    'POST_oauth_token.client-credentials': (wire, { request }) =>
      wire.ask('POST', '/oauth/token', {
        body: request.body,
        headers: { authorization: `Basic ${btoa('pix-client:pix-secret')}` },
      }),
    'PUT_cob_txid.created': pixCreate,
    'PUT_cob_txid.created-with-copia-e-cola': pixCreate,
    'PUT_cob_txid.invalid': pixCreate,
    'GET_cob_txid.active': async (wire) => pixShow(wire, await pixCharge(wire, pixFull())),
    'GET_cob_txid.not-found': (wire) => pixShow(wire, '0'.repeat(32)),
    'GET_cob_txid.paid': async (wire) => {
      const txid = await pixCharge(wire, pixFull());
      wire.act(txid, 'pay');
      const endToEndId = text((await pixShow(wire, txid)).body, 'pix', 0, 'endToEndId');
      await wire.ask('PUT', `${pixAt}/pix/${endToEndId}/devolucao/1`, { body: { valor: '10.00' } });
      return pixShow(wire, txid);
    },
    'PATCH_cob_txid.removed': async (wire, { request }) =>
      wire.ask('PATCH', `${pixAt}/cob/${await pixCharge(wire, pixFull())}`, { body: request.body }),
    'PATCH_cob_txid.invalid-operation': async (wire, { request }) => {
      const txid = await pixCharge(wire);
      wire.act(txid, 'pay');
      return wire.ask('PATCH', `${pixAt}/cob/${txid}`, { body: request.body });
    },
    'GET_pix.list': async (wire, given) => {
      const endToEndId = await pixPaid(wire);
      await wire.ask('PUT', `${pixAt}/pix/${endToEndId}/devolucao/000AAA111`, { body: { valor: '11.00' } });
      const days = new URLSearchParams({ inicio: '2020-04-01T00:00:00Z', fim: new Date().toISOString() });
      assert.match(given.request.path, /\?inicio=.*&fim=/);
      return wire.ask('GET', `${pixAt}/pix?${days}`);
    },
    'PUT_pix_e2eid_devolucao_id.in-progress': pixRefund,
    'PUT_pix_e2eid_devolucao_id.invalid': pixRefund,
    'GET_pix_e2eid_devolucao_id.done': async (wire) => {
      const at = `${pixAt}/pix/${await pixPaid(wire)}/devolucao/123456`;
      await wire.ask('PUT', at, { body: { valor: '7.89' } });
      return wire.ask('GET', at);
    },
    'WEBHOOK_POST_pix.received': async (wire) => {
      await pixPaid(wire);
      return wire.told();
    },
    'WEBHOOK_POST_pix.refund-settled': async (wire) => {
      await wire.ask('PUT', `${pixAt}/pix/${await pixPaid(wire)}/devolucao/123ABC`, { body: { valor: '10.00' } });
      return wire.told();
    },
  },
  unplayed: [
    [/rec|solicrec|cobr|cobv|loc\./i, 'recurring charges, charges with a due day and locations are not spoken'],
    [/webhook_chave/, 'who is told is set at the bank, not by us'],
    [/POST_cob\.|GET_cob\.list/, 'we name charges ourselves, and list what was received'],
    [/withdrawal|change$|PATCH_cob_txid\.revised/, 'cash back, and charges that change, are not made'],
    [/GET_pix_e2eid\./, 'a payment is read with its charge'],
    [/not-done/, 'refunds of this bank are done'],
    [/batch/, 'the bank sends one at a time: fixtures.test.ts has the adapter read a batch'],
  ],
  leavesOut: [
    [/\.infoPagador$/, 'what a payer may write, and this one does not'],
    [/componentesValor|^original\.valor|saque/, 'cash back, which is not given'],
  ],
  adds: [],
};

// PayPal ------------------------------------------------------------------------------------------------------------

const paypalOrders = '/v2/checkout/orders';
async function paypalOrder(wire: Wire, given: Json = {}): Promise<string> {
  const made = await wire.ask('POST', paypalOrders, { body: { ...paypalAsked, ...given } });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return text(made.body, 'id');
}
const paypalAsked = {
  intent: 'CAPTURE',
  purchase_units: [{ reference_id: 'unit', amount: { currency_code: 'USD', value: '100.00' } }],
};
const paypalShow = (wire: Wire, id: string) => wire.ask('GET', `${paypalOrders}/${id}`);
async function paypalApproved(wire: Wire, given: Json = {}, action: PayerAction = 'pay'): Promise<string> {
  const id = await paypalOrder(wire, given);
  wire.act(id, action);
  return id;
}
const paypalCreate: Play = (wire, { request }) => wire.ask('POST', paypalOrders, { body: request.body });
const paypalComplete = (wire: Wire, id: string, step = 'capture') =>
  wire.ask('POST', `${paypalOrders}/${id}/${step}`, { body: {} });
async function paypalCaptured(wire: Wire): Promise<string> {
  const [unit] = paypalAsked.purchase_units;
  const id = await paypalApproved(wire, { purchase_units: [{ ...unit, custom_id: 'order-77' }] });
  const done = await paypalComplete(wire, id);
  return text(done.body, 'purchase_units', 0, 'payments', 'captures', 0, 'id');
}
async function paypalHeld(wire: Wire): Promise<string> {
  const done = await paypalComplete(wire, await paypalApproved(wire, { intent: 'AUTHORIZE' }), 'authorize');
  return text(done.body, 'purchase_units', 0, 'payments', 'authorizations', 0, 'id');
}
const onHold = (wire: Wire, id: string, step: string, body: unknown = {}) =>
  wire.ask('POST', `/v2/payments/authorizations/${id}/${step}`, { body });
const paypalTake: Play = async (wire, { request }) => onHold(wire, await paypalHeld(wire), 'capture', request.body);
const paypalGiveBack = async (wire: Wire, body: unknown = {}): Promise<Answer> =>
  wire.ask('POST', `/v2/payments/captures/${await paypalCaptured(wire)}/refund`, { body });
const paypalRefund: Play = (wire, { request }) => paypalGiveBack(wire, request.body);

const paypal: Provider = {
  name: 'paypal',
  plays: {
    'POST_v1_oauth2_token.ok': (wire, { request }) =>
      wire.ask('POST', '/v1/oauth2/token', {
        body: request.body,
        headers: { authorization: `Basic ${btoa('paypal-client:paypal-secret')}` },
      }),
    'POST_v1_oauth2_token.invalid-client': (wire, { request }) =>
      wire.ask('POST', '/v1/oauth2/token', { body: request.body, headers: { authorization: 'Basic d3Jvbmc=' } }),
    'POST_v2_checkout_orders.created': paypalCreate,
    'POST_v2_checkout_orders.created-authorize': paypalCreate,
    'POST_v2_checkout_orders.created-representation': (wire, { request }) =>
      wire.ask('POST', paypalOrders, { body: request.body, headers: { prefer: 'return=representation' } }),
    'POST_v2_checkout_orders.replayed': async (wire, { request }) => {
      const headers = { 'paypal-request-id': randomUUID() };
      await wire.ask('POST', paypalOrders, { body: request.body, headers });
      return wire.ask('POST', paypalOrders, { body: request.body, headers });
    },
    'POST_v2_checkout_orders.amount-mismatch': paypalCreate,
    'POST_v2_checkout_orders.decimal-precision': paypalCreate,
    'POST_v2_checkout_orders.missing-parameter': paypalCreate,
    'POST_v2_checkout_orders.unauthorized': (wire, { request }) =>
      wire.ask('POST', paypalOrders, { body: request.body, headers: { authorization: 'Bearer wrong' } }),
    'GET_v2_checkout_orders_id.payer-action-required': async (wire) => paypalShow(wire, await paypalOrder(wire)),
    'GET_v2_checkout_orders_id.approved': async (wire) => paypalShow(wire, await paypalApproved(wire)),
    'GET_v2_checkout_orders_id.not-found': (wire) => paypalShow(wire, '0'.repeat(17)),
    'POST_v2_checkout_orders_id_capture.completed': async (wire) => paypalComplete(wire, await paypalApproved(wire)),
    'POST_v2_checkout_orders_id_capture.not-approved': async (wire) => paypalComplete(wire, await paypalOrder(wire)),
    'POST_v2_checkout_orders_id_capture.instrument-declined': async (wire) =>
      paypalComplete(wire, await paypalApproved(wire, {}, 'decline')),
    'POST_v2_checkout_orders_id_capture.already-captured': async (wire) => {
      const id = await paypalApproved(wire);
      await paypalComplete(wire, id);
      return paypalComplete(wire, id);
    },
    'POST_v2_checkout_orders_id_authorize.created': async (wire) =>
      paypalComplete(wire, await paypalApproved(wire, { intent: 'AUTHORIZE' }), 'authorize'),
    'POST_v2_payments_authorizations_id_capture.final': paypalTake,
    'POST_v2_payments_authorizations_id_capture.too-much': async (wire, given) => {
      const amount = { currency_code: 'USD', value: '100.01' };
      return onHold(wire, await paypalHeld(wire), 'capture', { ...asIn(given), amount });
    },
    'POST_v2_payments_authorizations_id_capture.already-captured': async (wire, { request }) => {
      const id = await paypalHeld(wire);
      await onHold(wire, id, 'capture');
      return onHold(wire, id, 'capture', request.body);
    },
    'POST_v2_payments_authorizations_id_capture.voided': async (wire, { request }) => {
      const id = await paypalHeld(wire);
      await onHold(wire, id, 'void');
      return onHold(wire, id, 'capture', request.body);
    },
    'POST_v2_payments_authorizations_id_void.no-content': async (wire) => onHold(wire, await paypalHeld(wire), 'void'),
    'POST_v2_payments_authorizations_id_void.previously-captured': async (wire) => {
      const id = await paypalHeld(wire);
      await onHold(wire, id, 'capture');
      return onHold(wire, id, 'void');
    },
    'POST_v2_payments_captures_id_refund.full': paypalRefund,
    'POST_v2_payments_captures_id_refund.partial': paypalRefund,
    'POST_v2_payments_captures_id_refund.amount-exceeded': paypalRefund,
    'POST_v2_payments_captures_id_refund.fully-refunded': async (wire, { request }) => {
      const at = `/v2/payments/captures/${await paypalCaptured(wire)}/refund`;
      await wire.ask('POST', at, { body: {} });
      return wire.ask('POST', at, { body: request.body });
    },
    'GET_v2_payments_refunds_id.completed': async (wire) => {
      const { body } = await paypalGiveBack(wire);
      return wire.ask('GET', `/v2/payments/refunds/${text(body, 'id')}`);
    },
    'WEBHOOK_POST_CHECKOUT.ORDER.APPROVED': async (wire) => {
      await paypalApproved(wire);
      return wire.told('CHECKOUT.ORDER.APPROVED');
    },
    'WEBHOOK_POST_PAYMENT.CAPTURE.COMPLETED': async (wire) => {
      await paypalCaptured(wire);
      return wire.told('PAYMENT.CAPTURE.COMPLETED');
    },
    'WEBHOOK_POST_PAYMENT.CAPTURE.REFUNDED': async (wire) => {
      await paypalGiveBack(wire);
      return wire.told('PAYMENT.CAPTURE.REFUNDED');
    },
    'WEBHOOK_POST_PAYMENT.AUTHORIZATION.CREATED': async (wire) => {
      await paypalHeld(wire);
      return wire.told('PAYMENT.AUTHORIZATION.CREATED');
    },
    'WEBHOOK_POST_PAYMENT.AUTHORIZATION.VOIDED': async (wire) => {
      await onHold(wire, await paypalHeld(wire), 'void');
      return wire.told('PAYMENT.AUTHORIZATION.VOIDED');
    },
  },
  unplayed: [
    [/server-error/, 'failures are switched on, and are those of any server'],
    [/verify-webhook-signature/, 'their keys are thrown away: vectors.test.ts checks the signatures'],
    [/notifications_webhooks/, 'who is told is set at PayPal, not by us'],
    [/GET_v2_payments_(authorizations|captures)/, 'holds and captures are read with their order'],
    [/pending|DENIED|PENDING|expired|payer-action-required|insufficient-funds|time-limit/, 'does not happen here'],
    [/reauthorize/, 'a hold is not renewed'],
    [/void\.representation|capture\.partial/, 'not asked for: a hold is captured once, and let go without a word'],
  ],
  leavesOut: [],
  adds: [[/supplementary_data|related_ids/, 'where PayPal names the order of a capture; the examples are older']],
};

// Stripe ------------------------------------------------------------------------------------------------------------

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
async function stripeSession(wire: Wire, more: Record<string, string> = {}): Promise<string> {
  const made = await wire.ask('POST', '/v1/checkout/sessions', {
    body: form({
      mode: 'payment',
      client_reference_id: randomUUID(),
      success_url: 'https://shop.example.com/',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'brl',
      'line_items[0][price_data][unit_amount]': '2051',
      'line_items[0][price_data][product_data][name]': 'Course',
      ...more,
    }),
  });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  return text(made.body, 'id');
}
const stripeRead = async (wire: Wire, session: string) =>
  (await wire.ask('GET', `/v1/checkout/sessions/${session}`)).body;
async function stripePaid(wire: Wire, more: Record<string, string> = {}): Promise<string> {
  const session = await stripeSession(wire, more);
  wire.act(session, 'pay');
  return text(await stripeRead(wire, session), 'payment_intent');
}
const held = { 'payment_intent_data[capture_method]': 'manual' };
const stripeIntent = (wire: Wire, id: string, step = '', body = '') =>
  step ? wire.ask('POST', `/v1/payment_intents/${id}/${step}`, { body }) : wire.ask('GET', `/v1/payment_intents/${id}`);
/** Charges a card that was kept, as for a renewal. */
async function stripeAgain(wire: Wire, more: Record<string, string>, cardEnds = false): Promise<Answer> {
  const kept = await stripePaid(wire, { 'payment_intent_data[setup_future_usage]': 'off_session' });
  const { body } = await stripeIntent(wire, kept);
  if (cardEnds) wire.act(kept, 'card_ends');
  const card = { customer: text(body, 'customer'), payment_method: text(body, 'payment_method') };
  const asked = { amount: '2051', currency: 'brl', confirm: 'true', off_session: 'true', ...card, ...more };
  return wire.ask('POST', '/v1/payment_intents', { body: form(asked) });
}
const stripeRefund: Play = async (wire, { request }) => {
  const asked = Object.fromEntries(new URLSearchParams(String(request.body)));
  return wire.ask('POST', '/v1/refunds', { body: form({ ...asked, payment_intent: await stripePaid(wire) }) });
};

const stripe: Provider = {
  name: 'stripe',
  plays: {
    'GET_v1_payment_intents_id.not-found': (wire) => stripeIntent(wire, 'pi_unknown'),
    'GET_v1_payment_intents_id.succeeded': async (wire) => stripeIntent(wire, await stripePaid(wire)),
    'POST_v1_payment_intents.unauthorized': (wire, { request }) =>
      wire.ask('POST', '/v1/payment_intents', { body: request.body, headers: { authorization: 'Bearer wrong' } }),
    'POST_v1_payment_intents.card-declined': (wire) => stripeAgain(wire, {}, true),
    'POST_v1_payment_intents.requires-capture': (wire) => stripeAgain(wire, { capture_method: 'manual' }),
    'POST_v1_payment_intents.idempotency-mismatch': async (wire) => {
      const asking = { headers: { 'idempotency-key': randomUUID() } };
      const intent = await stripePaid(wire);
      const ask = (amount: string) =>
        wire.ask('POST', '/v1/refunds', { body: form({ payment_intent: intent, amount }), ...asking });
      await ask('100');
      return ask('101');
    },
    'POST_v1_payment_intents_id_cancel.canceled': async (wire, { request }) =>
      stripeIntent(wire, await stripePaid(wire, held), 'cancel', String(request.body)),
    'POST_v1_payment_intents_id_capture.partial': async (wire, { request }) =>
      stripeIntent(wire, await stripePaid(wire, held), 'capture', String(request.body)),
    'POST_v1_payment_intents_id_capture.wrong-state': async (wire) =>
      stripeIntent(wire, await stripePaid(wire), 'capture'),
    'POST_v1_refunds.full': stripeRefund,
    'POST_v1_refunds.partial': stripeRefund,
    'POST_v1_refunds.already-refunded': async (wire) => {
      const body = form({ payment_intent: await stripePaid(wire) });
      await wire.ask('POST', '/v1/refunds', { body });
      return wire.ask('POST', '/v1/refunds', { body });
    },
    'WEBHOOK_POST_payment_intent.succeeded': async (wire) => {
      await stripePaid(wire);
      return wire.told('payment_intent.succeeded');
    },
    'WEBHOOK_POST_payment_intent.payment_failed': async (wire) => {
      wire.act(await stripeSession(wire), 'decline');
      return wire.told('payment_intent.payment_failed');
    },
    'WEBHOOK_POST_payment_intent.amount_capturable_updated': async (wire) => {
      await stripePaid(wire, held);
      return wire.told('payment_intent.amount_capturable_updated');
    },
    'WEBHOOK_POST_payment_intent.canceled': async (wire) => {
      await stripeIntent(wire, await stripePaid(wire, held), 'cancel');
      return wire.told('payment_intent.canceled');
    },
    // The same object under the name Stripe gives it when it is made.
    'WEBHOOK_POST_refund.updated': async (wire, given) => {
      await stripeRefund(wire, given);
      return wire.told('refund.created');
    },
  },
  unplayed: [
    [/subscription|invoice|customers|plan\.|v1_events/, 'subscriptions are ours, and Stripe keeps none'],
    [
      /intents\.(created|requires-action|idempotent-replay)/,
      'first payments are made on the hosted page, not by intents',
    ],
    [/rate-limited/, 'failures are switched on, and are those of any server'],
    [/refunds\.pending/, 'does not happen here'],
    [/bad-signature/, 'what the receiver answers'],
  ],
  leavesOut: [[/previous_attributes/, 'nothing was before: a refund is told of when it is made']],
  adds: [],
};

const logins: Record<SimulatorName, Record<string, string>> = {
  picpay: { 'x-picpay-token': 'picpay-token' },
  pix: { authorization: 'Bearer pix-access-token' },
  paypal: { authorization: 'Bearer paypal-access-token' },
  stripe: { authorization: 'Bearer sk_test_simulated', 'stripe-version': '2026-01-01' },
};

/** A body without one of its fields, named by its path. */
function without(body: Json, path: string): Json {
  const [name = '', ...inner] = path.split('.');
  const { [name]: gone, ...rest } = body;
  if (inner.length === 0) return rest;
  const below = inner.join('.');
  if (Array.isArray(gone)) return { ...rest, [name]: gone.map((one) => (isObject(one) ? without(one, below) : one)) };
  return isObject(gone) ? { ...rest, [name]: without(gone, below) } : assert.fail(path);
}

const [paypalUnit] = paypalAsked.purchase_units;
const paypalWorth = (value: unknown) => ({
  ...paypalAsked,
  purchase_units: [{ ...paypalUnit, amount: { currency_code: 'USD', value } }],
});
const pixAsked = { valor: { original: '37.00' }, chave: pixKey };
const stripeAsked: Record<string, string> = {
  mode: 'payment',
  success_url: 'https://shop.example.com/',
  'line_items[0][quantity]': '1',
  'line_items[0][price_data][currency]': 'brl',
  'line_items[0][price_data][unit_amount]': '2051',
  'line_items[0][price_data][product_data][name]': 'Course',
};
const stripeRequired = Object.keys(stripeAsked).filter((name) => !name.endsWith('[quantity]'));

/** What asks for a charge and must not get one. */
const refused: Record<SimulatorName, { method: string; path: () => string; bodies: unknown[] }> = {
  picpay: {
    method: 'POST',
    path: () => picpayAt,
    bodies: [
      ...['referenceId', 'callbackUrl', 'value', 'buyer', 'buyer.document'].map((path) =>
        without({ ...picpayOrder, referenceId: '1' }, path),
      ),
      ...['20.51', 20.511, -1, 0].map((value) => ({ ...picpayOrder, referenceId: '1', value })),
    ],
  },
  pix: {
    method: 'PUT',
    path: () => `${pixAt}/cob/${newTxid()}`,
    bodies: [
      ...['valor', 'valor.original', 'chave'].map((path) => without(pixAsked, path)),
      ...[37, '37', '37.0', '37,00', '0.00'].map((original) => ({ ...pixAsked, valor: { original } })),
    ],
  },
  paypal: {
    method: 'POST',
    path: () => paypalOrders,
    bodies: [
      ...['intent', 'purchase_units', 'purchase_units.amount', 'purchase_units.amount.currency_code'].map((path) =>
        without(paypalAsked, path),
      ),
      ...[100, '100.001', '1e2', '0.00', undefined].map(paypalWorth),
    ],
  },
  stripe: {
    method: 'POST',
    path: () => '/v1/checkout/sessions',
    bodies: [
      ...stripeRequired.map((name) =>
        form(Object.fromEntries(Object.entries(stripeAsked).filter(([one]) => one !== name))),
      ),
      ...['20.51', '0', '-1'].map((amount) =>
        form({ ...stripeAsked, 'line_items[0][price_data][unit_amount]': amount }),
      ),
      form({ ...stripeAsked, 'line_items[0][price_data][currency]': 'BRL' }),
    ],
  },
};

for (const provider of [picpay, pix, paypal, stripe]) {
  describe(`what the simulator of ${provider.name} says, beside the provider’s examples`, () => {
    let wire: Awaited<ReturnType<typeof openWire>>;
    before(async () => {
      wire = await openWire(provider.name, logins[provider.name]);
    });
    after(() => wire.close());

    it('has the same names, types and formats, case by case', async (t) => {
      if (fixturesAbsent) return t.skip(fixturesAbsent);
      const cases = casesOf(provider.name);
      const known = vocabularyOf(cases);
      const wrong: string[] = [];
      let played = 0;
      for (const given of cases) {
        const file = given.file.replace(/\.json$/, '');
        const play = provider.plays[file];
        if (!play) {
          if (!provider.unplayed.some(([pattern]) => pattern.test(file))) wrong.push(`${file}: nobody plays it`);
          continue;
        }
        played += 1;
        const found = differences(await play(wire, given), given, { ...provider, known });
        wrong.push(...found.map((one) => `${file}: ${one}`));
      }
      assert.deepEqual(wrong, []);
      assert.equal(played, Object.keys(provider.plays).length, 'each play has its case');
      t.diagnostic(`${provider.name}: ${played} of ${cases.length} cases played`);
    });

    it('refuses what lacks a required field or writes an amount its own way, in the words of the examples', async (t) => {
      if (fixturesAbsent) return t.skip(fixturesAbsent);
      const known = vocabularyOf(casesOf(provider.name));
      const { method, path, bodies } = refused[provider.name];
      const before = wire.simulator.book().length;
      for (const body of bodies) {
        const answer = await wire.ask(method, path(), { body });
        const what = `${JSON.stringify(body)} → ${answer.status} ${JSON.stringify(answer.body)}`;
        assert.ok(answer.status === 400 || answer.status === 422, what);
        for (const [name, kind] of fieldsOf(answer.body)) assert.ok(known.get(name)?.has(kind), `${name}: ${what}`);
      }
      assert.ok([404, 405].includes((await wire.ask('DELETE', path())).status), 'no such method');
      assert.ok([404, 405].includes((await wire.ask(method, `${path()}/x/y`, { body: bodies[0] })).status), 'no path');
      assert.equal(wire.simulator.book().length, before, 'nothing came of it');
    });
  });
}
