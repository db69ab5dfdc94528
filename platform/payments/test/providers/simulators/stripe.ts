import { createHmac, randomBytes } from 'node:crypto';
import {
  type Asked,
  type Machine,
  type PayerAction,
  record,
  type Simulator,
  type StartOptions,
  startMachine,
  type Told,
  type Voice,
} from './server.ts';

type Refund = { id: string; amount: number; metadata: Record<string, string>; reason: string | null; created: number };
type Dispute = { id: string; amount: number; status: string; created: number };
type Intent = {
  id: string;
  status: string;
  amount: number;
  currency: string;
  capture: 'automatic' | 'manual';
  received: number;
  metadata: Record<string, string>;
  keep: boolean;
  customer: string | null;
  method: string | null;
  error: { code: string; decline_code: string } | null;
  charge: { id: string; created: number } | null;
  refunds: Refund[];
  dispute: Dispute | null;
  canceledAt: number | null;
  cancelReason: string | null;
  created: number;
};
type Session = {
  id: string;
  status: 'open' | 'complete' | 'expired';
  reference: string;
  amount: number;
  currency: string;
  expiresAt: number;
  created: number;
  successUrl: string;
  cancelUrl: string | null;
  metadata: Record<string, string>;
  asked: Form;
  intent: string | null;
  /** Of a session that only keeps a method: there from the beginning, like the session. */
  setup: Setup | null;
};
type Setup = {
  id: string;
  status: 'requires_payment_method' | 'succeeded' | 'canceled';
  customer: string | null;
  method: string | null;
  metadata: Record<string, string>;
  error: { code: string; decline_code: string } | null;
};
type Form = Map<string, string>;

