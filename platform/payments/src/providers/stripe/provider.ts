import type { Clock } from '@stoa/kernel';
import Stripe from 'stripe';
import type { Egress } from '../egress.ts';
import type { Facts } from '../facts.ts';
import {
  type Charge,
  type ChargeReport,
  type Provider,
  type ProviderCall,
  ProviderFailure,
  type ProviderTransaction,
  WebhookRefused,
} from '../provider.ts';
import { readJson } from '../read-json.ts';
import { verifySignature } from '../stoa-signature.ts';
import { stripeCapabilities } from './capabilities.ts';
import { Event, toEvidence } from './read-webhook.ts';
import { readUnits, reasonOf, toRefundReport, toReport, toTransactions, unable, unitsOf } from './reports.ts';

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
