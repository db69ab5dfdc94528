import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  CourseAccessGranted,
  CourseCompleted,
  EmailChanged,
  EmailChangeRequested,
  EmailVerificationRequested,
  NotificationsService,
  PasswordResetRequested,
  UserCreated,
  UserDeleted,
  UserUpdated,
} from '@stoa/contracts';
import { serviceCtx, systemIds } from '@stoa/kernel';
import {
  eventually,
  openTestDatabase,
  type Person,
  person,
  startTestPlatform,
  type TestPlatform,
} from '@stoa/kernel/testing';
import { notifications } from '../src/index.ts';
import { readSettings } from '../src/settings.ts';
import { type Mailhost, startMailhost } from './smtp.ts';
import { enrollmentContext, happen, identityBook, identityOf } from './world.ts';

const book = identityBook();
let mailhost: Mailhost;
let platform: TestPlatform;
let support: Person;

before(async () => {
  mailhost = await startMailhost();
  platform = await startTestPlatform([identityOf(book), enrollmentContext(), notifications], {
    settings: {
      ...process.env,
      SMTP_URL: mailhost.url,
      MAIL_FROM: 'Stoa <hello@stoa.example>',
      MAIL_RETRIES: '1',
      MAIL_RETRY_SECONDS: '1',
    },
  });
  support = await person({ roles: ['support'] });
});
after(async () => {
  await platform?.close();
  await mailhost?.close();
});
beforeEach(() => {
  mailhost.answer = () => undefined;
  book.down = false;
});

const signUp = async (locale: string, name = 'Ana Souza') => {
  const id = systemIds.id();
  const email = `${id}@example.com`;
  await happen(platform, UserCreated, id, {
    userId: id,
    email,
    name,
    locale,
    timeZone: 'America/Sao_Paulo',
    roles: ['student'],
  });
  await mailTo(email, /./);
  return { id, email };
};
const mailsTo = (email: string) => mailhost.mails.filter((mail) => mail.to.includes(email));
const mailTo = (email: string, subject: RegExp) =>
  eventually(() => mailsTo(email).find((mail) => subject.test(mail.subject)), 20_000);
const stateOf = async (email: string, kind: string) => {
  const { body } = await platform.call('GET', `/api/admin/mailbox?q=${encodeURIComponent(email)}`, { as: support });
  return body.items.find((item: { kind: string }) => item.kind === kind);
};
const enroll = (userId: string, title = 'Geometria', slug = 'geometria') =>
  happen(platform, CourseAccessGranted, systemIds.id(), {
    enrollmentId: systemIds.id(),
    userId,
    courseId: systemIds.id(),
    courseTitle: title,
    courseSlug: slug,
    reason: 'free',
  });

