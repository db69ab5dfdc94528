import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CoursesService } from '@stoa/contracts';
import { serviceCtx, systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let bea: Person;
let student: Person;
let admin: Person;
const change = (as: Person | undefined, id: string, body: object, headers: Record<string, string> = {}) =>
  world.call('PATCH', `/api/courses/${id}`, { as, body, headers });

before(async () => {
  world = await startWorld();
  ana = await person({ roles: ['instructor'], name: 'Ana' });
  bea = await person({ roles: ['instructor'], name: 'Bea' });
  student = await person();
  admin = await person({ roles: ['admin'] });
});
after(() => world.close());

describe('writing a course', () => {
  test('starts as a draft of the instructor, under an address made from its title', async () => {
    const course = await world.createCourse(ana, {
      title: 'Ler a conta de luz!',
      language: 'pt-BR',
      outcomes: ['Ler a conta'],
      price: { amount: 4900, currency: 'BRL' },
    });
    assert.equal(course.slug, 'ler-a-conta-de-luz');
    assert.deepEqual([course.state, course.version, course.lessonCount], ['draft', 1, 0]);
    assert.deepEqual(course.instructors, [{ id: ana.id, name: 'Ana' }]);
    assert.deepEqual(course.price, { amount: 4900, currency: 'BRL' });
  });

  test('is for instructors', async () => {
    const body = { title: 'Mine', language: 'en' };
    assert.equal((await world.call('POST', '/api/courses', { body })).status, 401);
    assert.equal((await world.call('POST', '/api/courses', { body, as: student })).status, 403);
  });

  test('finds a free address for the same title, also when two ask at once', async () => {
    const body = { title: 'The same title', language: 'en' };
    const answers = await Promise.all([ana, bea, ana].map((as) => world.call('POST', '/api/courses', { as, body })));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201],
    );
    assert.deepEqual(answers.map((answer) => answer.body.slug).sort(), [
      'the-same-title',
      'the-same-title-2',
      'the-same-title-3',
    ]);
  });

  test('gives no course an address of the platform, and none that another has', async () => {
    assert.equal((await world.createCourse(ana, { title: 'Mine' })).slug, 'mine-2');
    await world.createCourse(ana, { slug: 'only-once' });
    for (const slug of ['only-once', 'imports']) {
      const body = { title: 'Another', language: 'en', slug };
      const answer = await world.call('POST', '/api/courses', { as: bea, body });
      assert.deepEqual([answer.status, answer.body.code], [409, 'course_slug_taken']);
    }
    const course = await world.createCourse(bea);
    assert.equal((await change(bea, course.id, { slug: 'only-once' })).body.code, 'course_slug_taken');
    assert.equal((await change(bea, course.id, { slug: 'now-free' })).body.slug, 'now-free');
  });

  test('keeps titles of any script readable and their addresses usable', async () => {
    const course = await world.createCourse(ana, { title: '한국어 배우기' });
    assert.equal(course.slug, '한국어-배우기');
    assert.equal((await world.createCourse(ana, { title: '¿?' })).slug, 'course');
    assert.equal((await change(ana, course.id, { slug: course.slug })).status, 200);
    const found = await world.call('GET', `/api/courses/${encodeURIComponent(course.slug)}`, { as: ana });
    assert.equal(found.body.id, course.id);
  });

  test('has one effect per idempotency key', async () => {
    const options = {
      as: ana,
      body: { title: 'Once only', language: 'en' },
      headers: { 'idempotency-key': systemIds.id() },
    };
    const first = await world.call('POST', '/api/courses', options);
    const second = await world.call('POST', '/api/courses', options);
    assert.equal(first.status, 201);
    assert.equal(second.body.id, first.body.id);
  });

  test('refuses an unknown category, control characters and hostile descriptions, and says where', async () => {
    const course = await world.createCourse(ana);
    assert.equal((await change(ana, course.id, { category: 'cooking' })).body.code, 'category_not_found');
    const bell = await change(ana, course.id, { title: 'a\u0000b' });
    assert.deepEqual([bell.status, bell.body.errors[0].pointer], [400, '/title']);
    const script = { type: 'doc', content: [{ type: 'script', text: 'alert(1)' }] };
    const hostile = await change(ana, course.id, { description: script });
    assert.deepEqual([hostile.status, hostile.body.code], [422, 'invalid_document']);
    assert.equal(hostile.body.errors[0].pointer, '/description/content/0/type');
  });

  test('changes only the fields given, and an If-Match keeps two people from overwriting each other', async () => {
    const course = await world.createCourse(ana, { price: { amount: 100, currency: 'EUR' } });
    const first = await change(ana, course.id, { title: 'First' }, { 'if-match': `"${course.version}"` });
    assert.deepEqual([first.status, first.body.title, first.body.version], [200, 'First', 2]);
    assert.deepEqual(first.body.price, { amount: 100, currency: 'EUR' });
    const second = await change(admin, course.id, { title: 'Second' }, { 'if-match': '"1"' });
    assert.deepEqual([second.status, second.body.code], [412, 'edit_conflict']);
    const odd = await change(ana, course.id, { title: 'Third' }, { 'if-match': '"abc"' });
    assert.deepEqual([odd.status, odd.body.errors[0].pointer], [400, '/if-match']);
    assert.equal((await change(ana, course.id, { price: null }, { 'if-match': '*' })).body.price, null);
    const [a, b] = await Promise.all(
      ['x', 'y'].map((title) => change(ana, course.id, { title }, { 'if-match': '"3"' })),
    );
    assert.deepEqual([a?.status, b?.status].sort(), [200, 412]);
  });

  test('loses nothing when two people change different fields at once', async () => {
    const course = await world.createCourse(ana);
    const answers = await Promise.all([
      change(ana, course.id, { title: 'New title' }),
      change(ana, course.id, { level: 'advanced' }),
      change(admin, course.id, { category: 'energy' }),
    ]);
    assert.ok(answers.every(({ status }) => status === 200));
    const { body } = await world.call('GET', `/api/courses/${course.id}`, { as: ana });
    assert.deepEqual([body.title, body.level, body.category, body.version], ['New title', 'advanced', 'energy', 4]);
  });
});

