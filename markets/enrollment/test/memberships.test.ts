import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MembershipChanged, OrderPaid, OrderRefunded, SubscriptionChanged } from '@stoa/contracts';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import fc from 'fast-check';
import { eventsOf, startWorld, type TestCourse } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
before(async () => {
  world = await startWorld();
});
after(async () => {
  await world.checkInvariants();
  await world.platform.close();
});

const priced = (instructor?: Person) =>
  world.course([world.lesson('One'), world.lesson('Two')], { price: 9900, ...(instructor ? { instructor } : {}) });

type Membership = { id: string; planId: string; version: number };
const offer = async (
  given: { scope: string; courses?: TestCourse[]; seller?: Person },
  known: Membership = { id: systemIds.id(), planId: systemIds.id(), version: 0 },
): Promise<Membership> => {
  const next = { ...known, version: known.version + 1 };
  await world.happen(MembershipChanged, next.id, {
    membership: {
      id: next.id,
      slug: 'club',
      name: 'Club',
      sellerId: given.seller?.id ?? '',
      scope: given.scope,
      courseIds: (given.courses ?? []).map(({ id }) => id),
      state: 'published',
      version: next.version,
      plans: [{ id: next.planId, interval: 'month', offered: true }],
    },
  });
  return next;
};
const subscriber = (who: Person, { planId }: Pick<Membership, 'planId'>) => {
  const subscriptionId = systemIds.id();
  return (entitled: boolean, revision: number) =>
    world.happen(SubscriptionChanged, subscriptionId, {
      subscriptionId,
      buyerId: who.id,
      sku: `plan:${planId}`,
      entitled,
      revision: BigInt(revision),
    });
};
const shown = async (who: Person, course: TestCourse) => {
  const { status, body } = await world.platform.call('GET', `/api/courses/${course.id}/enrollment`, { as: who });
  return status === 200 ? `${body.state} by ${body.reason}` : status;
};
const line = (course: TestCourse, owner: Person) => ({
  lineId: systemIds.id(),
  sku: `course:${course.id}`,
  ownerId: owner.id,
  total: { amount: 9900n, currency: 'BRL' },
});

