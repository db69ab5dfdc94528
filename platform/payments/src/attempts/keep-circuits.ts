import { statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';

export type CircuitState = 'closed' | 'open' | 'half_open';

/**
 * How long a circuit is taken for open after it was last heard of: a process that tries is heard of with every try, one
 * that was killed is not.
 */
const believedMs = 300_000;

const keepState = statement<[provider: string, process: string, state: string, at: string, until: string], never>(
  'payments.keep_provider_circuit',
  `with old as (delete from provider_circuits where expires_at < $4::timestamptz and process <> $2::uuid)
   insert into provider_circuits (provider, process, state, changed_at, expires_at) values ($1, $2, $3, $4, $5)
   on conflict (provider, process) do update
     set state = excluded.state, changed_at = excluded.changed_at, expires_at = excluded.expires_at`,
);
const forgetState = statement<[provider: string, process: string], never>(
  'payments.forget_provider_circuit',
  'delete from provider_circuits where provider = $1 and process = $2',
);
const listStates = statement<[now: string], { provider: string; state: 'open' | 'half_open' }>(
  'payments.list_provider_circuits',
  'select provider, state from provider_circuits where expires_at > $1',
);

/**
 * Writes down how the circuits of this process stand, one change after the other. That it cannot is logged and disturbs
 * no call.
 */
export function circuitKeeper(deps: Pick<PaymentDeps, 'db' | 'clock' | 'ids' | 'log'>) {
  const process = deps.ids.id();
  let writing = Promise.resolve();
  return (provider: string, state: CircuitState): void => {
    writing = writing
      .then(async () => {
        const now = deps.clock.now();
        const until = new Date(now.getTime() + believedMs).toISOString();
        if (state === 'closed') await deps.db.run(forgetState, [provider, process]);
        else await deps.db.run(keepState, [provider, process, state, now.toISOString(), until]);
      })
      .catch((error: unknown) => deps.log.warn({ err: error, provider, state }, 'the state of a circuit was not kept'));
  };
}

/** How the circuits stand in all processes: open if one of them is. Providers that are not named are closed. */
export async function readCircuits(deps: Pick<PaymentDeps, 'db' | 'clock'>): Promise<Map<string, CircuitState>> {
  const circuits = new Map<string, CircuitState>();
  for (const { provider, state } of await deps.db.rows(listStates, [deps.clock.now().toISOString()]))
    circuits.set(provider, worse(state, circuits.get(provider) ?? 'closed'));
  return circuits;
}

const order: readonly CircuitState[] = ['closed', 'half_open', 'open'];

/** The state that lets fewer calls through. */
export function worse(one: CircuitState, other: CircuitState): CircuitState {
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}
