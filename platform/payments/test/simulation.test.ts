import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { simulate } from './simulation/simulate.ts';

/**
 * `STOA_SIM_SEED=123` repeats one life exactly; `STOA_SIM_SEEDS=1000000` lives through more of them, from
 * `STOA_SIM_FROM` on.
 */
const one = process.env.STOA_SIM_SEED;
const from = Number(process.env.STOA_SIM_FROM ?? 1);
const count = Number(process.env.STOA_SIM_SEEDS ?? 20_000);

function live(seed: number) {
  try {
    return simulate(seed);
  } catch (error) {
    throw new Error(`seed ${seed} (repeat with STOA_SIM_SEED=${seed})`, { cause: error });
  }
}

describe('the payment core', () => {
  test('keeps its promises in twenty thousand lives', (t) => {
    if (one !== undefined) {
      t.diagnostic(JSON.stringify(live(Number(one))));
      return;
    }
    const ends = new Map<string, number>();
    let transactions = 0;
    for (let seed = from; seed < from + count; seed += 1) {
      const life = live(seed);
      transactions += life.transactions;
      ends.set(life.state, (ends.get(life.state) ?? 0) + 1);
    }
    t.diagnostic(`${count} lives, ${transactions} transactions: ${JSON.stringify(Object.fromEntries(ends))}`);
    // A simulation in which nothing happens would keep every promise.
    for (const state of ['paid', 'partially_refunded', 'refunded', 'cancelled', 'expired', 'pending_payment'])
      assert.ok((ends.get(state) ?? 0) > count / 200, `hardly any life ends ${state}`);
  });
  test('lives the same life again under the same seed', () => {
    for (const seed of [1, 77, 4242]) assert.deepEqual(simulate(seed), simulate(seed));
  });
});
