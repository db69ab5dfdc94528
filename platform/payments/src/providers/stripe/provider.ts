import type { Clock, Money } from '@stoa/kernel';
import Stripe from 'stripe';
import { z } from 'zod';
import { fromProviderUnits, toProviderUnits } from '../amounts.ts';
import type { Egress } from '../egress.ts';
import type { Facts } from '../facts.ts';
import {
  type Charge,
  type ChargeReport,
  type DisputeReport,
  type FailureReason,
  type Provider,
  type ProviderCall,
  ProviderFailure,
  type ProviderTransaction,
  type RefundReport,
  type WebhookEvidence,
  WebhookRefused,
} from '../provider.ts';
import { readJson } from '../read-json.ts';
import { verifySignature } from '../stoa-signature.ts';
import { stripeCapabilities } from './capabilities.ts';

export type StripeConfig = { secretKey: string; webhookSecret: string; apiUrl: string };

type StripeDeps = { config: StripeConfig; egress: Egress; clock: Clock; facts: Facts };

const expandSession = ['payment_intent.latest_charge.balance_transaction', 'setup_intent.payment_method'];
const expandIntent = ['latest_charge.balance_transaction'];

/**
 * Stripe: a hosted Checkout Session per charge, a PaymentIntent of its own for methods kept earlier. Found again by our
 * reference in Stripe's lists, which unlike its search show everything at once. Idempotency keys come from references.
 */