describe('publishing', () => {
  test('needs a summary and a lesson, and a published course keeps both', async () => {
    const course = await world.createCourse(ana, { summary: '' });
    assert.equal((await world.publish(ana, course.id)).body.code, 'course_not_ready');
    const lesson = await world.addLesson(ana, course.id);
    assert.equal((await world.publish(ana, course.id)).body.code, 'course_not_ready');
    await change(ana, course.id, { summary: 'Now it has one.' });
    assert.deepEqual((await world.publish(ana, course.id)).body.state, 'published');
    assert.equal((await change(ana, course.id, { summary: '' })).body.code, 'course_not_ready');
    const removed = await world.call('DELETE', `/api/lessons/${lesson.id}`, { as: ana });
    assert.deepEqual([removed.status, removed.body.code], [422, 'course_not_ready']);
  });

  test('tells others the whole outline, again after every change, with a version that only grows', async () => {
    const course = await world.createCourse(ana, { title: 'Told', price: { amount: 900, currency: 'BRL' } });
    await world.addLesson(ana, course.id, { title: 'One', completion: 'watched', durationSeconds: 60, kind: 'video' });
    assert.deepEqual(await world.eventsOf(course.id), []);
    await world.publish(ana, course.id);
    await world.publish(ana, course.id);
    const two = await world.addLesson(ana, course.id, { title: 'Two', module: 'More', preview: true });
    await world.call('PATCH', `/api/lessons/${two.id}`, { as: ana, body: { title: 'Two, better' } });
    await change(ana, course.id, { title: 'Told again' });
    await world.call('DELETE', `/api/lessons/${two.id}`, { as: ana });
    await world.archive(ana, course.id);
    await world.archive(ana, course.id);
    await change(ana, course.id, { title: 'In the archive' });
    await world.publish(ana, course.id);
    const events = await world.eventsOf(course.id);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['published', 'published', 'published', 'published', 'published', 'archived', 'archived', 'published'],
    );
    const versions = events.map(({ version }) => version);
    assert.deepEqual(
      versions,
      [...new Set(versions)].sort((a, b) => a - b),
    );
    const [first, second, third] = events;
    assert.deepEqual(first?.data.course.price, { amount: '900', currency: 'BRL' });
    assert.deepEqual(
      second?.data.lessons.map(({ title, kind, completion, preview }: Record<string, unknown>) => [
        title,
        kind,
        completion,
        preview,
      ]),
      [
        ['One', 'video', 'watched', false],
        ['Two', 'text', 'viewed', true],
      ],
    );
    assert.equal(third?.data.lessons[1].title, 'Two, better');
    assert.equal(events.at(-1)?.data.course.title, 'In the archive');
  });

  test('goes on telling others after the course was archived, whose learners keep it as it is now', async () => {
    const course = await world.createCourse(ana, { title: 'Shelved' });
    const draft = await world.createCourse(ana, { title: 'Never out' });
    const one = await world.addLesson(ana, course.id, { title: 'One' });
    await world.addLesson(ana, course.id, { title: 'Two' });
    await world.publish(ana, course.id);
    await world.archive(ana, course.id);
    await world.call('DELETE', `/api/lessons/${one.id}`, { as: ana });
    await world.archive(ana, draft.id);
    await world.addLesson(ana, draft.id);
    assert.deepEqual(await world.eventsOf(draft.id), [], 'nobody has it');
    assert.deepEqual(
      (await world.eventsOf(course.id)).map(({ type, data }) => [
        type,
        data.course.state,
        data.lessons.map(({ title }: { title: string }) => title),
      ]),
      [
        ['published', 'published', ['One', 'Two']],
        ['archived', 'archived', ['One', 'Two']],
        ['archived', 'archived', ['Two']],
      ],
    );
  });

  test('happens once when it is asked for many times at once', async () => {
    const course = await world.createCourse(ana);
    await world.addLesson(ana, course.id);
    await Promise.all([1, 2, 3, 4].map(() => world.publish(ana, course.id)));
    assert.equal((await world.eventsOf(course.id)).length, 1);
  });

  test('gives events in the order of their versions when changes come at once', async () => {
    const course = await world.publishedCourse(ana);
    await Promise.all([1, 2, 3, 4, 5].map((n) => world.addLesson(ana, course.id, { title: `At once ${n}` })));
    const events = await world.eventsOf(course.id);
    assert.deepEqual(
      events.map(({ version }) => version),
      events.map(({ version }) => version).sort((a, b) => a - b),
    );
    assert.deepEqual(
      events.map(({ data }) => data.lessons.length),
      [1, 2, 3, 4, 5, 6],
    );
  });
});

