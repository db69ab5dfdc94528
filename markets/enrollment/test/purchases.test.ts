import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { InstalmentPlanChanged, OrderPaid, OrderRefunded, PurchaseAssigned, PurchaseUnassigned } from '@stoa/contracts';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { eventsOf, startWorld, type TestCourse } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
before(async () => {
  world = await startWorld();
});
after(async () => {
  await world.checkInvariants();
  await world.platform.close();
});

type Line = {
  lineId: string;
  sku: string;
  ownerId: string;
  total: { amount: bigint; currency: string };
  includes?: string[];
  instalment?: { planId: string; part: number; through: number; parts: number };
};
const lineOf = (course: TestCourse, owner: Person | null): Line => ({
  lineId: systemIds.id(),
  sku: `course:${course.id}`,
  ownerId: owner?.id ?? '',
  total: { amount: 9900n, currency: 'BRL' },
});
const priced = () => world.course([world.lesson('One'), world.lesson('Two')], { price: 9900 });
const pay = (orderId: string, lines: Line[]) => world.happen(OrderPaid, orderId, { orderId, lines });
const refund = (orderId: string, revoked: Line[]) =>
  world.happen(OrderRefunded, orderId, { orderId, refundId: systemIds.id(), revoked, full: true });
const shown = async (who: Person, course: TestCourse) => {
  const { status, body } = await world.platform.call('GET', `/api/courses/${course.id}/enrollment`, { as: who });
  return status === 200 ? `${body.state} by ${body.reason}` : status;
};
const told = async (who: Person) =>
  (await eventsOf(world.platform, who)).map(({ type, data }) => `${type.split('.')[3]} ${data.reason}`);

describe('a course that was bought', () => {
  test('is open once however often the order is said to be paid, and closed by the refund', async () => {
    const course = await priced();
    const ana = await person();
    const orderId = systemIds.id();
    const line = lineOf(course, ana);
    await pay(orderId, [line]);
    await pay(orderId, [line]);
    assert.equal(await shown(ana, course), 'active by purchase');
    assert.equal((await world.enroll(ana, course)).status, 201, 'enrolling says what is there');
    await refund(orderId, [line]);
    await refund(orderId, [line]);
    assert.equal(await shown(ana, course), 404);
    assert.deepEqual(await told(ana), ['granted purchase', 'revoked refunded']);
    assert.equal((await world.enroll(ana, course)).body.code, 'course_requires_purchase');
  });

  test('keeps its progress when it is bought again after a refund', async () => {
    const lesson = world.lesson('Only one of two');
    const course = await world.course([lesson, world.lesson('The other')], { price: 9900 });
    const ana = await person();
    const first = lineOf(course, ana);
    await pay('019aa000-0000-7000-8000-000000000001', [first]);
    assert.equal((await world.progress(ana, lesson, { state: 'completed' })).status, 200);
    await refund('019aa000-0000-7000-8000-000000000001', [first]);
    assert.equal((await world.progress(ana, lesson, { state: 'viewed' })).body.code, 'not_enrolled');
    await pay('019aa000-0000-7000-8000-000000000002', [lineOf(course, ana)]);
    const again = await world.platform.call('GET', `/api/progress/courses/${course.id}`, { as: ana });
    assert.equal(again.body.completedLessons, 1);
  });

  test('stays closed when the payment is heard of after its refund', async () => {
    const course = await priced();
    const ana = await person();
    const orderId = systemIds.id();
    const line = lineOf(course, ana);
    await refund(orderId, [line]);
    await pay(orderId, [line]);
    assert.equal(await shown(ana, course), 404);
    assert.deepEqual(await told(ana), []);
  });

  test('stays open for somebody who has it by a second order', async () => {
    const course = await priced();
    const ana = await person();
    const [first, second] = [lineOf(course, ana), lineOf(course, ana)];
    const [one, two] = [systemIds.id(), systemIds.id()];
    await pay(one, [first]);
    await pay(two, [second]);
    await refund(one, [first]);
    assert.equal(await shown(ana, course), 'active by purchase');
    await refund(two, [second]);
    assert.equal(await shown(ana, course), 404);
    assert.deepEqual(await told(ana), ['granted purchase', 'revoked refunded']);
  });

  test('leaves alone who had it free of charge, and what is no course', async () => {
    const course = await world.course([world.lesson('One')]);
    const ana = await person();
    await world.enroll(ana, course);
    const line = lineOf(course, ana);
    await pay(systemIds.id(), [line, { ...line, lineId: systemIds.id(), sku: 'rental:7' }]);
    await refund(systemIds.id(), [line]);
    assert.equal(await shown(ana, course), 'active by free');
  });

  test('is not left by whoever had it free of charge before, and stays theirs', async () => {
    const course = await world.course([world.lesson('One')]);
    const ana = await person();
    const enrollment = (await world.enroll(ana, course)).body;
    await world.publish({ ...course, version: 2 }, { price: 9900 });
    await world.happen(PurchaseAssigned, systemIds.id(), {
      orderId: systemIds.id(),
      line: lineOf(course, null),
      ownerId: ana.id,
      reason: 'seat',
      assignmentId: systemIds.id(),
    });
    const left = await world.platform.call('DELETE', `/api/enrollments/${enrollment.id}`, { as: ana });
    assert.deepEqual([left.status, left.body?.code], [409, 'enrollment_not_free']);
    assert.equal(await shown(ana, course), 'active by free');
    assert.equal((await world.enroll(ana, course)).status, 201);
  });

  test('is not looked for in what is something else: a membership, a rental', async () => {
    const ana = await person();
    const parked = async () =>
      (await world.platform.host.database('enrollment').pool.query('select id from parked_events')).rowCount;
    const before = await parked();
    for (const sku of [`plan:${systemIds.id()}`, 'rental:7'])
      for (const amount of [0n, 4900n])
        await pay(systemIds.id(), [
          { lineId: systemIds.id(), sku, ownerId: ana.id, total: { amount, currency: 'BRL' }, includes: [] },
        ]);
    assert.equal(await parked(), before, 'every word about it was understood');
  });
});