export function createStripeProvider(deps: StripeDeps): Provider {
  const { config, egress, clock, facts } = deps;
  const api = new URL(config.apiUrl);
  const stripe = new Stripe(config.secretKey, {
    maxNetworkRetries: 0,
    telemetry: false,
    host: api.hostname,
    protocol: api.protocol === 'http:' ? 'http' : 'https',
    ...(api.port ? { port: api.port } : {}),
    httpClient: Stripe.createFetchHttpClient(fetchThrough(egress)),
  });
  const units = unitsOf(facts);

  /** Options of a request: our deadline, and a key where repeating it must do nothing. */
  function options(call: ProviderCall, idempotencyKey?: string): Stripe.RequestOptions {
    const left = call.deadline.getTime() - clock.now().getTime();
    if (left <= 0) throw new ProviderFailure('not_sent', 'stripe: no time left');
    return { timeout: Math.min(left, 2_147_483_647), ...(idempotencyKey ? { idempotencyKey } : {}) };
  }

  async function getSession(id: string, call: ProviderCall): Promise<Stripe.Checkout.Session | undefined> {
    return orMissing(stripe.checkout.sessions.retrieve(id, { expand: expandSession }, options(call)));
  }
  async function getIntent(id: string, call: ProviderCall): Promise<Stripe.PaymentIntent | undefined> {
    return orMissing(stripe.paymentIntents.retrieve(id, { expand: expandIntent }, options(call)));
  }

  async function report(
    of: { session?: Stripe.Checkout.Session; intent?: Stripe.PaymentIntent; reference: string },
    call: ProviderCall,
  ): Promise<ChargeReport> {
    const intent = of.intent ?? (typeof of.session?.payment_intent === 'object' ? of.session.payment_intent : null);
    const charge = typeof intent?.latest_charge === 'object' ? intent.latest_charge : null;
    const disputed =
      charge?.disputed && intent
        ? (await said('find', stripe.disputes.list({ payment_intent: intent.id, limit: 10 }, options(call)))).data
            .filter(({ status }) => status !== 'won' && !status.startsWith('warning'))
            .reduce((sum, dispute) => sum + dispute.amount, 0)
        : 0;
    return readUnits(() =>
      toReport({ session: of.session, intent, charge, disputed }, { reference: of.reference, units, facts }),
    );
  }

  async function findByReference(reference: string, call: ProviderCall): Promise<ChargeReport | undefined> {
    for (const created of createdAround(reference, clock.now(), facts)) {
      const sessions = stripe.checkout.sessions.list({ created, limit: 100 }, options(call));
      const session = await said(
        'find',
        findIn(sessions, (one) => one.client_reference_id === reference),
      );
      if (session) return get({ reference, providerReference: session.id }, call);
      const intents = stripe.paymentIntents.list({ created, limit: 100 }, options(call));
      const intent = await said(
        'find',
        findIn(intents, (one) => one.metadata.reference === reference),
      );
      // What a session made is found by its session.
      if (intent) return get({ reference, providerReference: intent.id }, call);
    }
    return undefined;
  }

  async function get(
    of: { reference: string; providerReference: string },
    call: ProviderCall,
  ): Promise<ChargeReport | undefined> {
    const { reference, providerReference } = of;
    if (providerReference.startsWith('cs_')) {
      const session = await getSession(providerReference, call);
      return session && report({ session, reference }, call);
    }
    const intent = await getIntent(providerReference, call);
    return intent && report({ intent, reference }, call);
  }

  /** The PaymentIntent under a charge; none while nobody has paid. */
  async function intentIdOf(providerReference: string, call: ProviderCall): Promise<string | undefined> {
    if (!providerReference.startsWith('cs_')) return providerReference;
    const intent = (await getSession(providerReference, call))?.payment_intent;
    return typeof intent === 'string' ? intent : intent?.id;
  }

  async function mustGet(of: { reference: string; providerReference: string }, call: ProviderCall) {
    const found = await get(of, call);
    if (!found) throw unable('call', 'charge_unknown');
    return found;
  }

  async function createSession(charge: Charge, call: ProviderCall): Promise<ChargeReport> {
    const until = Math.floor(charge.expiresAt.getTime() / 1000);
    const left = until - clock.now().getTime() / 1000;
    // Outside these Stripe refuses; whoever asked ends the charge in time by `cancel`.
    const allowed = left > facts['stripe.leastMinutes'] * 60 + 30 && left < facts['stripe.mostHours'] * 3600;
    const currency = charge.amount.currency.toLowerCase();
    const common: Stripe.Checkout.SessionCreateParams = {
      client_reference_id: charge.reference,
      customer_email: charge.payer.email,
      locale: charge.locale,
      success_url: charge.returnUrl,
      cancel_url: charge.cancelUrl,
      ...(charge.keepMethod ? { customer_creation: 'always' as const } : {}),
      ...(allowed ? { expires_at: until } : {}),
    };
    // A session that only keeps a method says no currency, so it is written into it.
    const setup: Stripe.Checkout.SessionCreateParams = {
      ...common,
      mode: 'setup',
      currency,
      metadata: { reference: charge.reference, currency },
      setup_intent_data: { metadata: { reference: charge.reference } },
    };
    const payment = (): Stripe.Checkout.SessionCreateParams => ({
      ...common,
      mode: 'payment',
      metadata: { reference: charge.reference },
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency,
            unit_amount: units.write(charge.amount),
            product_data: { name: charge.description.slice(0, 250) },
          },
        },
      ],
      payment_intent_data: {
        capture_method: charge.capture === 'manual' ? 'manual' : 'automatic',
        description: charge.description.slice(0, 500),
        metadata: { reference: charge.reference },
        ...(charge.keepMethod ? { setup_future_usage: 'off_session' as const } : {}),
      },
    });
    const params = charge.keepMethod && charge.amount.amount === 0 ? setup : payment();
    try {
      const session = await stripe.checkout.sessions.create(params, options(call, `charge-${charge.reference}`));
      return await report({ session, reference: charge.reference }, call);
    } catch (error) {
      // The same reference, told a little differently: the charge exists, whatever it was told then.
      if (error instanceof Stripe.errors.StripeIdempotencyError) return existing(charge, call);
      throw failureOf('create', error);
    }
  }

  async function existing(charge: Charge, call: ProviderCall): Promise<ChargeReport> {
    const found = await findByReference(charge.reference, call);
    if (found?.amount.amount === charge.amount.amount && found.amount.currency === charge.amount.currency) return found;
    throw unable('create', 'reference_reused');
  }

  async function chargeSaved(charge: Charge, savedMethod: string, call: ProviderCall): Promise<ChargeReport> {
    const [customer = '', method = ''] = savedMethod.split('/');
    try {
      const intent = await stripe.paymentIntents.create(
        {
          amount: units.write(charge.amount),
          currency: charge.amount.currency.toLowerCase(),
          customer,
          payment_method: method,
          off_session: true,
          confirm: true,
          capture_method: charge.capture === 'manual' ? 'manual' : 'automatic',
          description: charge.description.slice(0, 500),
          metadata: { reference: charge.reference },
          expand: expandIntent,
        },
        options(call, `charge-${charge.reference}`),
      );
      return await report({ intent, reference: charge.reference }, call);
    } catch (error) {
      if (error instanceof Stripe.errors.StripeIdempotencyError) return existing(charge, call);
      // A refused card leaves a PaymentIntent behind: that is an answer, not a failed call.
      const intent = error instanceof Stripe.errors.StripeCardError ? error.payment_intent : undefined;
      if (intent) return report({ intent, reference: charge.reference }, call);
      throw failureOf('create', error);
    }
  }

  return {
    name: 'stripe',
    capabilities: stripeCapabilities(facts),
    repeatSeconds: facts['stripe.repeatHours'] * 3600,

    create: (charge, call) =>
      charge.savedMethod ? chargeSaved(charge, charge.savedMethod, call) : createSession(charge, call),

    find: ({ reference, providerReference }, call) =>
      providerReference ? get({ reference, providerReference }, call) : findByReference(reference, call),

    capture: async ({ reference, providerReference, amount }, call) => {
      const intent = await intentIdOf(providerReference, call);
      if (!intent) throw unable('capture', 'not_authorized');
      try {
        await stripe.paymentIntents.capture(
          intent,
          { amount_to_capture: units.write(amount) },
          options(call, `capture-${reference}-${amount.amount}`),
        );
      } catch (error) {
        const failure = failureOf('capture', error);
        if (failure.outcome !== 'refused') throw failure;
        const found = await mustGet({ reference, providerReference }, call);
        if (found.captured !== amount.amount) throw failure;
        return found;
      }
      return mustGet({ reference, providerReference }, call);
    },

    cancel: async ({ reference, providerReference }, call) => {
      const before = await mustGet({ reference, providerReference }, call);
      if (!['requires_action', 'authorized', 'processing'].includes(before.state)) return before;
      try {
        if (before.state === 'requires_action' && providerReference.startsWith('cs_')) {
          await stripe.checkout.sessions.expire(providerReference, {}, options(call));
        } else {
          const intent = await intentIdOf(providerReference, call);
          if (!intent) throw unable('cancel', 'not_authorized');
          await stripe.paymentIntents.cancel(intent, { cancellation_reason: 'abandoned' }, options(call));
        }
      } catch (error) {
        const failure = failureOf('cancel', error);
        if (failure.outcome !== 'refused') throw failure;
        // Paid in between: then that is how it stands.
        const found = await mustGet({ reference, providerReference }, call);
        if (found.state === before.state) throw failure;
        return found;
      }
      const after = await mustGet({ reference, providerReference }, call);
      return after.state === 'expired' ? { ...after, state: 'canceled', reason: null } : after;
    },

    refund: async ({ reference, chargeReference, providerReference, amount }, call) => {
      const intent = await intentIdOf(providerReference, call);
      if (!intent) throw unable('refund', 'not_paid');
      const known = await findRefundOf(intent, reference, call);
      if (known) {
        const made = readUnits(() => toRefundReport(known, reference, units));
        if (made.amount.amount !== amount.amount) throw unable('refund', 'reference_reused');
        return made;
      }
      const refund = await said(
        'refund',
        stripe.refunds.create(
          {
            payment_intent: intent,
            amount: units.write(amount),
            reason: 'requested_by_customer',
            metadata: { reference, charge_reference: chargeReference },
          },
          options(call, `refund-${reference}`),
        ),
      );
      return readUnits(() => toRefundReport(refund, reference, units));
    },

    findRefund: async ({ reference, providerReference, refundProviderReference }, call) => {
      if (refundProviderReference) {
        const refund = await orMissing(stripe.refunds.retrieve(refundProviderReference, {}, options(call)));
        return refund && readUnits(() => toRefundReport(refund, reference, units));
      }
      const intent = await intentIdOf(providerReference, call);
      const refund = intent ? await findRefundOf(intent, reference, call) : undefined;
      return refund && readUnits(() => toRefundReport(refund, reference, units));
    },

    readWebhook: async ({ headers, rawBody }) => {
      verifySignature({
        secret: config.webhookSecret,
        header: headers['stripe-signature'],
        body: rawBody,
        now: clock.now(),
      });
      const parsed = Event.safeParse(readJson(rawBody.toString('utf8')));
      if (!parsed.success) throw new WebhookRefused('malformed');
      const { id, type, created, data } = parsed.data;
      const head = { evidenceId: id, type, occurredAt: new Date(created * 1000).toISOString() };
      const evidence = toEvidence(data.object, units);
      if (evidence.about !== 'dispute_of') return [{ ...head, ...evidence }];
      // A dispute names Stripe's own ids alone.
      const call = { idempotencyKey: id, deadline: new Date(clock.now().getTime() + 10_000) };
      const intent = evidence.intent ? await getIntent(evidence.intent, call) : undefined;
      const chargeReference = intent?.metadata.reference;
      if (!chargeReference) return [{ ...head, about: 'nothing' }];
      return [{ ...head, about: 'dispute', report: { ...evidence.report, chargeReference } }];
    },

    listTransactions: async ({ from, to }, call) => {
      const created = { gte: Math.floor(from.getTime() / 1000), lt: Math.floor(to.getTime() / 1000) };
      const list = stripe.balanceTransactions.list({ created, limit: 100, expand: ['data.source'] }, options(call));
      const rows: ProviderTransaction[] = [];
      const read = async () => {
        for await (const row of list) rows.push(...readUnits(() => toTransactions(row, units)));
      };
      await said('list', read());
      return rows;
    },
  };

  async function findRefundOf(
    intent: string,
    reference: string,
    call: ProviderCall,
  ): Promise<Stripe.Refund | undefined> {
    const refunds = stripe.refunds.list({ payment_intent: intent, limit: 100 }, options(call));
    return said(
      'find',
      findIn(refunds, (refund) => refund.metadata?.reference === reference),
    );
  }
}

