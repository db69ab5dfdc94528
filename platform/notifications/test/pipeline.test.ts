import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  CourseAccessGranted,
  OrderPaid,
  PasswordResetRequested,
  PayoutSent,
  UserCreated,
  UserDeleted,
  UserUpdated,
} from '@stoa/contracts';
import { manualClock, systemIds } from '@stoa/kernel';
import { eventually, openTestDatabase, person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { notifications } from '../src/index.ts';
import { paymentsBook, paymentsOf } from './payments-world.ts';
import { type FcmSimulator, startFcm } from './simulators/fcm.ts';
import { type PushService, startPushService } from './simulators/push-service.ts';
import { type SendgridSimulator, startSendgrid } from './simulators/sendgrid.ts';
import { startTwilio, type TwilioSimulator } from './simulators/twilio.ts';
import { enrollmentContext, happen, identityBook, identityOf } from './world.ts';

// Tokens of test people are good for an hour from now, so the clock stands near now, and people live where it is noon.
const noon = new Date();
noon.setUTCMinutes(0, 0, 0);
const offset = 12 - noon.getUTCHours();
// In these names the sign is the other way round.
const zone = `Etc/GMT${offset <= 0 ? '+' : '-'}${Math.abs(offset)}`;
const clock = manualClock(noon);
const book = identityBook();
const twilioUrl = 'https://stoa.example/api/notifications/webhooks/twilio';
let platform: TestPlatform;
let sendgrid: SendgridSimulator;
let twilio: TwilioSimulator;
let fcm: FcmSimulator;
let pushService: PushService;
let db: ReturnType<typeof openTestDatabase>;
let pushKey: string;

before(async () => {
  [sendgrid, twilio, fcm, pushService] = await Promise.all([
    startSendgrid(),
    startTwilio(),
    startFcm(),
    startPushService(clock.now),
  ]);
  platform = await startTestPlatform(
    [identityOf(book), enrollmentContext(), paymentsOf(paymentsBook()), notifications],
    {
      clock,
      publicUrl: 'https://stoa.example',
      settings: {
        ...process.env,
        SMTP_URL: '',
        SENDGRID_API_KEY: sendgrid.apiKey,
        SENDGRID_URL: sendgrid.url,
        SENDGRID_WEBHOOK_KEY: sendgrid.verificationKey,
        MAIL_FROM: 'Stoa <hello@stoa.example>',
        MAIL_RETRY_SECONDS: '1',
        TWILIO_ACCOUNT_SID: twilio.accountSid,
        TWILIO_AUTH_TOKEN: twilio.authToken,
        TWILIO_FROM: twilio.sender,
        TWILIO_URL: twilio.url,
        FCM_SERVICE_ACCOUNT: fcm.account,
        FCM_URL: fcm.url,
        STOA_EGRESS_LOOPBACK: 'true',
        NOTIFICATIONS_POLL_MS: '50',
        EMAILS_PER_HOUR: '5',
        PUSHES_PER_HOUR: '3',
      },
    },
  );
  db = openTestDatabase(platform.databaseUrl, 'notifications');
  pushKey = (await platform.call('GET', '/api/notifications/push-key')).body.publicKey;
});
after(async () => {
  await db?.close();
  await platform?.close();
  await Promise.all([sendgrid, twilio, fcm, pushService].map((server) => server?.close()));
});
beforeEach(() => clock.set(noon));

const signUp = async () => {
  const id = systemIds.id();
  const email = `${id}@example.com`;
  await happen(platform, UserCreated, id, { userId: id, email, name: 'Marina', locale: 'pt-BR', timeZone: zone });
  await eventually(() => mailsTo(email).length === 1);
  return { id, email, who: await person({ id, email, roles: ['instructor'] }) };
};
type Who = Awaited<ReturnType<typeof signUp>>;
const mailsTo = (email: string) => sendgrid.mails.filter((mail) => mail.personalizations[0]?.to[0]?.email === email);
const choose = async (who: Who, choices: object) => {
  const { status, body } = await platform.call('PUT', '/api/notifications/preferences', {
    as: who.who,
    body: { items: [], ...choices },
  });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const enroll = async ({ id }: Who, title = 'Geometria') => {
  await happen(platform, CourseAccessGranted, systemIds.id(), {
    userId: id,
    courseId: systemIds.id(),
    courseTitle: title,
    courseSlug: 'geometria',
  });
  await platform.host.settle();
};
const payOut = async ({ id }: Who) => {
  await happen(platform, PayoutSent, systemIds.id(), {
    payoutId: systemIds.id(),
    sellerId: id,
    amount: { amount: 100n, currency: 'BRL' },
    reference: 'x',
  });
  await platform.host.settle();
};
const sell = async ({ id }: Who, title: string) => {
  const orderId = systemIds.id();
  await happen(platform, OrderPaid, orderId, {
    orderId,
    number: orderId.slice(0, 8),
    buyerId: '',
    buyerEmail: 'somebody@example.com',
    locale: 'en',
    lines: [
      {
        lineId: systemIds.id(),
        sku: 'course:x',
        quantity: 1,
        title,
        total: { amount: 100n, currency: 'BRL' },
        sellerId: id,
        ownerId: '',
      },
    ],
    total: { amount: 100n, currency: 'BRL' },
    provider: 'pix',
  });
  await platform.host.settle();
};
type Row = { id: string; kind: string; channel: string; state: string; reason: string | null; due_at: string | null };
const messagesOf = async ({ id }: { id: string }, kind: string): Promise<Row[]> =>
  (
    await db.pool.query<Row>(
      'select id, kind, channel, state, reason, due_at from messages where user_id = $1 and kind = $2 order by channel, id',
      [id, kind],
    )
  ).rows;
const messageOf = async (who: { id: string }, kind: string, channel: string) =>
  (await messagesOf(who, kind)).find((row) => row.channel === channel);
const reaches = (who: { id: string }, kind: string, channel: string, state: string) =>
  eventually(async () => {
    const row = await messageOf(who, kind, channel);
    return row?.state === state && row;
  });
const timelineOf = async (id: string): Promise<string[]> =>
  (
    await db.pool.query<{ what: string }>('select what from message_events where message_id = $1 order by id', [id])
  ).rows.map(({ what }) => what);
const subscribe = async (who: Who) => {
  const browser = pushService.subscribe(pushKey);
  const { status, body } = await platform.call('POST', '/api/notifications/devices', {
    as: who.who,
    body: { kind: 'webpush', ...browser.subscription },
    headers: { 'user-agent': 'A browser of a test' },
  });
  assert.equal(status, 201, JSON.stringify(body));
  return { browser, device: body };
};
const hours = (n: number) => n * 3600_000;

describe('quiet hours', () => {
  it('hold push and mail until the morning of the person, and not the bell', async () => {
    const me = await signUp();
    const { browser } = await subscribe(me);
    await choose(me, { quietHours: { from: '22:00', to: '07:00' } });
    clock.advance(hours(11)); // 23:00 there
    await payOut(me);
    const mail = await messageOf(me, 'payout', 'email');
    assert.deepEqual([mail?.state, mail?.reason], ['held', 'quiet hours']);
    assert.equal(new Date(mail?.due_at ?? '').getTime(), noon.getTime() + hours(19), 'seven in the morning there');
    assert.equal((await messageOf(me, 'payout', 'push'))?.state, 'held');
    assert.equal((await messageOf(me, 'payout', 'inapp'))?.state, 'sent');
    clock.advance(hours(7.9));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(browser.shown.length, 0, 'not before');
    clock.advance(hours(0.1));
    const sent = await reaches(me, 'payout', 'push', 'sent');
    await reaches(me, 'payout', 'email', 'sent');
    assert.equal(browser.shown.length, 1);
    assert.deepEqual(await timelineOf(sent.id), ['held', 'released', 'attempted', 'sent']);
  });

  it('do not hold what protects the account, nor the mail that answers what the person just did', async () => {
    const me = await signUp();
    const { browser } = await subscribe(me);
    await choose(me, { quietHours: { from: '00:00', to: '23:59' } });
    await happen(platform, PasswordResetRequested, me.id, { userId: me.id, requestId: systemIds.id() });
    await reaches(me, 'reset-password', 'email', 'sent');
    await enroll(me);
    await reaches(me, 'enrollment', 'email', 'sent');
    assert.equal((await messageOf(me, 'enrollment', 'push'))?.state, 'held');
    assert.equal(browser.shown.length, 0);
  });

  it('let nothing out that was switched off while it waited', async () => {
    const me = await signUp();
    await choose(me, { quietHours: { from: '22:00', to: '07:00' } });
    clock.advance(hours(11));
    await payOut(me);
    clock.set(noon);
    await choose(me, { items: [{ kind: 'payout', channel: 'email', enabled: false }] });
    clock.advance(hours(20));
    const row = await reaches(me, 'payout', 'email', 'suppressed');
    assert.equal(row.reason, 'switched off by the person');
    assert.deepEqual(await timelineOf(row.id), ['held', 'suppressed']);
  });

  it('begin and end at different times, and are kept when they are left out', async () => {
    const me = await signUp();
    const same = await platform.call('PUT', '/api/notifications/preferences', {
      as: me.who,
      body: { items: [], quietHours: { from: '07:00', to: '07:00' } },
    });
    assert.equal(same.body.code, 'quiet_hours_empty');
    await choose(me, { quietHours: { from: '22:30', to: '06:15' }, digest: 'weekly' });
    const kept = await choose(me, {});
    assert.deepEqual(kept.quietHours, { from: '22:30', to: '06:15' });
    assert.equal(kept.digest, 'weekly');
    assert.equal(kept.timeZone, zone);
    assert.equal((await choose(me, { quietHours: null })).quietHours, null);
  });
});

describe('digests', () => {
  it('bring the small news of a day in one mail the next morning, each once', async () => {
    const me = await signUp();
    for (const title of ['Um', 'Dois', 'Três']) await sell(me, title);
    assert.deepEqual(
      (await messagesOf(me, 'sale')).filter(({ channel }) => channel === 'email').map(({ state }) => state),
      ['held', 'held', 'held'],
    );
    clock.advance(hours(20)); // 8:00 there
    await eventually(() => mailsTo(me.email).length === 2);
    const mail = mailsTo(me.email).at(-1);
    assert.equal(mail?.subject, '3 novidades da Stoa');
    const text = mail?.content[0]?.value ?? '';
    assert.ok(
      text.indexOf('Você vendeu Um') > 0 && text.indexOf('Você vendeu Um') < text.indexOf('Você vendeu Três'),
      text,
    );
    const items = (await messagesOf(me, 'sale')).filter(({ channel }) => channel === 'email');
    assert.deepEqual(
      items.map(({ state }) => state),
      ['digested', 'digested', 'digested'],
    );
    const { rows } = await db.pool.query('select distinct digest_id from messages where user_id = $1 and state = $2', [
      me.id,
      'digested',
    ]);
    assert.equal(rows[0]?.digest_id, (await messageOf(me, 'digest', 'email'))?.id);
    await sell(me, 'Quatro');
    clock.advance(hours(24));
    await eventually(() => mailsTo(me.email).length === 3);
    assert.equal(mailsTo(me.email).at(-1)?.subject, 'Uma novidade da Stoa');
  });

  it('can be switched off, and then each mail comes by itself', async () => {
    const me = await signUp();
    await choose(me, { digest: 'none' });
    await sell(me, 'Sozinho');
    await reaches(me, 'sale', 'email', 'sent');
    assert.equal(mailsTo(me.email).at(-1)?.subject, 'Você vendeu Sozinho');
  });
});

describe('limits', () => {
  it('let mails wait for room and drop pushes, and count no security messages', async () => {
    const me = await signUp();
    const { browser } = await subscribe(me);
    for (let n = 0; n < 7; n += 1) await enroll(me, `Curso ${n}`);
    const rows = await messagesOf(me, 'enrollment');
    const states = (channel: string) =>
      rows
        .filter((row) => row.channel === channel)
        .map(({ state, reason }) => (state === 'queued' || state === 'sent' ? 'out' : `${state}: ${reason}`));
    // The welcome mail was the first of five.
    assert.deepEqual(states('email').sort(), [...Array(3).fill('held: too many messages'), ...Array(4).fill('out')]);
    assert.deepEqual(states('push').sort(), [
      ...Array(3).fill('out'),
      ...Array(4).fill('suppressed: too many messages'),
    ]);
    assert.equal(states('inapp').length, 7);
    await happen(platform, PasswordResetRequested, me.id, { userId: me.id, requestId: systemIds.id() });
    await reaches(me, 'reset-password', 'email', 'sent');
    await eventually(() => browser.shown.length === 3);
    clock.advance(hours(1) + 1000);
    await eventually(() => mailsTo(me.email).length === 1 + 4 + 1 + 3);
  });
});

describe('push', () => {
  it('reaches every device of a person, forgets those that have gone, and repeats none that has it', async () => {
    const me = await signUp();
    const { browser } = await subscribe(me);
    const { browser: gone } = await subscribe(me);
    pushService.unsubscribe(gone);
    const token = 'fcm-device-token:APA91bPipeline-1';
    fcm.devices.set(token, []);
    await platform.call('POST', '/api/notifications/devices', {
      as: me.who,
      body: { kind: 'fcm', token, name: 'Phone' },
    });
    fcm.trouble = 'down';
    await enroll(me);
    await eventually(() => browser.shown.length === 1);
    await eventually(async () => (await messageOf(me, 'enrollment', 'push'))?.reason);
    fcm.trouble = undefined;
    const row = await reaches(me, 'enrollment', 'push', 'sent');
    assert.equal(browser.shown.length, 1, 'the browser had it already');
    assert.deepEqual(browser.shown[0], {
      id: row.id,
      title: 'Sua inscrição em “Geometria” está confirmada',
      body: 'Comece quando quiser. Seu progresso fica salvo.',
      url: 'https://stoa.example/learn/geometria',
      kind: 'enrollment',
    });
    const [shown] = fcm.devices.get(token) ?? [];
    assert.equal(shown?.notification?.title, 'Sua inscrição em “Geometria” está confirmada');
    assert.deepEqual(shown?.data, { kind: 'enrollment', url: 'https://stoa.example/learn/geometria' });
    const { body } = await platform.call('GET', '/api/notifications/devices', { as: me.who });
    assert.deepEqual(body.items.map(({ name }: { name: string }) => name).sort(), ['A browser of a test', 'Phone']);
    fcm.devices.delete(token);
    await enroll(me, 'Outro');
    await eventually(
      async () => (await platform.call('GET', '/api/notifications/devices', { as: me.who })).body.items.length === 1,
    );
  });

  it('goes to whoever signed in on a browser last, and to nobody after they removed it', async () => {
    const first = await signUp();
    const second = await signUp();
    const { browser, device } = await subscribe(first);
    const again = await platform.call('POST', '/api/notifications/devices', {
      as: first.who,
      body: { kind: 'webpush', ...browser.subscription },
    });
    assert.equal(again.body.id, device.id);
    const taken = await platform.call('POST', '/api/notifications/devices', {
      as: second.who,
      body: { kind: 'webpush', ...browser.subscription },
    });
    assert.notEqual(taken.body.id, device.id);
    assert.deepEqual((await platform.call('GET', '/api/notifications/devices', { as: first.who })).body.items, []);
    const foreign = await platform.call('DELETE', `/api/notifications/devices/${taken.body.id}`, { as: first.who });
    assert.equal(foreign.body.code, 'device_not_found');
    assert.equal(
      (await platform.call('DELETE', `/api/notifications/devices/${taken.body.id}`, { as: second.who })).status,
      204,
    );
    await enroll(second);
    assert.equal(await messageOf(second, 'enrollment', 'push'), undefined, 'no row for somebody without a device');
  });

  it('refuses subscriptions that lead inside or have no key of the curve', async () => {
    const me = await signUp();
    const good = pushService.subscribe(pushKey).subscription;
    const cases = [
      { ...good, endpoint: 'https://169.254.169.254/latest' },
      { ...good, endpoint: 'http://push.example.com/x' },
      { ...good, keys: { ...good.keys, p256dh: Buffer.alloc(65, 4).toString('base64url') } },
      { ...good, keys: { ...good.keys, auth: Buffer.alloc(17).toString('base64url') } },
    ];
    for (const subscription of cases) {
      const { status, body } = await platform.call('POST', '/api/notifications/devices', {
        as: me.who,
        body: { kind: 'webpush', ...subscription },
      });
      // Over http a name is only known to lead elsewhere when it is looked up.
      if (subscription.endpoint.startsWith('http://push')) continue;
      assert.equal(status, 422, JSON.stringify(subscription));
      assert.equal(body.code, 'push_subscription_refused');
    }
  });
});

describe('text messages', () => {
  const giveNumber = async (who: Who, number: string) => {
    const before = twilio.messages.length;
    const asked = await platform.call('POST', '/api/notifications/phone', { as: who.who, body: { number } });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    const message = await eventually(() => twilio.messages.slice(before).find((one) => one.to === number));
    return /^(\d{6}) /.exec(message.body)?.[1] ?? '';
  };
  const confirm = (who: Who, code: string) =>
    platform.call('POST', '/api/notifications/phone/confirmation', { as: who.who, body: { code } });
  let last = 1000;
  const newNumber = () => {
    last += 1;
    return `+1555867${last}`;
  };

  it('go to a number that was confirmed with a code, which is kept nowhere', async () => {
    const me = await signUp();
    const number = newNumber();
    const code = await giveNumber(me, number);
    assert.match(twilio.messages.at(-1)?.body ?? '', /é o seu código da Stoa\. Vale por 10 minutos/);
    const soon = await platform.call('POST', '/api/notifications/phone', { as: me.who, body: { number } });
    assert.equal(soon.body.code, 'code_sent_recently');
    assert.equal((await confirm(me, code === '000000' ? '000001' : '000000')).body.code, 'wrong_code');
    const { rows } = await db.pool.query(
      'select m::text as message, p::text as phone from messages m join phones p on p.user_id = m.user_id where m.user_id = $1',
      [me.id],
    );
    assert.ok(
      !JSON.stringify(rows).includes(`"${code}"`) && !rows.some(({ phone }) => String(phone).includes(`,${code},`)),
    );
    assert.deepEqual((await confirm(me, code)).body, { number, verified: true });
    assert.equal((await confirm(me, code)).body.code, 'wrong_code', 'a code works once');
    const chosen = await choose(me, {
      items: [
        { kind: 'payment-failed', channel: 'sms', enabled: true },
        { kind: 'purchase', channel: 'sms', enabled: true },
      ],
    });
    assert.equal(chosen.channels.find(({ channel }: { channel: string }) => channel === 'sms').ready, true);
    assert.equal(
      chosen.items.filter((item: { channel: string; enabled: boolean }) => item.channel === 'sms' && item.enabled)
        .length,
      2,
      'others stay off',
    );
  });

  it('a code is tried five times and works for ten minutes', async () => {
    const me = await signUp();
    const code = await giveNumber(me, newNumber());
    for (let n = 0; n < 5; n += 1)
      assert.equal((await confirm(me, code === '111111' ? '222222' : '111111')).body.code, 'wrong_code');
    assert.equal((await confirm(me, code)).body.code, 'wrong_code');
    const other = await signUp();
    const late = await giveNumber(other, newNumber());
    clock.advance(11 * 60_000);
    assert.equal((await confirm(other, late)).body.code, 'wrong_code');
  });

  it('no crowd of accounts can have a number written to', async () => {
    const number = newNumber();
    for (let n = 0; n < 5; n += 1) await giveNumber(await signUp(), number);
    const sixth = await signUp();
    const refused = await platform.call('POST', '/api/notifications/phone', { as: sixth.who, body: { number } });
    assert.equal(refused.body.code, 'code_sent_recently');
    assert.equal(twilio.messages.filter((one) => one.to === number).length, 5);
  });

  const withNumber = async () => {
    const me = await signUp();
    const number = newNumber();
    await confirm(me, await giveNumber(me, number));
    await choose(me, { items: [{ kind: 'purchase', channel: 'sms', enabled: true }] });
    return { ...me, number };
  };
  const buy = async (me: Who) => {
    await happen(platform, OrderPaid, systemIds.id(), {
      orderId: systemIds.id(),
      number: '2026-7',
      buyerId: me.id,
      buyerEmail: me.email,
      locale: 'pt-BR',
      lines: [],
      total: { amount: 12990n, currency: 'BRL' },
      provider: 'pix',
    });
    await platform.host.settle();
  };
  const report = async (
    message: { id: string },
    sid: string,
    to: string,
    status: string,
    extra: Record<string, string> = {},
  ) => {
    const url = `${twilioUrl}?message=${message.id}`;
    const { body, signature } = twilio.callback(url, {
      MessageSid: sid,
      SmsSid: sid,
      To: to,
      MessageStatus: status,
      ...extra,
    });
    return platform.call('POST', url.replace('https://stoa.example', ''), {
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature,
        // As a proxy leaves it: neither host nor scheme is what the provider called.
        host: '10.0.0.5:3000',
        'x-forwarded-proto': 'http',
      },
    });
  };

  it('are followed to their delivery, whatever order the reports come in', async () => {
    const me = await withNumber();
    await buy(me);
    const row = await reaches(me, 'purchase', 'sms', 'sent');
    const sms = twilio.messages.at(-1);
    assert.match(sms?.body ?? '', /o pagamento de R\$\s129,90 do pedido 2026-7 foi confirmado/);
    assert.equal(sms?.callback, `${twilioUrl}?message=${row.id}`);
    const sid = sms?.sid ?? '';
    assert.equal((await report(row, sid, me.number, 'delivered')).status, 204);
    await report(row, sid, me.number, 'sent');
    await report(row, sid, me.number, 'delivered');
    assert.equal((await messageOf(me, 'purchase', 'sms'))?.state, 'delivered');
    assert.deepEqual(await timelineOf(row.id), ['queued', 'attempted', 'sent', 'delivered']);
  });

  it('that were not delivered are failed with the carrier’s code', async () => {
    const me = await withNumber();
    await buy(me);
    const row = await reaches(me, 'purchase', 'sms', 'sent');
    await report(row, twilio.messages.at(-1)?.sid ?? '', me.number, 'undelivered', { ErrorCode: '30003' });
    const failed = await messageOf(me, 'purchase', 'sms');
    assert.deepEqual([failed?.state, failed?.reason], ['failed', 'undelivered 30003']);
  });

  it('stop when the person says stop, and a forged report changes nothing', async () => {
    const me = await withNumber();
    const send = (params: Record<string, string>, forge = false) => {
      const { body, signature } = twilio.callback(twilioUrl, params);
      return platform.call('POST', '/api/notifications/webhooks/twilio', {
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': forge ? 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' : signature,
        },
      });
    };
    const stop = {
      From: me.number,
      To: twilio.sender,
      Body: 'STOP',
      OptOutType: 'STOP',
      MessageSid: `SM${'c'.repeat(32)}`,
    };
    assert.equal((await send(stop, true)).body.code, 'callback_not_signed');
    assert.equal((await send(stop)).status, 204);
    await buy(me);
    const row = await reaches(me, 'purchase', 'sms', 'suppressed');
    assert.match(row.reason ?? '', /suppression list: opt_out/);
    await send({ ...stop, Body: 'START', OptOutType: 'START' });
    await buy(me);
    await eventually(async () =>
      (await messagesOf(me, 'purchase')).some(({ channel, state }) => channel === 'sms' && state === 'sent'),
    );
  });
});