describe('a bundle', () => {
  const bundleOf = (owner: Person | null, ...courses: TestCourse[]): Line => ({
    lineId: systemIds.id(),
    sku: `bundle:${systemIds.id()}`,
    ownerId: owner?.id ?? '',
    total: { amount: 10_001n, currency: 'BRL' },
    includes: courses.map(({ id }) => `course:${id}`),
  });
  const each = (who: Person, courses: TestCourse[]) => Promise.all(courses.map((course) => shown(who, course)));

  test('opens each course once, with its share of what was paid, and the refund closes all of them', async () => {
    const courses = [await priced(), await priced()];
    const ana = await person();
    const orderId = systemIds.id();
    const line = bundleOf(ana, ...courses);
    await pay(orderId, [line]);
    await pay(orderId, [line]);
    assert.deepEqual(await each(ana, courses), ['active by purchase', 'active by purchase']);
    const { rows } = await world.platform.host
      .database('enrollment')
      .pool.query('select price_amount::int as paid from enrollments where user_id = $1 order by 1', [ana.id]);
    assert.deepEqual(
      rows.map(({ paid }) => paid),
      [5000, 5001],
    );
    await refund(orderId, [line]);
    await refund(orderId, [line]);
    assert.deepEqual(await each(ana, courses), [404, 404]);
    assert.deepEqual((await told(ana)).toSorted(), [
      'granted purchase',
      'granted purchase',
      'revoked refunded',
      'revoked refunded',
    ]);
  });

  test('leaves what its buyer owns otherwise when it is refunded', async () => {
    const courses = [await priced(), await priced()];
    const [first] = courses;
    assert.ok(first);
    const ana = await person();
    const [alone, together] = [systemIds.id(), systemIds.id()];
    await pay(alone, [lineOf(first, ana)]);
    const line = bundleOf(ana, ...courses);
    await pay(together, [line]);
    await refund(together, [line]);
    assert.deepEqual(await each(ana, courses), ['active by purchase', 404]);
  });

  test('stays closed when the payment is heard of after its refund', async () => {
    const courses = [await priced(), await priced()];
    const ana = await person();
    const orderId = systemIds.id();
    const line = bundleOf(ana, ...courses);
    await refund(orderId, [line]);
    await pay(orderId, [line]);
    assert.deepEqual(await each(ana, courses), [404, 404]);
  });

  test('can be given, and sat on: a seat taken back closes all of it, and only it', async () => {
    const courses = [await priced(), await priced()];
    const [friend, ana, rui] = [await person(), await person(), await person()];
    const orderId = systemIds.id();
    const [gift, seats] = [bundleOf(null, ...courses), bundleOf(null, ...courses)];
    await pay(orderId, [gift, seats]);
    const assign = async (who: Person, line: Line, reason: string) => {
      const assignmentId = systemIds.id();
      await world.happen(PurchaseAssigned, orderId, { orderId, line, ownerId: who.id, reason, assignmentId });
      return { orderId, line, ownerId: who.id, assignmentId };
    };
    await assign(friend, gift, 'gift');
    const seat = await assign(ana, seats, 'seat');
    await assign(rui, seats, 'seat');
    assert.deepEqual(await each(friend, courses), ['active by gift', 'active by gift']);
    await world.happen(PurchaseUnassigned, orderId, seat);
    assert.deepEqual(await each(ana, courses), [404, 404]);
    assert.deepEqual(await each(rui, courses), ['active by seat', 'active by seat']);
    await refund(orderId, [gift, seats]);
    assert.deepEqual(await each(friend, courses), [404, 404]);
    assert.deepEqual(await each(rui, courses), [404, 404]);
  });
});

describe('a gift', () => {
  test('opens with whoever takes it up, and closes with the refund of its order', async () => {
    const course = await priced();
    const [giver, friend] = [await person(), await person()];
    const orderId = systemIds.id();
    const line = lineOf(course, null);
    await pay(orderId, [line]);
    assert.equal(await shown(giver, course), 404);
    const assignmentId = systemIds.id();
    await world.happen(PurchaseAssigned, orderId, { orderId, line, ownerId: friend.id, reason: 'gift', assignmentId });
    assert.equal(await shown(friend, course), 'active by gift');
    await refund(orderId, [{ ...line, ownerId: friend.id }]);
    assert.equal(await shown(friend, course), 404);
  });
});