/** Lets the SDK talk through the one way out. It passes plain texts and headers, nothing else. */
function fetchThrough(egress: Egress): typeof fetch {
  return (input, init) => {
    const headers: Record<string, string> = {};
    new Headers(init?.headers).forEach((value, name) => {
      headers[name] = value;
    });
    const body = typeof init?.body === 'string' ? init.body : undefined;
    return egress.fetch(String(input), {
      method: init?.method ?? 'GET',
      headers,
      ...(body === undefined ? {} : { body }),
      signal: init?.signal ?? AbortSignal.timeout(30_000),
    });
  };
}

type Units = { write: (money: Money) => number; read: (amount: number, currency: string) => Money };

/** Stripe's minor units, which for some currencies are not those of ISO 4217. */
function unitsOf(facts: Facts): Units {
  const whole = new Set(facts['stripe.noFractions'].split(/\s+/));
  const three = new Set(facts['stripe.threeDigits'].split(/\s+/));
  const digits = (currency: string) => (whole.has(currency) ? 0 : three.has(currency) ? 3 : 2);
  return {
    write: (money) => {
      if (money.amount <= 0) throw unable('call', 'amount_invalid');
      const amount = toProviderUnits(money, digits(money.currency));
      // The last of three digits is always nought at Stripe.
      if (three.has(money.currency) && amount % 10 !== 0) throw unable('call', 'amount_too_fine');
      return amount;
    },
    read: (amount, currency) => fromProviderUnits(amount, currency.toUpperCase(), digits(currency.toUpperCase())),
  };
}