describe('a course that is not published', () => {
  test('does not exist for strangers, by any route', async () => {
    const draft = await world.createCourse(ana, { title: 'Secret draft' });
    const lesson = await world.addLesson(ana, draft.id, { preview: true });
    const shelved = await world.createCourse(ana, { title: 'Shelved draft' });
    const shelvedLesson = await world.addLesson(ana, shelved.id, { preview: true });
    await world.archive(ana, shelved.id);
    const body = { title: 'x' };
    const routes: [string, string, object?][] = [draft, shelved].flatMap((course): [string, string, object?][] => [
      ['GET', `/api/courses/${course.id}`],
      ['GET', `/api/courses/${course.slug}`],
      ['GET', `/api/courses/${course.id}/lessons`],
      ['GET', `/api/courses/${course.slug}/lessons`],
      ['PATCH', `/api/courses/${course.id}`, body],
      ['POST', `/api/courses/${course.id}/publish`],
      ['POST', `/api/courses/${course.id}/archive`],
      ['POST', `/api/courses/${course.id}/lessons`, { ...body, module: 'm' }],
    ]);
    for (const { id } of [lesson, shelvedLesson]) {
      routes.push(
        ['GET', `/api/lessons/${id}`],
        ['PATCH', `/api/lessons/${id}`, body],
        ['DELETE', `/api/lessons/${id}`],
      );
    }
    for (const [method, path, sent] of routes) {
      const answer = await world.call(method, path, { as: bea, body: sent });
      assert.equal(answer.status, 404, `${method} ${path}`);
      if (method === 'GET') assert.equal((await world.call(method, path)).status, 404, path);
      if (method === 'GET') assert.equal((await world.call(method, path, { as: ana })).status, 200, path);
    }
    assert.equal((await world.call('GET', `/api/courses/${draft.id}`, { as: admin })).status, 200);
    assert.deepEqual(await world.eventsOf(shelved.id), []);
    const courses = world.platform.host.client(CoursesService);
    await assert.rejects(courses.getLesson({ lessonId: lesson.id }, serviceCtx('test')), { code: 'lesson_not_found' });
  });

  test('stays where it was for those who have it, when it was published before', async () => {
    const course = await world.publishedCourse(ana);
    world.enroll(student.id, course.id);
    await world.archive(ana, course.id);
    assert.equal((await world.call('GET', `/api/courses/${course.slug}`)).body.state, 'archived');
    assert.equal((await world.call('GET', `/api/lessons/${course.lessonId}`, { as: student })).status, 200);
    assert.equal((await world.call('GET', `/api/lessons/${course.lessonId}`)).body.code, 'lesson_locked');
  });
});
