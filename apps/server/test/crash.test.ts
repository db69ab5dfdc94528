import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listCrashPoints } from '@stoa/kernel';
import { freePort } from '@stoa/kernel/testing';
// Loading the contexts declares their crash points.
import '../src/contexts.ts';
import { type Account, type Api, newKey, openApi, register, signIn, tokenFromMail, until } from './api-client.ts';
import { underLoad } from './crash-points.ts';
import {
  inspect,
  makeHome,
  makeWorld,
  operator as operatorLogin,
  type PlatformProcess,
  spawnProcess,
  type World,
} from './platform-process.ts';
import { assertInvariants, assertNothingParked, untilQuiet } from './quiet.ts';
import { readSourceCourse, type SourceCourse, writeSmallCourse } from './source-course.ts';
import { type Findings, theWholePath, uploadCourse } from './the-whole-path.ts';

/**
 * Crash points in the order in which the life below comes by. A new one has to be put here, and a step that reaches it
 * into the life, or into one of the lists below, which say who kills there instead; or this test fails. Import jobs have
 * three tries after the first, and whoever dies right after an import has ended takes one more: hence three imports, with two
 * points in each of the first two.
 */
const along = [
  'identity.register.before_insert',
  'identity.register.after_insert',
  'identity.register.after_session',
  'media.append.after_write',
  'media.complete.after_keep',
  'courses.publish.before_commit',
  'courses.publish.after_commit',
  'identity.verify_email.before_commit',
  'enrollment.enroll.after_commit',
  'enrollment.complete_lesson.before_commit',
  'courses.import.after_files',
  'courses.import.before_commit',
  'identity.refresh.before_commit',
  'identity.refresh.after_commit',
  'enrollment.leave_course.after_commit',
  'notifications.send_mail.before_smtp',
  'notifications.send_mail.after_smtp',
  'notifications.send_mail.after_record',
  'identity.reset_password.before_commit',
  'identity.confirm_email_change.before_commit',
  'identity.undo_email_change.before_commit',
  'identity.export_data.before_ready',
  'identity.delete_user.before_commit',
  'courses.import.after_commit',
  'payments.hold.after_market',
  'payments.webhook.after_insert',
  'payments.evidence.after_commit',
  'payments.refund.after_call',
  'payments.end_order.before_commit',
  'payments.pay_instalments.after_commit',
];

/**
 * Points where nobody but payments goes on: platform/payments/test/kill.test.ts kills its process at each of them, and at
 * those above, with fewer others to start again. Here they are killed one by one, with STOA_CRASH_EACH=1.
 */
const withinPayments = [
  'payments.create_order.after_commit',
  'payments.start_payment.after_commit',
  'payments.charge.before_call',
  'payments.provider.after_answer',
  'payments.charge.after_call',
  'payments.webhook.before_insert',
  'payments.evidence.before_commit',
  'payments.request_refund.after_commit',
  'payments.refund.before_call',
  'payments.begin_instalments.after_commit',
];

/** Points no life comes by, as what is due in a month is not due here: the same test kills there. */
const dueLater = [
  'payments.renew.before_commit',
  'payments.collect_instalment.before_commit',
  'payments.collect_instalment.after_commit',
];

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

/** A platform that is started again whenever it dies, as a service manager does, with the next crash point armed. */
async function supervise(databaseUrl: string, points: readonly string[]) {
  const home = await makeHome();
  const port = await freePort();
  const waiting = [...points];
  const died: string[] = [];
  const problems: unknown[] = [];
  let stopping = false;
  let running: PlatformProcess;
  const start = (): void => {
    const point = waiting[0];
    running = spawnProcess({
      databaseUrl,
      home: home.path,
      port,
      environment: point ? { STOA_CRASH_AT: point } : {},
    });
    const { ended, output } = running;
    void ended.then(async ({ signal, code }) => {
      if (stopping) return;
      if (signal === 'SIGKILL' && point) {
        died.push(point);
        waiting.shift();
        // What a crash leaves behind is already consistent, not only what recovery makes of it.
        await assertInvariants(databaseUrl, `right after the crash at ${point}`).catch((error) => problems.push(error));
      } else problems.push(new Error(`the platform ended by itself (${signal ?? code}):\n${output()}`));
      start();
    });
  };
  start();
  return {
    url: `http://127.0.0.1:${port}`,
    died,
    problems,
    /** What became of it, for messages of failed tests. */
    story: () =>
      [`killed at ${died.join(', ') || 'no point'}`, ...problems.map(String), running.output().slice(-4000)].join('\n'),
    /** Starts it without a point, as after the last crash. */
    stop: async () => {
      stopping = true;
      const result = await running.stop();
      await home.remove();
      return result;
    },
  };
}

