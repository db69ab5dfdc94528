import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listCrashPoints } from '@stoa/kernel';
import { createTestDatabase, type Person, person, type TestDatabase } from '@stoa/kernel/testing';
import { enrollment } from '../src/index.ts';
import { siblings } from './siblings.ts';
import { eventsOf, startWorld, type TestCourse, type TestLesson } from './world.ts';

const fixture = fileURLToPath(new URL('./crash.fixture.ts', import.meta.url));
let database: TestDatabase;
let ana: Person;
let course: TestCourse;
let lesson: TestLesson;
before(async () => {
  database = await createTestDatabase([enrollment, ...siblings]);
  ana = await person();
});
after(() => database.drop());

/** Kills a process at a crash point in the middle of a request, then looks at what a new process finds. */
async function killAt(point: string, method: string, path: string, body?: object): Promise<void> {
  const child = spawn(
    process.execPath,
    [fixture, database.url, ana.id, method, path, ...(body ? [JSON.stringify(body)] : [])],
    { env: { ...process.env, STOA_CRASH_AT: point }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [, signal] = await once(child, 'exit');
  assert.equal(signal, 'SIGKILL', said);
}

async function inNewProcess(look: (world: Awaited<ReturnType<typeof startWorld>>) => Promise<void>): Promise<void> {
  const world = await startWorld({ databaseUrl: database.url });
  try {
    await world.platform.host.settle();
    await world.checkInvariants();
    await look(world);
    await world.platform.host.settle();
    await world.checkInvariants();
  } finally {
    await world.platform.close();
  }
}
const kinds = async (world: Awaited<ReturnType<typeof startWorld>>) =>
  (await eventsOf(world.platform, ana)).map((event) => event.type.split('.').slice(2, 4).join('.'));

describe('a process killed with -9', () => {
  test('at any of the points this file knows: all of this context’s', () => {
    assert.deepEqual(
      listCrashPoints().filter((point) => point.startsWith('enrollment.')),
      [
        'enrollment.complete_lesson.before_commit',
        'enrollment.enroll.after_commit',
        'enrollment.leave_course.after_commit',
        'enrollment.save_progress.after_commit',
      ],
    );
  });
  test('after enrolling: the enrollment is there, once, with its event', async () => {
    await inNewProcess(async (world) => {
      lesson = world.lesson('Only');
      course = await world.course([lesson]);
    });
    await killAt('enrollment.enroll.after_commit', 'POST', `/api/courses/${course.id}/enrollments`);
    await inNewProcess(async (world) => {
      assert.deepEqual(await kinds(world), ['access.granted']);
      assert.equal((await world.enroll(ana, course)).status, 201);
      assert.deepEqual(await kinds(world), ['access.granted']);
    });
  });
  test('after a report of the player is saved: it is there, and sending it again changes nothing', async () => {
    const report = { state: 'viewed', positionSeconds: 7, watched: [[0, 7]] } as const;
    const path = `/api/progress/lessons/${lesson.id}`;
    await killAt('enrollment.save_progress.after_commit', 'POST', path, report);
    await inNewProcess(async (world) => {
      const { body: before } = await world.platform.call('GET', `/api/progress/courses/${course.id}`, { as: ana });
      assert.deepEqual(
        before.lessons.map(({ id, positionSeconds }: { id: string; positionSeconds: number }) => [id, positionSeconds]),
        [[lesson.id, 7]],
      );
      const { body: again } = await world.progress(ana, lesson, report);
      assert.deepEqual([again.lesson.positionSeconds, again.lesson.watchedSeconds], [7, 7]);
    });
  });
  test('before the last lesson commits: nothing of it is there, and saying it again does it all', async () => {
    const path = `/api/progress/lessons/${lesson.id}`;
    await killAt('enrollment.complete_lesson.before_commit', 'POST', path, { state: 'completed', positionSeconds: 9 });
    await inNewProcess(async (world) => {
      assert.deepEqual(await kinds(world), ['access.granted']);
      const { body } = await world.progress(ana, lesson, { state: 'completed' });
      assert.deepEqual([body.lesson.state, body.lesson.positionSeconds, body.course.percent], ['completed', 9, 100]);
      assert.deepEqual(await kinds(world), ['access.granted', 'lesson.completed', 'course.completed']);
    });
  });
  test('after leaving: access has ended, once', async () => {
    let id = '';
    await inNewProcess(async (world) => {
      id = (await world.enroll(ana, course)).body.id;
    });
    await killAt('enrollment.leave_course.after_commit', 'DELETE', `/api/enrollments/${id}`);
    await inNewProcess(async (world) => {
      assert.equal((await world.platform.call('DELETE', `/api/enrollments/${id}`, { as: ana })).status, 204);
      assert.deepEqual((await kinds(world)).slice(-2), ['course.completed', 'access.revoked']);
    });
  });
});
