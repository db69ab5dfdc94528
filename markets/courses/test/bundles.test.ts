import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MarketService, NotificationsService } from '@stoa/contracts';
import { type Client, defineContext, serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, person, startTestPlatform } from '@stoa/kernel/testing';
import { courses } from '../src/index.ts';
import { siblings } from './siblings.ts';

/** Asks as payments does: through the socket, for a kind, knowing nothing of bundles. */
let market: Client<typeof MarketService> | undefined;
const asker = defineContext({
  name: 'asker',
  migrations: new URL('../../enrollment/test/no-migrations/', import.meta.url),
  serves: NotificationsService,
  sockets: { markets: MarketService },
  create: (deps) => {
    market = deps.sockets.markets.of('bundle');
    return { api: { getDeliveryStats: async () => ({}) } };
  },
});
const others = siblings();
let platform: Awaited<ReturnType<typeof startTestPlatform>>;
let ivo: Person;
let bea: Person;

before(async () => {
  platform = await startTestPlatform([courses, asker, ...others.contexts]);
  ivo = await person({ roles: ['instructor'], name: 'Ivo Sá' });
  bea = await person({ roles: ['instructor'], name: 'Bea' });
});
after(() => platform?.close());

const send = (as: Person | undefined, method: string, path: string, body?: object) =>
  platform.call(method, path, { as, ...(body ? { body } : {}) });
const brl = (amount: number) => ({ amount, currency: 'BRL' });

async function course(price: object | null = brl(10_000), as = ivo): Promise<string> {
  const made = await send(as, 'POST', '/api/courses', { title: 'One of many', language: 'en', summary: 'S', price });
  await send(as, 'POST', `/api/courses/${made.body.id}/lessons`, { title: 'A lesson', module: 'First' });
  await send(as, 'POST', `/api/courses/${made.body.id}/publish`);
  return String(made.body.id);
}
const draft = async (courseIds: string[], price = brl(15_000), as = ivo) =>
  send(as, 'POST', '/api/bundles', { title: 'Both at once', summary: 'Two', courseIds, price });
async function bundle(courseIds: string[], price = brl(15_000)) {
  const { body } = await draft(courseIds, price);
  const published = await send(ivo, 'POST', `/api/bundles/${body.id}/publish`);
  assert.equal(published.status, 200, JSON.stringify(published.body));
  return published.body;
}
const quote = async (id: string, ownerId = '') => {
  assert.ok(market);
  const line = { sku: `bundle:${id}`, quantity: 1 };
  const { items } = await market.quote({ lines: [line], ownerId, locale: 'en' }, serviceCtx('payments'));
  return items[0] ?? assert.fail('no answer');
};

