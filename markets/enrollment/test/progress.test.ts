import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CourseArchived } from '@stoa/contracts';
import { statement } from '@stoa/kernel';
import { eventually, type Person, person } from '@stoa/kernel/testing';
import fc from 'fast-check';
import { heartbeatSaver } from '../src/save-heartbeats.ts';
import { toMultirange } from '../src/watched-ranges.ts';
import { eventsOf, startWorld, type TestCourse } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
before(async () => {
  world = await startWorld();
});
after(async () => {
  await world.checkInvariants();
  await world.platform.close();
});

async function learner(course: TestCourse): Promise<Person> {
  const who = await person();
  assert.equal((await world.enroll(who, course)).status, 201);
  return who;
}
const courseProgress = async (who: Person, course: TestCourse) =>
  (await world.platform.call('GET', `/api/progress/courses/${course.id}`, { as: who })).body;
const kinds = async (who: Person) =>
  (await eventsOf(world.platform, who)).map((event) => event.type.split('.').slice(2, 4).join('.'));

describe('progress in a lesson', () => {
  test('keeps the position and what was watched', async () => {
    const lesson = world.lesson('Video', 'watched', 100);
    const ana = await learner(await world.course([lesson]));
    await world.progress(ana, lesson, { state: 'viewed', positionSeconds: 12.7, watched: [[0, 12.7]] });
    await world.progress(ana, lesson, { state: 'viewed', watched: [[5, 20]] });
    const { status, body } = await world.progress(ana, lesson, { state: 'viewed', positionSeconds: 40 });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      lesson: { id: lesson.id, state: 'viewed', positionSeconds: 40, watchedSeconds: 20, completedAt: null },
      course: { completedLessons: 0, totalLessons: 1, percent: 0, completedAt: null, certificateId: null },
    });
  });
  test('watched to nine tenths completes the lesson, seeing a part twice does not', async () => {
    const lesson = world.lesson('Video', 'watched', 100);
    const ana = await learner(await world.course([lesson, world.lesson('Other')]));
    const watch = async (from: number, to: number) =>
      (await world.progress(ana, lesson, { state: 'viewed', watched: [[from, to]] })).body.lesson;
    assert.equal((await watch(0, 50)).state, 'viewed');
    assert.equal((await watch(0, 50)).watchedSeconds, 50);
    assert.equal((await watch(50, 89)).state, 'viewed');
    const done = await watch(80, 90);
    assert.deepEqual([done.state, done.watchedSeconds], ['completed', 90]);
    assert.ok(done.completedAt);
  });
  test('a short video in a long lesson completes it when the video was watched', async () => {
    const lesson = world.lesson('Video and long reading', 'watched', 1800, 60);
    const ana = await learner(await world.course([lesson, world.lesson('Other')]));
    const watch = async (from: number, to: number) =>
      (await world.progress(ana, lesson, { state: 'viewed', watched: [[from, to]] })).body.lesson.state;
    assert.equal(await watch(0, 53), 'viewed');
    assert.equal(await watch(53, 54), 'completed');
  });
  test('the length that the player read in the file counts where the course says none, or too much', async () => {
    for (const said of [0, 200]) {
      const lesson = world.lesson('Video', 'watched', 1800, said);
      const ana = await learner(await world.course([lesson, world.lesson('Other')]));
      const watch = async (to: number, mediaSeconds?: number) =>
        (await world.progress(ana, lesson, { state: 'viewed', watched: [[0, to]], mediaSeconds })).body.lesson.state;
      assert.equal(await watch(95), 'viewed');
      assert.equal(await watch(95, 106), 'viewed');
      assert.equal(await watch(95, 105.4), 'completed');
    }
  });
  test('a player’s word on a length counts for its own learner only', async () => {
    const lesson = world.lesson('Video', 'watched', 1800);
    const course = await world.course([lesson, world.lesson('Other')]);
    const [ana, rui] = [await learner(course), await learner(course)];
    await world.progress(ana, lesson, { state: 'viewed', watched: [[0, 10]], mediaSeconds: 10 });
    const other = await world.progress(rui, lesson, { state: 'viewed', watched: [[0, 10]] });
    assert.equal(other.body.lesson.state, 'viewed');
  });
  test('keeps no more pieces of a film than anybody could watch, and the position all the same', async () => {
    const lesson = world.lesson('Video', 'watched', 600_000);
    const ana = await learner(await world.course([lesson]));
    for (let report = 0; report < 30; report += 1) {
      const watched = Array.from({ length: 500 }, (_, piece) => [0, 1].map((end) => (report * 500 + piece) * 3 + end));
      const { status, body } = await world.progress(ana, lesson, { state: 'viewed', positionSeconds: report, watched });
      assert.deepEqual([status, body.lesson.positionSeconds], [200, report]);
    }
    const { rows } = await world.platform.host
      .database('enrollment')
      .pool.query(
        'select watched_seconds, (select count(*)::int from unnest(watched)) as pieces from lesson_progress where lesson_id = $1',
        [lesson.id],
      );
    assert.equal(rows[0].pieces, rows[0].watched_seconds);
    assert.ok(rows[0].pieces > 5000 && rows[0].pieces < 10_000, `${rows[0].pieces} pieces`);
  });
  test('never goes back from completed', async () => {
    const lesson = world.lesson('Text');
    const ana = await learner(await world.course([lesson, world.lesson('Other')]));
    const first = (await world.progress(ana, lesson, { state: 'completed' })).body.lesson;
    const second = (await world.progress(ana, lesson, { state: 'viewed', positionSeconds: 3 })).body.lesson;
    const third = (await world.progress(ana, lesson, { state: 'completed' })).body.lesson;
    assert.deepEqual([second.state, second.completedAt], ['completed', first.completedAt]);
    assert.equal(third.completedAt, first.completedAt);
    assert.deepEqual(await kinds(ana), ['access.granted', 'lesson.completed']);
  });
  test('is not taken on the learner’s word where problems must be passed, and nothing is written', async () => {
    const lesson = world.lesson('Quiz', 'passed');
    const course = await world.course([lesson, world.lesson('Other')]);
    const ana = await learner(course);
    const refused = await world.progress(ana, lesson, { state: 'completed', positionSeconds: 5 });
    assert.deepEqual([refused.status, refused.body.code], [409, 'lesson_requires_passing']);
    assert.deepEqual((await courseProgress(ana, course)).lessons, []);
    await world.pass(ana, course, lesson);
    assert.equal((await world.progress(ana, lesson, { state: 'completed' })).body.lesson.state, 'completed');
  });
  test('is the lesson’s own however its id is written', async () => {
    const lesson = world.lesson('Video', 'watched', 100);
    const ana = await learner(await world.course([lesson, world.lesson('Other')]));
    const shouted = { ...lesson, id: lesson.id.toUpperCase() };
    const { status, body } = await world.progress(ana, shouted, { state: 'viewed', positionSeconds: 7 });
    assert.deepEqual([status, body.lesson?.id, body.lesson?.positionSeconds], [200, lesson.id, 7]);
  });
  test('is refused to strangers, for unknown lessons and for nonsense', async () => {
    const lesson = world.lesson('Text');
    const course = await world.course([lesson]);
    const ana = await learner(course);
    const stranger = await person();
    const codes = async (who: Person, of: { id: string }, body: object) =>
      (await world.platform.call('POST', `/api/progress/lessons/${of.id}`, { as: who, body })).body.code;
    assert.equal(await codes(stranger, lesson, { state: 'viewed' }), 'not_enrolled');
    assert.equal(await codes(stranger, lesson, { state: 'completed' }), 'not_enrolled');
    assert.equal(await codes(ana, world.lesson('x'), { state: 'viewed' }), 'not_found');
    for (const body of [
      { state: 'lost' },
      { state: 'viewed', positionSeconds: -1 },
      { state: 'viewed', watched: [[1]] },
      { state: 'viewed', watched: [[1, 1e12]] },
      { state: 'viewed', userId: stranger.id },
    ])
      assert.equal(await codes(ana, lesson, body), 'validation_failed');
    const progress = await world.platform.call('GET', `/api/progress/courses/${course.id}`, { as: stranger });
    assert.equal(progress.body.code, 'not_enrolled');
  });
  test('adds up to the same seconds in whatever order and pieces it is reported', async () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 30 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(range, { maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (reports) => {
        const lesson = world.lesson('Video', 'watched', 100_000);
        const ana = await learner(await world.course([lesson]));
        const seen = new Set<number>();
        const bodies = reports.map((parts) => {
          const watched = parts.map(([from, length]) => [from, from + length]);
          for (const [from = 0, to = 0] of watched) for (let s = from; s < to; s += 1) seen.add(s);
          return { state: 'viewed', watched };
        });
        await Promise.all(bodies.map((body) => world.progress(ana, lesson, body)));
        const { body } = await world.progress(ana, lesson, { state: 'viewed' });
        assert.equal(body.lesson.watchedSeconds, seen.size);
      }),
      { numRuns: 12 },
    );
  });
  test('fractions of seconds count as seen, empty and backward ranges do not', () => {
    assert.equal(
      toMultirange([
        [0.2, 1.1],
        [5, 5],
        [9, 3],
        [7, 8],
      ]),
      '{[0,2),[7,8)}',
    );
    assert.equal(toMultirange([]), '{}');
  });
});