const secretKey = 'sk_test_simulated';
const webhookSecret = 'whsec_simulated';
const newId = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`;

/** Stripe's API as far as the adapter speaks it: sessions, intents, refunds, disputes, balance transactions. */
export function startStripe(options: StartOptions = {}): Promise<Simulator> {
  return startMachine(options, (voice) => ({
    machine: createStripe(voice),
    settings: {
      STOA_STRIPE_API_URL: voice.url,
      STOA_STRIPE_SECRET_KEY: secretKey,
      STOA_STRIPE_WEBHOOK_SECRET: webhookSecret,
    },
  }));
}

function problem(status: number, type: string, more: Record<string, unknown> = {}): Told {
  return { status, body: { error: { type, message: 'The request was refused.', ...more } } };
}
const invalid = (param: string, code = 'parameter_invalid') => problem(400, 'invalid_request_error', { code, param });

// What a request may carry. Stripe refuses parameters it does not know.
const known: Record<string, RegExp> = {
  session:
    /^(mode|currency|setup_intent_data\[metadata\]\[\w+\]|client_reference_id|customer_email|customer_creation|locale|success_url|cancel_url|expires_at|metadata\[\w+\]|line_items\[0\]\[(quantity|price_data\]\[(currency|unit_amount|product_data\]\[name))\]|payment_intent_data\[(capture_method|description|setup_future_usage|metadata\]\[\w+)\]|expand\[\d+\])$/,
  intent:
    /^(amount|currency|customer|payment_method|off_session|confirm|capture_method|description|metadata\[\w+\]|expand\[\d+\])$/,
  refund: /^(payment_intent|amount|reason|metadata\[\w+\]|expand\[\d+\])$/,
  capture: /^(amount_to_capture|expand\[\d+\])$/,
  cancel: /^(cancellation_reason|expand\[\d+\])$/,
  expire: /^expand\[\d+\]$/,
};

/** What of an intent we never ask for, as Stripe shows it then. */
const untouched = {
  amount_details: { tip: {} },
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: { enabled: true },
  confirmation_method: 'automatic',
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: ['card'],
  processing: null,
  receipt_email: null,
  review: null,
  shipping: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

function metadataOf(form: Form, prefix = 'metadata'): Record<string, string> {
  const start = `${prefix}[`;
  const entries = [...form]
    .filter(([name]) => name.startsWith(start))
    .map(([name, value]): [string, string] => [name.slice(start.length, -1), value]);
  return Object.fromEntries(entries);
}

const integer = (text: string | undefined) =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;

function createStripe({ url, now, webhookUrl, send }: Voice): Machine {
  const sessions = new Map<string, Session>();
  const intents = new Map<string, Intent>();
  const keys = new Map<string, { asked: string; told: Told }>();
  const methods = new Map<string, 'good' | 'bad'>();
  const seconds = () => Math.floor(now().getTime() / 1000);

  const feeOf = (amount: number) => Math.round(amount * 0.029) + 30;
  const balanceOf = (intent: Intent) => ({
    id: `txn_${intent.charge?.id}`,
    object: 'balance_transaction',
    amount: intent.received,
    currency: intent.currency,
    fee: intent.received > 0 ? feeOf(intent.received) : 0,
    type: 'charge',
    created: intent.charge?.created ?? 0,
    source: intent.charge?.id,
  });
  const chargeOf = (intent: Intent) =>
    intent.charge && {
      id: intent.charge.id,
      object: 'charge',
      amount: intent.amount,
      amount_refunded: intent.refunds.reduce((sum, refund) => sum + refund.amount, 0),
      currency: intent.currency,
      created: intent.charge.created,
      disputed: intent.dispute !== null,
      metadata: intent.metadata,
      payment_intent: intent.id,
      balance_transaction: intent.received > 0 ? balanceOf(intent) : null,
      payment_method_details: {
        type: 'card',
        card: { brand: 'visa', last4: '4242', capture_before: intent.charge.created + 7 * 86_400 },
      },
    };
  const showIntent = (intent: Intent, expanded: boolean) => ({
    ...untouched,
    client_secret: `${intent.id}_secret_simulated`,
    canceled_at: intent.canceledAt,
    cancellation_reason: intent.cancelReason,
    id: intent.id,
    object: 'payment_intent',
    amount: intent.amount,
    amount_received: intent.received,
    amount_capturable: intent.status === 'requires_capture' ? intent.amount : 0,
    capture_method: intent.capture,
    created: intent.created,
    currency: intent.currency,
    customer: intent.customer,
    last_payment_error: intent.error && {
      type: 'card_error',
      message: 'Your card was declined.',
      ...intent.error,
    },
    latest_charge: expanded ? chargeOf(intent) : (intent.charge?.id ?? null),
    livemode: false,
    metadata: intent.metadata,
    payment_method: intent.method,
    setup_future_usage: intent.keep ? 'off_session' : null,
    status: intent.status,
  });
  const showSetup = (setup: Setup, expanded: boolean) => ({
    id: setup.id,
    object: 'setup_intent',
    customer: setup.customer,
    last_setup_error: setup.error && { type: 'card_error', ...setup.error },
    livemode: false,
    metadata: setup.metadata,
    payment_method:
      setup.method && expanded
        ? { id: setup.method, object: 'payment_method', type: 'card', card: { brand: 'visa', last4: '4242' } }
        : setup.method,
    status: setup.status,
    usage: 'off_session',
  });
  const showSession = (session: Session, expanded: boolean) => {
    const intent = session.intent ? intents.get(session.intent) : undefined;
    return {
      id: session.id,
      object: 'checkout.session',
      // Nothing is paid in a session that only keeps a method, in no currency.
      amount_total: session.setup ? null : session.amount,
      client_reference_id: session.reference,
      created: session.created,
      currency: session.setup ? null : session.currency,
      expires_at: session.expiresAt,
      livemode: false,
      metadata: session.metadata,
      mode: session.asked.get('mode'),
      customer: session.setup?.customer ?? null,
      setup_intent: session.setup && expanded ? showSetup(session.setup, true) : (session.setup?.id ?? null),
      payment_intent: expanded && intent ? showIntent(intent, true) : session.intent,
      payment_status: session.setup ? 'no_payment_required' : intent && intent.received > 0 ? 'paid' : 'unpaid',
      status: session.status,
      url: session.status === 'open' ? `${url}/_pay/${session.id}` : null,
    };
  };
  const showRefund = (intent: Intent, refund: Refund) => ({
    balance_transaction: null,
    destination_details: { card: { type: 'reversal' }, type: 'card' },
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    customer: null,
    customer_account: null,
    payment_method: null,
    reason: refund.reason,
    id: refund.id,
    object: 'refund',
    amount: refund.amount,
    charge: intent.charge?.id,
    created: refund.created,
    currency: intent.currency,
    metadata: refund.metadata,
    payment_intent: intent.id,
    status: 'succeeded',
  });
  const showDispute = (intent: Intent, dispute: Dispute) => ({
    id: dispute.id,
    object: 'dispute',
    amount: dispute.amount,
    charge: intent.charge?.id,
    created: dispute.created,
    currency: intent.currency,
    evidence_details: { due_by: dispute.created + 7 * 86_400 },
    payment_intent: intent.id,
    reason: 'product_not_received',
    status: dispute.status,
    metadata: {},
  });

  function tell(type: string, object: unknown): void {
    const event = {
      id: newId('evt'),
      object: 'event',
      api_version: null,
      created: seconds(),
      type,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object },
    };
    send({
      url: webhookUrl(),
      body: JSON.stringify(event),
      sign: (body, how) => {
        const time = how === 'stale' ? seconds() - 3600 : seconds();
        const key = how === 'forged' ? 'whsec_forged' : webhookSecret;
        const signature = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
        return { 'stripe-signature': `t=${time},v1=${signature}` };
      },
      unknownOrder: () => {
        const session = {
          id: newId('cs_test'),
          object: 'checkout.session',
          client_reference_id: newId('nobody'),
          metadata: {},
        };
        return JSON.stringify({
          ...event,
          id: newId('evt'),
          type: 'checkout.session.completed',
          data: { object: session },
        });
      },
    });
  }

  function answer(asked: Asked): Told {
    if (asked.headers.authorization !== `Bearer ${secretKey}`) return problem(401, 'invalid_request_error');
    if (!asked.headers['stripe-version']) return problem(400, 'invalid_request_error', { code: 'version_missing' });
    if (asked.method === 'GET') return route(asked, new Map());
    if (asked.method !== 'POST') return problem(405, 'invalid_request_error');
    if (!asked.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return invalid('content-type');
    const form: Form = new Map(new URLSearchParams(asked.body));
    const key = asked.headers['idempotency-key'];
    if (!key) return route(asked, form);
    const before = keys.get(key);
    const what = `${asked.path} ${asked.body}`;
    if (before && before.asked !== what) return problem(400, 'idempotency_error');
    if (before) return { ...before.told, headers: { 'idempotent-replayed': 'true' } };
    const told = route(asked, form);
    // What fails validation is not kept, so that a corrected request may use the key.
    if (told.status !== 400) keys.set(key, { asked: what, told });
    return told;
  }

  function expandsCharge(asked: Asked, form: Form): boolean {
    return [...asked.query, ...form].some(
      ([name, value]) => name.startsWith('expand') && value.includes('latest_charge'),
    );
  }

  function route(asked: Asked, form: Form): Told {
    const { method, path } = asked;
    const expanded = expandsCharge(asked, form);
    const check = (kind: string) => {
      const stranger = [...form.keys()].find((name) => !known[kind]?.test(name));
      return stranger && invalid(stranger, 'parameter_unknown');
    };
    if (path === '/v1/checkout/sessions' && method === 'POST') return check('session') || createSession(form);
    if (path === '/v1/checkout/sessions')
      return page([...sessions.values()], asked, (session) => showSession(session, false));
    const session = /^\/v1\/checkout\/sessions\/([^/]+)(\/expire)?$/.exec(path);
    if (session) {
      const found = sessions.get(session[1] ?? '');
      if (!found) return problem(404, 'invalid_request_error', { code: 'resource_missing' });
      expireLate(found);
      if (!session[2]) return { status: 200, body: showSession(found, expanded) };
      if (method !== 'POST') return problem(405, 'invalid_request_error');
      if (found.status !== 'open') return invalid('session', 'resource_not_open');
      found.status = 'expired';
      tell('checkout.session.expired', showSession(found, false));
      return { status: 200, body: showSession(found, expanded) };
    }
    if (path === '/v1/payment_intents' && method === 'POST') return check('intent') || chargeSaved(form, expanded);
    if (path === '/v1/payment_intents')
      return page([...intents.values()], asked, (intent) => showIntent(intent, false));
    const intent = /^\/v1\/payment_intents\/([^/]+)(?:\/(capture|cancel))?$/.exec(path);
    if (intent) {
      const found = intents.get(intent[1] ?? '');
      if (!found) return problem(404, 'invalid_request_error', { code: 'resource_missing', param: 'intent' });
      if (intent[2] === 'capture') return check('capture') || capture(found, form);
      if (intent[2] === 'cancel') return check('cancel') || cancel(found, form);
      return { status: 200, body: showIntent(found, expanded) };
    }
    if (path === '/v1/refunds' && method === 'POST') return check('refund') || refund(form);
    if (path === '/v1/refunds') {
      const of = intents.get(asked.query.get('payment_intent') ?? '');
      return list(of ? of.refunds.map((one) => showRefund(of, one)) : []);
    }
    const refundId = /^\/v1\/refunds\/([^/]+)$/.exec(path)?.[1];
    for (const of of intents.values()) {
      const found = of.refunds.find(({ id }) => id === refundId);
      if (found) return { status: 200, body: showRefund(of, found) };
    }
    if (path === '/v1/disputes') {
      const of = intents.get(asked.query.get('payment_intent') ?? '');
      return list(of?.dispute ? [showDispute(of, of.dispute)] : []);
    }
    if (path === '/v1/balance_transactions') return report(asked);
    return problem(404, 'invalid_request_error', { code: 'resource_missing' });
  }

  const list = (data: unknown[], more = false): Told => ({
    status: 200,
    body: { object: 'list', data, has_more: more, url: '/v1' },
  });

  function page<T extends { id: string; created: number }>(all: T[], asked: Asked, show: (one: T) => unknown): Told {
    const from = integer(asked.query.get('created[gte]') ?? undefined) ?? 0;
    const limit = Math.min(integer(asked.query.get('limit') ?? undefined) ?? 10, 100);
    const to = integer(asked.query.get('created[lte]') ?? undefined) ?? Number.MAX_SAFE_INTEGER;
    const fitting = all.filter(({ created }) => created >= from && created <= to).reverse();
    const after = asked.query.get('starting_after');
    const start = after ? fitting.findIndex(({ id }) => id === after) + 1 : 0;
    return list(fitting.slice(start, start + limit).map(show), start + limit < fitting.length);
  }

  function createSession(form: Form): Told {
    const setup = form.get('mode') === 'setup';
    const amount = setup ? 0 : integer(form.get('line_items[0][price_data][unit_amount]'));
    const currency = form.get(setup ? 'currency' : 'line_items[0][price_data][currency]') ?? '';
    const expiresAt = form.has('expires_at') ? integer(form.get('expires_at')) : seconds() + 86_400;
    const captureMethod = form.get('payment_intent_data[capture_method]') ?? 'automatic';
    if (form.get('mode') !== 'payment' && !setup) return invalid('mode');
    const misplaced = [...form.keys()].find((name) =>
      setup ? /^(payment_intent_data|line_items)/.test(name) : name.startsWith('setup_intent_data'),
    );
    if (misplaced) return invalid(misplaced);
    if (amount === undefined || (amount === 0) !== setup) return invalid('line_items[0][price_data][unit_amount]');
    if (!/^[a-z]{3}$/.test(currency)) return invalid('line_items[0][price_data][currency]');
    if (!setup && !form.get('line_items[0][price_data][product_data][name]'))
      return invalid('line_items[0][price_data][product_data][name]');
    if (!URL.canParse(form.get('success_url') ?? '')) return invalid('success_url', 'url_invalid');
    if (captureMethod !== 'automatic' && captureMethod !== 'manual')
      return invalid('payment_intent_data[capture_method]');
    if (!expiresAt || expiresAt < seconds() + 1800 || expiresAt > seconds() + 86_400) return invalid('expires_at');
    const session: Session = {
      id: newId('cs_test'),
      status: 'open',
      reference: form.get('client_reference_id') ?? '',
      amount,
      currency,
      expiresAt,
      created: seconds(),
      successUrl: form.get('success_url') ?? '',
      cancelUrl: form.get('cancel_url') ?? null,
      metadata: metadataOf(form),
      asked: form,
      intent: null,
      setup: setup
        ? {
            id: newId('seti'),
            status: 'requires_payment_method',
            customer: null,
            method: null,
            metadata: metadataOf(form, 'setup_intent_data[metadata]'),
            error: null,
          }
        : null,
    };
    sessions.set(session.id, session);
    return { status: 200, body: showSession(session, false) };
  }

  function expireLate(session: Session): void {
    if (session.status === 'open' && session.expiresAt <= seconds()) session.status = 'expired';
  }

  function newIntent(of: Pick<Intent, 'amount' | 'currency' | 'capture' | 'metadata' | 'keep'>): Intent {
    const intent: Intent = {
      ...of,
      id: newId('pi'),
      status: 'requires_payment_method',
      received: 0,
      customer: null,
      method: null,
      error: null,
      charge: null,
      refunds: [],
      dispute: null,
      canceledAt: null,
      cancelReason: null,
      created: seconds(),
    };
    intents.set(intent.id, intent);
    return intent;
  }

  function settle(intent: Intent): void {
    intent.error = null;
    intent.charge = { id: newId('ch'), created: seconds() };
    if (intent.capture === 'manual') {
      intent.status = 'requires_capture';
      tell('payment_intent.amount_capturable_updated', showIntent(intent, false));
    } else {
      intent.status = 'succeeded';
      intent.received = intent.amount;
      tell('payment_intent.succeeded', showIntent(intent, false));
    }
  }

  function refuse(intent: Intent, code: string): void {
    intent.status = 'requires_payment_method';
    intent.error = { code: 'card_declined', decline_code: code };
    tell('payment_intent.payment_failed', showIntent(intent, false));
  }

  function chargeSaved(form: Form, expanded: boolean): Told {
    const amount = integer(form.get('amount'));
    const currency = form.get('currency') ?? '';
    const method = form.get('payment_method') ?? '';
    const behaves = methods.get(`${form.get('customer')}/${method}`);
    if (!amount) return invalid('amount');
    if (!/^[a-z]{3}$/.test(currency)) return invalid('currency');
    if (form.get('confirm') !== 'true' || form.get('off_session') !== 'true') return invalid('confirm');
    if (!behaves) return invalid('payment_method', 'resource_missing');
    const intent = newIntent({
      amount,
      currency,
      capture: form.get('capture_method') === 'manual' ? 'manual' : 'automatic',
      metadata: metadataOf(form),
      keep: false,
    });
    intent.customer = form.get('customer') ?? null;
    intent.method = method;
    if (behaves === 'good') {
      settle(intent);
      return { status: 200, body: showIntent(intent, expanded) };
    }
    refuse(intent, 'insufficient_funds');
    return problem(402, 'card_error', {
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      payment_intent: showIntent(intent, false),
    });
  }

  const unexpected = (intent: Intent) =>
    problem(400, 'invalid_request_error', {
      code: 'payment_intent_unexpected_state',
      payment_intent: showIntent(intent, false),
    });

  function capture(intent: Intent, form: Form): Told {
    const amount = form.has('amount_to_capture') ? integer(form.get('amount_to_capture')) : intent.amount;
    if (intent.status !== 'requires_capture') return unexpected(intent);
    if (!amount || amount > intent.amount) return invalid('amount_to_capture', 'amount_too_large');
    intent.status = 'succeeded';
    intent.received = amount;
    tell('payment_intent.succeeded', showIntent(intent, false));
    return { status: 200, body: showIntent(intent, false) };
  }

  function cancel(intent: Intent, form: Form): Told {
    if (intent.status === 'succeeded' || intent.status === 'canceled') return unexpected(intent);
    intent.status = 'canceled';
    intent.canceledAt = seconds();
    intent.cancelReason = form.get('cancellation_reason') ?? null;
    tell('payment_intent.canceled', showIntent(intent, false));
    return { status: 200, body: showIntent(intent, false) };
  }

  function refund(form: Form): Told {
    const intent = intents.get(form.get('payment_intent') ?? '');
    if (!intent) return problem(404, 'invalid_request_error', { code: 'resource_missing' });
    const left = intent.received - intent.refunds.reduce((sum, one) => sum + one.amount, 0);
    const amount = form.has('amount') ? integer(form.get('amount')) : left;
    if (left === 0) return invalid('charge', 'charge_already_refunded');
    if (!amount || amount > left) return invalid('amount', 'amount_too_large');
    const made: Refund = {
      id: newId('re'),
      amount,
      metadata: metadataOf(form),
      reason: form.get('reason') ?? null,
      created: seconds(),
    };
    intent.refunds.push(made);
    tell('refund.created', showRefund(intent, made));
    return { status: 200, body: showRefund(intent, made) };
  }

  function report(asked: Asked): Told {
    const from = integer(asked.query.get('created[gte]') ?? undefined) ?? 0;
    const to = integer(asked.query.get('created[lt]') ?? undefined) ?? Number.MAX_SAFE_INTEGER;
    const rows = [...intents.values()]
      .filter((intent) => intent.received > 0 && intent.charge)
      .flatMap((intent) => [
        { ...balanceOf(intent), source: chargeOf(intent) },
        ...intent.refunds.map((one) => ({
          id: newId('txn'),
          object: 'balance_transaction',
          amount: -one.amount,
          currency: intent.currency,
          fee: 0,
          type: 'refund',
          created: one.created,
          source: showRefund(intent, one),
        })),
      ])
      .filter(({ created }) => created >= from && created < to);
    return list(rows);
  }

  function act(id: string, action: PayerAction): { goTo: string | null } {
    const session = sessions.get(id);
    const intent = intents.get(session?.intent ?? id);
    if (action.startsWith('dispute')) return dispute(intent, action);
    if (action === 'card_ends') {
      const { customer, method } = session?.setup ?? intent ?? { customer: null, method: null };
      if (!customer || !method) throw new Error('stripe: no card is kept');
      methods.set(`${customer}/${method}`, 'bad');
      return { goTo: null };
    }
    if (!session) throw new Error('stripe: no such session');
    expireLate(session);
    if (action === 'cancel') return { goTo: session.cancelUrl };
    if (session.status !== 'open') throw new Error('stripe: the session is over');
    if (action === 'expire') {
      session.status = 'expired';
      tell('checkout.session.expired', showSession(session, false));
      return { goTo: null };
    }
    const form = session.asked;
    if (session.setup) return keep(session, session.setup, action);
    const paid =
      intent ??
      newIntent({
        amount: session.amount,
        currency: session.currency,
        capture: form.get('payment_intent_data[capture_method]') === 'manual' ? 'manual' : 'automatic',
        metadata: metadataOf(form, 'payment_intent_data[metadata]'),
        keep: form.get('payment_intent_data[setup_future_usage]') === 'off_session',
      });
    session.intent = paid.id;
    paid.method = newId('pm');
    if (action === 'decline') {
      // The page stays open: the payer may try another card.
      refuse(paid, 'generic_decline');
      return { goTo: null };
    }
    if (paid.keep) {
      paid.customer = newId('cus');
      methods.set(`${paid.customer}/${paid.method}`, 'good');
    }
    session.status = 'complete';
    settle(paid);
    tell('checkout.session.completed', showSession(session, false));
    return { goTo: session.successUrl };
  }

  function keep(session: Session, setup: Setup, action: PayerAction): { goTo: string | null } {
    if (action === 'decline') {
      // As with a payment: the page stays open, and another card may be tried.
      setup.error = { code: 'card_declined', decline_code: 'generic_decline' };
      tell('setup_intent.setup_failed', showSetup(setup, false));
      return { goTo: null };
    }
    const [customer, method] = [newId('cus'), newId('pm')];
    Object.assign(setup, { status: 'succeeded', error: null, customer, method });
    methods.set(`${customer}/${method}`, 'good');
    session.status = 'complete';
    tell('payment_method.attached', { id: method, object: 'payment_method', customer });
    tell('setup_intent.succeeded', showSetup(setup, false));
    tell('checkout.session.completed', showSession(session, false));
    return { goTo: session.successUrl };
  }

  function dispute(intent: Intent | undefined, action: PayerAction): { goTo: null } {
    if (!intent?.charge) throw new Error('stripe: nothing to dispute');
    if (action === 'dispute')
      intent.dispute = { id: newId('dp'), amount: intent.received, status: 'needs_response', created: seconds() };
    else if (intent.dispute) intent.dispute.status = action === 'dispute_won' ? 'won' : 'lost';
    if (intent.dispute)
      tell(
        action === 'dispute' ? 'charge.dispute.created' : 'charge.dispute.closed',
        showDispute(intent, intent.dispute),
      );
    return { goTo: null };
  }

  return {
    name: 'stripe',
    answer,
    operationOf: ({ method, path }) => {
      if (method === 'GET') return path.includes('balance') ? 'list' : 'find';
      if (path.endsWith('/capture')) return 'capture';
      if (path.endsWith('/cancel') || path.endsWith('/expire')) return 'cancel';
      return path.endsWith('/refunds') ? 'refund' : 'create';
    },
    act,
    find: (given) => {
      const last = given.split('/').pop() ?? '';
      if (sessions.has(last) || intents.has(last)) return last;
      const session = [...sessions.values()].find((one) => one.reference === given);
      return session?.id ?? [...intents.values()].find((one) => one.metadata.reference === given)?.id;
    },
    book: () => {
      const entry = (intent: Intent | undefined) => ({
        captured: intent?.received ?? 0,
        refunded: intent?.refunds.reduce((sum, one) => sum + one.amount, 0) ?? 0,
        refunds: intent?.refunds.map((one) => ({ reference: one.metadata.reference ?? '', amount: one.amount })) ?? [],
      });
      const ofSessions = new Set([...sessions.values()].map(({ intent }) => intent));
      return [
        ...[...sessions.values()].map((session) => ({
          reference: session.reference,
          providerReference: session.id,
          amount: { amount: session.amount, currency: session.currency.toUpperCase() },
          state: intents.get(session.intent ?? '')?.status ?? session.status,
          ...entry(intents.get(session.intent ?? '')),
        })),
        ...[...intents.values()]
          .filter(({ id }) => !ofSessions.has(id))
          .map((intent) => ({
            reference: intent.metadata.reference ?? '',
            providerReference: intent.id,
            amount: { amount: intent.amount, currency: intent.currency.toUpperCase() },
            state: intent.status,
            ...entry(intent),
          })),
      ];
    },
    distort: (body, what) => {
      const object = record(body);
      const spoil = (one: Record<string, unknown>) => ({
        ...one,
        ...(what === 'amount'
          ? { ...('amount' in one ? { amount: 1 } : {}), ...('amount_total' in one ? { amount_total: 1 } : {}) }
          : { ...('currency' in one ? { currency: 'sek' } : {}) }),
      });
      const inner = record(object.payment_intent);
      return Object.keys(inner).length > 0 ? { ...spoil(object), payment_intent: spoil(inner) } : spoil(object);
    },
  };
}