describe('a bundle', () => {
  test('groups courses at one price, shown beside what they cost one by one', async () => {
    const ids = [await course(), await course(brl(8000))];
    const { body: made } = await draft(ids);
    assert.deepEqual([made.state, made.slug], ['draft', 'both-at-once']);
    assert.deepEqual([made.price, made.worth], [brl(15_000), brl(18_000)]);
    assert.deepEqual(
      made.courses.map(({ id }: { id: string }) => id),
      ids,
    );
    assert.equal((await send(undefined, 'GET', `/api/bundles/${made.id}`)).status, 404, 'a draft is its seller’s');
    await send(ivo, 'POST', `/api/bundles/${made.id}/publish`);
    assert.equal((await send(undefined, 'GET', `/api/bundles/${made.slug}`)).body.id, made.id);
    const inList = async (query: string) =>
      (await send(undefined, 'GET', `/api/bundles?${query}`)).body.items.map(({ id }: { id: string }) => id);
    assert.deepEqual(await inList(`course=${ids[0]}`), [made.id]);
    assert.deepEqual(await inList(`course=${systemIds.id()}`), []);
    assert.ok((await inList('limit=100')).includes(made.id));
  });

  test('is made of one’s own courses, and by instructors', async () => {
    const [own, others] = [await course(), await course(brl(500), bea)];
    assert.equal((await draft([own, others])).body.code, 'bundle_course_unknown');
    assert.equal((await draft([own, systemIds.id()])).body.code, 'bundle_course_unknown');
    assert.equal((await draft([own, own], brl(10), await person())).status, 403);
    const made = await bundle([own, await course()]);
    for (const path of ['publish', 'archive'])
      assert.equal((await send(bea, 'POST', `/api/bundles/${made.id}/${path}`)).status, 404);
    assert.equal((await send(bea, 'PATCH', `/api/bundles/${made.id}`, { title: 'Mine' })).status, 404);
  });

  test('is offered only while it saves something and everything in it can be sold', async () => {
    const [one, two, free, dollars] = [
      await course(),
      await course(),
      await course(null),
      await course({ amount: 100, currency: 'USD' }),
    ];
    const refusal = async (ids: string[], price = brl(15_000)) => {
      const { body } = await draft(ids, price);
      return (await send(ivo, 'POST', `/api/bundles/${body.id}/publish`)).body.code;
    };
    assert.equal(await refusal([one, two], brl(20_000)), 'bundle_saves_nothing');
    assert.equal(await refusal([one, free]), 'bundle_not_ready');
    assert.equal(await refusal([one, dollars]), 'bundle_not_ready');
    const made = await bundle([one, two]);
    const dear = await send(ivo, 'PATCH', `/api/bundles/${made.id}`, { price: brl(20_000) });
    assert.equal(dear.body.code, 'bundle_saves_nothing');
    assert.deepEqual((await send(ivo, 'GET', `/api/bundles/${made.id}`)).body.price, brl(15_000), 'nothing changed');
  });

  test('speaks the languages its seller writes, and its own where they wrote nothing', async () => {
    const { body: made } = await send(ivo, 'POST', '/api/bundles', {
      title: 'Redação completa',
      summary: 'Do rascunho ao livro',
      description: 'Para quem escreve.',
      language: 'pt-BR',
      translations: { en: { title: 'Writing, all of it', summary: 'From draft to book' }, es: { title: '' } },
      courseIds: [await course(), await course()],
      price: brl(15_000),
    });
    await send(ivo, 'POST', `/api/bundles/${made.id}/publish`);
    const seen = async (language: string) =>
      (await platform.call('GET', `/api/bundles/${made.id}`, { locale: language })).body;
    const english = await seen('en');
    assert.deepEqual(
      [english.title, english.summary, english.description, english.shownIn],
      ['Writing, all of it', 'From draft to book', 'Para quem escreve.', 'en'],
    );
    assert.deepEqual([(await seen('es')).title, (await seen('es')).shownIn], ['Redação completa', 'pt-BR']);
    assert.deepEqual(english.languages, ['pt-BR', 'en']);
    assert.equal(english.written, null, 'what is being written is its seller’s');
    const own = (await send(ivo, 'GET', `/api/bundles/${made.id}`)).body.written;
    assert.deepEqual(own.translations, { en: { title: 'Writing, all of it', summary: 'From draft to book' } });
    assert.equal((await quote(made.id)).title, 'Writing, all of it');

    const found = async (query: string) =>
      (await send(undefined, 'GET', `/api/bundles?${query}`)).body.items.some(
        ({ id }: { id: string }) => id === made.id,
      );
    assert.ok(await found('q=redacao'), 'without accents');
    assert.ok(await found('q=BOOK%20draft'), 'in another language, in any order');
    assert.ok(!(await found('q=redacao%20physics')));
    assert.ok(await found('language=en'));
    assert.ok(!(await found('language=es')));
    await send(ivo, 'PATCH', `/api/bundles/${made.id}`, { translations: {} });
    assert.ok(!(await found('q=book')));
  });

  test('has a picture that everybody sees, and only its seller changes', async () => {
    const made = await bundle([await course(), await course()]);
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const put = async (as: Person | undefined, content: Buffer, type = 'image/png') => {
      const form = new FormData();
      form.set('file', new File([new Uint8Array(content)], 'cover.png', { type }));
      const request = new Request('http://stoa.test', { method: 'PUT', body: form });
      return platform.call('PUT', `/api/bundles/${made.id}/cover`, {
        as,
        body: Buffer.from(await request.arrayBuffer()),
        headers: { 'content-type': request.headers.get('content-type') ?? '' },
      });
    };
    const covered = await put(ivo, png);
    assert.equal(covered.status, 200, JSON.stringify(covered.body));
    const asset = [...others.media.assets.values()].find(({ ownerId }) => ownerId === made.id);
    assert.equal(asset?.visibility, 'public');
    assert.deepEqual(asset?.content, png);
    assert.equal((await send(undefined, 'GET', `/api/bundles/${made.id}`)).body.coverUrl, `/api/media/${asset?.id}`);
    assert.equal((await quote(made.id)).coverUrl, `/api/media/${asset?.id}`);
    assert.equal((await put(bea, png)).status, 404);
    assert.equal(
      (await put(ivo, Buffer.from('<svg onload="alert(1)"/>'), 'image/svg+xml')).body.code,
      'cover_not_an_image',
    );
    assert.equal((await put(ivo, Buffer.alloc(5 * 1024 * 1024 + 1))).status, 413);
    assert.equal((await put(ivo, Buffer.alloc(0))).body.code, 'cover_missing');
    assert.equal((await send(ivo, 'DELETE', `/api/bundles/${made.id}/cover`)).body.coverUrl, null);
  });

  test('finds an address of its own', async () => {
    const ids = [await course(), await course()];
    const [one, two] = [(await draft(ids)).body, (await draft(ids)).body];
    assert.notEqual(one.slug, two.slug);
    const taken = await send(ivo, 'PATCH', `/api/bundles/${two.id}`, { slug: one.slug });
    assert.equal(taken.body.code, 'bundle_slug_taken');
    assert.equal((await send(ivo, 'PATCH', `/api/bundles/${two.id}`, { slug: 'mine' })).body.code, 'bundle_slug_taken');
  });
});

