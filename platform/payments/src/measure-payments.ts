import { type Deps, statement } from '@stoa/kernel';
import type { CallProvider } from './attempts/call-provider.ts';
import { liveInSql } from './attempts/live-in-sql.ts';
import {
  type ConfiguredProvider,
  type Provider,
  type ProviderCall,
  ProviderFailure,
  WebhookRefused,
} from './providers/provider.ts';

const callSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60];

/** Counts what webhooks of each provider turned out to be: `accepted`, or why not. */
export function measureWebhooks(
  measure: Deps['measure'],
): (providers: readonly ConfiguredProvider[]) => ConfiguredProvider[] {
  const count = measure.counter('stoa_payments_webhooks_total', 'Webhooks by verdict of their provider’s adapter.', [
    'provider',
    'verdict',
  ]);
  return (providers) =>
    providers.map((configured) => {
      const { name, provider } = configured;
      if (!provider) return configured;
      const readWebhook: typeof provider.readWebhook = async (request) => {
        try {
          const evidence = await provider.readWebhook(request);
          count({ provider: name, verdict: 'accepted' });
          return evidence;
        } catch (error) {
          count({ provider: name, verdict: error instanceof WebhookRefused ? error.reason : 'failed' });
          throw error;
        }
      };
      return { ...configured, provider: { ...provider, readWebhook } };
    });
}

/** Counts and times calls to providers by outcome: `answered`, or what is known of the failure. */
export function measureCalls(measure: Deps['measure']): (callProvider: CallProvider) => CallProvider {
  const time = measure.timer('stoa_payments_provider_call_seconds', 'Calls to providers by outcome.', {
    labels: ['provider', 'outcome'],
    buckets: callSeconds,
  });
  return (callProvider) => {
    const call = async <T>(
      asked: Parameters<CallProvider>[0],
      work: (provider: Provider, call: ProviderCall) => Promise<T>,
    ): Promise<T> => {
      const begun = performance.now();
      const end = (outcome: string) => time({ provider: asked.provider, outcome }, (performance.now() - begun) / 1000);
      try {
        const answer = await callProvider(asked, work);
        end('answered');
        return answer;
      } catch (error) {
        end(error instanceof ProviderFailure ? error.outcome : 'failed');
        throw error;
      }
    };
    return Object.assign(call, { stateOf: callProvider.stateOf });
  };
}

type Counted = { provider: string; status: string; count: number };
type Settled = { provider: string; half: number; most: number };
type Parked = { kind: string; count: number };
// By the index of orders: attempts are made with their orders or soon after.
const countAttempts = statement<[], Counted>(
  'payments.count_recent_attempts',
  `select a.provider, a.status, count(*)::int as count
   from orders o join attempts a on a.order_id = o.id
   where o.created_at > now() - interval '1 hour' group by a.provider, a.status`,
);
const settledSeconds = statement<[], Settled>(
  'payments.measure_settling',
  `select a.provider,
     percentile_cont(0.5) within group (order by extract(epoch from o.paid_at - a.created_at)) as half,
     percentile_cont(0.95) within group (order by extract(epoch from o.paid_at - a.created_at)) as most
   from orders o join attempts a on a.id = o.settled_by
   where o.created_at > now() - interval '1 hour' and o.paid_at is not null group by a.provider`,
);
const countParked = statement<[], Parked>(
  'payments.count_parked',
  `select 'payment' as kind, count(*)::int as count from attempts
   where parked_at is not null and status in ${liveInSql}
   union all
   select 'refund', count(*)::int from refunds where parked_at is not null and state in ('requested', 'processing')`,
);
const countBreaks = statement<[], Parked>(
  'payments.count_breaks',
  `select outcome as kind, count(*)::int as count from evidence where flagged and resolved_at is null group by outcome
   union all
   select kind, count(*)::int from reconciliation_breaks where resolved_at is null group by kind
   union all
   select 'open_dispute', count(*)::int from disputes where state = 'open'`,
);
const clearingAge = statement<[providers: string[]], { provider: string; currency: string; seconds: number }>(
  'payments.measure_clearing_age',
  // What came in last has been paid out last: going back from the newest money, the oldest of what is still owed. Ids of
  // transactions tell their time, so that no more is read than is owed, and never more than the newest ten thousand.
  `select owed.provider, owed.currency, extract(epoch from now() - t.occurred_at)::float8 as seconds
   from (
     select c.id, c.holder as provider, c.currency, sum(b.debit - b.credit) as balance
     from accounts c join account_balances b on b.account = c.id
     where c.kind = 'clearing' and c.holder = any($1) group by c.id having sum(b.debit - b.credit) > 0
   ) owed
   cross join lateral (
     select newest.transaction_id from (
       select e.transaction_id, sum(e.amount) over (order by e.transaction_id desc) - e.amount as newer from (
         select transaction_id, amount from ledger_entries where account = owed.id and amount > 0
         order by transaction_id desc limit 10000
       ) e
     ) newest where newest.newer < owed.balance order by newest.transaction_id limit 1
   ) oldest
   join ledger_transactions t on t.id = oldest.transaction_id`,
);
const circuitValue = { closed: 0, half_open: 1, open: 2 } as const;