describe('heartbeats of many people', () => {
  test('share statements and each gets their own answer', async () => {
    const lessons = [world.lesson('A', 'watched', 9000), world.lesson('B', 'watched', 9000)];
    const course = await world.course(lessons);
    const people = await Promise.all(Array.from({ length: 30 }, () => learner(course)));
    const db = world.platform.host.database('enrollment');
    let statements = 0;
    const save = heartbeatSaver({
      ...db,
      rows: (st, params) => {
        statements += 1;
        return db.rows(st, params);
      },
    });
    const answers = await Promise.all(
      people.flatMap((who, index) =>
        lessons.map(async (lesson) => ({
          index,
          lesson,
          row: await save({
            userId: who.id,
            lessonId: lesson.id,
            positionSeconds: index,
            watched: `{[0,${index + 1})}`,
          }),
        })),
      ),
    );
    assert.ok(statements <= 3, `${statements} statements`);
    for (const { index, lesson, row } of answers) {
      assert.deepEqual([row?.lesson_id, row?.position_seconds, row?.watched_seconds], [lesson.id, index, index + 1]);
    }
  });
  test('one that cannot be saved does not fail the others', async () => {
    const lesson = world.lesson('A');
    const course = await world.course([lesson]);
    const [ana, rui] = [await learner(course), await learner(course)];
    const outsider = await person();
    const save = heartbeatSaver(world.platform.host.database('enrollment'));
    const [good, bad, stranger] = await Promise.allSettled([
      save({ userId: ana.id, lessonId: lesson.id, positionSeconds: 7, watched: '{}' }),
      save({ userId: rui.id, lessonId: lesson.id, positionSeconds: 1, watched: 'not a range' }),
      save({ userId: outsider.id, lessonId: lesson.id, positionSeconds: 1, watched: '{}' }),
    ]);
    assert.equal(good.status === 'fulfilled' && good.value?.position_seconds, 7);
    assert.equal(bad.status, 'rejected');
    assert.deepEqual(stranger, { status: 'fulfilled', value: undefined });
  });
});

