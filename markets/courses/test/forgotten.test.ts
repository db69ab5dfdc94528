import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CourseAccessGranted, UserDeleted, UserUpdated } from '@stoa/contracts';
import { eventually, type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world?.close());

const leave = (who: Person) => world.happen(UserDeleted, who.id, { userId: who.id });
const rowsOf = async (text: string, values: unknown[]) => (await world.db.pool.query(text, values)).rows;
/** Nothing bears the person's name, nothing waits for them, and nothing of theirs is for sale. */
const isForgotten = async (who: Person) => {
  const left = await rowsOf(
    `select 'wish' as at from wishes where user_id = $1 union all select 'import' from imports where $1 in (instructor_id, requested_by)
     union all select 'course' from courses where instructor_id = $1 and (instructor_name = $2 or state <> 'archived')
     union all select 'bundle' from bundles where seller_id = $1 and state <> 'archived'
     union all select 'membership' from memberships where seller_id = $1 and (seller_name <> '' or state <> 'archived')`,
    [who.id, who.name],
  );
  assert.deepEqual(left, []);
  assert.deepEqual(await rowsOf('select user_id from erased_people where user_id = $1', [who.id]), [
    { user_id: who.id },
  ]);
};
const isOver = ({ status, body }: { status: number; body: { code?: string } }) =>
  assert.deepEqual([status, body.code], [401, 'invalid_token']);
const price = { amount: 9900, currency: 'BRL' };

describe('a token that outlives its account', () => {
  test('keeps no wish, one by one or all that a browser remembers', async () => {
    const ivo = await person({ roles: ['instructor'] });
    const ana = await person();
    const { id } = await world.publishedCourse(ivo, { price });
    await leave(ana);
    isOver(await world.call('PUT', `/api/wish-list/${id}`, { as: ana }));
    isOver(await world.call('POST', '/api/wish-list', { as: ana, body: { wishes: [{ courseId: id }] } }));
    await world.happen(CourseAccessGranted, ana.id, { userId: ana.id, courseId: id });
    await isForgotten(ana);
  });

  test('starts nothing to teach or to sell, and puts nothing back into the catalogue', async () => {
    const noa = await person({ roles: ['instructor'], name: 'Noa Reyes' });
    const [one, two] = [
      await world.publishedCourse(noa, { title: 'Cables', price }),
      await world.publishedCourse(noa, { title: 'Splices', price }),
    ];
    const sold = { title: 'Both', price: { amount: 12_000, currency: 'BRL' }, courseIds: [one.id, two.id] };
    const bundle = await world.call('POST', '/api/bundles', { as: noa, body: sold });
    assert.equal(bundle.status, 201, JSON.stringify(bundle.body));
    const offered = {
      name: 'All of Noa',
      summary: 'Everything.',
      language: 'en',
      scope: 'seller',
      prices: [{ interval: 'month', price }],
    };
    const membership = await world.call('POST', '/api/memberships', { as: noa, body: offered });
    assert.equal(membership.status, 201, JSON.stringify(membership.body));
    await leave(noa);
    const asks: [method: string, path: string, body?: object][] = [
      ['POST', '/api/courses', { title: 'Anew', language: 'en' }],
      ['PATCH', `/api/courses/${one.id}`, { title: 'Changed' }],
      ['POST', `/api/courses/${one.id}/publish`],
      ['POST', `/api/courses/${one.id}/lessons`, { title: 'Late', module: 'First things' }],
      ['POST', '/api/bundles', { ...sold, title: 'Both again' }],
      ['POST', `/api/bundles/${bundle.body.id}/publish`],
      ['POST', '/api/memberships', { ...offered, name: 'Again' }],
      ['POST', `/api/memberships/${membership.body.id}/publish`],
    ];
    for (const [method, path, body] of asks)
      isOver(await world.call(method, path, { as: noa, ...(body ? { body } : {}) }));
    isOver(await world.upload(noa, Buffer.from('no course'), { name: 'noa-reyes.tar.gz' }));
    await isForgotten(noa);
  });
});

describe('what is heard of somebody after they are gone', () => {
  test('puts no name back on what they taught', async () => {
    const noa = await person({ roles: ['instructor'], name: 'Noa Reyes' });
    const { slug } = await world.publishedCourse(noa);
    await leave(noa);
    await world.happen(UserUpdated, noa.id, { userId: noa.id, name: noa.name, email: noa.email });
    await leave(noa);
    const { body } = await world.call('GET', `/api/courses/${slug}`);
    assert.equal(body.instructors[0].name, 'Anonymous author');
    await isForgotten(noa);
  });
});

test('a course that is begun while its author is being forgotten is none of theirs', async () => {
  await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const who = await person({ roles: ['instructor'], name: `Author ${n}` });
      const body = { title: `Race ${n}`, language: 'en', summary: 'Gone.' };
      await Promise.all([leave(who), world.call('POST', '/api/courses', { as: who, body })]);
      await eventually(async () => (await rowsOf('select from erased_people where user_id = $1', [who.id])).length > 0);
      await isForgotten(who);
    }),
  );
});
