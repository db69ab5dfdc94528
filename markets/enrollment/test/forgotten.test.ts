import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  InstalmentPlanChanged,
  MembershipChanged,
  OrderPaid,
  OrderRefunded,
  PurchaseAssigned,
  SubscriptionChanged,
} from '@stoa/contracts';
import { systemIds } from '@stoa/kernel';
import { eventually, type Person, person } from '@stoa/kernel/testing';
import { eventsOf, startWorld, type TestCourse } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
before(async () => {
  world = await startWorld();
});
after(async () => {
  await world.checkInvariants();
  await world.platform.close();
});

const query = async (text: string, values: unknown[] = []) =>
  (await world.platform.host.database('enrollment').pool.query(text, values)).rows;
/** Nothing is known of a person but that they are gone. */
const isForgotten = async (who: Person) => {
  const left = await query(
    `select 'people' as at from people where user_id = $1 union all select 'enrollments' from enrollments where user_id = $1
     union all select 'passes' from lesson_passes where user_id = $1
     union all select 'entitlements' from entitlements where user_id = $1
     union all select 'memberships' from membership_subscriptions where user_id = $1
     union all select 'certificates' from certificates where user_id = $1
     union all select 'actions' from certificate_actions where actor_id = $1::text`,
    [who.id],
  );
  assert.deepEqual(left, []);
  assert.deepEqual(await query('select user_id from erased_people where user_id = $1', [who.id]), [
    { user_id: who.id },
  ]);
};
const priced = () => world.course([world.lesson('One', 'passed')], { price: 9900 });
const lineOf = (course: Pick<TestCourse, 'id'>, owner: Person) => ({
  lineId: systemIds.id(),
  sku: `course:${course.id}`,
  ownerId: owner.id,
  total: { amount: 9900n, currency: 'BRL' },
});

describe('what is heard of somebody after they are gone', () => {
  /** Everything that is ever said of a person, as other contexts say it. */
  const sayAll = async (ana: Person, course: TestCourse) => {
    const [orderId, planId, membershipId, seatOrder] = [1, 2, 3, 4].map(() => systemIds.id());
    assert.ok(orderId && planId && membershipId && seatOrder);
    await world.register(ana, 'Ana Souza', 'pt-BR', 'America/Sao_Paulo');
    await world.rename(ana, 'Ana de Souza', 'pt-BR', 'America/Sao_Paulo');
    const line = lineOf(course, ana);
    await world.happen(OrderPaid, orderId, { orderId, lines: [line] });
    await world.happen(PurchaseAssigned, seatOrder, {
      orderId: seatOrder,
      line: { ...lineOf(course, ana), ownerId: '' },
      ownerId: ana.id,
      reason: 'seat',
      assignmentId: systemIds.id(),
    });
    await world.happen(InstalmentPlanChanged, planId, {
      planId,
      buyerId: ana.id,
      sku: `course:${course.id}`,
      entitled: true,
      revision: 1n,
      state: 'active',
    });
    await world.happen(MembershipChanged, membershipId, {
      membership: {
        id: membershipId,
        slug: 'club',
        name: 'Club',
        scope: 'catalogue',
        state: 'published',
        version: 1,
        plans: [{ id: planId, interval: 'month', offered: true }],
      },
    });
    await world.happen(SubscriptionChanged, membershipId, {
      subscriptionId: membershipId,
      buyerId: ana.id,
      sku: `plan:${planId}`,
      entitled: true,
      revision: 1n,
    });
    const [lesson] = course.lessons;
    assert.ok(lesson);
    await world.pass(ana, course, lesson);
    await world.happen(OrderRefunded, orderId, { orderId, refundId: systemIds.id(), revoked: [line], full: true });
  };
  const parked = () => query('select type from parked_events');

  test('is written nowhere, and nothing is said of it', async () => {
    const ana = await person();
    const course = await priced();
    await world.erase(ana);
    await sayAll(ana, course);
    await isForgotten(ana);
    assert.deepEqual(await eventsOf(world.platform, ana), []);
    assert.deepEqual(await parked(), []);
  });
  test('leaves the same behind whether they went before, after or twice', async () => {
    const ana = await person();
    const course = await priced();
    await sayAll(ana, course);
    await world.erase(ana);
    await isForgotten(ana);
    const [mark] = await query('select erased_at from erased_people where user_id = $1', [ana.id]);
    await sayAll(ana, course);
    await world.erase(ana);
    await isForgotten(ana);
    assert.deepEqual(await query('select erased_at from erased_people where user_id = $1', [ana.id]), [mark]);
  });
  test('writes nothing when an operator lets it be heard again that was parked before they went', async () => {
    const ana = await person();
    const course = { id: systemIds.id(), version: 1, lessons: [world.lesson('One')] };
    const orderId = systemIds.id();
    await world.happen(OrderPaid, orderId, { orderId, lines: [lineOf(course, ana)] });
    const [waiting] = await query('select id from parked_events where partition_key = $1', [orderId]);
    assert.ok(waiting, 'it waits for its course');
    await world.erase(ana);
    await world.publish(course, { price: 9900 });
    const answer = await world.platform.call('POST', `/api/admin/dead-letters/${waiting.id}/replay`, {
      as: await person({ roles: ['admin'] }),
      body: { context: 'enrollment', kind: 'event' },
    });
    assert.deepEqual([answer.status, answer.body], [200, { handled: 1, error: null }]);
    await isForgotten(ana);
    assert.deepEqual(await parked(), []);
  });
  test('does not wait for a course that nobody knows', async () => {
    const ana = await person();
    await world.erase(ana);
    const [orderId, courseId] = [systemIds.id(), systemIds.id()];
    await world.happen(OrderPaid, orderId, { orderId, lines: [lineOf({ id: courseId }, ana)] });
    await world.happen(InstalmentPlanChanged, orderId, {
      planId: orderId,
      buyerId: ana.id,
      sku: `course:${courseId}`,
      entitled: true,
      revision: 1n,
      state: 'active',
    });
    assert.deepEqual(await parked(), []);
    await isForgotten(ana);
  });
});