type Parts = {
  session: Stripe.Checkout.Session | undefined;
  intent: Stripe.PaymentIntent | null;
  charge: Stripe.Charge | null;
  disputed: number;
};

function toReport(
  { session, intent, charge, disputed }: Parts,
  { reference, units, facts }: { reference: string; units: Units; facts: Facts },
): ChargeReport {
  const setup = session?.mode === 'setup' && typeof session.setup_intent === 'object' ? session.setup_intent : null;
  const currency = intent?.currency ?? session?.currency ?? session?.metadata?.currency ?? '';
  const read = (amount: number) => units.read(amount, currency).amount;
  const state = stateOf(session, intent);
  const balance = typeof charge?.balance_transaction === 'object' ? charge.balance_transaction : null;
  const problem = intent?.last_payment_error;
  const failed = state === 'failed';
  const card = charge?.payment_method_details?.card;
  const setupMethod = typeof setup?.payment_method === 'object' ? setup.payment_method : null;
  const shown = card ?? setupMethod?.card;
  const captureBefore = card?.capture_before ?? (charge ? charge.created + facts['stripe.holdDays'] * 86_400 : null);
  const customer = idOf(intent ? intent.customer : (setup?.customer ?? session?.customer));
  const method = idOf(intent ? intent.payment_method : setup?.payment_method);
  const keeps = (intent?.setup_future_usage === 'off_session' && charge) || setup?.status === 'succeeded';
  const kept = keeps && customer && method ? `${customer}/${method}` : null;
  return {
    reference,
    providerReference: session?.id ?? intent?.id ?? '',
    state,
    amount: units.read(intent?.amount ?? session?.amount_total ?? 0, currency),
    captured: intent ? read(intent.amount_received) : 0,
    refunded: charge ? read(charge.amount_refunded) : 0,
    disputed: read(disputed),
    // Stripe settles in the account's own currency; a fee in another one is not a part of this amount.
    fee: balance && balance.currency === currency ? read(balance.fee) : null,
    reason: failed ? reasonOf(problem?.decline_code ?? problem?.code) : state === 'expired' ? 'expired' : null,
    providerCode: (failed ? (problem?.decline_code ?? problem?.code) : null) ?? null,
    nextAction:
      state === 'requires_action' && session?.url
        ? { type: 'redirect', url: session.url, expiresAt: new Date(session.expires_at * 1000).toISOString() }
        : null,
    authorizedUntil: state === 'authorized' && captureBefore ? new Date(captureBefore * 1000).toISOString() : null,
    savedMethod: kept,
    methodLabel: shown?.brand && shown.last4 ? `${shown.brand} •••• ${shown.last4}` : null,
  };
}

