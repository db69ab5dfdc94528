import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MarketService, NotificationsService } from '@stoa/contracts';
import { type Client, defineContext, serviceCtx, systemIds } from '@stoa/kernel';
import { ctxOf, type Person, person, startTestPlatform } from '@stoa/kernel/testing';
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
    market = deps.sockets.markets.of('course');
    return { api: { getDeliveryStats: async () => ({}) } };
  },
});
const others = siblings();
let platform: Awaited<ReturnType<typeof startTestPlatform>>;
let ivo: Person;

before(async () => {
  platform = await startTestPlatform([courses, asker, ...others.contexts]);
  ivo = await person({ roles: ['instructor'], name: 'Ivo Sá' });
});
after(() => platform?.close());

async function course(body: Record<string, unknown> = {}, state: 'draft' | 'published' | 'archived' = 'published') {
  const made = await platform.call('POST', '/api/courses', {
    as: ivo,
    body: { title: 'Read a bill', language: 'en', summary: 'Know what you pay.', ...body },
  });
  await platform.call('POST', `/api/courses/${made.body.id}/lessons`, {
    as: ivo,
    body: { title: 'A lesson', module: 'First' },
  });
  if (state !== 'draft') await platform.call('POST', `/api/courses/${made.body.id}/publish`, { as: ivo });
  if (state === 'archived') await platform.call('POST', `/api/courses/${made.body.id}/archive`, { as: ivo });
  return String(made.body.id);
}
const quote = async (skus: string[], ownerId = '', locale = 'en') => {
  assert.ok(market);
  const { items } = await market.quote(
    { lines: skus.map((sku) => ({ sku, quantity: 1 })), ownerId, locale },
    serviceCtx('payments'),
  );
  return items;
};

describe('a course for sale', () => {
  it('is quoted with its price, its seller and the days in which it can be given back', async () => {
    const id = await course({ price: { amount: 12_990, currency: 'BRL' } });
    const [item] = await quote([`course:${id}`]);
    assert.deepEqual(
      [item?.unitPrice?.amount, item?.unitPrice?.currency, item?.refusal, item?.refundDays, item?.giftable],
      [12_990n, 'BRL', '', 14, true],
    );
    assert.deepEqual([item?.title, item?.sellerId, item?.sellerName], ['Read a bill', ivo.id, 'Ivo Sá']);
    assert.match(item?.path ?? '', /^\/courses\/read-a-bill/);
  });

  it('is refused with a reason: unknown, a draft, free, archived, or owned already', async () => {
    const price = { price: { amount: 500, currency: 'EUR' } };
    const owned = await course(price);
    const [draft, free, archived] = [await course(price, 'draft'), await course(), await course(price, 'archived')];
    const ana = await person();
    others.enroll(ana.id, owned);
    const items = await quote(
      [`course:${systemIds.id()}`, 'course:no-id', ...[draft, free, archived, owned].map((id) => `course:${id}`)],
      ana.id,
    );
    assert.deepEqual(
      items.map(({ refusal }) => refusal),
      ['not_found', 'not_found', 'not_found', 'free', 'not_for_sale', 'already_owned'],
    );
    assert.ok(items.every(({ unitPrice }) => unitPrice === undefined));
    assert.equal((await quote([`course:${owned}`]))[0]?.refusal, '', 'as a gift for somebody else it is for sale');
  });

  it('says whether it may be paid in parts, and shows what each of them is', async () => {
    const price = { amount: 10_000, currency: 'EUR' };
    const id = await course({ price, instalments: { parts: 3 } });
    const dearer = await course({ price, instalments: { parts: 4, surcharge: 500 } });
    const [one, other, alone] = await quote([`course:${id}`, `course:${dearer}`, `course:${await course({ price })}`]);
    assert.deepEqual([one?.instalments?.parts, one?.instalments?.surcharge], [3, 0]);
    assert.deepEqual([other?.instalments?.parts, other?.instalments?.surcharge], [4, 500]);
    assert.equal(alone?.instalments, undefined);
    const read = async (courseId: string) => (await platform.call('GET', `/api/courses/${courseId}`)).body.instalments;
    assert.deepEqual(await read(id), {
      parts: 3,
      surcharge: 0,
      amounts: [3334, 3333, 3333].map((amount) => ({ amount, currency: 'EUR' })),
      total: price,
    });
    assert.equal((await read(dearer)).total.amount, 10_500);
    const change = (body: object) => platform.call('PATCH', `/api/courses/${id}`, { as: ivo, body });
    assert.equal((await change({ instalments: { parts: 1 } })).status, 400);
    assert.equal((await change({ instalments: { parts: 13 } })).status, 400);
    assert.equal((await change({ title: 'Another' })).body.instalments.parts, 3, 'other changes leave it');
    assert.equal((await change({ price: null })).body.instalments, null, 'what is free is not paid in parts');
    assert.equal((await change({ instalments: { parts: 3 } })).body.code, 'instalments_without_price');
    assert.equal((await change({ price, instalments: { parts: 2 } })).body.instalments.parts, 2);
    assert.equal((await change({ instalments: null })).body.instalments, null);
  });

  it('is nobody’s business but the platform’s', async () => {
    await assert.rejects(async () => market?.quote({ lines: [] }, ctxOf(ivo)), { code: 'not_allowed' });
  });
});
