import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MarketService, NotificationsService } from '@stoa/contracts';
import { type Client, defineContext, serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, person, startTestPlatform } from '@stoa/kernel/testing';
import { courses } from '../src/index.ts';
import { siblings } from './siblings.ts';

/** Asks as payments does: through the socket, for a kind, knowing nothing of courses. */
let market: Client<typeof MarketService> | undefined;
const asker = defineContext({
  name: 'asker',
  migrations: new URL('../../enrollment/test/no-migrations/', import.meta.url),
  serves: NotificationsService,
  sockets: { markets: MarketService },
  create: (deps) => {
    market = deps.sockets.markets.of('plan');
    return { api: { getDeliveryStats: async () => ({}) } };
  },
});
const others = siblings();
let platform: Awaited<ReturnType<typeof startTestPlatform>>;
let ivo: Person;
let admin: Person;
before(async () => {
  platform = await startTestPlatform([courses, asker, ...others.contexts]);
  ivo = await person({ roles: ['instructor'], name: 'Ivo Sá' });
  admin = await person({ roles: ['admin'], name: 'Ada' });
});
after(() => platform?.close());

const price = (amount: number, interval: 'month' | 'year' = 'month', currency = 'BRL') => ({
  interval,
  price: { amount, currency },
});
async function course(as: Person, body: Record<string, unknown> = { price: { amount: 9900, currency: 'BRL' } }) {
  const made = await platform.call('POST', '/api/courses', {
    as,
    body: { title: 'Read a bill', language: 'en', summary: 'Know what you pay.', ...body },
  });
  await platform.call('POST', `/api/courses/${made.body.id}/lessons`, { as, body: { title: 'One', module: 'First' } });
  await platform.call('POST', `/api/courses/${made.body.id}/publish`, { as });
  return String(made.body.id);
}
async function membership(as: Person, body: Record<string, unknown> = {}, publish = true) {
  const made = await platform.call('POST', '/api/memberships', {
    as,
    body: {
      name: 'Energy club',
      language: 'en',
      scope: 'seller',
      summary: 'Everything on energy.',
      trialDays: 7,
      prices: [price(1990), price(19_900, 'year')],
      ...body,
    },
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  if (publish) {
    const published = await platform.call('POST', `/api/memberships/${made.body.id}/publish`, { as });
    assert.equal(published.status, 200, JSON.stringify(published.body));
  }
  return made.body;
}
const get = (path: string, as?: Person, locale = 'en') =>
  platform.call('GET', path, { as, headers: { 'accept-language': locale } });
const patch = (id: string, as: Person, body: object, headers: Record<string, string> = {}) =>
  platform.call('PATCH', `/api/memberships/${id}`, { as, body, headers });
const quote = async (sku: string, ownerId = '', locale = 'en') => {
  assert.ok(market);
  const { items } = await market.quote({ lines: [{ sku, quantity: 1 }], ownerId, locale }, serviceCtx('payments'));
  return items[0] ?? assert.fail('no answer');
};
const events = async (id: string) => {
  const { rows } = await platform.host
    .database('courses')
    .pool.query('select data, aggregate_version as version from outbox where subject = $1 order by seq', [id]);
  return rows;
};

describe('a membership', () => {
  test('is its seller’s alone until it is offered, and then everybody’s to see', async () => {
    await course(ivo);
    const draft = await membership(ivo, {}, false);
    assert.equal((await get(`/api/memberships/${draft.id}`)).status, 404);
    assert.equal((await get(`/api/memberships/${draft.id}`, await person({ roles: ['instructor'] }))).status, 404);
    assert.equal((await get(`/api/memberships/${draft.id}`, ivo)).body.state, 'draft');
    assert.equal((await quote(draft.plans[0].sku)).refusal, 'not_found');
    assert.deepEqual(await events(draft.id), [], 'nobody is told of a draft');
    await platform.call('POST', `/api/memberships/${draft.id}/publish`, { as: ivo });
    const shown = await get(`/api/memberships/${draft.slug}`);
    assert.deepEqual(
      [shown.body.name, shown.body.seller.name, shown.body.trialDays, shown.body.courseIds, shown.body.held],
      ['Energy club', 'Ivo Sá', 7, null, null],
    );
    assert.equal((await get(`/api/memberships/${draft.plans[1].id}`)).body.id, draft.id, 'a plan names it, too');
    const listed = await get('/api/memberships');
    assert.ok(listed.body.items.some(({ id }: { id: string }) => id === draft.id));
    assert.equal((await get(`/api/memberships/${draft.id}/courses`)).body.items.length, shown.body.courseCount);
  });

  test('is nobody else’s to change, and refuses what somebody changed meanwhile', async () => {
    await course(ivo);
    const own = await membership(ivo);
    const other = await person({ roles: ['instructor'] });
    assert.equal((await patch(own.id, other, { name: 'Mine' })).status, 404);
    assert.equal((await patch(own.id, await person(), { name: 'Mine' })).status, 403);
    assert.equal((await patch(own.id, admin, { summary: 'Better.' })).body.summary, 'Better.');
    assert.equal((await patch(own.id, ivo, { name: 'Late' }, { 'if-match': `"${own.version}"` })).status, 412);
  });

  test('includes what is listed, all of a seller’s, or for the house all there is', async () => {
    const teacher = await person({ roles: ['instructor'], name: 'Lia' });
    const [first, second] = [await course(teacher), await course(teacher)];
    const foreign = await course(ivo);
    const listed = await membership(teacher, { scope: 'courses', courseIds: [second] });
    assert.equal((await get(`/api/memberships/${listed.id}/courses`)).body.items[0].id, second);
    const stolen = await patch(listed.id, teacher, { courseIds: [foreign] });
    assert.equal(stolen.body.code, 'membership_course_unknown');
    assert.equal((await membership(teacher)).courseCount, 2);
    const all = await platform.call('POST', '/api/memberships', {
      as: teacher,
      body: { name: 'Everything', language: 'en', scope: 'catalogue' },
    });
    assert.equal(all.body.code, 'validation_failed');
    const house = { name: 'Stoa', language: 'en', scope: 'catalogue', house: true };
    assert.equal((await platform.call('POST', '/api/memberships', { as: teacher, body: house })).status, 403);
    const ours = await membership(admin, { scope: 'catalogue', house: true });
    assert.ok(ours.seller === null && ours.courseCount >= 3);
    const of = await get(`/api/courses/${second}/memberships`);
    assert.equal(of.body.items.length, 3);
    const member = await person();
    others.memberships.set(member.id, [
      { membershipId: ours.id, planId: ours.plans[0].id, subscriptionId: systemIds.id(), open: true },
    ]);
    const mine = await get(`/api/courses/${first}/memberships`, member);
    assert.deepEqual([mine.body.items[0].id, mine.body.items[0].held], [ours.id, true], 'one’s own comes first');
    assert.equal((await get(`/api/memberships/${ours.id}`, member)).body.held.planId, ours.plans[0].id);
    const held = async () =>
      (await get('/api/memberships/held', member)).body.items.map(({ id }: { id: string }) => id);
    assert.deepEqual(await held(), [ours.id]);
    await platform.call('POST', `/api/memberships/${ours.id}/archive`, { as: admin });
    assert.deepEqual(await held(), [ours.id], 'whoever has it keeps it');
    others.memberships.set(member.id, []);
    assert.deepEqual(await held(), []);
    const named = await membership(teacher, { name: 'Held' });
    assert.equal(named.slug, 'held-2', 'the address of a list is no slug');
  });

  test('that has nothing to give, to say or to pay is not offered', async () => {
    const teacher = await person({ roles: ['instructor'] });
    const empty = await membership(teacher, {}, false);
    const publish = () => platform.call('POST', `/api/memberships/${empty.id}/publish`, { as: teacher });
    assert.equal((await publish()).body.code, 'membership_not_ready');
    await course(teacher);
    assert.equal((await publish()).status, 200);
    assert.equal((await patch(empty.id, teacher, { prices: [] })).body.code, 'membership_not_ready');
    assert.equal(
      (await patch(empty.id, teacher, { prices: [price(5), price(5, 'year', 'EUR')] })).body.code,
      'validation_failed',
    );
  });

  test('is quoted by its plan: price, seller, trial for whoever never had it', async () => {
    await course(ivo);
    const own = await membership(ivo, { translations: { 'pt-BR': { name: 'Clube da energia' } } });
    const [monthly, yearly] = own.plans;
    const item = await quote(monthly.sku);
    assert.deepEqual(
      [item.unitPrice?.amount, item.title, item.sellerId, item.path, item.plan?.interval, item.plan?.trialDays],
      [1990n, 'Energy club, monthly', ivo.id, `/memberships/${own.slug}`, 'month', 7],
    );
    assert.deepEqual([item.giftable, item.maxQuantity, item.refundDays], [false, 1, 14]);
    assert.equal((await quote(yearly.sku, '', 'pt-BR')).title, 'Clube da energia, anual');
    const ana = await person();
    const held = { membershipId: own.id, planId: monthly.id, subscriptionId: systemIds.id() };
    others.memberships.set(ana.id, [{ ...held, open: false }]);
    assert.equal((await quote(monthly.sku, ana.id)).plan?.trialDays, 0, 'one trial is enough');
    others.memberships.set(ana.id, [{ ...held, open: true }]);
    assert.equal((await quote(yearly.sku, ana.id)).refusal, 'already_owned');
    await patch(own.id, ivo, { prices: [price(2490)] });
    assert.equal((await quote(monthly.sku)).unitPrice?.amount, 2490n, 'the plan keeps its id');
    assert.equal((await quote(yearly.sku)).refusal, 'not_for_sale');
    await platform.call('POST', `/api/memberships/${own.id}/archive`, { as: ivo });
    assert.equal((await quote(monthly.sku)).refusal, 'not_for_sale');
    assert.equal((await quote(`plan:${systemIds.id()}`)).refusal, 'not_found');
  });

  test('tells with each change all that it includes, and which plans there ever were', async () => {
    const teacher = await person({ roles: ['instructor'] });
    const one = await course(teacher);
    const own = await membership(teacher, { scope: 'courses', courseIds: [one] });
    await patch(own.id, teacher, { prices: [price(990)] });
    const told = await events(own.id);
    assert.deepEqual(
      told.map(({ version }) => version),
      [2, 3],
    );
    const { membership: last } = told.at(-1).data;
    assert.deepEqual([last.scope, last.courseIds, last.state], ['courses', [one], 'published']);
    assert.deepEqual(
      last.plans.map(({ interval, offered }: { interval: string; offered?: boolean }) => [interval, offered ?? false]),
      [
        ['month', true],
        ['year', false],
      ],
    );
  });
});