/** Somebody's whole life on the platform: the path to a certificate, and what people do beside it. */
async function live(api: Api): Promise<Findings> {
  const operator = await signIn(api, operatorLogin);
  const findings = await theWholePath({ api, operator, source, locale: 'pt-BR', tag: 'life' });
  const instructor = await signIn(api, { email: 'instructor-life@stoa.test', password: 'marble sofa thunder 88' });
  const { courseId } = await uploadCourse(api, instructor, source);
  const { body: mine } = await api.call('GET', '/api/courses/mine', { as: instructor });
  assert.deepEqual(
    mine.items.map((course: { id: string }) => course.id),
    [courseId],
    'importing again updates the course',
  );
  await comeAndGo(api, operator, courseId);
  await uploadCourse(api, instructor, source);
  await buyAndGiveBack(api, instructor);
  return findings;
}

/** Somebody buys a course, has it, gives it back, and leaves another order unpaid. */
async function buyAndGiveBack(api: Api, instructor: Account): Promise<void> {
  const made = await api.call('POST', '/api/courses', {
    as: instructor,
    key: 'a-course-for-sale',
    body: {
      title: 'Tea for sale',
      language: 'en',
      summary: 'A course with a price.',
      price: { amount: 4900, currency: 'BRL' },
      instalments: { parts: 3 },
    },
  });
  await api.call('POST', `/api/courses/${made.body.id}/lessons`, {
    as: instructor,
    key: 'its-lesson',
    body: { title: 'The only lesson', module: 'All of it' },
  });
  await api.call('POST', `/api/courses/${made.body.id}/publish`, { as: instructor });
  const buyer = await register(api, { email: 'buyer@stoa.test', name: 'Bia Couto' });
  const pay = async (as: Account, paymentId: string) => {
    const page = await until('the page to pay on', async () => {
      const { body } = await api.call('GET', `/api/payments/${paymentId}`, { as });
      return body.nextAction?.url;
    });
    const reference = new URL(page, api.url).pathname.split('/').at(-1);
    await api.send('POST', `/api/sandbox/payments/${reference}`, { body: { outcome: 'succeed' } });
  };
  const bought = await api.call('POST', `/api/payments/courses/${made.body.id}`, {
    as: buyer,
    key: newKey(),
    body: { provider: 'sandbox' },
    expect: 202,
  });
  const paymentId = String(bought.body.id);
  await pay(buyer, paymentId);
  const access = async () => (await api.send('GET', `/api/courses/${made.body.id}/enrollment`, { as: buyer })).status;
  await until('access to what was paid for', async () => (await access()) === 200, 90_000);
  await api.call('POST', `/api/payments/${paymentId}/refunds`, { as: buyer, key: newKey(), body: {}, expect: 202 });
  await until('the refund to take access away', async () => (await access()) === 404, 90_000);
  const order = await api.call('POST', '/api/orders', {
    as: buyer,
    key: newKey(),
    body: { lines: [{ sku: `course:${made.body.id}` }] },
    expect: 201,
  });
  await api.call('POST', `/api/orders/${order.body.id}/cancel`, { as: buyer });
  await payInParts(api, { courseId: made.body.id, pay });
}

/** Somebody else buys it in parts, and pays all that is left at once. */
async function payInParts(
  api: Api,
  { courseId, pay }: { courseId: string; pay: (as: Account, paymentId: string) => Promise<void> },
): Promise<void> {
  const buyer = await register(api, { email: 'parts@stoa.test', name: 'Rita Alves' });
  const lines = [{ sku: `course:${courseId}` }];
  const plan = await api.call('POST', '/api/instalments', { as: buyer, key: newKey(), body: { lines }, expect: 201 });
  const path = `/api/instalments/${plan.body.id}`;
  const payOrder = async (orderId: string) => {
    const options = { as: buyer, key: newKey(), body: { provider: 'sandbox' }, expect: 202 };
    const { body } = await api.call('POST', `/api/orders/${orderId}/payments`, options);
    await pay(buyer, String(body.id));
  };
  const is = (state: string) =>
    until(
      `a plan that is ${state}`,
      async () => (await api.call('GET', path, { as: buyer })).body.state === state,
      90_000,
    );
  await payOrder(plan.body.openOrderId);
  await is('active');
  await payOrder((await api.call('POST', `${path}/rest`, { as: buyer })).body.openOrderId);
  await is('completed');
  const enrolled = async () =>
    (await api.send('GET', `/api/courses/${courseId}/enrollment`, { as: buyer })).status === 200;
  await until('access to what is paid in parts', enrolled, 90_000);
}