/**
 * What payments shows of itself when somebody looks (docs/payments/metrics.md). Counted in the database, so that every
 * process says the same and a restart forgets nothing; the circuits are those of this process.
 */
export function measurePayments(
  deps: Pick<Deps, 'db' | 'jobs' | 'measure'> & {
    providers: readonly ConfiguredProvider[];
    callProvider: CallProvider;
  },
): void {
  const { db, jobs, measure } = deps;
  measure.gauge('stoa_payments_attempts', 'Payments of orders of the last hour by status.', {
    labels: ['provider', 'status'],
    collect: async () => (await db.rows(countAttempts, [])).map(({ count, ...labels }) => ({ labels, value: count })),
  });
  measure.gauge(
    'stoa_payments_settle_seconds',
    'From a payment’s beginning to its order being paid, in the last hour.',
    {
      labels: ['provider', 'quantile'],
      collect: async () =>
        (await db.rows(settledSeconds, [])).flatMap(({ provider, half, most }) => [
          { labels: { provider, quantile: '0.5' }, value: half },
          { labels: { provider, quantile: '0.95' }, value: most },
        ]),
    },
  );
  measure.gauge('stoa_payments_queue_jobs', 'Jobs by queue and state.', {
    labels: ['queue', 'state'],
    collect: async () =>
      (await jobs.counts()).flatMap(({ queue, ...states }) =>
        Object.entries(states).map(([state, value]) => ({ labels: { queue, state }, value })),
      ),
  });
  measure.gauge('stoa_payments_queue_oldest_seconds', 'For how long the oldest job of a queue has been due.', {
    labels: ['queue'],
    collect: async () => (await jobs.oldest()).map(({ queue, seconds }) => ({ labels: { queue }, value: seconds })),
  });
  measure.gauge('stoa_payments_parked', 'Payments and refunds that wait for a person.', {
    labels: ['kind'],
    collect: async () =>
      (await db.rows(countParked, [])).map(({ kind, count }) => ({ labels: { kind }, value: count })),
  });
  measure.gauge('stoa_payments_breaks_open', 'What does not fit and nobody has settled.', {
    labels: ['kind'],
    collect: async () =>
      (await db.rows(countBreaks, [])).map(({ kind, count }) => ({ labels: { kind }, value: count })),
  });
  measure.gauge('stoa_payments_clearing_oldest_seconds', 'Age of the oldest money that a provider has not paid out.', {
    labels: ['provider', 'currency'],
    collect: async () => {
      // Of the others nobody tells us what they paid out.
      const telling = deps.providers.filter(({ provider }) => provider?.capabilities.payouts).map(({ name }) => name);
      const rows = await db.rows(clearingAge, [telling]);
      return rows.map(({ seconds, ...labels }) => ({ labels, value: seconds }));
    },
  });
  measure.gauge('stoa_payments_circuit', 'Whether a provider is called: 0 yes, 1 on trial, 2 no.', {
    labels: ['provider'],
    collect: async () =>
      deps.providers
        .filter(({ provider }) => provider)
        .map(({ name }) => ({ labels: { provider: name }, value: circuitValue[deps.callProvider.stateOf(name)] })),
  });
}
