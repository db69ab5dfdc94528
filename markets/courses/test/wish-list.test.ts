import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CourseAccessGranted, UserDeleted } from '@stoa/contracts';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
let ivo: Person;
before(async () => {
  world = await startWorld();
  ivo = await person({ roles: ['instructor'] });
});
after(() => world?.close());

const keep = (as: Person, id: string) => world.call('PUT', `/api/wish-list/${id}`, { as });
const wishesOf = async (as: Person) => (await world.call('GET', '/api/wish-list?limit=100', { as })).body.items;
const titlesOf = async (as: Person) =>
  (await wishesOf(as)).map((wish: { course: { title: string } }) => wish.course.title);
const price = { amount: 9900, currency: 'BRL' };

describe('a wish list', () => {
  test('keeps a course with the price of then beside the price of now, however often it is kept', async () => {
    const ana = await person();
    const { id } = await world.publishedCourse(ivo, { title: 'Wished', price });
    assert.equal((await keep(ana, id)).status, 204);
    await world.call('PATCH', `/api/courses/${id}`, { as: ivo, body: { price: { amount: 4900, currency: 'BRL' } } });
    assert.equal((await keep(ana, id)).status, 204);
    const [wish] = await wishesOf(ana);
    assert.deepEqual(
      [wish.course.id, wish.savedPrice, wish.course.price],
      [id, price, { amount: 4900, currency: 'BRL' }],
    );
    assert.deepEqual((await world.call('GET', '/api/wish-list/ids', { as: ana })).body, { courseIds: [id] });
    assert.deepEqual(await wishesOf(await person()), [], 'it is nobody else’s');
  });

  test('gives a course back, and forgetting it twice is no error', async () => {
    const ana = await person();
    const { id } = await world.publishedCourse(ivo);
    await keep(ana, id);
    for (const _ of [1, 2]) assert.equal((await world.call('DELETE', `/api/wish-list/${id}`, { as: ana })).status, 204);
    assert.deepEqual(await wishesOf(ana), []);
  });

  test('takes no draft and no course that does not exist', async () => {
    const draft = await world.createCourse(ivo, { title: 'Draft' });
    for (const id of [draft.id, systemIds.id()]) {
      const answer = await keep(ivo, id);
      assert.deepEqual([answer.status, answer.body.code], [404, 'course_not_found']);
    }
  });

  test('shows a course that left the catalogue, so that nobody wonders where it went', async () => {
    const ana = await person();
    const { id } = await world.publishedCourse(ivo, { title: 'Leaving' });
    await keep(ana, id);
    await world.archive(ivo, id);
    assert.equal((await wishesOf(ana))[0].course.state, 'archived');
  });

  test('takes over what a browser kept, without touching what was kept already', async () => {
    const ana = await person();
    const first = await world.publishedCourse(ivo, { title: 'First', price });
    const second = await world.publishedCourse(ivo, { title: 'Second', price });
    await keep(ana, first.id);
    const before = (await wishesOf(ana))[0];
    const savedPrice = { amount: 100, currency: 'BRL' };
    const merged = await world.call('POST', '/api/wish-list', {
      as: ana,
      body: {
        wishes: [
          { courseId: first.id, savedAt: '2020-01-01T00:00:00Z', savedPrice },
          { courseId: second.id, savedAt: '2020-01-01T00:00:00Z', savedPrice },
          { courseId: systemIds.id() },
        ],
      },
    });
    assert.deepEqual(merged.body.courseIds, [first.id, second.id]);
    const [one, two] = await wishesOf(ana);
    assert.deepEqual(one, before);
    assert.deepEqual([two.savedAt, two.savedPrice], ['2020-01-01T00:00:00Z', savedPrice]);
  });

  test('is walked in pages', async () => {
    const ana = await person();
    for (const title of ['A', 'B', 'C']) await keep(ana, (await world.publishedCourse(ivo, { title })).id);
    const first = (await world.call('GET', '/api/wish-list?limit=2', { as: ana })).body;
    const rest = (await world.call('GET', `/api/wish-list?limit=2&cursor=${first.nextCursor}`, { as: ana })).body;
    const titles = [...first.items, ...rest.items].map((wish: { course: { title: string } }) => wish.course.title);
    assert.deepEqual(titles, ['C', 'B', 'A']);
    assert.equal(rest.nextCursor, undefined);
  });

  test('holds two hundred and says so', async () => {
    const ana = await person();
    const { id } = await world.publishedCourse(ivo, { title: 'One too many' });
    await world.db.pool.query(
      `insert into courses (id, slug, title, language, instructor_id, instructor_name, state, published_at)
       select gen_random_uuid(), 'filler-' || n, 'Filler', 'en', $1, 'Ivo', 'published', now() from generate_series(1, 200) n`,
      [ivo.id],
    );
    await world.db.pool.query(
      "insert into wishes (user_id, course_id) select $1, id from courses where slug like 'filler-%'",
      [ana.id],
    );
    const answer = await keep(ana, id);
    assert.deepEqual([answer.status, answer.body.code], [409, 'wish_list_full']);
  });

  test('loses what came true, and everything with its person', async () => {
    const ana = await person();
    const bought = await world.publishedCourse(ivo, { title: 'Bought' });
    const other = await world.publishedCourse(ivo, { title: 'Other' });
    for (const { id } of [bought, other]) await keep(ana, id);
    const enrollmentId = systemIds.id();
    await world.happen(CourseAccessGranted, enrollmentId, {
      enrollmentId,
      userId: ana.id,
      courseId: bought.id,
      courseTitle: 'Bought',
      courseSlug: bought.slug,
      reason: 'purchase',
    });
    assert.deepEqual(await titlesOf(ana), ['Other']);
    await world.happen(UserDeleted, ana.id, { userId: ana.id });
    assert.deepEqual(await titlesOf(ana), []);
  });
});