describe('a member', () => {
  test('opens what the membership includes, and nothing else', async () => {
    const [teacher, ana] = [await person(), await person()];
    const [inside, outside] = [await priced(teacher), await priced()];
    const club = await offer({ scope: 'seller', seller: teacher });
    assert.equal((await world.enroll(ana, inside)).body.code, 'course_requires_purchase');
    await subscriber(ana, club)(true, 1);
    assert.equal((await world.enroll(ana, inside)).body.reason, 'membership');
    assert.equal((await world.enroll(ana, inside)).status, 201, 'again, it is the same');
    assert.equal((await world.enroll(ana, outside)).body.code, 'course_requires_purchase');
    const later = await priced(teacher);
    assert.equal((await world.enroll(ana, later)).body.reason, 'membership', 'what the seller adds is in it');
    const house = await offer({ scope: 'catalogue' });
    await subscriber(ana, house)(true, 1);
    assert.equal((await world.enroll(ana, outside)).body.reason, 'membership');
  });

  test('loses it with the membership, keeps the progress, and has it back with it', async () => {
    const ana = await person();
    const lesson = world.lesson('One of two');
    const course = await world.course([lesson, world.lesson('Two')], { price: 9900 });
    const change = subscriber(ana, await offer({ scope: 'courses', courses: [course] }));
    await change(true, 1);
    await world.enroll(ana, course);
    assert.equal((await world.progress(ana, lesson, { state: 'completed' })).status, 200);
    await change(false, 2);
    assert.equal(await shown(ana, course), 404);
    assert.equal((await world.progress(ana, lesson, { state: 'viewed' })).body.code, 'not_enrolled');
    assert.equal((await world.enroll(ana, course)).body.code, 'course_requires_purchase');
    await change(true, 3);
    const back = await world.platform.call('GET', `/api/progress/courses/${course.id}`, { as: ana });
    assert.equal(back.body.completedLessons, 1);
    const told = (await eventsOf(world.platform, ana))
      .filter(({ type }) => type.includes('.access.'))
      .map(({ type, data }) => `${type.split('.')[3]} ${data.reason}`);
    assert.deepEqual(told, ['granted membership', 'revoked membership_over', 'granted membership']);
  });

  test('is not let in again by an old word that comes late', async () => {
    const ana = await person();
    const course = await priced();
    const change = subscriber(ana, await offer({ scope: 'courses', courses: [course] }));
    await change(true, 1);
    await world.enroll(ana, course);
    await change(false, 4);
    for (const revision of [1, 3, 4]) await change(true, revision);
    assert.equal(await shown(ana, course), 404);
    assert.equal((await world.enroll(ana, course)).status, 403);
  });

  test('keeps what was bought, and is lent again what was given back', async () => {
    const ana = await person();
    const [bought, lent] = [await priced(), await priced()];
    const change = subscriber(ana, await offer({ scope: 'courses', courses: [bought, lent] }));
    await change(true, 1);
    await world.enroll(ana, bought);
    await world.enroll(ana, lent);
    const orderId = systemIds.id();
    const paid = line(bought, ana);
    await world.happen(OrderPaid, orderId, { orderId, lines: [paid] });
    assert.equal(await shown(ana, bought), 'active by purchase');
    await change(false, 2);
    assert.deepEqual([await shown(ana, bought), await shown(ana, lent)], ['active by purchase', 404]);
    await change(true, 3);
    await world.happen(OrderRefunded, orderId, { orderId, refundId: systemIds.id(), revoked: [paid], full: true });
    assert.equal(await shown(ana, bought), 'active by membership', 'the membership goes on');
    await change(false, 4);
    assert.equal(await shown(ana, bought), 404);
  });

  test('with two memberships has a course until the last of them ends', async () => {
    const ana = await person();
    const course = await priced();
    const one = subscriber(ana, await offer({ scope: 'courses', courses: [course] }));
    const other = subscriber(ana, await offer({ scope: 'catalogue' }));
    await one(true, 1);
    await other(true, 1);
    await world.enroll(ana, course);
    await one(false, 2);
    assert.equal(await shown(ana, course), 'active by membership');
    await other(false, 2);
    assert.equal(await shown(ana, course), 404);
  });

  test('meets what its seller takes out and puts back', async () => {
    const ana = await person();
    const [stays, goes] = [await priced(), await priced()];
    const club = await offer({ scope: 'courses', courses: [stays, goes] });
    await subscriber(ana, club)(true, 1);
    for (const course of [stays, goes]) await world.enroll(ana, course);
    const smaller = await offer({ scope: 'courses', courses: [stays] }, club);
    assert.deepEqual([await shown(ana, stays), await shown(ana, goes)], ['active by membership', 404]);
    await offer({ scope: 'courses', courses: [stays, goes] }, { ...club, version: 0 });
    assert.equal(await shown(ana, goes), 404, 'an older word about the membership changes nothing');
    await offer({ scope: 'courses', courses: [stays, goes] }, smaller);
    assert.equal(await shown(ana, goes), 'active by membership');
  });

  test('may leave a course, which then stays closed until they come back to it', async () => {
    const ana = await person();
    const course = await priced();
    const change = subscriber(ana, await offer({ scope: 'courses', courses: [course] }));
    await change(true, 1);
    const { body } = await world.enroll(ana, course);
    const left = await world.platform.call('DELETE', `/api/enrollments/${body.id}`, { as: ana });
    assert.equal(left.status, 204);
    await change(false, 2);
    await change(true, 3);
    assert.equal(await shown(ana, course), 404);
    assert.equal((await world.enroll(ana, course)).body.reason, 'membership');
  });

  test('who is heard of before the membership has it as soon as both are known', async () => {
    const ana = await person();
    const course = await priced();
    const club = { id: systemIds.id(), planId: systemIds.id(), version: 0 };
    await subscriber(ana, club)(true, 1);
    assert.equal((await world.enroll(ana, course)).status, 403);
    await offer({ scope: 'courses', courses: [course] }, club);
    assert.equal((await world.enroll(ana, course)).status, 201);
  });

  test('who is erased is not known any more, whatever is still said', async () => {
    const ana = await person();
    const course = await priced();
    const change = subscriber(ana, await offer({ scope: 'courses', courses: [course] }));
    await change(true, 1);
    await world.enroll(ana, course);
    await world.erase(ana);
    await change(true, 2);
    const answer = await world.enroll(ana, course);
    assert.deepEqual([answer.status, answer.body.code], [401, 'invalid_token']);
  });

  test('who ends while a course is being opened is not left inside', async () => {
    const course = await priced();
    const club = await offer({ scope: 'courses', courses: [course] });
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        const who = await person();
        const change = subscriber(who, club);
        await change(true, 1);
        await Promise.all([world.enroll(who, course), change(false, 2)]);
        assert.equal(await shown(who, course), 404);
      }),
    );
    await world.checkInvariants();
  });
});

