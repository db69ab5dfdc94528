import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@stoa/kernel/testing';
import type { BookEntry, Simulator } from '../../../platform/payments/test/providers/simulators/server.ts';
import { startSimulator } from '../../../platform/payments/test/providers/simulators/start-simulator.ts';
import { contexts } from '../src/contexts.ts';
import { type Account, type Api, openApi, promote, register, signIn, until } from './api-client.ts';
import {
  inspect,
  makeHome,
  makeWorld,
  operator as operatorLogin,
  type ProcessOptions,
  startProcess,
  type World,
} from './platform-process.ts';
import { assertInvariants, assertNothingParked, untilQuiet } from './quiet.ts';

/** Kills at random moments, of the payment worker and of all the rest in turn; more with STOA_KILLS. */
const kills = Number(process.env.STOA_KILLS ?? 2);
const buyers = 5;
/** Each buyer buys all of them; then gives back and buys again for as long as there are kills to come. */
const courses = 4;
const price = { amount: 4900, currency: 'BRL' };

let world: World;
before(async () => {
  world = await makeWorld();
});
after(() => world?.close());

/** Looks now and then: what is waited for here takes as long as a killed process takes to be missed. */
const wait = <T>(what: string, check: () => Promise<T | undefined | false>): Promise<T> =>
  until(
    what,
    async () => {
      await pause(400);
      return check();
    },
    240_000,
  );

type Course = { id: string };
/** What a buyer was told of, and what they mean to have in the end. */
type Purchase = { buyer: Account; course: Course; paymentId: string; orderId: string; isReturned: boolean };

describe('a shop whose payment worker is a process of its own', () => {
  it(`charges every order once and nothing else when its processes are killed ${kills} times`, async () => {
    const database = await world.copy();
    const [port, rpc, workerPort] = [await freePort(), await freePort(), await freePort()];
    const homes = [await makeHome(), await makeHome()] as const;
    const url = `http://127.0.0.1:${port}`;
    // The provider is none of the platform's processes, and its book no table of theirs.
    const provider = await startSimulator('stripe', { webhookUrl: `${url}/api/webhooks/stripe` });
    const shared = { ...provider.settings, STOA_PUBLIC_URL: url };
    const siblings = contexts
      .map(({ name }) => name)
      .filter((name) => name !== 'payments')
      .map((name) => [`STOA_RPC_${name.toUpperCase()}`, `127.0.0.1:${rpc}`]);
    const places: readonly [ProcessOptions, ProcessOptions] = [
      {
        databaseUrl: database.url,
        home: homes[0].path,
        port: workerPort,
        environment: {
          ...shared,
          STOA_CONTEXTS: 'payments',
          STOA_ROLES: 'payment-worker',
          ...Object.fromEntries(siblings),
        },
      },
      {
        databaseUrl: database.url,
        home: homes[1].path,
        port,
        environment: { ...shared, STOA_ROLES: 'api,worker', STOA_RPC_LISTEN: `127.0.0.1:${rpc}` },
      },
    ];
    const running = [await startProcess(places[0]), await startProcess(places[1])] as const;
    const processes = [...running];
    try {
      const api = openApi(url, { patienceMs: 90_000 });
      const forSale = await openShop(api);
      // An answer takes its time, so that kills come while one is awaited: it happened, and nobody noted it.
      provider.fail('slow', { times: Number.POSITIVE_INFINITY });
      let over = false;
      const load = Promise.all(
        Array.from({ length: buyers }, (_, number) =>
          buyUntil(() => over, { api, provider, courses: forSale, number }),
        ),
      );
      for (let kill = 0; kill < kills; kill += 1) {
        const which = kill % 2;
        await pause(randomInt(200, 2500));
        await processes[which]?.kill();
        const place = places[which];
        assert.ok(place);
        processes[which] = await startProcess(place);
      }
      over = true;
      const purchases = (await load).flat();
      assert.ok(purchases.length >= buyers * courses, `${purchases.length} purchases`);
      await provider.settled();
      await untilSettled(database.url);
      await untilQuiet(database.url, 240_000);
      await assertInvariants(database.url, 'after the kills');
      await assertNothingParked(database.url);
      await assertBooksAgree(database.url, { book: provider.book(), purchases });
      await assertAccess(api, purchases);
    } catch (error) {
      throw new Error(processes.map((one) => one.output()).join('\n'), { cause: error });
    } finally {
      for (const one of processes) await one.stop();
      await provider.close();
      await database.drop();
      for (const home of homes) await home.remove();
    }
  });
});

/** A teacher with courses for sale. */
async function openShop(api: Api): Promise<Course[]> {
  const operator = await signIn(api, operatorLogin);
  const teacher = await register(api, { email: 'teacher@stoa.test', name: 'Tomás Lima' });
  const instructor = await promote(api, operator, teacher, ['student', 'instructor']);
  const made: Course[] = [];
  for (let number = 0; number < courses; number += 1) {
    const { body } = await api.call('POST', '/api/courses', {
      as: instructor,
      key: `course-${number}`,
      body: { title: `Tea ${number}`, language: 'en', summary: 'A course with a price.', price },
    });
    await api.call('POST', `/api/courses/${body.id}/lessons`, {
      as: instructor,
      key: `lesson-${number}`,
      body: { title: 'The only lesson', module: 'All of it' },
    });
    await api.call('POST', `/api/courses/${body.id}/publish`, { as: instructor });
    made.push({ id: String(body.id) });
  }
  return made;
}

