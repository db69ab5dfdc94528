import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
before(async () => {
  world = await startWorld();
  ana = await person({ roles: ['instructor'], name: 'Ana' });
});
after(() => world.close());

type Module = { id: string; title: string; lessons: { title: string }[] };
const modulesOf = async (courseId: string): Promise<Module[]> =>
  (await world.call('GET', `/api/courses/${courseId}/lessons`, { as: ana })).body.modules;
const titlesOf = async (courseId: string) => (await modulesOf(courseId)).map(({ title }) => title);
const change = (as: Person | undefined, id: string, body: object) =>
  world.call('PATCH', `/api/modules/${id}`, { ...(as ? { as } : {}), body });

/** A published course with a lesson in each of these modules. */
async function courseWith(...titles: string[]) {
  const course = await world.createCourse(ana);
  for (const module of titles) await world.addLesson(ana, course.id, { title: `In ${module}`, module });
  await world.publish(ana, course.id);
  const ids = new Map((await modulesOf(course.id)).map(({ id, title }) => [title, id]));
  return { id: String(course.id), module: (title: string) => ids.get(title) ?? assert.fail(title) };
}

test('a module gets another title and keeps its lessons, and the next lesson of that title joins them', async () => {
  const course = await courseWith('Begin', 'End');
  const answer = await change(ana, course.module('Begin'), { title: 'Before anything' });
  assert.deepEqual(answer.body, {
    id: course.module('Begin'),
    courseId: course.id,
    title: 'Before anything',
    position: 1,
  });
  await world.addLesson(ana, course.id, { title: 'One more', module: 'Before anything' });
  const [first, second] = await modulesOf(course.id);
  assert.deepEqual(
    first?.lessons.map(({ title }) => title),
    ['In Begin', 'One more'],
  );
  assert.equal(second?.title, 'End');
});

test('a module moves to a place, however often it is asked to, and its lessons with it', async () => {
  const course = await courseWith('A', 'B', 'C', 'D');
  for (let times = 0; times < 2; times += 1)
    assert.equal((await change(ana, course.module('C'), { position: 1 })).body.position, 1);
  assert.deepEqual(await titlesOf(course.id), ['C', 'A', 'B', 'D']);
  assert.equal((await change(ana, course.module('A'), { position: 99, title: 'At last' })).body.position, 4);
  assert.deepEqual(await titlesOf(course.id), ['C', 'B', 'D', 'At last']);
  assert.deepEqual(
    (await modulesOf(course.id)).flatMap(({ lessons }) => lessons.map(({ title }) => title)),
    ['In C', 'In B', 'In D', 'In A'],
  );
});

test('everybody hears of the new order once, and of nothing when nothing changed', async () => {
  const course = await courseWith('A', 'B');
  const before = (await world.eventsOf(course.id)).length;
  await change(ana, course.module('B'), { position: 1 });
  await change(ana, course.module('B'), { position: 1, title: 'B' });
  const events = await world.eventsOf(course.id);
  assert.equal(events.length, before + 1);
  assert.deepEqual(
    events.at(-1)?.data.lessons.map(({ title }: { title: string }) => title),
    ['In B', 'In A'],
  );
});

test('two people who move modules at once leave an order with each module once', async () => {
  const course = await courseWith('A', 'B', 'C', 'D', 'E');
  const moves: [string, number][] = [
    ['A', 5],
    ['E', 1],
    ['C', 2],
    ['B', 4],
  ];
  const answers = await Promise.all(moves.map(([title, position]) => change(ana, course.module(title), { position })));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200],
  );
  assert.deepEqual((await titlesOf(course.id)).toSorted(), ['A', 'B', 'C', 'D', 'E']);
});

test('a module is the author’s alone to change, and what is no title or place is refused', async () => {
  const course = await courseWith('A', 'B');
  const bea = await person({ roles: ['instructor'], name: 'Bea' });
  const id = course.module('A');
  assert.equal((await change(bea, id, { title: 'Mine' })).body.code, 'module_not_found');
  assert.equal((await change(await person(), id, { title: 'Mine' })).body.code, 'not_allowed');
  assert.equal((await change(undefined, id, { title: 'Mine' })).status, 401);
  assert.equal((await change(ana, crypto.randomUUID(), { title: 'Nobody' })).body.code, 'module_not_found');
  for (const body of [{ title: '' }, { title: 'x'.repeat(301) }, { position: 0 }, { position: 1.5 }])
    assert.equal((await change(ana, id, body)).body.code, 'validation_failed');
  assert.deepEqual(await titlesOf(course.id), ['A', 'B']);
  assert.equal((await change(await person({ roles: ['admin'] }), id, { title: 'Checked' })).status, 200);
});

type Placed = { id: string; title: string; lessons: { id: string; title: string }[] };
const outlineOf = async (courseId: string): Promise<Placed[]> =>
  (await world.call('GET', `/api/courses/${courseId}/lessons`, { as: ana })).body.modules;
/** Titles of lessons by the title of their module. */
const shown = async (courseId: string) =>
  Object.fromEntries((await outlineOf(courseId)).map(({ title, lessons }) => [title, lessons.map((one) => one.title)]));
