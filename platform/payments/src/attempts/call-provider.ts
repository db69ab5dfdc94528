import { type Clock, crashPoint } from '@stoa/kernel';
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { type ConfiguredProvider, type Provider, type ProviderCall, ProviderFailure } from '../providers/provider.ts';
import type { CircuitState } from './keep-circuits.ts';

type Call = { provider: string; idempotencyKey: string };
/** Calls a provider with a deadline, behind its circuit breaker. Fails with `ProviderFailure` and nothing else. */
export type CallProvider = {
  <T>(call: Call, work: (provider: Provider, call: ProviderCall) => Promise<T>): Promise<T>;
  /** `closed` when all is well, `open` while nobody is let through, `half_open` while one is tried. */
  stateOf: (provider: string) => CircuitState;
};

const afterAnswer = crashPoint('payments.provider.after_answer');
const states = ['closed', 'open', 'half_open', 'open'] as const;

/**
 * Five failures in a row that are not refusals open a provider's circuit for ten seconds: what is not called cannot be
 * charged, and the queue tries again later. A call that outlives its deadline may have happened.
 */
export function providerCaller(options: {
  providers: readonly ConfiguredProvider[];
  clock: Clock;
  callSeconds: number;
  /** Told of every change, so that other processes can know. */
  onChange?: (provider: string, state: CircuitState) => void;
}): CallProvider {
  const breakers = new Map<string, CircuitBreakerPolicy>();
  const breakerOf = (name: string) => {
    let breaker = breakers.get(name);
    if (!breaker) {
      breaker = circuitBreaker(
        handleWhen((error) => !(error instanceof ProviderFailure) || error.outcome !== 'refused'),
        { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) },
      );
      breaker.onStateChange((state) => options.onChange?.(name, states[state] ?? 'closed'));
      breakers.set(name, breaker);
    }
    return breaker;
  };
  const call = async <T>(
    { provider: name, idempotencyKey }: Call,
    work: (provider: Provider, call: ProviderCall) => Promise<T>,
  ): Promise<T> => {
    const provider = options.providers.find((one) => one.name === name)?.provider;
    if (!provider) throw new ProviderFailure('not_sent', `${name} is not configured here`);
    const milliseconds = options.callSeconds * 1000;
    const deadline = new Date(options.clock.now().getTime() + milliseconds);
    try {
      return await breakerOf(name).execute(async () => {
        const answer = await before(milliseconds, work(provider, { idempotencyKey, deadline }));
        afterAnswer();
        return answer;
      });
    } catch (error) {
      if (error instanceof ProviderFailure) throw error;
      if (error instanceof BrokenCircuitError)
        throw new ProviderFailure('not_sent', `${name} does not answer; not called`, { cause: error });
      // An adapter that fails in a way of its own has told us nothing about the money.
      throw new ProviderFailure('unknown', `${name} failed in an unexpected way`, { cause: error });
    }
  };
  return Object.assign(call, { stateOf: (name: string) => states[breakerOf(name).state] ?? 'closed' });
}

async function before<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    // A little more than the adapter was given, so that its own, better informed failure comes first.
    timer = setTimeout(
      () => reject(new ProviderFailure('unknown', 'no answer before the deadline')),
      milliseconds + 500,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