describe('a bundle for sale', () => {
  test('says what comes with it, what it costs alone, and costs only the rest for somebody who has a part', async () => {
    const ids = [await course(brl(10_000)), await course(brl(20_000))];
    const { id } = await bundle(ids, brl(24_000));
    const whole = await quote(id);
    assert.deepEqual([whole.unitPrice?.amount, whole.refusal, whole.giftable], [24_000n, '', true]);
    assert.deepEqual(
      whole.includes,
      ids.map((courseId) => `course:${courseId}`),
    );
    const ana = await person();
    others.enroll(ana.id, String(ids[0]));
    const rest = await quote(id, ana.id);
    assert.equal(rest.unitPrice?.amount, 16_000n);
    assert.deepEqual(rest.includes, [`course:${ids[1]}`]);
    assert.deepEqual(
      rest.parts.map(({ owned, price }) => [owned, price?.amount]),
      [
        [true, 10_000n],
        [false, 20_000n],
      ],
    );
    others.enroll(ana.id, String(ids[1]));
    const all = await quote(id, ana.id);
    assert.deepEqual([all.refusal, all.unitPrice], ['already_owned', undefined]);
  });

  test('is refused while something in it cannot be sold, and once it is archived; a draft is not known', async () => {
    const ids = [await course(), await course()];
    const { id } = await bundle(ids);
    const unpublished = (await draft(ids)).body.id;
    assert.equal((await quote(unpublished)).refusal, 'not_found');
    assert.equal((await quote('no-id')).refusal, 'not_found');
    await send(ivo, 'POST', `/api/courses/${ids[0]}/archive`);
    assert.equal((await quote(id)).refusal, 'not_for_sale');
    const other = await bundle([await course(), await course()]);
    await send(ivo, 'POST', `/api/bundles/${other.id}/archive`);
    assert.equal((await quote(other.id)).refusal, 'not_for_sale');
  });

  test('never costs more than its courses, when those became cheaper', async () => {
    const ids = [await course(), await course()];
    const { id } = await bundle(ids);
    for (const courseId of ids) await send(ivo, 'PATCH', `/api/courses/${courseId}`, { price: brl(4000) });
    assert.equal((await quote(id)).unitPrice?.amount, 8000n);
    assert.deepEqual((await send(undefined, 'GET', `/api/bundles/${id}`)).body.price, brl(8000));
  });
});
