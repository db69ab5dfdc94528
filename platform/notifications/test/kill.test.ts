import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CourseAccessGranted, EmailVerificationRequested } from '@stoa/contracts';
import { type EventType, emit, listCrashPoints, serviceCtx, systemIds } from '@stoa/kernel';
import { createTestDatabase, eventually, openTestDatabase, type TestDatabase } from '@stoa/kernel/testing';
import { notifications } from '../src/index.ts';
import { type Mailhost, startMailhost } from './smtp.ts';
import { enrollmentContext, identityBook, identityOf } from './world.ts';

let mailhost: Mailhost;
let database: TestDatabase;
let db: ReturnType<typeof openTestDatabase>;

before(async () => {
  mailhost = await startMailhost();
  database = await createTestDatabase([identityOf(identityBook()), enrollmentContext(), notifications]);
  db = openTestDatabase(database.url, 'notifications');
});
after(async () => {
  await db?.close();
  await database?.drop();
  await mailhost?.close();
});

function start(crashAt?: string): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(new URL('mail-process.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: {
      ...process.env,
      TEST_DATABASE: database.url,
      SMTP_URL: mailhost.url,
      MAIL_FROM: 'hello@stoa.example',
      ...(crashAt ? { STOA_CRASH_AT: crashAt } : {}),
    },
  });
}

async function happen<D extends EventType['data']>(
  event: EventType<D>,
  userId: string,
  data: Parameters<typeof emit<D>>[3]['data'],
) {
  const source = openTestDatabase(database.url, event.context);
  await source.transaction((tx) => emit(tx, serviceCtx('test'), systemIds, { event, aggregate: userId, data }));
  await source.close();
}

/** A person who has been welcomed, so that the next mail is the only one under way. */
async function welcomed(): Promise<{ id: string; email: string }> {
  const id = systemIds.id();
  const email = `${id}@example.com`;
  await db.pool.query("insert into recipients (user_id, email, name) values ($1, $2, 'Ana')", [id, email]);
  return { id, email };
}

/** Runs until the process kills itself, then again as after a restart, until the mail is sent. */
async function crashAndRecover(point: string): Promise<void> {
  const doomed = start(point);
  const [, signal] = await once(doomed, 'exit');
  assert.equal(signal, 'SIGKILL', `${point} was reached`);
  // What the queue does by itself once the time of a run is over; nobody wants to wait for that here.
  await db.pool.query("update notifications_jobs.job set state = 'retry', start_after = now() where state = 'active'");
  const restarted = start();
  try {
    await eventually(async () => {
      const waiting = await db.pool.query(
        "select 1 from notifications_jobs.job where name = 'send-mail' and state < 'completed'",
      );
      const unsent = await db.pool.query("select 1 from messages where state <> 'sent'");
      return waiting.rowCount === 0 && unsent.rowCount === 0;
    }, 30_000);
  } finally {
    restarted.stdin?.end();
    await once(restarted, 'exit');
  }
}

const mailsTo = (email: string) => mailhost.mails.filter((mail) => mail.to.includes(email));

describe('a process killed while it sends a mail', () => {
  const expected: Record<string, number> = {
    'notifications.send_mail.before_smtp': 1,
    // The server has it and we do not know: sent at least once.
    'notifications.send_mail.after_smtp': 2,
    'notifications.send_mail.after_record': 1,
  };

  it('is tried at every crash point there is', () => {
    const points = listCrashPoints().filter((point) => point.startsWith('notifications.'));
    assert.deepEqual(points, Object.keys(expected).sort());
  });

  for (const [point, mails] of Object.entries(expected)) {
    it(`at ${point} loses nothing, and a repeat is recognizable`, async () => {
      const { id, email } = await welcomed();
      await happen(CourseAccessGranted, id, { userId: id, courseTitle: 'Tea', courseSlug: 'tea' });
      await crashAndRecover(point);
      assert.equal(mailsTo(email).length, mails);
      assert.equal(new Set(mailsTo(email).map((mail) => mail.headers.get('message-id'))).size, 1);
      const { rows } = await db.pool.query('select channel, state from messages where user_id = $1 order by 1', [id]);
      assert.deepEqual(rows, [
        { channel: 'email', state: 'sent' },
        { channel: 'inapp', state: 'sent' },
      ]);
    });
  }

  it('after the server took a mail with a one-time link, sends the new link as a new mail', async () => {
    const { id, email } = await welcomed();
    await happen(EmailVerificationRequested, id, { userId: id, requestId: systemIds.id() });
    await crashAndRecover('notifications.send_mail.after_smtp');
    const mails = mailsTo(email);
    assert.equal(mails.length, 2);
    // The first link died when the second was made: a mail program that hides copies must not hide the one that works.
    assert.equal(new Set(mails.map((mail) => mail.headers.get('message-id'))).size, 2);
    assert.equal(new Set(mails.map((mail) => mail.headers.get('x-stoa-message'))).size, 1);
  });
});