describe('whatever is heard of memberships and purchases, in whatever order', () => {
  type Word =
    | { kind: 'subscription'; of: number; revision: number; entitled: boolean }
    | { kind: 'paid'; order: number }
    | { kind: 'refunded'; order: number }
    | { kind: 'enroll' }
    | { kind: 'leave' };
  const words = fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constant('subscription' as const),
          of: fc.nat({ max: 1 }),
          revision: fc.integer({ min: 1, max: 6 }),
          entitled: fc.boolean(),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom('paid' as const, 'refunded' as const),
          order: fc.nat({ max: 1 }),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constantFrom('enroll' as const, 'enroll' as const, 'leave' as const) }),
      },
    ),
    { minLength: 4, maxLength: 16 },
  );

  /** What should be, said once more and simply: no tables, no locks, no events. */
  const expected = (given: readonly Word[]) => {
    const newest = new Map<number, { revision: number; entitled: boolean }>();
    const orders = new Map<number, 'paid' | 'refunded'>();
    let state: 'none' | 'lent' | 'out' | 'left' | 'bought' = 'none';
    for (const word of given) {
      if (word.kind === 'subscription') {
        if ((newest.get(word.of)?.revision ?? 0) < word.revision) newest.set(word.of, word);
      } else if (word.kind === 'paid') {
        if (!orders.has(word.order)) {
          orders.set(word.order, 'paid');
          state = 'bought';
        }
      } else if (word.kind === 'refunded') orders.set(word.order, 'refunded');
      const owns = [...orders.values()].includes('paid');
      const member = [...newest.values()].some(({ entitled }) => entitled);
      if (state === 'bought' && !owns) state = member ? 'lent' : 'none';
      if (word.kind === 'enroll' && member && !owns) state = 'lent';
      if (word.kind === 'leave' && state === 'lent') state = 'left';
      if (state === 'lent' && !member) state = 'out';
      if (state === 'out' && member) state = 'lent';
    }
    return state === 'bought' ? 'active by purchase' : state === 'lent' ? 'active by membership' : 404;
  };

  test('access is what the newest word of each says', { timeout: 120_000 }, async () => {
    const course = await priced();
    const clubs = [
      await offer({ scope: 'courses', courses: [course] }),
      await offer({ scope: 'courses', courses: [course] }),
    ];
    await fc.assert(
      fc.asyncProperty(words, async (given) => {
        const who = await person();
        const change = clubs.map((club) => subscriber(who, club));
        const orders = [0, 1].map(() => ({ orderId: systemIds.id(), line: line(course, who) }));
        for (const word of given) {
          if (word.kind === 'subscription') await change[word.of]?.(word.entitled, word.revision);
          else if (word.kind === 'enroll') await world.enroll(who, course);
          else if (word.kind === 'leave') {
            const mine = await world.platform.call('GET', `/api/courses/${course.id}/enrollment`, { as: who });
            if (mine.status === 200)
              await world.platform.call('DELETE', `/api/enrollments/${mine.body.id}`, { as: who });
          } else if (word.kind === 'paid' || word.kind === 'refunded') {
            const order = orders[word.order] ?? assert.fail();
            const { orderId } = order;
            if (word.kind === 'paid') await world.happen(OrderPaid, orderId, { orderId, lines: [order.line] });
            else
              await world.happen(OrderRefunded, orderId, {
                orderId,
                refundId: systemIds.id(),
                revoked: [order.line],
                full: true,
              });
          }
        }
        assert.equal(await shown(who, course), expected(given), JSON.stringify(given));
      }),
      { numRuns: Number(process.env.STOA_PROPERTY_RUNS ?? 60) },
    );
    await world.checkInvariants();
  });
});