function stateOf(
  session: Stripe.Checkout.Session | undefined,
  intent: Stripe.PaymentIntent | null,
): ChargeReport['state'] {
  if (intent?.status === 'succeeded') return 'succeeded';
  if (intent?.status === 'requires_capture') return 'authorized';
  if (intent?.status === 'canceled') return session?.status === 'expired' ? 'expired' : 'canceled';
  if (session?.status === 'expired') return 'expired';
  // While the page is open the payer may try another card: a refusal there is not the end.
  if (session?.status === 'open') return 'requires_action';
  if (intent?.status === 'processing') return 'processing';
  if (session?.mode === 'setup' && session.status === 'complete') return 'succeeded';
  if (!intent) return 'processing';
  return 'failed';
}

function idOf(given: string | { id: string } | null | undefined): string | undefined {
  return typeof given === 'string' ? given : given?.id;
}

const reasons: Record<string, FailureReason> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_card',
  incorrect_cvc: 'wrong_details',
  incorrect_number: 'wrong_details',
  incorrect_zip: 'wrong_details',
  invalid_cvc: 'wrong_details',
  invalid_expiry_month: 'wrong_details',
  invalid_expiry_year: 'wrong_details',
  invalid_number: 'wrong_details',
  authentication_required: 'authentication_failed',
  payment_intent_authentication_failure: 'authentication_failed',
  fraudulent: 'suspected_fraud',
  lost_card: 'suspected_fraud',
  stolen_card: 'suspected_fraud',
  card_velocity_exceeded: 'limit_exceeded',
  withdrawal_count_limit_exceeded: 'limit_exceeded',
};

