import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { payInParts } from './simulation/pay-in-parts.ts';
import { simulate } from './simulation/simulate.ts';
import { subscribe } from './simulation/subscribe.ts';

/**
 * `STOA_SIM_SEED=123` repeats one life exactly; `STOA_SIM_SEEDS=1000000` lives through more of them, from
 * `STOA_SIM_FROM` on.
 */
const one = process.env.STOA_SIM_SEED;
const from = Number(process.env.STOA_SIM_FROM ?? 1);
const count = Number(process.env.STOA_SIM_SEEDS ?? 20_000);

function live<T>(kind: (seed: number) => T, seed: number): T {
  try {
    return kind(seed);
  } catch (error) {
    throw new Error(`seed ${seed} (repeat with STOA_SIM_SEED=${seed})`, { cause: error });
  }
}

const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

/** What twenty thousand lives of every kind may take in all, of the processor: the clock also counts whoever else is at work. */
const mostMinutes = 5;

describe('the payment core', () => {
  const before = process.cpuUsage();
  test('keeps its promises in twenty thousand lives of an order', (t) => {
    if (one !== undefined) {
      t.diagnostic(JSON.stringify(live(simulate, Number(one))));
      return;
    }
    const ends = new Map<string, number>();
    let transactions = 0;
    for (let seed = from; seed < from + count; seed += 1) {
      const life = live(simulate, seed);
      transactions += life.transactions;
      add(ends, life.state);
      if (life.payouts > 0) add(ends, 'paid out');
      if (life.owes) add(ends, 'seller owes');
    }
    t.diagnostic(`${count} lives, ${transactions} transactions: ${JSON.stringify(Object.fromEntries(ends))}`);
    // A simulation in which nothing happens would keep every promise.
    for (const state of [
      'paid',
      'partially_refunded',
      'refunded',
      'cancelled',
      'expired',
      'pending_payment',
      'paid out',
    ])
      assert.ok((ends.get(state) ?? 0) > count / 200, `hardly any life ends ${state}`);
    assert.ok((ends.get('seller owes') ?? 0) > count / 1000, 'hardly any seller owes anything');
  });
  test('keeps its promises in as many lives of a subscription', (t) => {
    if (one !== undefined) {
      const { told: _told, ...life } = live(subscribe, Number(one));
      t.diagnostic(JSON.stringify(life));
      return;
    }
    const ends = new Map<string, number>();
    let periods = 0;
    for (let seed = from; seed < from + count; seed += 1) {
      const life = live(subscribe, seed);
      periods += life.periods;
      add(ends, life.state);
      for (const what of new Set(life.told.map((told) => (told.what === 'state' ? told.to : told.what))))
        add(ends, `was ${what}`);
    }
    t.diagnostic(`${count} lives, ${periods} periods: ${JSON.stringify(Object.fromEntries(ends))}`);
    const seen = [
      'trialing',
      'active',
      'past_due',
      'paused',
      'canceled',
      'ended',
      'back',
      'gone',
      'cancel',
      'uncancel',
    ];
    for (const state of seen) assert.ok((ends.get(`was ${state}`) ?? 0) > count / 200, `hardly any is ever ${state}`);
  });
  test('keeps its promises in a quarter as many lives of a price that is paid in parts', (t) => {
    if (one !== undefined) {
      const { told: _told, ...life } = live(payInParts, Number(one));
      t.diagnostic(JSON.stringify(life));
      return;
    }
    // Each is of several orders and takes three times as long as one of an order.
    const lives = Math.ceil(count / 4);
    const ends = new Map<string, number>();
    let orders = 0;
    for (let seed = from; seed < from + lives; seed += 1) {
      const life = live(payInParts, seed);
      orders += life.orders;
      add(ends, life.state);
      const seen = life.told.map((told) => {
        if (told.what === 'state') return told.tell;
        return told.what === 'dispute' ? `dispute ${told.now}` : told.what;
      });
      for (const what of new Set(seen)) add(ends, `was ${what}`);
    }
    t.diagnostic(`${lives} lives, ${orders} orders: ${JSON.stringify(Object.fromEntries(ends))}`);
    for (const state of ['completed', 'canceled', 'paused', 'incomplete'])
      assert.ok((ends.get(state) ?? 0) > lives / 50, `hardly any ends ${state}`);
    const seen = ['part_missed', 'resumed', 'given up', 'taken away', 'dispute open', 'dispute won', 'dispute lost'];
    for (const what of seen) assert.ok((ends.get(`was ${what}`) ?? 0) > lives / 50, `hardly any is ever ${what}`);
  });
  test('lives the same life again under the same seed', () => {
    for (const seed of [1, 77, 4242]) {
      assert.deepEqual(simulate(seed), simulate(seed));
      assert.deepEqual(subscribe(seed), subscribe(seed));
      assert.deepEqual(payInParts(seed), payInParts(seed));
    }
  });
  test('takes less than five minutes of the processor for all of them', (t) => {
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    t.diagnostic(`${seconds.toFixed(1)} s of the processor`);
    const most = mostMinutes * 60 * Math.max(1, count / 20_000);
    assert.ok(seconds < most, `${count} lives of each kind took ${seconds.toFixed(0)} s of the processor`);
  });
});
