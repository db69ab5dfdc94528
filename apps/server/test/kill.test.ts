import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '@stoa/kernel/testing';
import { type Account, type Api, newKey, openApi, register, signIn, until } from './api-client.ts';
import { makeHome, makeWorld, operator as operatorLogin, startProcess, type World } from './platform-process.ts';
import { assertInvariants, assertNothingParked, untilQuiet } from './quiet.ts';
import { readSourceCourse, type SourceCourse, writeSmallCourse } from './source-course.ts';
import { uploadCourse } from './the-whole-path.ts';

/** Kills at random moments; more with STOA_KILL_CYCLES. */
const cycles = Number(process.env.STOA_KILL_CYCLES ?? 5);

let world: World;
let files: Awaited<ReturnType<typeof makeHome>>;
let source: SourceCourse;

before(async () => {
  world = await makeWorld();
  files = await makeHome();
  source = await readSourceCourse(await writeSmallCourse(join(files.path, 'course')), 'olx');
});
after(async () => {
  await world?.close();
  await files?.remove();
});

describe('a platform killed at random moments under load', () => {
  it(`loses no acknowledged write in ${cycles} kills`, async () => {
    const database = await world.copy();
    const home = await makeHome();
    const port = await freePort();
    const start = () => startProcess({ databaseUrl: database.url, home: home.path, port });
    let platform = await start();
    try {
      const api = openApi(platform.url, { patienceMs: 60_000 });
      const operator = await signIn(api, operatorLogin);
      const { courseId, lessonId } = await publishSmallCourse(api, operator);
      let over = false;
      const load = Array.from({ length: 4 }, (_, worker) =>
        learnUntil(() => over, { api, courseId, lessonId, worker }),
      );
      for (let cycle = 0; cycle < cycles; cycle += 1) {
        await new Promise((resolve) => setTimeout(resolve, randomInt(200, 1500)));
        await platform.kill();
        platform = await start();
      }
      over = true;
      const written = (await Promise.all(load)).flat();
      assert.ok(written.length >= cycles, `${written.length} learners got through`);
      await untilQuiet(database.url);
      await assertInvariants(database.url, 'after the kills');
      await assertNothingParked(database.url);
      for (const { learner, position, enrollmentId } of written) {
        const { body } = await api.call('GET', `/api/progress/courses/${courseId}`, { as: learner });
        assert.equal(body.enrollmentId, enrollmentId);
        const lesson = body.lessons.find((one: { id: string }) => one.id === lessonId);
        assert.equal(lesson?.positionSeconds, position, 'the last acknowledged position is there');
      }
    } finally {
      await platform.stop();
      await database.drop();
      await home.remove();
    }
  });

  async function publishSmallCourse(api: Api, operator: Account) {
    const teacher = await register(api, { email: 'teacher@stoa.test', name: 'Tomás Lima' });
    await api.call('PATCH', `/api/admin/users/${teacher.id}`, {
      as: operator,
      body: { roles: ['student', 'instructor'] },
    });
    const instructor = await signIn(api, teacher);
    const { courseId } = await uploadCourse(api, instructor, source);
    await api.call('POST', `/api/courses/${courseId}/publish`, { as: instructor });
    const { body } = await api.call('GET', `/api/courses/${courseId}/lessons`, { as: instructor });
    const video = body.modules
      .flatMap((module: { lessons: { id: string; kind: string }[] }) => module.lessons)
      .find((lesson: { kind: string }) => lesson.kind === 'video');
    await untilKnown(api, courseId);
    return { courseId: String(courseId), lessonId: String(video.id) };
  }

  /** Enrollment hears of the course by an event. */
  async function untilKnown(api: Api, courseId: string): Promise<void> {
    const scout = await register(api, { email: 'scout@stoa.test', name: 'Sol Neves' });
    await until('enrollment knows the course', async () => {
      const answer = await api.send('POST', `/api/courses/${courseId}/enrollments`, { as: scout, key: newKey() });
      return answer.status === 201;
    });
  }

  type Written = { learner: Account; enrollmentId: string; position: number };

  async function learnUntil(
    isOver: () => boolean,
    { api, courseId, lessonId, worker }: { api: Api; courseId: string; lessonId: string; worker: number },
  ): Promise<Written[]> {
    const written: Written[] = [];
    for (let turn = 0; !isOver(); turn += 1) {
      const learner = await register(api, { email: `learner-${worker}-${turn}@stoa.test`, name: 'Lia Costa' });
      const { body } = await api.call('POST', `/api/courses/${courseId}/enrollments`, { as: learner, key: newKey() });
      let position = 0;
      for (let second = 1; second <= 8; second += 1) {
        await api.call('POST', `/api/progress/lessons/${lessonId}`, {
          as: learner,
          body: { state: 'viewed', positionSeconds: second, watched: [[second - 1, second]] },
        });
        position = second;
      }
      written.push({ learner, enrollmentId: body.id, position });
    }
    return written;
  }
});

describe('a platform with its own PostgreSQL', () => {
  it('opens again after it was killed with -9, although its PostgreSQL was left behind', async () => {
    const home = await makeHome();
    const port = await freePort();
    const first = await startProcess({ home: home.path, port });
    const { email } = await register(openApi(first.url), { email: 'early@stoa.test', name: 'Eva Reis' });
    await first.kill();
    const second = await startProcess({ home: home.path, port });
    try {
      await signIn(openApi(second.url), { email, password: 'marble sofa thunder 88' });
    } finally {
      const { code } = await second.stop();
      assert.equal(code, 0);
      await home.remove();
    }
  });
});