function reasonOf(code: string | undefined): FailureReason {
  return (code && reasons[code]) || 'declined';
}

const refundStates: Record<string, RefundReport['state']> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

type RefundLike = {
  id: string;
  amount: number;
  currency: string;
  status: string | null;
  failure_reason?: string | null | undefined;
};

function toRefundReport(refund: RefundLike, reference: string, units: Units): RefundReport {
  return {
    reference,
    providerReference: refund.id,
    state: refundStates[refund.status ?? ''] ?? 'processing',
    amount: units.read(refund.amount, refund.currency),
    providerCode: refund.failure_reason ?? null,
  };
}

// Webhooks are read no stricter than needed: their form follows the API version of the account, not ours.
const Metadata = z.record(z.string(), z.string()).nullish();
const IdOrObject = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).nullish();
const EventObject = z.discriminatedUnion('object', [
  z.object({
    object: z.literal('checkout.session'),
    id: z.string(),
    client_reference_id: z.string().nullish(),
    metadata: Metadata,
  }),
  z.object({ object: z.literal('payment_intent'), id: z.string(), metadata: Metadata }),
  z.object({ object: z.literal('charge'), id: z.string(), metadata: Metadata }),
  z.object({
    object: z.literal('refund'),
    id: z.string(),
    amount: z.int(),
    currency: z.string(),
    status: z.string().nullable(),
    failure_reason: z.string().nullish(),
    metadata: Metadata,
  }),
  z.object({
    object: z.literal('dispute'),
    id: z.string(),
    amount: z.int(),
    currency: z.string(),
    status: z.string(),
    reason: z.string(),
    payment_intent: IdOrObject,
    evidence_details: z.object({ due_by: z.number().nullish() }).nullish(),
  }),
]);
const Event = z.object({
  id: z.string(),
  type: z.string(),
  created: z.number(),
  data: z.object({ object: z.unknown() }),
});

type Distribute<T> = T extends WebhookEvidence ? Omit<T, 'evidenceId' | 'type' | 'occurredAt'> : never;
type Evidence =
  | Distribute<WebhookEvidence>
  | { about: 'dispute_of'; intent: string | null; report: Omit<DisputeReport, 'chargeReference'> };

function toEvidence(given: unknown, units: Units): Evidence {
  const parsed = EventObject.safeParse(given);
  // An object we do not sell with (a customer, a price): signed and harmless.
  if (!parsed.success) return { about: 'nothing' };
  const object = parsed.data;
  if (object.object === 'checkout.session') {
    const reference = object.client_reference_id ?? object.metadata?.reference ?? null;
    return { about: 'charge_named', reference, providerReference: object.id };
  }
  if (object.object === 'payment_intent' || object.object === 'charge') {
    const reference = object.metadata?.reference;
    // The charge is known by its session's id, which a PaymentIntent does not tell.
    return reference ? { about: 'charge_named', reference, providerReference: null } : { about: 'nothing' };
  }
  if (object.object === 'refund') {
    const { reference, charge_reference: chargeReference = null } = object.metadata ?? {};
    if (!reference) return { about: 'nothing' };
    const report = readUnits(() => toRefundReport(object, reference, units));
    return { about: 'refund', report, chargeReference, providerReference: null };
  }
  const states: Record<string, DisputeReport['state']> = { won: 'won', lost: 'lost', warning_closed: 'won' };
  const dueBy = object.evidence_details?.due_by;
  return {
    about: 'dispute_of',
    intent: object.payment_intent ?? null,
    report: {
      providerReference: object.id,
      state: states[object.status] ?? 'open',
      amount: readUnits(() => units.read(object.amount, object.currency)),
      reason: object.reason,
      respondBy: dueBy ? new Date(dueBy * 1000).toISOString() : null,
    },
  };
}