describe('completing a course', () => {
  test('happens with the last lesson, with certificate and event', async () => {
    const lessons = [world.lesson('One'), world.lesson('Two', 'passed'), world.lesson('Three')];
    const [one, two, three] = lessons;
    assert.ok(one && two && three);
    const course = await world.course(lessons);
    const ana = await learner(course);
    assert.equal((await world.progress(ana, one, { state: 'completed' })).body.course.percent, 33);
    await world.pass(ana, course, two);
    const { body } = await world.progress(ana, three, { state: 'completed' });
    assert.deepEqual([body.course.completedLessons, body.course.percent], [3, 100]);
    assert.ok(body.course.completedAt);
    assert.match(body.course.certificateId, /^[0-9a-f-]{36}$/);
    const events = await eventsOf(world.platform, ana);
    assert.deepEqual(await kinds(ana), [
      'access.granted',
      'lesson.completed',
      'lesson.completed',
      'lesson.completed',
      'course.completed',
    ]);
    const last = events.at(-1)?.data;
    assert.equal(last?.certificateId, body.course.certificateId);
    assert.match(last?.verificationCode ?? '', /^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{6}-[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    assert.equal(
      last?.completedAt,
      body.course.completedAt.replace(/(\.\d+)?Z/, (part: string) => `${part.slice(0, -1).padEnd(7, '0')}Z`),
    );
  });
  test('does not meet a heartbeat half way: both lock the enrollment before its lessons', async () => {
    const lesson = world.lesson('L');
    const course = await world.course([lesson]);
    const ana = await learner(course);
    const completing = await world.platform.host.database('enrollment').pool.connect();
    try {
      // As a completion that has the enrollment and has not come to the lesson yet.
      await completing.query("begin; set local lock_timeout = '500ms'");
      const { rows } = await completing.query(
        'select id from enrollments where user_id = $1 and course_id = $2 for no key update',
        [ana.id, course.id],
      );
      const beat = world.progress(ana, lesson, { state: 'viewed', positionSeconds: 3 });
      await eventually(async () => {
        const { rowCount } = await completing.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
        return rowCount === 1;
      });
      await completing.query('insert into lesson_progress (enrollment_id, lesson_id) values ($1, $2)', [
        rows[0].id,
        lesson.id,
      ]);
      await completing.query('commit');
      assert.equal((await beat).status, 200);
    } finally {
      completing.release(true);
    }
  });

  test('happens once when all lessons are completed at the same moment, ten times each', async () => {
    const lessons = Array.from({ length: 6 }, (_, i) => world.lesson(`L${i}`));
    const course = await world.course(lessons);
    const ana = await learner(course);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const lesson = lessons[i % 6];
        assert.ok(lesson);
        return world.progress(ana, lesson, { state: 'completed' });
      }),
    );
    assert.deepEqual(
      answers.filter(({ status }) => status !== 200).map(({ status, body }) => ({ status, body })),
      [],
    );
    const said = await kinds(ana);
    assert.equal(said.filter((kind) => kind === 'lesson.completed').length, 6);
    assert.equal(said.filter((kind) => kind === 'course.completed').length, 1);
    assert.equal((await courseProgress(ana, course)).percent, 100);
  });
  test('a pass that is reported twice has one effect', async () => {
    const quiz = world.lesson('Quiz', 'passed');
    const course = await world.course([quiz]);
    const ana = await learner(course);
    await world.pass(ana, course, quiz);
    await world.pass(ana, course, quiz);
    assert.deepEqual(await kinds(ana), ['access.granted', 'lesson.completed', 'course.completed']);
  });
  test('a pass that overtakes the lesson or the enrollment is not lost', async () => {
    const [early, late] = [world.lesson('Early', 'passed'), world.lesson('Late', 'passed')];
    const course = await world.course([early]);
    const ana = await person();
    await world.pass(ana, course, early);
    await world.pass(ana, course, late);
    await world.publish({ ...course, version: 2, lessons: [early, late] });
    await world.enroll(ana, course);
    assert.equal((await courseProgress(ana, course)).percent, 100);
    const rui = await learner(course);
    const third = world.lesson('Third', 'passed');
    for (const lesson of [early, third]) await world.pass(rui, course, lesson);
    assert.equal((await courseProgress(rui, course)).completedLessons, 1);
    await world.publish({ ...course, version: 3, lessons: [early, late, third] });
    assert.equal((await courseProgress(rui, course)).completedLessons, 2);
  });
});

