import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '@stoa/kernel/testing';
import { type Account, type Api, newKey, openApi, register, signIn, until } from './api-client.ts';
import { underLoad } from './crash-points.ts';
import {
  makeHome,
  makeWorld,
  operator as operatorLogin,
  type PlatformProcess,
  spawnProcess,
  startProcess,
  type World,
} from './platform-process.ts';
import { assertInvariants, assertNothingParked, untilQuiet } from './quiet.ts';
import { readSourceCourse, rightAnswers, type SourceCourse, writeSmallCourse, wrongAnswers } from './source-course.ts';
import { uploadCourse } from './the-whole-path.ts';

/** Kills at random moments beside those at the points; more with STOA_KILL_CYCLES. */
const cycles = Number(process.env.STOA_KILL_CYCLES ?? 1);

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

describe('a platform killed under load', () => {
  it(`loses no acknowledged write in ${underLoad.length} kills at crash points and ${cycles} at random`, async () => {
    const database = await world.copy();
    const home = await makeHome();
    const port = await freePort();
    const start = { databaseUrl: database.url, home: home.path, port };
    let platform = await startProcess(start);
    try {
      const api = openApi(platform.url, { patienceMs: 60_000 });
      const operator = await signIn(api, operatorLogin);
      const course = await publishSmallCourse(api, operator);
      const written: Written[] = [];
      let over = false;
      const load = Promise.all(
        Array.from({ length: 4 }, (_, worker) => learnUntil(() => over, { api, course, worker, written })),
      );
      // Awaited in the end: what goes wrong there before fails this test and not the whole file.
      load.catch(() => undefined);
      for (let cycle = 0; cycle < cycles; cycle += 1) {
        if (cycle > 0) platform = await startProcess(start);
        await new Promise((resolve) => setTimeout(resolve, randomInt(200, 1500)));
        await platform.kill();
      }
      for (const point of underLoad) {
        platform = spawnProcess({ ...start, environment: { STOA_CRASH_AT: `${point}#${randomInt(1, 13)}` } });
        await untilKilled(platform, point);
        await assertInvariants(database.url, `right after the crash at ${point}`);
      }
      platform = await startProcess(start);
      over = true;
      await load;
      assert.ok(written.length >= 4, `${written.length} learners got through`);
      await untilQuiet(database.url);
      await assertInvariants(database.url, 'after the kills');
      await assertNothingParked(database.url);
      for (const { learner, position, enrollmentId, tries } of written) {
        const { body } = await api.call('GET', `/api/progress/courses/${course.courseId}`, { as: learner });
        assert.equal(body.enrollmentId, enrollmentId);
        const lessonOf = (id: string) => body.lessons.find((one: { id: string }) => one.id === id);
        assert.equal(lessonOf(course.videoId)?.positionSeconds, position, 'the last acknowledged position is there');
        assert.equal(lessonOf(course.examId)?.state, 'completed', 'enrollment has heard of what was passed');
        const exam = await api.call('GET', `/api/lessons/${course.examId}/problems`, { as: learner });
        assert.deepEqual(
          exam.body.items.map(({ state }: Solved) => [state.attempts, state.passed]),
          tries.map((attempts) => [attempts, true]),
          'each answer was counted once',
        );
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
    const lessons: { id: string; kind: string; completion: string }[] = body.modules.flatMap(
      (module: { lessons: object[] }) => module.lessons,
    );
    const video = lessons.find(({ kind }) => kind === 'video');
    const exam = lessons.find(({ completion }) => completion === 'passed');
    assert.ok(video && exam);
    await untilKnown(api, courseId);
    return { courseId: String(courseId), videoId: video.id, examId: exam.id };
  }

  /** Enrollment hears of the course by an event. */
  async function untilKnown(api: Api, courseId: string): Promise<void> {
    const scout = await register(api, { email: 'scout@stoa.test', name: 'Sol Neves' });
    await until('enrollment knows the course', async () => {
      const answer = await api.send('POST', `/api/courses/${courseId}/enrollments`, { as: scout, key: newKey() });
      return answer.status === 201;
    });
  }

  /** It dies at the point, sooner or later, as people study. */
  async function untilKilled(platform: PlatformProcess, point: string): Promise<void> {
    const patience = setTimeout(() => platform.child.kill('SIGTERM'), 120_000);
    const { code, signal } = await platform.ended;
    clearTimeout(patience);
    assert.deepEqual([code, signal], [null, 'SIGKILL'], `nobody came by ${point}:\n${platform.output()}`);
  }

  type Course = Awaited<ReturnType<typeof publishSmallCourse>>;
  /** What somebody was told: where they are in the video, and how many tries each problem took. */
  type Written = { learner: Account; enrollmentId: string; position: number; tries: number[] };
  type Solved = { state: { attempts: number; passed: boolean } };

  async function learnUntil(
    isOver: () => boolean,
    { api, course, worker, written }: { api: Api; course: Course; worker: number; written: Written[] },
  ): Promise<void> {
    const { courseId, videoId, examId } = course;
    for (let turn = 0; !isOver(); turn += 1) {
      const learner = await register(api, { email: `learner-${worker}-${turn}@stoa.test`, name: 'Lia Costa' });
      const { body } = await api.call('POST', `/api/courses/${courseId}/enrollments`, { as: learner, key: newKey() });
      let position = 0;
      for (let second = 1; second <= 8; second += 1) {
        await api.call('POST', `/api/progress/lessons/${videoId}`, {
          as: learner,
          body: { state: 'viewed', positionSeconds: second, watched: [[second - 1, second]] },
        });
        position = second;
      }
      const tries = await solveAll(api, { examId, learner });
      written.push({ learner, enrollmentId: body.id, position, tries });
    }
  }

  /** Answers every problem, the first wrongly before rightly. @returns how many tries each took */
  async function solveAll(api: Api, { examId, learner }: { examId: string; learner: Account }): Promise<number[]> {
    const { body } = await api.call('GET', `/api/lessons/${examId}/problems`, { as: learner });
    const definitions = source.truth.modules
      .flatMap((module) => module.lessons)
      .flatMap((lesson) => lesson.problems.map(({ definition }) => definition));
    assert.equal(body.items.length, definitions.length);
    const tries: number[] = [];
    for (const [place, definition] of definitions.entries()) {
      const shown = body.items[place];
      const answers = place === 0 ? [wrongAnswers, rightAnswers] : [rightAnswers];
      for (const [before, answer] of answers.entries()) {
        const { body: after } = await api.call('POST', `/api/problems/${shown.id}/attempts`, {
          as: learner,
          key: newKey(),
          body: { answers: answer(definition, shown) },
          expect: 201,
        });
        assert.equal(after.state.attempts, before + 1, 'an answer that is sent again is the same try');
      }
      tries.push(answers.length);
    }
    return tries;
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