describe('a seat', () => {
  test('moves from one person to another, and all close with the refund', async () => {
    const course = await priced();
    const [ana, rui, eva] = [await person(), await person(), await person()];
    const orderId = systemIds.id();
    const line = lineOf(course, null);
    await pay(orderId, [line]);
    const seats = new Map([ana, rui, eva].map((who) => [who, systemIds.id()]));
    const sit = (who: Person) =>
      world.happen(PurchaseAssigned, orderId, {
        orderId,
        line,
        ownerId: who.id,
        reason: 'seat',
        assignmentId: seats.get(who) ?? '',
      });
    await sit(ana);
    await sit(rui);
    await world.happen(PurchaseUnassigned, orderId, {
      orderId,
      line,
      ownerId: ana.id,
      assignmentId: seats.get(ana) ?? '',
    });
    await sit(eva);
    assert.deepEqual(
      [await shown(ana, course), await shown(rui, course), await shown(eva, course)],
      [404, 'active by seat', 'active by seat'],
    );
    await refund(orderId, [line]);
    assert.deepEqual([await shown(rui, course), await shown(eva, course)], [404, 404]);
    assert.deepEqual(await told(ana), ['granted seat', 'revoked seat_taken_back']);
  });
});

describe('a course that is paid in parts', () => {
  const plan = (course: TestCourse, who: Person, planId: string, revision: number, more: object = {}) =>
    world.happen(InstalmentPlanChanged, planId, {
      planId,
      buyerId: who.id,
      sku: `course:${course.id}`,
      state: 'active',
      entitled: true,
      revision: BigInt(revision),
      total: { amount: 9900n, currency: 'BRL' },
      ...more,
    });
  const partOf = (planId: string, part: number) => ({ instalment: { planId, part, through: part, parts: 3 } });

  test('opens with its plan, once for all parts, closes while one is missing and keeps the progress', async () => {
    const lesson = world.lesson('Only one of two');
    const course = await world.course([lesson, world.lesson('The other')], { price: 9900 });
    const [ana, planId] = [await person(), systemIds.id()];
    await pay(systemIds.id(), [{ ...lineOf(course, ana), ...partOf(planId, 1) }]);
    assert.equal(await shown(ana, course), 404, 'the order alone opens nothing');
    await plan(course, ana, planId, 1);
    assert.equal(await shown(ana, course), 'active by purchase');
    assert.equal((await world.progress(ana, lesson, { state: 'completed' })).status, 200);
    await pay(systemIds.id(), [{ ...lineOf(course, ana), ...partOf(planId, 2) }]);
    await plan(course, ana, planId, 2);
    await plan(course, ana, planId, 4, { state: 'paused', entitled: false });
    assert.equal(await shown(ana, course), 404);
    await plan(course, ana, planId, 3);
    assert.equal(await shown(ana, course), 404, 'an older word changes nothing');
    await plan(course, ana, planId, 5);
    await plan(course, ana, planId, 5);
    const again = await world.platform.call('GET', `/api/progress/courses/${course.id}`, { as: ana });
    assert.equal(again.body.completedLessons, 1);
    assert.deepEqual(await told(ana), [
      'granted purchase',
      'completed undefined',
      'revoked instalment_missed',
      'granted purchase',
    ]);
  });

  test('closes with the money, stays with whoever has it otherwise, and never opens for somebody who is gone', async () => {
    const course = await priced();
    const [ana, rui] = [await person(), await person()];
    const [hers, his, order] = [systemIds.id(), systemIds.id(), systemIds.id()];
    await plan(course, ana, hers, 1);
    const line = { ...lineOf(course, ana), ...partOf(hers, 1) };
    await refund(order, [line]);
    assert.equal(await shown(ana, course), 'active by purchase', 'the plan says what becomes of it');
    await pay(systemIds.id(), [lineOf(course, ana)]);
    await plan(course, ana, hers, 2, { state: 'canceled', entitled: false });
    assert.equal(await shown(ana, course), 'active by purchase', 'bought again at once');
    await plan(course, rui, his, 1);
    await world.erase(rui);
    await plan(course, rui, his, 2);
    assert.equal(await shown(rui, course), 404);
  });

  test('stays open when the course is taken out of the catalogue', async () => {
    const course = await priced();
    const [ana, planId] = [await person(), systemIds.id()];
    await plan(course, ana, planId, 1);
    await world.archive(course);
    await plan(course, ana, planId, 2, { state: 'paused', entitled: false });
    await plan(course, ana, planId, 3);
    assert.equal(await shown(ana, course), 'active by purchase');
  });

  test('of another market is none of its business', async () => {
    const [ana, planId] = [await person(), systemIds.id()];
    await world.happen(InstalmentPlanChanged, planId, {
      planId,
      buyerId: ana.id,
      sku: 'rental:1',
      entitled: true,
      revision: 1n,
    });
    assert.deepEqual(await told(ana), []);
  });
});
