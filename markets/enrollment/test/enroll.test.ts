import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { EnrollmentService } from '@stoa/contracts';
import { serviceCtx, systemIds } from '@stoa/kernel';
import { ctxOf, person } from '@stoa/kernel/testing';
import { eventsOf, startWorld } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
before(async () => {
  world = await startWorld();
});
after(async () => {
  await world.checkInvariants();
  await world.platform.close();
});

describe('enrolling', () => {
  test('gives access to a free course and says so', async () => {
    const course = await world.course([world.lesson('One')], { title: 'Free' });
    const ana = await person();
    const answer = await world.enroll(ana, course);
    assert.equal(answer.status, 201);
    assert.deepEqual([answer.body.courseId, answer.body.state, answer.body.reason], [course.id, 'active', 'free']);
    assert.match(answer.body.enrolledAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const events = await eventsOf(world.platform, ana);
    assert.deepEqual(events, [
      {
        type: 'stoa.enrollment.access.granted.v1',
        data: {
          enrollmentId: answer.body.id,
          userId: ana.id,
          courseId: course.id,
          courseTitle: 'Free',
          courseSlug: 'a-course',
          reason: 'free',
        },
      },
    ]);
  });
  test('a hundred times at once makes one enrollment and one event', async () => {
    const course = await world.course([world.lesson('One')]);
    const ana = await person();
    const answers = await Promise.all(Array.from({ length: 100 }, () => world.enroll(ana, course)));
    assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [201]);
    assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
    assert.equal((await eventsOf(world.platform, ana)).length, 1);
  });
  test('with the same key a hundred times at once has one effect', async () => {
    const course = await world.course([world.lesson('One')]);
    const ana = await person();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => world.enroll(ana, course, { 'idempotency-key': 'once' })),
    );
    assert.ok(answers.every((answer) => answer.status === 201 || answer.body.code === 'request_in_progress'));
    assert.equal((await eventsOf(world.platform, ana)).length, 1);
    assert.equal(
      (await world.enroll(ana, course, { 'idempotency-key': 'once' })).headers['idempotency-replayed'],
      'true',
    );
  });
  test('is refused for a course with a price, and says what it costs in the language of the request', async () => {
    const course = await world.course([world.lesson('One')], { price: 12990 });
    const ana = await person();
    const answer = await world.platform.call('POST', `/api/courses/${course.id}/enrollments`, {
      as: ana,
      locale: 'pt-BR',
    });
    assert.equal(answer.status, 403);
    assert.equal(answer.body.code, 'course_requires_purchase');
    assert.match(answer.body.title, /^Este curso custa R\$\s129,90\./);
    assert.equal((await eventsOf(world.platform, ana)).length, 0);
  });
  test('is refused for unknown and archived courses, while those who are in stay in', async () => {
    const course = await world.course([world.lesson('One')]);
    const [ana, rui] = [await person(), await person()];
    await world.enroll(ana, course);
    await world.archive(course);
    assert.equal((await world.enroll(rui, course)).body.code, 'course_not_found');
    assert.equal((await world.enroll(ana, course)).status, 201);
    assert.equal((await world.platform.call('GET', `/api/courses/${course.id}/enrollment`, { as: ana })).status, 200);
    const unknown = { id: systemIds.id(), version: 1, lessons: [] };
    assert.equal((await world.enroll(ana, unknown)).status, 404);
    assert.equal((await world.platform.call('POST', `/api/courses/${course.id}/enrollments`)).status, 401);
  });
});

