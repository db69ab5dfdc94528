import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CourseAccessGranted, EmailVerificationRequested, PasswordResetRequested, UserCreated } from '@stoa/contracts';
import { systemIds } from '@stoa/kernel';
import {
  eventually,
  openTestDatabase,
  type Person,
  person,
  startTestPlatform,
  type TestPlatform,
} from '@stoa/kernel/testing';
import { notifications } from '../src/index.ts';
import { prune } from '../src/prune.ts';
import { templates } from '../src/templates/all.ts';
import { enrollmentContext, happen, identityBook, identityOf } from './world.ts';

const book = identityBook();
let platform: TestPlatform;
let support: Person;
let admin: Person;

before(async () => {
  platform = await startTestPlatform([identityOf(book), enrollmentContext(), notifications], {
    settings: { ...process.env, SMTP_URL: '' },
  });
  support = await person({ roles: ['support'] });
  admin = await person({ roles: ['admin'] });
});
after(() => platform?.close());

const signUp = async (email: string) => {
  const id = systemIds.id();
  await happen(platform, UserCreated, id, { userId: id, email, name: 'Marina', locale: 'pt-BR', timeZone: 'UTC' });
  return id;
};
const find = (q: string, kind: string) =>
  eventually(async () => {
    const { body } = await platform.call('GET', `/api/admin/mailbox?q=${encodeURIComponent(q)}`, { as: support });
    return body.items.find((item: { kind: string; state: string }) => item.kind === kind && item.state === 'sent');
  });
const open = async (id: string, as: Person) => (await platform.call('GET', `/api/admin/mailbox/${id}`, { as })).body;

describe('the mailbox, where there is no mail server', () => {
  it('holds the mail as it was written, with its link', async () => {
    const id = await signUp('marina@example.com');
    await happen(platform, EmailVerificationRequested, id, { userId: id, requestId: systemIds.id() });
    const { id: mailId } = await find('marina@example.com', 'verify-email');
    const mail = await open(mailId, support);
    assert.equal(mail.transport, 'mailbox');
    assert.equal(mail.subject, 'Confirme seu e-mail');
    assert.deepEqual(mail.to, { name: 'Marina', address: 'marina@example.com' });
    assert.ok(mail.text.includes(`token=${book.links.at(-1)}`));
    assert.equal(mail.linkHidden, false);
    assert.equal(mail.headers['Content-Language'], 'pt-BR');
    assert.deepEqual(
      mail.timeline.map((event: { what: string }) => event.what),
      ['queued', 'attempted', 'sent'],
    );
  });

  it('shows the link of a password reset to administrators only', async () => {
    const id = await signUp('reset@example.com');
    await happen(platform, PasswordResetRequested, id, { userId: id, requestId: systemIds.id() });
    const { id: mailId } = await find('reset@example.com', 'reset-password');
    const token = book.links.at(-1) ?? '';
    const seen = await open(mailId, support);
    assert.equal(seen.linkHidden, true);
    assert.ok(!JSON.stringify(seen).includes(token));
    assert.ok(JSON.stringify(await open(mailId, admin)).includes(token));
  });

  it('forgets a link that is over', async () => {
    const id = await signUp('over@example.com');
    await happen(platform, EmailVerificationRequested, id, { userId: id, requestId: systemIds.id() });
    const { id: mailId } = await find('over@example.com', 'verify-email');
    const token = book.links.at(-1) ?? '';
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    await db.pool.query("update mailbox set link_expires_at = now() - interval '1 minute' where message_id = $1", [
      mailId,
    ]);
    assert.equal((await open(mailId, admin)).linkHidden, true, 'also before it is removed');
    await prune({ db: platform.host.database('notifications'), publicUrl: platform.url }, 30);
    const { rows } = await db.pool.query('select html, text from mailbox where message_id = $1', [mailId]);
    assert.ok(!JSON.stringify(rows).includes(token));
    assert.match(rows[0].text, /por 2 horas/);
    await db.pool.query("update mailbox set written_at = now() - interval '31 days' where message_id = $1", [mailId]);
    await prune({ db: platform.host.database('notifications'), publicUrl: platform.url }, 30);
    await db.close();
    assert.equal((await open(mailId, admin)).html, null);
  });

  it('is searched by address, name and subject, where % is a percent sign, and walked page by page', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5].map((n) => signUp(`walk${n}@example.com`)));
    assert.equal(ids.length, 5);
    await eventually(async () => {
      const { body } = await platform.call('GET', '/api/admin/mailbox?q=walk&limit=100', { as: support });
      return body.items.length === 5;
    });
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await platform.call('GET', `/api/admin/mailbox?q=walk&limit=2${cursor}`, { as: support });
      seen.push(...body.items.map((item: { to: { address: string } }) => item.to.address));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (cursor);
    assert.deepEqual(
      [...seen].sort(),
      [1, 2, 3, 4, 5].map((n) => `walk${n}@example.com`),
    );
    const percent = await platform.call('GET', '/api/admin/mailbox?q=%25', { as: support });
    assert.deepEqual(percent.body.items, []);
    const foreign = await platform.call('GET', '/api/admin/mailbox?cursor=nonsense', { as: support });
    assert.equal(foreign.status, 400);
  });

  it('answers clearly for a mail that is not there', async () => {
    const { status, body } = await platform.call('GET', `/api/admin/mailbox/${systemIds.id()}`, { as: support });
    assert.equal(status, 404);
    assert.equal(body.code, 'mail_not_found');
  });
});