function toTransactions(row: Stripe.BalanceTransaction, units: Units): ProviderTransaction[] {
  const source = typeof row.source === 'object' ? row.source : null;
  const metadata = source && 'metadata' in source ? source.metadata : null;
  const intent = source && 'payment_intent' in source ? source.payment_intent : null;
  const kinds: Record<string, ProviderTransaction['kind']> = {
    charge: 'charge',
    payment: 'charge',
    refund: 'refund',
    payment_refund: 'refund',
    payout: 'payout',
    adjustment: 'dispute',
    stripe_fee: 'fee',
  };
  const kind = kinds[row.type];
  if (!kind) return [];
  const head = {
    providerReference:
      kind === 'charge' && intent ? (typeof intent === 'string' ? intent : intent.id) : (source?.id ?? row.id),
    reference: metadata?.reference ?? null,
    occurredAt: new Date(row.created * 1000).toISOString(),
  };
  const signed = (amount: number): Money => {
    const { amount: minor, currency } = units.read(Math.abs(amount), row.currency);
    return { amount: amount < 0 ? -minor : minor, currency };
  };
  const rows: ProviderTransaction[] = [{ ...head, kind, amount: signed(row.amount) }];
  if (row.fee !== 0) rows.push({ ...head, kind: 'fee', amount: signed(-row.fee) });
  return rows;
}

type Span = { gte: number; lte: number };

/**
 * When a charge of ours may have been made, likeliest first: soon after its reference, which tells its time (UUIDv7),
 * else in the days after. A reference without a time may be as old as a session can be.
 */
function createdAround(reference: string, now: Date, facts: Facts): Span[] {
  const today = Math.floor(now.getTime() / 1000) + 300;
  const bare = reference.replaceAll('-', '');
  if (!/^[0-9a-f]{12}7[0-9a-f]{19}$/i.test(bare))
    return [{ gte: today - (facts['stripe.mostHours'] + 2) * 3600, lte: today }];
  const made = Math.floor(Number.parseInt(bare.slice(0, 12), 16) / 1000);
  const soon = { gte: made - 300, lte: made + 1800 };
  return soon.lte >= today
    ? [{ ...soon, lte: today }]
    : [soon, { gte: soon.lte + 1, lte: Math.min(today, made + 3 * 86_400) }];
}

const mostLooked = 5000;

async function findIn<T>(list: AsyncIterable<T>, matches: (one: T) => boolean): Promise<T | undefined> {
  let looked = 0;
  for await (const one of list) {
    if (matches(one)) return one;
    looked += 1;
    if (looked >= mostLooked) throw new ProviderFailure('unknown', 'stripe: the list is too long to look through');
  }
  return undefined;
}

async function said<T>(operation: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw failureOf(operation, error);
  }
}

async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.statusCode === 404) return undefined;
    throw failureOf('find', error);
  }
}

function readUnits<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new ProviderFailure('unknown', 'stripe: an amount cannot be read');
    throw error;
  }
}

function unable(operation: string, providerCode: string): ProviderFailure {
  return new ProviderFailure('refused', `stripe: ${operation} refused (${providerCode})`, { providerCode });
}

/** What the SDK threw, in the port's words. Stripe's own texts stay out: they may repeat what was sent. */
function failureOf(operation: string, error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (!(error instanceof Stripe.errors.StripeError))
    return new ProviderFailure('unknown', `stripe: ${operation} failed`, { cause: error });
  const inner: unknown = error.detail;
  if (inner instanceof ProviderFailure) return inner;
  const code = error.decline_code ?? error.code ?? error.rawType ?? 'no_code';
  const { statusCode = 0 } = error;
  // 409: a call with the same key is still running; 424: something outside failed. Neither says what happened.
  if (statusCode < 400 || statusCode === 409 || statusCode === 424 || statusCode >= 500)
    return new ProviderFailure('unknown', `stripe: ${operation} got no usable answer (${statusCode})`);
  return new ProviderFailure('refused', `stripe: ${operation} refused (${code})`, {
    providerCode: code,
    reason: error instanceof Stripe.errors.StripeCardError ? reasonOf(code) : 'provider_error',
  });
}