describe('reports about mails', () => {
  const tell = (events: object[], at = clock.now()) => {
    const { body, headers } = sendgrid.events(events, at);
    return platform.call('POST', '/api/notifications/webhooks/sendgrid', { body, headers });
  };
  const event = (message: { id: string }, email: string, fields: object) => ({
    email,
    timestamp: Math.floor(clock.now().getTime() / 1000),
    sg_event_id: systemIds.id(),
    sg_message_id: 'x',
    stoa_message: message.id,
    ...fields,
  });

  it('move a message forward only, and twice the same is once', async () => {
    const me = await signUp();
    const row = await reaches(me, 'welcome', 'email', 'sent');
    const delivered = event(row, me.email, { event: 'delivered' });
    assert.equal((await tell([event(row, me.email, { event: 'deferred' }), delivered])).status, 204);
    await tell([delivered, event(row, me.email, { event: 'open' })]);
    assert.equal((await messageOf(me, 'welcome', 'email'))?.state, 'delivered');
    assert.deepEqual(await timelineOf(row.id), ['queued', 'attempted', 'sent', 'deferred', 'delivered', 'opened']);
    const support = await person({ roles: ['support'] });
    const log = await platform.call('GET', `/api/admin/notifications/log/${row.id}`, { as: support });
    assert.equal(log.body.provider, 'sendgrid');
    assert.equal(log.body.timeline.length, 6);
    assert.equal(log.body.to.address, me.email);
  });

  it('put addresses that bounce on a list; from then on nothing is written to them until support takes them off', async () => {
    const me = await signUp();
    const row = await reaches(me, 'welcome', 'email', 'sent');
    await tell([event(row, me.email, { event: 'bounce', type: 'bounce', status: '5.1.1', reason: 'no such user' })]);
    assert.equal((await messageOf(me, 'welcome', 'email'))?.state, 'bounced');
    await enroll(me);
    const stopped = await reaches(me, 'enrollment', 'email', 'suppressed');
    assert.match(stopped.reason ?? '', /suppression list: bounce/);
    await happen(platform, PasswordResetRequested, me.id, { userId: me.id, requestId: systemIds.id() });
    await reaches(me, 'reset-password', 'email', 'suppressed');
    const support = await person({ roles: ['support'] });
    const list = await platform.call('GET', `/api/admin/notifications/suppressions?q=${me.email.slice(0, 20)}`, {
      as: support,
    });
    assert.equal(list.body.items[0].reason, 'bounce');
    assert.equal(
      (await platform.call('DELETE', `/api/admin/notifications/suppressions/${list.body.items[0].id}`, { as: support }))
        .status,
      204,
    );
    await enroll(me, 'Depois');
    await eventually(() => mailsTo(me.email).length === 2);
  });

  it('respect complaints, but still bring what protects the account', async () => {
    const me = await signUp();
    const row = await reaches(me, 'welcome', 'email', 'sent');
    await tell([event(row, me.email, { event: 'spamreport' })]);
    await enroll(me);
    await reaches(me, 'enrollment', 'email', 'suppressed');
    await happen(platform, PasswordResetRequested, me.id, { userId: me.id, requestId: systemIds.id() });
    await reaches(me, 'reset-password', 'email', 'sent');
  });

  it('are believed only when they are signed and fresh, and about the address they name', async () => {
    const me = await signUp();
    const row = await reaches(me, 'welcome', 'email', 'sent');
    const bounce = event(row, me.email, { event: 'bounce', type: 'bounce' });
    assert.equal((await tell([bounce], new Date(clock.now().getTime() - hours(1)))).body.code, 'callback_not_signed');
    const unsigned = await platform.call('POST', '/api/notifications/webhooks/sendgrid', {
      body: JSON.stringify([bounce]),
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(unsigned.status, 403);
    await tell([event(row, 'other@example.com', { event: 'bounce', type: 'bounce' })]);
    assert.equal((await messageOf(me, 'welcome', 'email'))?.state, 'sent');
  });
});

describe('a person who leaves', () => {
  it('takes their number, devices, choices and everything that was held for them', async () => {
    const me = await signUp();
    await subscribe(me);
    await choose(me, { quietHours: { from: '00:00', to: '23:59' } });
    await payOut(me);
    await db.pool.query(
      `insert into phones (user_id, number, verified_at, request_id, asked_at) values ($1, '+15558675000', now(), $1, now())`,
      [me.id],
    );
    await happen(platform, UserDeleted, me.id, { userId: me.id });
    await platform.host.settle();
    const { rows } = await db.pool.query(
      `select (select count(*) from messages where user_id = $1) + (select count(*) from devices where user_id = $1)
            + (select count(*) from phones where user_id = $1) + (select count(*) from delivery_choices where user_id = $1)
            + (select count(*) from preferences where user_id = $1) as left`,
      [me.id],
    );
    assert.equal(Number(rows[0].left), 0);
  });

  /** Of a person who is gone only the id and the time are left. */
  const isForgotten = async ({ id }: Who) => {
    const { rows } = await db.pool.query(
      `select 'message' as at from messages where user_id = $1 union all select 'device' from devices where user_id = $1
       union all select 'phone' from phones where user_id = $1 union all select 'choice' from delivery_choices where user_id = $1
       union all select 'preference' from preferences where user_id = $1
       union all select 'ticket' from realtime_tickets where user_id = $1`,
      [id],
    );
    assert.deepEqual(rows, []);
    const left = await db.pool.query(
      'select email, name, locale, time_zone, deleted_at is not null as gone from recipients where user_id = $1',
      [id],
    );
    assert.deepEqual(left.rows, [{ email: null, name: '', locale: 'en', time_zone: 'UTC', gone: true }]);
  };
  const leave = async ({ id }: Who) => {
    await happen(platform, UserDeleted, id, { userId: id });
    await platform.host.settle();
  };

  it('gives nothing more with a token that is still good', async () => {
    const me = await signUp();
    await leave(me);
    const asks: [method: string, path: string, body?: object][] = [
      [
        'PUT',
        '/api/notifications/preferences',
        { items: [], quietHours: { from: '22:00', to: '07:00' }, digest: 'weekly' },
      ],
      ['POST', '/api/notifications/devices', { kind: 'fcm', token: 'x'.repeat(40) }],
      ['POST', '/api/notifications/phone', { number: '+15558675001' }],
      ['POST', '/api/realtime/tickets'],
    ];
    for (const [method, path, body] of asks) {
      const answer = await platform.call(method, path, { as: me.who, ...(body ? { body } : {}) });
      assert.deepEqual([path, answer.status, answer.body.code], [path, 401, 'invalid_token']);
    }
    await isForgotten(me);
  });

  it('hears of nothing that is told afterwards, and does not come back with what is told again', async () => {
    const me = await signUp();
    await leave(me);
    const { id, email } = me;
    const about = { userId: id, email, name: 'Marina', locale: 'pt-BR', timeZone: zone };
    await happen(platform, UserCreated, id, about);
    await happen(platform, UserUpdated, id, about);
    await enroll(me);
    await sell(me, 'Geometria');
    await payOut(me);
    await platform.host.settle();
    await leave(me);
    await isForgotten(me);
    assert.equal(mailsTo(email).length, 1, 'the welcome before they left');
  });

  it('leaves no message that is being written as they go', async () => {
    const me = await signUp();
    const { id } = me;
    await enroll(me);
    const other = await db.pool.connect();
    const waiting = async (what: string) =>
      (
        await db.pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event ${what} 'advisory'`,
        )
      ).rows.length > 0;
    const heard = async () =>
      (await db.pool.query("select position from subscriptions where source = 'identity'")).rows[0]?.position;
    try {
      await other.query('begin');
      await other.query('select from inboxes where user_id = $1 for update', [id]);
      await happen(platform, CourseAccessGranted, systemIds.id(), {
        userId: id,
        courseId: systemIds.id(),
        courseTitle: 'Geometria',
        courseSlug: 'geometria',
      });
      await eventually(() => waiting('<>'));
      const before = await heard();
      await happen(platform, UserDeleted, id, { userId: id });
      await eventually(async () => (await waiting('=')) || (await heard()) !== before);
      await other.query('commit');
    } finally {
      other.release(true);
    }
    await platform.host.settle();
    await isForgotten(me);
  });
});