/** One buyer: buys all courses, and goes on giving back and buying again until it is over. */
async function buyUntil(
  isOver: () => boolean,
  { api, provider, courses: forSale, number }: { api: Api; provider: Simulator; courses: Course[]; number: number },
): Promise<Purchase[]> {
  const buyer = await register(api, { email: `buyer-${number}@stoa.test`, name: 'Bia Couto' });
  const purchases: Purchase[] = [];
  const has = new Map<Course, Purchase>();
  for (let turn = 0; turn <= courses || !isOver(); turn += 1) {
    const course = forSale[turn % forSale.length];
    assert.ok(course);
    const owned = has.get(course);
    if (owned) {
      await isPaid(api, owned);
      await api.call('POST', `/api/payments/${owned.paymentId}/refunds`, {
        as: buyer,
        key: `refund-${owned.paymentId}`,
        body: {},
        expect: 202,
      });
      owned.isReturned = true;
      has.delete(course);
      await wait('the refund', async () => (await stateOf(api, owned)) === 'refunded');
      await wait('access to end', async () => !(await hasAccess(api, owned)));
    }
    const { body } = await api.call('POST', `/api/payments/courses/${course.id}`, {
      as: buyer,
      key: `buy-${number}-${turn}`,
      body: { provider: 'stripe' },
      expect: 202,
    });
    const purchase = { buyer, course, paymentId: String(body.id), orderId: String(body.orderId), isReturned: false };
    purchases.push(purchase);
    has.set(course, purchase);
    const page = await wait(
      'the page to pay on',
      async () => (await api.call('GET', `/api/payments/${purchase.paymentId}`, { as: buyer })).body.nextAction?.url,
    );
    provider.act(String(page), 'pay');
    // Every third one closes the tab; the others come back and wait to be let in.
    if (turn % 3 === 2) continue;
    await api.call('GET', `/api/payments/${purchase.paymentId}?refresh=true`, { as: buyer });
    await isPaid(api, purchase);
  }
  return purchases;
}

async function stateOf(api: Api, { buyer, orderId }: Purchase): Promise<string> {
  return (await api.call('GET', `/api/orders/${orderId}`, { as: buyer })).body.state;
}

function isPaid(api: Api, purchase: Purchase): Promise<boolean> {
  return wait('the order to be paid', async () => (await stateOf(api, purchase)) === 'paid');
}

async function hasAccess(api: Api, { buyer, course }: Purchase): Promise<boolean> {
  return (await api.send('GET', `/api/courses/${course.id}/enrollment`, { as: buyer })).status === 200;
}

/** Waits for those whose webhook found nobody at home: the provider is asked about them. */
async function untilSettled(databaseUrl: string): Promise<void> {
  await wait('no payment is on its way', async () => {
    const [row] = await inspect<{ open: string }>(
      databaseUrl,
      "select count(*) as open from payments.orders where state = 'pending_payment'",
    );
    return Number(row?.open) === 0;
  });
}

/** The provider's book is the judge: a charge for each order, an order for each charge, and money back once. */
async function assertBooksAgree(
  databaseUrl: string,
  { book, purchases }: { book: BookEntry[]; purchases: Purchase[] },
): Promise<void> {
  const attempts = await inspect<{ id: string; order_id: string; state: string }>(
    databaseUrl,
    'select a.id, a.order_id, o.state from payments.attempts a join payments.orders o on o.id = a.order_id',
  );
  const charged = book
    .filter(({ captured }) => captured > 0)
    .map(({ reference, amount, captured, refunded, refunds }) => {
      const attempt = attempts.find(({ id }) => id === reference);
      assert.ok(attempt, `a charge nobody ordered: ${reference}`);
      return { order: attempt.order_id, state: attempt.state, amount, captured, refunded, refunds: refunds.length };
    });
  const byOrder = <T extends { order: string }>(rows: T[]) => rows.sort((a, b) => (a.order < b.order ? -1 : 1));
  assert.deepEqual(
    byOrder(charged),
    byOrder(
      purchases.map(({ orderId, isReturned }) => ({
        order: orderId,
        state: isReturned ? 'refunded' : 'paid',
        amount: price,
        captured: price.amount,
        refunded: isReturned ? price.amount : 0,
        refunds: isReturned ? 1 : 0,
      })),
    ),
  );
  const [orders] = await inspect<{ all: string }>(databaseUrl, 'select count(*) as all from payments.orders');
  assert.equal(Number(orders?.all), purchases.length, 'no order that nobody was told of');
}

/** Who paid last and did not give back is let in, once. */
async function assertAccess(api: Api, purchases: readonly Purchase[]): Promise<void> {
  const last = new Map(purchases.map((purchase) => [`${purchase.buyer.id} ${purchase.course.id}`, purchase]));
  for (const purchase of last.values()) assert.equal(await hasAccess(api, purchase), !purchase.isReturned);
}
