import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { IdentityService } from '@stoa/contracts';
import { serviceCtx } from '@stoa/kernel';
import { eventually, type Person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { contexts } from '../src/contexts.ts';
import { makeHome } from './platform-process.ts';
import { assertInvariants } from './quiet.ts';

const password = 'pebble window carpet 52';

let platform: TestPlatform;
let files: Awaited<ReturnType<typeof makeHome>>;
let admin: Person;

before(async () => {
  files = await makeHome();
  platform = await startTestPlatform(contexts, { ownIssuer: true });
  admin = await makePerson(['student', 'admin']);
});
after(async () => {
  try {
    await assertInvariants(platform.databaseUrl, 'in the end');
  } finally {
    await platform?.close();
    await files?.remove();
  }
});

async function makePerson(roles = ['student']): Promise<Person> {
  const email = `${randomUUID()}@stoa.test`;
  await platform.host
    .client(IdentityService)
    .ensureUser({ email, name: 'Ana Souza', password, roles, locale: 'en', emailVerified: true }, serviceCtx('test'));
  return signIn(email);
}

async function signIn(email: string, secret = password): Promise<Person> {
  const { body } = await platform.call('POST', '/api/auth/login', { body: { email, password: secret } });
  return { ...body.user, token: body.accessToken };
}

/** The token in the link of the newest mail of a kind to an address, as an administrator without a mail server reads it. */
async function tokenFromMail(to: string, kind: string): Promise<string> {
  const mail = await eventually(async () => {
    const { body } = await platform.call('GET', `/api/admin/mailbox?q=${encodeURIComponent(to)}`, { as: admin });
    return body.items.find((item: { kind: string; state: string }) => item.kind === kind && item.state === 'sent');
  }, 20_000);
  const { body } = await platform.call('GET', `/api/admin/mailbox/${mail.id}`, { as: admin });
  return /token=([\w-]+)/.exec(body.text)?.[1] ?? '';
}

describe('a change of address', () => {
  it('reaches both mailboxes, and what payments still has to send follows', async () => {
    const ana = await makePerson();
    const email = `${randomUUID()}@stoa.test`;
    const payments = platform.host.database('payments').pool;
    await payments.query(
      `insert into plan_subscriptions (id, buyer_id, buyer_email, locale, sku, title, amount, currency, interval, interval_count, provider, state)
       values ($1, $2, $3, 'en', 'plan:a', 'Plan', 100, 'EUR', 'month', 1, 'sandbox', 'active')`,
      [randomUUID(), ana.id, ana.email],
    );
    const asked = await platform.call('POST', '/api/users/me/email-change', { as: ana, body: { email, password } });
    assert.equal(asked.status, 204);
    const token = await tokenFromMail(email, 'change-email');
    assert.equal((await platform.call('POST', '/api/auth/confirm-email-change', { body: { token } })).status, 204);
    await eventually(async () => {
      const { rows } = await payments.query('select buyer_email from plan_subscriptions where buyer_id = $1', [ana.id]);
      return rows[0]?.buyer_email === email;
    });
    const back = await tokenFromMail(ana.email, 'email-changed');
    const undone = await platform.call('POST', '/api/auth/undo-email-change', {
      body: { token: back, password: 'another long sentence 8' },
    });
    assert.equal(undone.status, 204);
    assert.equal((await signIn(ana.email, 'another long sentence 8')).id, ana.id);
  });
});

describe('the copy of a person’s data', () => {
  it('holds something of every context that knows people, and nothing of anybody else', async () => {
    const ana = await makePerson(['student', 'instructor']);
    const other = await makePerson();
    const made = await platform.call('POST', '/api/courses', {
      as: ana,
      body: { title: 'Knots and ropes', language: 'en' },
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    await platform.call('PUT', '/api/notifications/preferences', {
      as: ana,
      body: { items: [{ kind: 'welcome', channel: 'email', enabled: false }] },
    });
    // More than fit into one page.
    await platform.host
      .database('notifications')
      .pool.query(
        `insert into preferences (user_id, kind, channel, enabled) select $1, 'kind ' || n, 'push', false from generate_series(1, 450) n`,
        [ana.id],
      );
    await platform.host.settle();
    const asked = await platform.call('POST', '/api/users/me/export', { as: ana });
    assert.equal(asked.status, 202);
    const ready = await eventually(async () => {
      const { body } = await platform.call('GET', '/api/users/me/exports', { as: ana });
      return body.items[0]?.state === 'ready' && body.items[0];
    }, 20_000);
    const { body } = await platform.call('POST', `/api/users/me/exports/${ready.id}/file`, {
      as: ana,
      body: { password },
    });
    assert.deepEqual(
      Object.keys(body.contexts).sort(),
      ['assessment', 'courses', 'enrollment', 'identity', 'notifications', 'payments'],
      'media keeps files of courses, not of people',
    );
    assert.equal(body.contexts.courses.courses[0].title, 'Knots and ropes');
    assert.equal(body.contexts.enrollment.profile[0].name, 'Ana Souza');
    assert.equal(body.contexts.notifications.recipient[0].email, ana.email);
    const kinds = body.contexts.notifications.preferences.map(({ kind }: { kind: string }) => kind);
    assert.equal(new Set(kinds).size, 451);
    assert.ok(kinds.includes('welcome'));
    assert.ok(!JSON.stringify(body).includes(other.id));
    const told = await eventually(async () => {
      const { body: box } = await platform.call('GET', `/api/admin/mailbox?q=${ana.email}`, { as: admin });
      return box.items.find((item: { kind: string }) => item.kind === 'data-export');
    }, 20_000);
    assert.equal(told.subject, 'The copy of your data is ready');
  });
});