describe('mail', () => {
  it('welcomes a new person in their language', async () => {
    const { email } = await signUp('pt-BR');
    const [mail] = mailsTo(email);
    assert.equal(mail?.subject, 'Boas-vindas à Stoa');
    assert.match(mail?.text ?? '', /Boas-vindas, Ana Souza/);
    assert.equal(mail?.headers.get('content-language'), 'pt-BR');
    assert.equal(mail?.headers.get('auto-submitted'), 'auto-generated');
    assert.match(mail?.headers.get('from') ?? '', /Stoa <hello@stoa\.example>/);
  });

  it('carries a verification link that is the one identity made, complete in both bodies', async () => {
    const { id, email } = await signUp('es', 'Lucía');
    await happen(platform, EmailVerificationRequested, id, { userId: id, requestId: systemIds.id() });
    const mail = await mailTo(email, /Confirma tu correo/);
    const url = /http:\/\/localhost:3000\/verify-email\?\S+/.exec(mail.text)?.[0] ?? '';
    assert.equal(new URL(url).searchParams.get('token'), book.links.at(-1));
    assert.equal(new URL(url).searchParams.get('next'), '/courses');
    assert.ok(mail.html.includes(`href="${url.replaceAll('&', '&amp;')}"`));
    assert.match(mail.text, /durante 2 horas/);
  });

  it('keeps no usable link of a mail that a server delivered', async () => {
    const { id, email } = await signUp('en');
    await happen(platform, PasswordResetRequested, id, { userId: id, requestId: systemIds.id() });
    await mailTo(email, /new password/);
    const row = await eventually(async () => {
      const found = await stateOf(email, 'reset-password');
      return found?.state === 'sent' && found;
    });
    const admin = await person({ roles: ['admin'] });
    const { body } = await platform.call('GET', `/api/admin/mailbox/${row.id}`, { as: admin });
    assert.equal(body.linkHidden, true);
    assert.match(body.text, /link=hidden/);
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    const { rows } = await db.pool.query(
      'select m::text || coalesce(b::text, $1) as everything from messages m left join mailbox b on b.message_id = m.id',
      [''],
    );
    await db.close();
    for (const token of book.links) for (const { everything } of rows) assert.ok(!everything.includes(token));
  });

  it('about a change of address goes to the address its link is for', async () => {
    const { id, email } = await signUp('pt-BR');
    const wanted = `new-${email}`;
    const asked = systemIds.id();
    book.addresses.set(asked, wanted);
    await happen(platform, EmailChangeRequested, id, { userId: id, requestId: asked });
    assert.match((await mailTo(wanted, /Confirme seu novo e-mail/)).text, /Ana Souza/);
    await happen(platform, UserUpdated, id, { userId: id, email: wanted, name: 'Ana Souza', locale: 'pt-BR' });
    const changed = systemIds.id();
    book.addresses.set(changed, email);
    await happen(platform, EmailChanged, id, { userId: id, requestId: changed });
    await mailTo(email, /O e-mail da sua conta foi alterado/);
    assert.equal(mailsTo(wanted).length, 1);
    await enroll(id);
    await mailTo(wanted, /Geometria/);
    assert.equal(mailsTo(email).length, 2, 'the welcome, and the notice');
  });

  it('that is only news can be ended from within it, with one click or on a page, without signing in', async () => {
    const { id, email } = await signUp('en');
    const [welcome] = mailsTo(email);
    assert.equal(welcome?.headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
    const address = /^<(http:\/\/localhost:3000\/api\/notifications\/unsubscribe\?token=\S+)>$/.exec(
      welcome?.headers.get('list-unsubscribe') ?? '',
    )?.[1];
    const { pathname, search } = new URL(address ?? '');
    assert.match(welcome?.text ?? '', /Unsubscribe: http:\/\/localhost:3000\/unsubscribe\?token=/);
    const opened = await platform.call('GET', `${pathname}${search}`);
    assert.deepEqual([opened.status, opened.headers.location], [302, `/unsubscribe${search}`]);
    const subscription = `/api/notifications/subscription${search}`;
    const before = await platform.call('GET', subscription, { locale: 'pt-BR' });
    assert.deepEqual(before.body, { kind: 'welcome', name: 'Boas-vindas', enabled: true });
    const oneClick = await platform.host.app.inject({
      method: 'POST',
      url: `${pathname}${search}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    assert.equal(oneClick.statusCode, 204);
    assert.equal((await platform.call('GET', subscription)).body.enabled, false);
    const again = await platform.call('PUT', subscription, { body: { enabled: true } });
    assert.equal(again.body.enabled, true);
    const cut = await platform.call('PUT', subscription.slice(0, -2), { body: { enabled: false } });
    assert.equal(cut.body.code, 'unsubscribe_link_not_valid');
    await happen(platform, PasswordResetRequested, id, { userId: id, requestId: systemIds.id() });
    assert.equal((await mailTo(email, /new password/)).headers.get('list-unsubscribe'), undefined);
  });

  it('is not sent for a request that is used or expired, and says so', async () => {
    const { id, email } = await signUp('en');
    const requestId = systemIds.id();
    book.closedRequests.add(requestId);
    await happen(platform, PasswordResetRequested, id, { userId: id, requestId });
    const stats = async () =>
      (await platform.call('GET', '/api/admin/notifications/stats', { as: support })).body.counts.find(
        (row: { kind: string; state: string }) => row.kind === 'reset-password' && row.state === 'suppressed',
      );
    await eventually(stats);
    assert.deepEqual(
      mailsTo(email).map((mail) => mail.subject),
      ['Welcome to Stoa'],
    );
  });

  it('confirms an enrollment and a completion with the links of the course and its certificate', async () => {
    const { id, email } = await signUp('en', 'Bo <b>');
    await enroll(id, 'Tea & <Scones>', 'tea');
    const enrolled = await mailTo(email, /You are enrolled: Tea & <Scones>/);
    assert.match(enrolled.text, /http:\/\/localhost:3000\/learn\/tea\r?\n/);
    assert.match(enrolled.html, /Tea &amp; &lt;Scones&gt;/);
    assert.doesNotMatch(enrolled.html, /<Scones>|Bo <b>/);
    await happen(platform, CourseCompleted, systemIds.id(), {
      enrollmentId: systemIds.id(),
      userId: id,
      courseId: systemIds.id(),
      courseTitle: 'Tea & <Scones>',
      courseSlug: 'tea',
      certificateId: systemIds.id(),
      verificationCode: 'AB12-CD34',
      completedAt: '2026-03-15T01:30:00Z',
    });
    const completed = await mailTo(email, /You completed/);
    assert.match(completed.text, /http:\/\/localhost:3000\/certificates\/AB12-CD34\r?\n/);
    assert.match(completed.text, /http:\/\/localhost:3000\/learn\/tea\r?\n/);
    assert.match(completed.text, /Completed on: March 14, 2026/);
  });

  it('follows a person to their new address and language', async () => {
    const { id, email } = await signUp('en');
    const moved = `moved-${email}`;
    await happen(platform, UserUpdated, id, { userId: id, email: moved, name: 'Ana', locale: 'es', timeZone: 'UTC' });
    await platform.host.settle();
    await enroll(id);
    await mailTo(moved, /Inscripción confirmada: Geometria/);
    assert.equal(mailsTo(email).length, 1);
  });

  it('asks identity about a person whose event has not come yet', async () => {
    const id = systemIds.id();
    book.users.set(id, { id, email: `${id}@example.com`, name: 'Early', locale: 'pt-BR', timeZone: 'UTC' });
    await enroll(id);
    await mailTo(`${id}@example.com`, /Inscrição confirmada/);
  });

  it('sends one mail for an event that is delivered again', async () => {
    const { id, email } = await signUp('en');
    await enroll(id);
    await mailTo(email, /You are enrolled/);
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    // As after a restore from a backup: the source's events come once more, and nothing remembers them.
    await db.pool.query("delete from inbox where source = 'enrollment'");
    await db.pool.query("update subscriptions set position = 0 where source = 'enrollment'");
    await enroll(systemIds.id());
    await eventually(async () => (await db.pool.query("select 1 from inbox where source = 'enrollment'")).rowCount);
    await platform.host.settle();
    const { rows } = await db.pool.query('select channel from messages where user_id = $1 and kind = $2 order by 1', [
      id,
      'enrollment',
    ]);
    await db.close();
    assert.deepEqual(rows, [{ channel: 'email' }, { channel: 'inapp' }]);
    const list = await platform.call('GET', '/api/notifications', { as: await person({ id }) });
    assert.equal(list.body.items.length, 1);
    assert.equal(mailsTo(email).filter((mail) => /enrolled/.test(mail.subject)).length, 1);
  });

  it('tries again after a temporary failure, under the same Message-ID', async () => {
    const { id, email } = await signUp('en');
    let tries = 0;
    mailhost.answer = ({ to }) => {
      if (!to.includes(email)) return undefined;
      tries += 1;
      return tries === 1 ? { code: 451, at: 'rcpt' } : undefined;
    };
    await enroll(id);
    const mail = await mailTo(email, /You are enrolled/);
    const row = await eventually(async () => {
      const found = await stateOf(email, 'enrollment');
      return found?.state === 'sent' && found;
    });
    assert.equal(row.attempts, 2);
    assert.equal(mail.headers.get('message-id'), `<${row.id}@stoa.example>`);
    const { body } = await platform.call('GET', `/api/admin/mailbox/${row.id}`, { as: support });
    assert.deepEqual(
      body.timeline.map((event: { what: string }) => event.what),
      ['queued', 'attempted', 'failed', 'attempted', 'sent'],
    );
  });

  it('is parked when the server stays away, and goes out when an operator replays it', async () => {
    const { id, email } = await signUp('en');
    mailhost.answer = ({ to }) => (to.includes(email) ? { code: 421, at: 'rcpt' } : undefined);
    await enroll(id);
    const parked = await eventually(async () => {
      const { body } = await platform.call('GET', '/api/admin/dead-letters?context=notifications', { as: support });
      return body.items.find((item: { name: string }) => item.name === 'send-mail');
    }, 30_000);
    const failed = await stateOf(email, 'enrollment');
    assert.equal(failed.state, 'failed');
    assert.match(failed.reason, /421|not now/);
    mailhost.answer = () => undefined;
    const replay = await platform.call('POST', `/api/admin/dead-letters/${parked.id}/replay`, {
      as: support,
      body: { context: 'notifications', kind: 'job' },
    });
    assert.equal(replay.body.handled, 1);
    await mailTo(email, /You are enrolled/);
    await eventually(async () => (await stateOf(email, 'enrollment')).state === 'sent');
  });

  it('is not tried again when the server refuses the address for good, until an operator says so', async () => {
    const { id, email } = await signUp('en');
    mailhost.answer = ({ to }) => (to.includes(email) ? { code: 550, at: 'rcpt' } : undefined);
    await enroll(id);
    const failed = await eventually(async () => {
      const found = await stateOf(email, 'enrollment');
      return found?.state === 'failed' && found;
    });
    assert.equal(failed.attempts, 1);
    mailhost.answer = () => undefined;
    const retry = () => platform.call('POST', `/api/admin/mailbox/${failed.id}/retry`, { as: support });
    assert.equal((await retry()).status, 202);
    await mailTo(email, /You are enrolled/);
    await eventually(async () => (await stateOf(email, 'enrollment')).state === 'sent');
    assert.equal((await retry()).body.code, 'mail_not_failed');
  });

  it('waits for identity when a link cannot be made', async () => {
    const { id, email } = await signUp('en');
    book.down = true;
    await happen(platform, EmailVerificationRequested, id, { userId: id, requestId: systemIds.id() });
    await eventually(async () => {
      const { body } = await platform.call('GET', '/api/admin/mailbox?state=queued', { as: support });
      return body.items.some((item: { reason: string | null }) => item.reason !== null);
    });
    book.down = false;
    await mailTo(email, /Confirm your email/);
  });

  it('respects what a person switched off, except what protects the account', async () => {
    const { id, email } = await signUp('en');
    const me = await person({ id });
    const put = await platform.call('PUT', '/api/notifications/preferences', {
      as: me,
      body: { items: [{ kind: 'enrollment', channel: 'email', enabled: false }] },
    });
    assert.equal(put.status, 200);
    const locked = await platform.call('PUT', '/api/notifications/preferences', {
      as: me,
      body: { items: [{ kind: 'reset-password', channel: 'email', enabled: false }] },
      locale: 'pt-BR',
    });
    assert.equal(locked.status, 422);
    assert.equal(locked.body.code, 'notification_always_sent');
    assert.equal(locked.body.errors[0].pointer, '/items/0/enabled');
    const unknown = await platform.call('PUT', '/api/notifications/preferences', {
      as: me,
      body: { items: [{ kind: 'welcome', channel: 'inapp', enabled: true }] },
    });
    assert.equal(unknown.body.code, 'notification_not_offered');
    const kept = await platform.call('GET', '/api/notifications/preferences', { as: me, locale: 'es' });
    const switches = kept.body.items.map((item: { kind: string; channel: string; enabled: boolean }) => [
      item.kind,
      item.channel,
      item.enabled,
    ]);
    assert.deepEqual(
      switches.filter((item: unknown[]) => item[2] === false),
      [['enrollment', 'email', false]],
    );
    assert.ok(kept.body.items.some((item: { name: string }) => item.name === 'Inscripción en un curso'));

    await enroll(id);
    await happen(platform, PasswordResetRequested, id, { userId: id, requestId: systemIds.id() });
    await mailTo(email, /new password/);
    const list = await platform.call('GET', '/api/notifications', { as: me });
    assert.equal(list.body.items.length, 1, 'the bell still rings');
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    const { rows } = await db.pool.query(
      "select state, reason from messages where user_id = $1 and kind = 'enrollment' and channel = 'email'",
      [id],
    );
    await db.close();
    assert.deepEqual(rows, [{ state: 'suppressed', reason: 'switched off by the person' }]);
    assert.ok(!mailsTo(email).some((mail) => /enrolled/.test(mail.subject)));
  });

  it('leaves nothing of a deleted person and sends them nothing', async () => {
    const { id, email } = await signUp('en');
    await enroll(id);
    await mailTo(email, /You are enrolled/);
    await happen(platform, UserDeleted, id, { userId: id });
    await platform.host.settle();
    await enroll(id);
    await platform.host.settle();
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    const messages = await db.pool.query('select 1 from messages where user_id = $1', [id]);
    const mails = await db.pool.query('select 1 from mailbox where to_address = $1', [email]);
    const recipient = await db.pool.query('select email, name from recipients where user_id = $1', [id]);
    await db.close();
    assert.equal(messages.rowCount, 0);
    assert.equal(mails.rowCount, 0);
    assert.deepEqual(recipient.rows, [{ email: null, name: '' }]);
    assert.equal(mailsTo(email).length, 2);
  });

  it('is counted for the console, over HTTP and as a call', async () => {
    const client = platform.host.client(NotificationsService);
    const stats = await client.getDeliveryStats({}, serviceCtx('test'));
    assert.equal(stats.transport, 'smtp');
    assert.ok(stats.counts.some((row) => row.kind === 'welcome' && row.state === 'sent' && row.count > 0n));
    const student = await person();
    for (const path of ['/api/admin/mailbox', '/api/admin/notifications/templates', '/api/admin/notifications/stats']) {
      assert.equal((await platform.call('GET', path, { as: student })).status, 403, path);
      assert.equal((await platform.call('GET', path)).status, 401, path);
    }
  });
});

describe('a mail server that cannot be reached', () => {
  it('does not keep events from being handled', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const address = free.address();
    await new Promise((resolve) => free.close(resolve));
    assert.ok(address && typeof address === 'object');
    const lonely = await startTestPlatform([identityOf(identityBook()), enrollmentContext(), notifications], {
      settings: { ...process.env, SMTP_URL: `smtp://127.0.0.1:${address.port}`, MAIL_FROM: 'hello@stoa.example' },
    });
    try {
      const id = systemIds.id();
      await happen(lonely, UserCreated, id, { userId: id, email: `${id}@example.com`, name: 'A', locale: 'en' });
      await lonely.host.settle();
      const waiting = await eventually(async () => {
        const { body } = await lonely.call('GET', '/api/admin/mailbox', { as: support });
        return body.items.find((item: { reason: string | null }) => item.reason !== null);
      });
      assert.equal(waiting.state, 'queued');
      assert.match(waiting.reason, /ECONNREFUSED/);
    } finally {
      await lonely.close();
    }
  });

  it('and no sender address, or an address that is none, are mistakes that stop the start', () => {
    assert.throws(() => readSettings({ SMTP_URL: 'smtp://mail.example' }), /MAIL_FROM/);
    assert.throws(() => readSettings({ SMTP_URL: 'https://mail.example', MAIL_FROM: 'a@b.example' }), /SMTP_URL/);
    assert.throws(() => readSettings({ MAIL_FROM: 'Stoa <hello@b.example>\r\nBcc: x@y.example' }), /MAIL_FROM/);
    assert.deepEqual(readSettings({ MAIL_FROM: '"Stoa" <hello@b.example>' }).from, {
      name: 'Stoa',
      address: 'hello@b.example',
    });
  });
});
