import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '@stoa/kernel';
import { providerCaller } from '../src/attempts/call-provider.ts';
import type { Provider, ProviderCall } from '../src/providers/provider.ts';
import { ProviderFailure } from '../src/providers/provider.ts';
import { type Fault, scriptedProvider } from './scripted-provider.ts';

/** A provider behind its circuit, and the changes of it. */
function openCircuit() {
  const scripted = scriptedProvider();
  const changes: string[] = [];
  const callProvider = providerCaller({
    providers: [scripted.configured],
    clock: systemClock,
    callSeconds: 1,
    onChange: (_provider, state) => void changes.push(state),
  });
  const find = (fault?: Fault) => {
    if (fault) scripted.fault('find', fault);
    const work = (provider: Provider, call: ProviderCall) =>
      provider.find({ reference: 'one', providerReference: null }, call);
    return callProvider({ provider: 'scripted', idempotencyKey: 'one' }, work);
  };
  return { find, changes, calls: () => scripted.calls.length, stateOf: () => callProvider.stateOf('scripted') };
}
const isA = (outcome: string) => (error: unknown) => error instanceof ProviderFailure && error.outcome === outcome;

test('a circuit opens after five failures, lets nobody through for ten seconds, then one, and closes when that one is answered', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const { find, changes, calls, stateOf } = openCircuit();
  for (const fault of ['not_sent', 'unknown_before', 'garbage', 'unknown_before'] as const)
    await assert.rejects(find(fault), ProviderFailure);
  assert.equal(stateOf(), 'closed');
  await assert.rejects(find('not_sent'), isA('not_sent'));
  assert.deepEqual([stateOf(), calls()], ['open', 5]);
  // What was not called cannot be charged: the queue may try it again.
  await assert.rejects(find(), isA('not_sent'));
  t.mock.timers.tick(9_999);
  await assert.rejects(find(), isA('not_sent'));
  assert.deepEqual([stateOf(), calls()], ['open', 5]);

  t.mock.timers.tick(1);
  await assert.rejects(find('unknown_before'), isA('unknown'));
  await assert.rejects(find(), isA('not_sent'));
  assert.deepEqual([stateOf(), calls()], ['open', 6]);

  t.mock.timers.tick(10_000);
  assert.equal(await find(), undefined);
  assert.equal(await find(), undefined);
  assert.deepEqual([stateOf(), calls()], ['closed', 8]);
  assert.deepEqual(changes, ['open', 'half_open', 'open', 'half_open', 'closed']);
});

test('a circuit stays closed however many payments a provider refuses, and whatever fails between answers', async () => {
  const { find, changes, calls } = openCircuit();
  for (let times = 0; times < 7; times += 1) await assert.rejects(find('refused'), isA('refused'));
  for (let times = 0; times < 4; times += 1) await assert.rejects(find('not_sent'), isA('not_sent'));
  await find();
  for (let times = 0; times < 4; times += 1) await assert.rejects(find('not_sent'), isA('not_sent'));
  assert.deepEqual([changes, calls()], [[], 16]);
});