describe('templates', () => {
  it('are previewed in each language with sample data', async () => {
    const { body } = await platform.call('GET', '/api/admin/notifications/templates', { as: support, locale: 'es' });
    assert.deepEqual(
      body.items.map((item: { kind: string }) => item.kind),
      templates.map(({ kind }) => kind),
    );
    for (const { kind } of body.items) {
      for (const locale of ['en', 'pt-BR', 'es']) {
        const at = `/api/admin/notifications/templates/${kind}/preview?locale=${locale}`;
        const preview = await platform.call('GET', at, { as: support });
        assert.equal(preview.status, 200);
        const { mail, sms, push, inapp, channels } = preview.body;
        for (const [channel, shown] of Object.entries({ email: mail, sms, push, inapp })) {
          assert.equal(shown !== null, channels.includes(channel), `${kind} ${channel}`);
          if (shown === null) continue;
          const alone = await platform.call('GET', `${at}&channel=${channel}`, { as: support });
          assert.deepEqual(alone.body[channel === 'email' ? 'mail' : channel], shown);
        }
        if (mail) assert.match(mail.html, new RegExp(`lang="${locale}"`));
      }
    }
    const preview = (rest: string) =>
      platform.call('GET', `/api/admin/notifications/templates/${rest}`, { as: support });
    assert.equal((await preview('nothing/preview')).body.code, 'template_not_found');
    assert.equal((await preview('welcome/preview?channel=sms')).body.code, 'template_not_found');
    assert.equal((await preview('welcome/preview?locale=fr')).status, 400);
  });
});

describe('the bell', () => {
  const enroll = async (userId: string, title: string) => {
    await happen(platform, CourseAccessGranted, systemIds.id(), {
      userId,
      courseId: systemIds.id(),
      courseTitle: title,
      courseSlug: 'a-course',
    });
    await platform.host.settle();
  };

  it('lists a person’s notifications in the language of the page, newest first, page by page', async () => {
    const me = await person();
    for (const n of [1, 2, 3]) await enroll(me.id, `Course ${n}`);
    const first = await platform.call('GET', '/api/notifications?limit=2', { as: me, locale: 'es' });
    assert.equal(first.body.unread, 3);
    assert.deepEqual(
      first.body.items.map((item: { title: string }) => item.title),
      ['Ya tienes tu plaza en «Course 3»', 'Ya tienes tu plaza en «Course 2»'],
    );
    assert.equal(first.body.items[0].path, '/learn/a-course');
    const next = await platform.call('GET', `/api/notifications?limit=2&cursor=${first.body.nextCursor}`, { as: me });
    assert.deepEqual(
      next.body.items.map((item: { title: string }) => item.title),
      ['You are enrolled in “Course 1”'],
    );
    assert.equal(next.body.nextCursor, undefined);
  });

  it('marks one read and unread again, and all up to one', async () => {
    const me = await person();
    for (const n of [1, 2, 3]) await enroll(me.id, `Course ${n}`);
    const list = async () => (await platform.call('GET', '/api/notifications', { as: me })).body;
    const [third, second] = (await list()).items;
    const set = (id: string, read: boolean, as = me) =>
      platform.call('PATCH', `/api/notifications/${id}`, { as, body: { read } });
    const read = await set(third.id, true);
    assert.ok(read.body.readAt);
    assert.equal((await set(third.id, true)).body.readAt, read.body.readAt, 'reading twice keeps the first time');
    assert.equal((await list()).unread, 2);
    assert.equal((await set(third.id, false)).body.readAt, null);
    const all = await platform.call('POST', '/api/notifications/read-all', { as: me, body: { upTo: second.id } });
    assert.equal(all.body.unread, 1, 'what came later stays unread');
    assert.equal((await platform.call('POST', '/api/notifications/read-all', { as: me, body: {} })).body.unread, 0);
  });

  it('keeps people apart', async () => {
    const me = await person();
    const other = await person();
    await enroll(me.id, 'Mine');
    const { body } = await platform.call('GET', '/api/notifications', { as: me });
    const foreign = await platform.call('PATCH', `/api/notifications/${body.items[0].id}`, {
      as: other,
      body: { read: true },
    });
    assert.equal(foreign.status, 404);
    assert.equal(foreign.body.code, 'notification_not_found');
    await platform.call('POST', '/api/notifications/read-all', { as: other, body: { upTo: body.items[0].id } });
    assert.equal((await platform.call('GET', '/api/notifications', { as: me })).body.unread, 1);
    assert.deepEqual((await platform.call('GET', '/api/notifications', { as: other })).body.items, []);
    for (const [method, path] of [
      ['GET', '/api/notifications'],
      ['GET', '/api/notifications/preferences'],
      ['POST', '/api/realtime/tickets'],
    ] as const) {
      assert.equal((await platform.call(method, path)).status, 401, path);
    }
  });
});