async function comeAndGo(api: Api, operator: Account, courseId: string): Promise<void> {
  let guest = await register(api, { email: 'guest@stoa.test', name: 'Gil Prado' });
  const refreshed = await api.call('POST', '/api/auth/refresh', { body: { refreshToken: guest.refreshToken } });
  guest = { ...guest, ...refreshed.body };
  const enrollment = await api.call('POST', `/api/courses/${courseId}/enrollments`, { as: guest, key: newKey() });
  await api.call('DELETE', `/api/enrollments/${enrollment.body.id}`, { as: guest, expect: 204 });
  const lost = await api.send('GET', `/api/courses/${courseId}/enrollment`, { as: guest });
  assert.equal(lost.status, 404, 'who left has no access');
  await api.call('POST', '/api/auth/forgot-password', { body: { email: guest.email } });
  const token = await tokenFromMail(api, operator, { to: guest.email, kind: 'reset-password' });
  const password = 'another harbor engine 19';
  await followLink(api, '/api/auth/reset-password', { token, password });
  guest = await signIn(api, { email: guest.email, password });
  await changeAddressAndBack(api, operator, { guest, password });
  guest = await signIn(api, { email: guest.email, password });
  await api.call('POST', '/api/users/me/export', { as: guest, expect: 202 });
  await until(
    'the export of what is known of the guest',
    async () => {
      const { body } = await api.call('GET', '/api/users/me/exports', { as: guest });
      return body.items.length === 1 && body.items[0].state === 'ready';
    },
    90_000,
  );
  await api.call('DELETE', '/api/users/me', { as: guest, body: { password }, expect: 204 });
  const gone = await api.send('POST', '/api/auth/login', { body: { email: guest.email, password } });
  assert.equal(gone.status, 401);
}

/** Somebody who got hold of a session moves the account to an address of theirs; its owner takes it back. */
async function changeAddressAndBack(
  api: Api,
  operator: Account,
  { guest, password }: { guest: Account; password: string },
): Promise<void> {
  const email = 'guest.elsewhere@stoa.test';
  await api.call('POST', '/api/users/me/email-change', { as: guest, body: { email, password }, expect: 204 });
  const confirm = await tokenFromMail(api, operator, { to: email, kind: 'change-email' });
  await followLink(api, '/api/auth/confirm-email-change', { token: confirm });
  const undo = await tokenFromMail(api, operator, { to: guest.email, kind: 'email-changed' });
  await followLink(api, '/api/auth/undo-email-change', { token: undo, password });
}

/**
 * Uses a mailed link that works once. When the platform died between commit and answer, the repeat hears that the link
 * was used: it was, by the first try, which the next step of the life (signing in, the next mail) proves.
 */
async function followLink(api: Api, path: string, body: Record<string, string>): Promise<void> {
  const answer = await api.send('POST', path, { body });
  const used = answer.status === 422 && answer.body.code === 'link_not_valid';
  assert.ok(answer.status < 300 || used, `${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

async function assertOneOfEach(databaseUrl: string): Promise<void> {
  const [counts] = await inspect<{ certificates: number; enrollments: number; courses: number; mails: number }>(
    databaseUrl,
    `select (select count(*) from enrollment.certificates) as certificates,
            (select count(*) from enrollment.enrollments where state = 'active') as enrollments,
            (select count(*) from courses.courses) as courses,
            (select count(*) - count(distinct (event_id, channel)) from notifications.messages) as mails`,
  );
  assert.deepEqual({ ...counts }, { certificates: 1, enrollments: 2, courses: 2, mails: 0 });
}

/** Lives a life on a fresh copy of the world while the platform dies at each of the points. */
async function crashAlong(points: readonly string[]): Promise<Findings> {
  const database = await world.copy();
  const platform = await supervise(database.url, points);
  try {
    // One request may have to wait for three crashes on its way, each with a start that shares the machine.
    const api = openApi(platform.url, { patienceMs: 300_000 });
    const findings = await live(api).catch((cause: unknown) => {
      throw new Error(platform.story(), { cause });
    });
    await untilQuiet(database.url);
    assert.deepEqual(platform.problems, []);
    assert.deepEqual(
      points.filter((point) => !platform.died.includes(point)),
      [],
      'every point was reached',
    );
    await assertInvariants(database.url, 'at the end');
    await assertNothingParked(database.url);
    await assertOneOfEach(database.url);
    return findings;
  } finally {
    await platform.stop();
    await database.drop();
  }
}

describe('a platform killed at its crash points', () => {
  let undisturbed: Findings;

  it('knows every crash point there is', () => {
    assert.deepEqual([...along, ...withinPayments, ...dueLater, ...underLoad].sort(), listCrashPoints());
  });

  it('lives undisturbed when nothing kills it', async () => {
    undisturbed = await crashAlong([]);
  });

  it('ends as undisturbed when it is killed again and again on the way', async () => {
    assert.deepEqual(await crashAlong(along), undisturbed);
  });

  if (process.env.STOA_CRASH_EACH) {
    for (const point of [...along, ...withinPayments, ...underLoad]) {
      it(`ends as undisturbed when it is killed at ${point} only`, async () => {
        assert.deepEqual(await crashAlong([point]), undisturbed);
      });
    }
  }
});