describe('a course that changes', () => {
  test('is completed for those who have done all that remains, and stays completed when lessons come', async () => {
    const [one, two, three] = [world.lesson('One'), world.lesson('Two'), world.lesson('Three')];
    const course = await world.course([one, two]);
    const [ana, rui] = [await learner(course), await learner(course)];
    await world.progress(ana, one, { state: 'completed' });
    await world.progress(rui, two, { state: 'completed' });
    await world.publish({ ...course, version: 2, lessons: [one] });
    assert.equal((await courseProgress(ana, course)).percent, 100);
    const waiting = await courseProgress(rui, course);
    assert.deepEqual([waiting.completedLessons, waiting.totalLessons, waiting.completedAt], [0, 1, null]);
    assert.equal((await world.progress(rui, two, { state: 'viewed' })).body.code, 'not_found');
    await world.publish({ ...course, version: 3, lessons: [one, two, three] });
    assert.ok((await courseProgress(ana, course)).completedAt);
    const back = await courseProgress(rui, course);
    assert.deepEqual([back.completedLessons, back.totalLessons], [1, 3]);
    assert.deepEqual((await kinds(ana)).slice(-1), ['course.completed']);
  });
  test('is completed for those who come back to find that they have done all that remains', async () => {
    const [one, two] = [world.lesson('One'), world.lesson('Two')];
    const course = await world.course([one, two]);
    const ana = await person();
    const { body } = await world.enroll(ana, course);
    await world.progress(ana, one, { state: 'completed' });
    assert.equal((await world.platform.call('DELETE', `/api/enrollments/${body.id}`, { as: ana })).status, 204);
    await world.publish({ ...course, version: 2, lessons: [one] });
    assert.ok(!(await kinds(ana)).includes('course.completed'), 'whoever left completes nothing');
    const back = (await world.enroll(ana, course)).body;
    assert.match(back.certificateId ?? '', /^[0-9a-f-]{36}$/);
    assert.deepEqual((await kinds(ana)).slice(-2), ['access.granted', 'course.completed']);
    assert.equal((await courseProgress(ana, course)).certificateId, back.certificateId);
    assert.equal((await world.enroll(ana, course)).body.certificateId, back.certificateId);
    await world.checkInvariants();
  });
  test('changes for those who are in it after it was archived, too, and lets nobody new in', async () => {
    const [one, two, four] = [world.lesson('One'), world.lesson('Two'), world.lesson('Four')];
    const course = await world.course([one, two]);
    const [ana, rui] = [await learner(course), await learner(course)];
    await world.progress(ana, one, { state: 'completed' });
    await world.archive(course);
    assert.equal((await courseProgress(ana, course)).percent, 50);
    const shorter = { ...course, version: 4, lessons: [one] };
    await world.archive(shorter);
    const finished = await courseProgress(ana, course);
    assert.deepEqual([finished.completedLessons, finished.totalLessons, finished.percent], [1, 1, 100]);
    assert.deepEqual((await kinds(ana)).slice(-1), ['course.completed']);
    await world.archive({ ...course, version: 2 });
    assert.equal((await courseProgress(rui, course)).totalLessons, 1, 'a report of an older version');
    await world.archive({ ...shorter, version: 6, lessons: [one, four] });
    assert.equal((await world.progress(rui, four, { state: 'completed' })).status, 200);
    assert.equal((await courseProgress(rui, course)).percent, 50);
    assert.equal((await world.enroll(await person(), course)).body.code, 'course_not_found');
    await world.publish({ ...shorter, version: 8 });
    assert.equal((await world.enroll(await person(), course)).status, 201);
    await world.checkInvariants();
  });
  test('leaves the catalogue by a report that says no more than that, as those from before did', async () => {
    const course = await world.course([world.lesson('One'), world.lesson('Two')]);
    const ana = await learner(course);
    await world.happen(CourseArchived, course.id, { courseId: course.id });
    assert.equal((await courseProgress(ana, course)).totalLessons, 2);
    assert.equal((await world.enroll(await person(), course)).body.code, 'course_not_found');
  });
  test('ignores a report of an older version', async () => {
    const [one, two] = [world.lesson('One'), world.lesson('Two')];
    const course = await world.course([one, two]);
    await world.publish({ ...course, version: 3, lessons: [one, two] });
    await world.publish({ ...course, version: 2, lessons: [one] });
    const ana = await learner(course);
    assert.equal((await courseProgress(ana, course)).totalLessons, 2);
  });
  test('while lessons are being completed loses no count', async () => {
    const lessons = Array.from({ length: 8 }, (_, i) => world.lesson(`L${i}`));
    const course = await world.course(lessons);
    const people = await Promise.all(Array.from({ length: 5 }, () => learner(course)));
    const shorter = world.publish({ ...course, version: 2, lessons: lessons.slice(0, 5) });
    const marks = people.flatMap((who) =>
      lessons.slice(0, 5).map((lesson) => world.progress(who, lesson, { state: 'completed' })),
    );
    await Promise.all([shorter, ...marks]);
    for (const who of people) assert.equal((await courseProgress(who, course)).percent, 100);
    await world.checkInvariants();
  });
});

describe('erasing a person', () => {
  test('leaves nothing that says who they were', async () => {
    const lesson = world.lesson('One');
    const course = await world.course([lesson]);
    const ana = await learner(course);
    await world.register(ana, 'Ana', 'pt-BR', 'America/Sao_Paulo');
    await world.progress(ana, lesson, { state: 'completed' });
    await world.erase(ana);
    const left = statement<[userId: string], { n: number }>(
      'enrollment.test_left_of_person',
      `select (select count(*) from people where user_id = $1) + (select count(*) from enrollments where user_id = $1)
         + (select count(*) from certificates where user_id = $1) + (select count(*) from lesson_passes where user_id = $1) as n`,
    );
    assert.equal((await world.platform.host.database('enrollment').row(left, [ana.id]))?.n, 0);
  });
});
