import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { UserUpdated } from '@stoa/contracts';
import { type Person, person } from '@stoa/kernel/testing';
import { keepAnswers } from '../src/kept-answers.ts';
import { packed, smallOlx, startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
before(async () => {
  world = await startWorld();
  ana = await person({ roles: ['instructor'], name: 'Ana' });
});
after(() => world.close());

const paths = (id: string) => [
  `/api/courses/${id}`,
  `/api/courses/${id}/lessons`,
  '/api/courses?limit=100',
  '/api/courses?limit=100&price=free',
];

/** What strangers get of a course, in two languages. */
const shown = (id: string) =>
  Promise.all(
    ['en', 'pt-BR'].flatMap((locale) =>
      paths(id).map(async (path) => {
        const { status, body, headers } = await world.call('GET', path, { locale });
        return { path: `${path} ${locale}`, status, body, etag: headers.etag };
      }),
    ),
  );

/**
 * Makes a change of a course and checks that each answer that should differ from the one before does. Everything was
 * asked for before, so all of it was kept.
 */
async function changes(id: string, change: () => Promise<unknown>, differ: RegExp): Promise<void> {
  const before = await shown(id);
  assert.deepEqual(await shown(id), before);
  await change();
  for (const [n, now] of (await shown(id)).entries()) {
    if (!differ.test(now.path)) continue;
    assert.notDeepEqual(now.body, before[n]?.body, `${now.path} is what it was`);
    assert.notEqual(now.etag, before[n]?.etag);
  }
}

describe('what is kept of a course', () => {
  test('is never what was before a change, whatever is changed', async () => {
    const course = await world.publishedCourse(ana);
    const call = (method: 'PATCH' | 'DELETE' | 'POST', path: string, body?: object) => async () => {
      const answer = await world.call(method, path, { as: ana, ...(body ? { body } : {}) });
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.status}`);
      return answer;
    };
    const own = `/api/courses/${course.id}`;
    const everywhere = /./;
    const inTheOutline = /lessons/;
    const inLists = /limit/;
    await changes(course.id, call('PATCH', own, { title: 'Another title' }), /^(?!.*lessons)/);
    await changes(course.id, call('PATCH', own, { summary: 'Another summary.' }), inLists);
    await changes(course.id, call('PATCH', own, { price: { amount: 100, currency: 'EUR' } }), everywhere);
    await changes(course.id, call('PATCH', own, { price: null }), everywhere);
    await changes(course.id, call('PATCH', own, { slug: 'another-address' }), everywhere);
    await changes(course.id, call('PATCH', own, { outcomes: ['One'] }), /\/api\/courses\/[^?/]+ /);
    await changes(course.id, call('PATCH', `/api/lessons/${course.lessonId}`, { title: 'Anew' }), inTheOutline);
    await changes(course.id, call('PATCH', `/api/lessons/${course.lessonId}`, { preview: true }), inTheOutline);
    await changes(course.id, call('PATCH', `/api/lessons/${course.lessonId}`, { durationSeconds: 9 }), everywhere);
    let added = '';
    await changes(
      course.id,
      async () => {
        added = (await world.addLesson(ana, course.id, { title: 'Second', module: 'More' })).id;
      },
      everywhere,
    );
    await changes(course.id, call('DELETE', `/api/lessons/${added}`), everywhere);
    await changes(
      course.id,
      () => world.happen(UserUpdated, ana.id, { userId: ana.id, name: 'Ana the Second' }),
      /^(?!.*lessons)/,
    );
    const another = await world.publishedCourse(ana);
    await changes(course.id, call('POST', `/api/courses/${another.id}/archive`), inLists);
    await changes(course.id, call('POST', `${own}/archive`), /^(?!.*lessons)/);
  });

  test('is never what was before it was imported again', async () => {
    const files = smallOlx();
    const importAgain = async () => {
      const queued = await world.upload(ana, await packed(files));
      const done = await world.finished(ana, queued.body.id);
      assert.equal(done.state, 'succeeded');
      return done;
    };
    const { courseId } = await importAgain();
    assert.equal((await world.publish(ana, courseId)).status, 200);
    for (const [path, content] of Object.entries(files))
      if (typeof content === 'string') files[path] = content.replaceAll('More tea', 'Less tea');
    await changes(courseId, importAgain, /lessons/);
  });

  test('is not shown to those who may not see the course', async () => {
    const course = await world.createCourse(ana);
    for (const path of [`/api/courses/${course.id}`, `/api/courses/${course.id}/lessons`]) {
      assert.equal((await world.call('GET', path, { as: ana })).status, 200);
      assert.equal((await world.call('GET', path, {})).status, 404);
    }
  });

  test('has nothing of one person in it for another', async () => {
    const course = await world.publishedCourse(ana);
    const [learner, stranger] = [await person(), await person()];
    world.enroll(learner.id, course.id, [{ lessonId: course.lessonId, state: 'viewed', positionSeconds: 7 }]);
    const see = async (as?: Person) => {
      const { body } = await world.call('GET', `/api/courses/${course.id}/lessons`, as ? { as } : {});
      const [lesson] = body.modules[0].lessons;
      return [body.enrolled, lesson.locked, lesson.progress?.positionSeconds];
    };
    for (let n = 0; n < 2; n += 1) {
      assert.deepEqual(await see(learner), [true, false, 7]);
      assert.deepEqual(await see(stranger), [false, true, undefined]);
      assert.deepEqual(await see(ana), [false, false, undefined]);
      assert.deepEqual(await see(), [false, true, undefined]);
    }
  });
});

test('as many answers are kept as asked for, those that were used last', async () => {
  const kept = keepAnswers<string>(2);
  let made = 0;
  const ask = (thing: string, revision = '1') =>
    kept.of(thing, revision, () => {
      made += 1;
      return `${thing} ${revision}`;
    });
  assert.deepEqual([await ask('a'), await ask('b'), await ask('a'), made], ['a 1', 'b 1', 'a 1', 2]);
  assert.deepEqual([await ask('c'), await ask('a'), made], ['c 1', 'a 1', 3]);
  assert.deepEqual([await ask('b'), made], ['b 1', 4]);
  assert.deepEqual([await ask('b', '2'), await ask('b', '1'), made], ['b 2', 'b 1', 6]);
  await assert.rejects(async () => kept.of('d', '1', () => Promise.reject(new Error('not now'))), /not now/);
  assert.deepEqual([await ask('d'), made], ['d 1', 7]);
});