describe('leaving a course', () => {
  test('ends access, keeps progress, and coming back continues', async () => {
    const [one, two] = [world.lesson('One'), world.lesson('Two')];
    const course = await world.course([one, two]);
    const ana = await person();
    const { id } = (await world.enroll(ana, course)).body;
    await world.progress(ana, one, { state: 'completed' });
    const leave = () => world.platform.call('DELETE', `/api/enrollments/${id}`, { as: ana });
    assert.equal((await leave()).status, 204);
    assert.equal((await leave()).status, 204);
    assert.equal((await world.progress(ana, two, { state: 'viewed' })).body.code, 'not_enrolled');
    assert.equal((await world.platform.call('GET', `/api/courses/${course.id}/enrollment`, { as: ana })).status, 404);
    assert.equal((await world.enroll(ana, course)).body.id, id);
    const progress = await world.platform.call('GET', `/api/progress/courses/${course.id}`, { as: ana });
    assert.deepEqual([progress.body.completedLessons, progress.body.percent], [1, 50]);
    assert.deepEqual(
      (await eventsOf(world.platform, ana)).map((event) => event.type.split('.').slice(2, 4).join('.')),
      ['access.granted', 'lesson.completed', 'access.revoked', 'access.granted'],
    );
  });
  test('is only for one’s own', async () => {
    const course = await world.course([world.lesson('One')]);
    const [ana, rui] = [await person(), await person()];
    const { id } = (await world.enroll(ana, course)).body;
    assert.equal((await world.platform.call('DELETE', `/api/enrollments/${id}`, { as: rui })).status, 404);
  });
});

describe('my learning', () => {
  test('walks all courses once, also while new ones come', async () => {
    const ana = await person();
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1)
      ids.push((await world.enroll(ana, await world.course([world.lesson('One')]))).body.id);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await world.platform.call('GET', `/api/enrollments?limit=2${cursor && `&cursor=${cursor}`}`, {
        as: ana,
      });
      assert.equal(page.status, 200);
      seen.push(...page.body.items.map((item: { id: string }) => item.id));
      cursor = page.body.nextCursor ?? '';
      if (seen.length === 2) await world.enroll(ana, await world.course([world.lesson('New')]));
    } while (cursor);
    assert.deepEqual(seen, ids.reverse());
  });
  test('shows titles in the language of the request and what was studied last first', async () => {
    const ana = await person();
    const lesson = world.lesson('Primeira');
    const first = await world.course([lesson], { title: 'Stones', titles: { 'pt-BR': 'Pedras' } });
    await world.enroll(ana, first);
    await world.enroll(ana, await world.course([world.lesson('Other')]));
    await world.progress(ana, lesson, { state: 'viewed', positionSeconds: 12 });
    const { body } = await world.platform.call('GET', '/api/enrollments?order=recent&completed=false', {
      as: ana,
      locale: 'pt-BR',
    });
    assert.equal(body.items.length, 2);
    assert.equal(body.items[0].course.title, 'Pedras');
    assert.deepEqual(body.items[0].lastLesson, { id: lesson.id, title: 'Primeira' });
    assert.equal(body.items[0].certificate, null);
  });
  test('refuses a cursor that is not its own', async () => {
    const ana = await person();
    const id = systemIds.id();
    const forged = [
      ['a', 'b'],
      ['2026-99-99T99:99:99Z', id],
      ['2026-01-01T00:00:00Z', '-'.repeat(36)],
    ].map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'));
    for (const cursor of ['x', ...forged]) {
      const answer = await world.platform.call('GET', `/api/enrollments?cursor=${cursor}`, { as: ana });
      assert.equal(answer.body.code, 'validation_failed');
    }
  });
});

describe('the question siblings ask', () => {
  test('is answered with access and progress', async () => {
    const [one, two] = [world.lesson('One'), world.lesson('Two')];
    const course = await world.course([one, two]);
    const ana = await person();
    const client = world.platform.host.client(EnrollmentService);
    const ask = (userId: string, ctx = serviceCtx('test')) => client.getAccess({ userId, courseId: course.id }, ctx);
    assert.equal((await ask(ana.id)).enrolled, false);
    const { id } = (await world.enroll(ana, course)).body;
    await world.progress(ana, two, { state: 'viewed', positionSeconds: 30 });
    const access = await ask(ana.id, ctxOf(ana));
    assert.deepEqual(
      [access.enrolled, access.enrollmentId, access.completedAt, access.lastLessonId],
      [true, id, '', two.id],
    );
    assert.deepEqual(
      access.lessons.map(({ lessonId, state, positionSeconds }) => ({ lessonId, state, positionSeconds })),
      [{ lessonId: two.id, state: 'viewed', positionSeconds: 30 }],
    );
    await assert.rejects(ask(ana.id, ctxOf(await person())), { code: 'not_allowed' });
    assert.equal((await ask('not-an-id')).enrolled, false);
  });
});