describe('a token that outlives its account', () => {
  test('enrolls in nothing and records nothing, and holds up nobody who enrolls at the same moment', async () => {
    const lesson = world.lesson('One');
    const course = await world.course([lesson]);
    const [ana, rui] = [await person(), await person()];
    await world.erase(ana);
    const [hers, his] = await Promise.all([world.enroll(ana, course), world.enroll(rui, course)]);
    assert.deepEqual([hers.status, hers.body.code, his.status], [401, 'invalid_token', 201]);
    for (const state of ['viewed', 'completed'])
      assert.equal((await world.progress(ana, lesson, { state })).body.code, 'not_enrolled');
    await isForgotten(ana);
    assert.deepEqual(await eventsOf(world.platform, ana), []);
  });
  test('revokes no certificate', async () => {
    const lesson = world.lesson('One');
    const instructor = await person({ roles: ['instructor'] });
    const course = await world.course([lesson], { instructor });
    const rui = await person({ name: 'Rui' });
    await world.enroll(rui, course);
    const { body } = await world.progress(rui, lesson, { state: 'completed' });
    await world.erase(instructor);
    const answer = await world.platform.call('POST', `/api/certificates/${body.course.certificateId}/revocation`, {
      as: instructor,
      body: { reason: 'Spite' },
    });
    assert.deepEqual([answer.status, answer.body.code], [401, 'invalid_token']);
    await isForgotten(instructor);
  });
  test('that enrolls while its account is being forgotten leaves nothing behind', async () => {
    const course = await world.course([world.lesson('One')]);
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        const who = await person();
        await Promise.all([world.erase(who), world.enroll(who, course)]);
        await eventually(
          async () => (await query('select from erased_people where user_id = $1', [who.id])).length > 0,
        );
        await isForgotten(who);
      }),
    );
  });
});