const place = (as: Person | undefined, id: string, body: object) =>
  world.call('PUT', `/api/lessons/${id}/place`, { ...(as ? { as } : {}), body });

/** A published course with the lessons 1, 2 and 3 in A and 4 in B. */
async function courseWithLessons() {
  const course = await world.createCourse(ana);
  for (const [title, module] of ['1A', '2A', '3A', '4B'].map((one) => [...one]))
    await world.addLesson(ana, course.id, { title, module });
  await world.publish(ana, course.id);
  const outline = await outlineOf(course.id);
  const ids = new Map(outline.flatMap((one) => [one, ...one.lessons]).map(({ id, title }) => [title, id]));
  return { id: String(course.id), of: (title: string) => ids.get(title) ?? assert.fail(title) };
}

test('a lesson moves to a place of its module, however often it is asked to, and nothing else of it changes', async () => {
  const course = await courseWithLessons();
  const before = (await world.eventsOf(course.id)).length;
  for (let times = 0; times < 2; times += 1) {
    const answer = await place(ana, course.of('3'), { position: 1 });
    assert.deepEqual(answer.body, { id: course.of('3'), courseId: course.id, moduleId: course.of('A'), position: 1 });
  }
  assert.deepEqual(await shown(course.id), { A: ['3', '1', '2'], B: ['4'] });
  assert.equal((await place(ana, course.of('1'), { position: 99 })).body.position, 3);
  assert.deepEqual(await shown(course.id), { A: ['3', '2', '1'], B: ['4'] });
  const events = await world.eventsOf(course.id);
  assert.equal(events.length, before + 2);
  assert.deepEqual(
    events.at(-1)?.data.lessons.map(({ title }: { title: string }) => title),
    ['3', '2', '1', '4'],
  );
  const { version } = (await world.call('GET', `/api/lessons/${course.of('3')}`, { as: ana })).body;
  assert.equal(version, 1);
});

test('a lesson moves into another module, and a module goes with its last lesson', async () => {
  const course = await courseWithLessons();
  assert.equal((await place(ana, course.of('2'), { moduleId: course.of('B'), position: 1 })).status, 200);
  assert.deepEqual(await shown(course.id), { A: ['1', '3'], B: ['2', '4'] });
  // Also after the modules themselves changed places.
  await change(ana, course.of('B'), { position: 1 });
  await place(ana, course.of('4'), { moduleId: course.of('A'), position: 2 });
  assert.deepEqual(await shown(course.id), { B: ['2'], A: ['1', '4', '3'] });
  assert.equal((await place(ana, course.of('2'), { moduleId: course.of('A'), position: 99 })).body.position, 4);
  assert.deepEqual(await shown(course.id), { A: ['1', '4', '3', '2'] });
  assert.equal((await change(ana, course.of('B'), { title: 'Gone' })).body.code, 'module_not_found');
  const late = await place(ana, course.of('1'), { moduleId: course.of('B'), position: 1 });
  assert.equal(late.body.code, 'module_not_found');
  for (const title of ['1', '4', '3']) await world.call('DELETE', `/api/lessons/${course.of(title)}`, { as: ana });
  assert.deepEqual(await shown(course.id), { A: ['2'] });
});

test('people who move lessons at once leave an order with each lesson once', async () => {
  const course = await courseWithLessons();
  // Otherwise the module would be gone whenever its only lesson leaves before another comes.
  await world.addLesson(ana, course.id, { title: '5', module: 'B' });
  const moves = [
    place(ana, course.of('1'), { position: 3 }),
    place(ana, course.of('2'), { moduleId: course.of('B'), position: 1 }),
    place(ana, course.of('4'), { moduleId: course.of('A'), position: 1 }),
    change(ana, course.of('A'), { position: 2 }),
  ];
  for (const { status } of await Promise.all(moves)) assert.equal(status, 200);
  assert.deepEqual(
    Object.values(await shown(course.id))
      .flat()
      .toSorted(),
    ['1', '2', '3', '4', '5'],
  );
});

test('a lesson is the author’s alone to move, and only within its course', async () => {
  const course = await courseWithLessons();
  const id = course.of('1');
  const elsewhere = await courseWithLessons();
  assert.equal(
    (await place(await person({ roles: ['instructor'] }), id, { position: 2 })).body.code,
    'lesson_not_found',
  );
  assert.equal((await place(await person(), id, { position: 2 })).body.code, 'not_allowed');
  assert.equal((await place(undefined, id, { position: 2 })).status, 401);
  assert.equal((await place(ana, crypto.randomUUID(), { position: 2 })).body.code, 'lesson_not_found');
  for (const body of [{}, { position: 0 }, { position: 1, moduleId: 'B' }])
    assert.equal((await place(ana, id, body)).body.code, 'validation_failed');
  const refused = await place(ana, id, { moduleId: elsewhere.of('B'), position: 1 });
  assert.deepEqual([refused.status, refused.body.code], [404, 'module_not_found']);
  assert.deepEqual(await shown(course.id), { A: ['1', '2', '3'], B: ['4'] });
});
