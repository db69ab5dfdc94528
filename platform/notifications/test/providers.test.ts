import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { manualClock, systemClock } from '@stoa/kernel';
import { z } from 'zod';
import { fcmAdapter, readServiceAccount } from '../src/channels/fcm.ts';
import { type Outcome, type PushMessage, retryAfterSeconds } from '../src/channels/port.ts';
import { isSendgridEvent, readSendgridEvents, readSendgridKey } from '../src/channels/sendgrid-events.ts';
import { twilioAdapter } from '../src/channels/twilio.ts';
import { isTwilioCallback, readOptOut, readSmsStatus } from '../src/channels/twilio-signature.ts';
import { deriveVapidKey, readVapidKey } from '../src/channels/vapid.ts';
import { encryptForBrowser, mostPlaintextBytes } from '../src/channels/web-push-encryption.ts';
import { checkAddress, EgressRefused, openEgress } from '../src/egress/egress.ts';
import { isPublicAddress } from '../src/egress/private-addresses.ts';
import { readCases, readFixture } from './provider-fixtures.ts';
import { startFcm } from './simulators/fcm.ts';
import { type Reply, startProviderServer } from './simulators/provider-server.ts';
import { startSendgrid } from './simulators/sendgrid.ts';
import { startTwilio } from './simulators/twilio.ts';

const egress = openEgress({ reach: 'operator' });
const call = { messageId: '019a3f00-0000-7000-8000-000000000001', attempt: 1 };
const pushTo = (token: string): PushMessage => ({
  target: { kind: 'fcm', token },
  title: 'Reserva confirmada',
  body: 'Retirada amanhã às 10:00',
  url: 'https://stoa.example/',
  kind: 'enrollment',
  ttlSeconds: 60,
  urgent: true,
});
const told = (outcome: Outcome) => (outcome.kind === 'refused' ? outcome.reason : outcome.kind);

describe('recorded answers of Twilio', () => {
  it('are read as what they mean', async (t) => {
    const cases = readCases(t, 'twilio', 'POST_Messages.');
    if (!cases) return;
    const expected: Record<string, string> = {
      'POST_Messages.invalid-to.json': 'bad_address',
      'POST_Messages.long-unicode.json': 'accepted',
      'POST_Messages.messaging-service.json': 'accepted',
      'POST_Messages.queued.json': 'accepted',
      'POST_Messages.rate-limited.json': 'retry',
      'POST_Messages.scheduled.json': 'accepted',
      'POST_Messages.server-error.json': 'retry',
      'POST_Messages.to-opted-out.json': 'suppressed',
      'POST_Messages.unauthorized.json': 'retry',
    };
    let reply: Reply = { status: 500 };
    const server = await startProviderServer({ answer: () => reply, overloaded: reply, down: reply });
    const outcomes: Record<string, string> = {};
    for (const { file, request, response } of cases) {
      reply = response;
      const form = new URLSearchParams(String(request.body));
      const sender = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
      const adapter = twilioAdapter({
        accountSid: `AC${'a'.repeat(32)}`,
        authToken: '12345',
        sender,
        baseUrl: server.url,
        callbackUrl: 'https://shop.example.com/webhooks/twilio',
        egress,
        clock: systemClock,
      });
      outcomes[file] = told(await adapter.send({ to: form.get('To') ?? '', text: form.get('Body') ?? '' }, call));
      const sent = server.requests.at(-1);
      assert.equal(sent?.path, request.path, 'the same path as recorded');
      const own = new URLSearchParams(sent?.body.toString());
      for (const name of ['To', 'From', 'MessagingServiceSid', 'Body'])
        assert.equal(own.get(name), form.get(name), name);
    }
    await server.close();
    assert.deepEqual(outcomes, expected);
  });

  it('are those of the simulator, in status and fields', async (t) => {
    const cases = readCases(t, 'twilio', 'POST_Messages.');
    if (!cases) return;
    const simulator = await startTwilio();
    const plain = cases.filter(({ file }) => /queued|invalid-to|long-unicode|messaging-service/.test(file));
    for (const { request, response, file } of plain) {
      const answer = await egress.send({
        url: `${simulator.url}${request.path}`,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`${simulator.accountSid}:${simulator.authToken}`).toString('base64')}`,
        },
        body: String(request.body),
      });
      assert.equal(answer.status, response.status, file);
      const recorded = z.record(z.string(), z.unknown()).parse(response.body);
      const own = z.record(z.string(), z.unknown()).parse(JSON.parse(answer.body));
      assert.deepEqual(Object.keys(own).sort(), Object.keys(recorded).sort(), file);
      for (const field of ['status', 'num_segments', 'code'])
        assert.equal(own[field], recorded[field], `${file} ${field}`);
    }
    await simulator.close();
  });
});

describe('the signature of Twilio', () => {
  const Vectors = z.object({
    vectors: z.array(
      z.object({
        case: z.string(),
        auth_token: z.string(),
        url: z.string(),
        params: z.record(z.string(), z.string()),
        raw_body: z.string().optional(),
        signature: z.string(),
        valid: z.boolean(),
      }),
    ),
  });

  it('is that of the published example', () => {
    const params = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+12349013030',
      Digits: '1234',
      From: '+12349013030',
      To: '+18005551212',
    };
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const signature = '0/KCTR6DLpKmkAf8muzZqo1nDgQ=';
    assert.equal(isTwilioCallback({ authToken: '12345', url, params, signature }), true);
    assert.equal(isTwilioCallback({ authToken: '12345', url, params, signature: undefined }), false);
    assert.equal(isTwilioCallback({ authToken: '12345', url, params, signature: '' }), false);
  });

  it('holds for every vector: proxies, UTF-8, order of names, JSON', (t) => {
    const file = readFixture(t, 'twilio', 'signature-vectors.json');
    if (!file) return;
    const { vectors } = Vectors.parse(file);
    assert.ok(vectors.length >= 9);
    for (const vector of vectors) {
      const valid = isTwilioCallback({
        authToken: vector.auth_token,
        url: vector.url,
        params: vector.params,
        rawBody: vector.raw_body === undefined ? undefined : Buffer.from(vector.raw_body),
        signature: vector.signature,
      });
      assert.equal(valid, vector.valid, vector.case);
    }
  });

  it('of recorded callbacks is right, and their news is read', (t) => {
    const cases = readCases(t, 'twilio', 'WEBHOOK_');
    if (!cases) return;
    for (const { file, request, response } of cases) {
      const params = Object.fromEntries(new URLSearchParams(String(request.body)));
      const valid = isTwilioCallback({
        authToken: '12345',
        url: 'https://shop.example.com/webhooks/twilio',
        params,
        signature: request.headers['X-Twilio-Signature'],
      });
      assert.equal(valid, response.status === 200, file);
      if (file.includes('inbound.stop')) assert.deepEqual(readOptOut(params), { number: '+15558675310', stop: true });
      else assert.ok(readSmsStatus(params), file);
    }
  });
});

describe('recorded answers of FCM', () => {
  it('are read as what they mean', async (t) => {
    const cases = readCases(t, 'fcm', 'POST_messages_send.');
    if (!cases) return;
    const expected: Record<string, string> = {
      'error-bad-gateway': 'retry',
      'error-data-not-string': 'rejected',
      'error-internal': 'retry',
      'error-invalid-token-two-details': 'bad_address',
      'error-invalid-token': 'bad_address',
      'error-no-target': 'rejected',
      'error-quota': 'retry',
      'error-sender-id-mismatch': 'bad_address',
      'error-third-party-auth': 'retry',
      'error-too-large': 'rejected',
      'error-unauthenticated': 'retry',
      'error-unavailable': 'retry',
      'error-unregistered': 'unregistered',
    };
    const real = await startFcm();
    let reply: Reply = { status: 500 };
    const server = await startProviderServer({ answer: () => reply, overloaded: reply, down: reply });
    const adapter = fcmAdapter({
      account: readServiceAccount(real.account),
      baseUrl: server.url,
      egress,
      clock: systemClock,
    });
    for (const { file, request, response } of cases) {
      reply = response;
      const name = file.replace(/^POST_messages_send\.|\.json$/g, '');
      const before = server.requests.length;
      const outcome = await adapter.send(pushTo('fcm-device-token:APA91bExample-1'), call);
      assert.equal(told(outcome), expected[name] ?? 'accepted', file);
      assert.equal(server.requests.at(-1)?.path, request.path);
      assert.equal(
        server.requests.length - before,
        name === 'error-unauthenticated' ? 2 : 1,
        `${file}: asked again only for our own token`,
      );
      if (outcome.kind === 'retry' && name === 'error-unavailable') assert.equal(outcome.afterSeconds, 10);
    }
    await server.close();
    await real.close();
  });

  it('never lead to a data value that is no string, or to a link that is not https', async () => {
    const simulator = await startFcm();
    const token = 'fcm-device-token:APA91bExample-1';
    simulator.devices.set(token, []);
    const adapter = fcmAdapter({
      account: readServiceAccount(simulator.account),
      baseUrl: simulator.url,
      egress,
      clock: systemClock,
    });
    assert.equal((await adapter.send({ ...pushTo(token), url: 'http://localhost:3000/' }, call)).kind, 'accepted');
    const [shown] = simulator.devices.get(token) ?? [];
    assert.ok(Object.values(shown?.data ?? {}).every((value) => typeof value === 'string'));
    assert.equal(shown?.webpush?.fcm_options, undefined);
    await simulator.close();
  });
});

describe('access tokens of a service account', () => {
  it('are fetched once for all, again before they end, and again when they end early', async () => {
    const simulator = await startFcm();
    const token = 'fcm-device-token:APA91bExample-1';
    simulator.devices.set(token, []);
    // The simulator checks times against the real clock, so the manual one starts there.
    const clock = manualClock(new Date());
    const adapter = fcmAdapter({
      account: readServiceAccount(simulator.account),
      baseUrl: simulator.url,
      egress,
      clock,
    });
    await Promise.all(Array.from({ length: 20 }, () => adapter.send(pushTo(token), call)));
    assert.equal(simulator.tokensGiven, 1);
    clock.advance(3500 * 1000);
    await adapter.send(pushTo(token), call);
    assert.equal(simulator.tokensGiven, 1, 'still good');
    simulator.revokeTokens();
    clock.set(new Date());
    assert.equal((await adapter.send(pushTo(token), call)).kind, 'accepted');
    assert.equal(simulator.tokensGiven, 2);
    simulator.thirdParty = true;
    assert.equal((await adapter.send(pushTo(token), call)).kind, 'retry');
    assert.equal(simulator.tokensGiven, 2, 'a wrong key of Apple’s is not answered with new tokens');
    await simulator.close();
  });

  it('are not asked for with something that is no service account, and the mistake does not quote it', () => {
    assert.throws(
      () => readServiceAccount('{"private_key":"-----BEGIN SECRET"}'),
      (error: Error) => /FCM_SERVICE_ACCOUNT/.test(error.message) && !/SECRET/.test(error.message),
    );
  });
});

describe('encryption for browsers', () => {
  it('is that of the example of RFC 8291', () => {
    const from = (text: string) => Buffer.from(text, 'base64url');
    const sealed = encryptForBrowser({
      plaintext: Buffer.from('When I grow up, I want to be a watermelon'),
      receiverKey: from('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
      authSecret: from('BTBZMqHH6r4Tts7J_aSIgg'),
      fixed: {
        privateKey: from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
        salt: from('DGv6ra1nlYgDCS1FRnbzlw'),
      },
    });
    assert.equal(
      sealed.toString('base64url'),
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it('fits the largest message into 4096 bytes and refuses one more', () => {
    const { publicKey } = deriveVapidKey('somebody');
    const receiverKey = Buffer.from(publicKey, 'base64url');
    const authSecret = Buffer.alloc(16, 7);
    const sealed = encryptForBrowser({ plaintext: Buffer.alloc(mostPlaintextBytes), receiverKey, authSecret });
    assert.equal(sealed.length, 4096);
    assert.throws(() =>
      encryptForBrowser({ plaintext: Buffer.alloc(mostPlaintextBytes + 1), receiverKey, authSecret }),
    );
    assert.throws(() =>
      encryptForBrowser({ plaintext: Buffer.alloc(1), receiverKey: Buffer.alloc(65, 4), authSecret }),
    );
  });

  it('signs with a key that is the same for the same installation', () => {
    assert.equal(deriveVapidKey('one').publicKey, deriveVapidKey('one').publicKey);
    assert.notEqual(deriveVapidKey('one').publicKey, deriveVapidKey('two').publicKey);
    const { privateKey, publicKey } = deriveVapidKey('one');
    assert.equal(readVapidKey(privateKey.toString('base64url')).publicKey, publicKey);
    assert.throws(() => readVapidKey('short'), /VAPID_PRIVATE_KEY/);
  });
});

describe('the event webhook of SendGrid', () => {
  it('is believed only as it was signed, byte for byte, and only for ten minutes', async () => {
    const simulator = await startSendgrid();
    const key = readSendgridKey(simulator.verificationKey);
    const { body, headers } = simulator.events([{ email: 'ana@example.com', event: 'delivered', sg_event_id: 'e1' }]);
    const now = new Date();
    const signed = {
      key,
      signature: headers['x-twilio-email-event-webhook-signature'],
      timestamp: headers['x-twilio-email-event-webhook-timestamp'],
      body: Buffer.from(body),
      now,
    };
    assert.equal(isSendgridEvent(signed), true);
    assert.equal(isSendgridEvent({ ...signed, body: Buffer.from(JSON.stringify(JSON.parse(body))) }), false);
    assert.equal(isSendgridEvent({ ...signed, signature: undefined }), false);
    assert.equal(isSendgridEvent({ ...signed, signature: 'bm90IGEgc2lnbmF0dXJl' }), false);
    assert.equal(isSendgridEvent({ ...signed, timestamp: String(Number(signed.timestamp) + 1) }), false);
    assert.equal(isSendgridEvent({ ...signed, now: new Date(now.getTime() + 11 * 60_000) }), false);
    await simulator.close();
  });

  it('tells a mailbox that does not exist from one that refused this mail', () => {
    const now = new Date('2026-03-14T12:00:00Z');
    const event = (fields: object) => ({
      email: 'Ana@Example.com',
      sg_event_id: 'e',
      timestamp: 1_773_489_600,
      ...fields,
    });
    const events = readSendgridEvents(
      JSON.stringify([
        event({
          event: 'bounce',
          type: 'bounce',
          status: '5.1.1',
          reason: 'no such user',
          stoa_message: call.messageId,
        }),
        event({ event: 'bounce', type: 'blocked', reason: 'your address is on a list' }),
        event({ event: 'spamreport' }),
        event({ event: 'processed' }),
        { event: 'delivered' },
        'nonsense',
      ]),
      now,
    );
    assert.deepEqual(
      events?.map(({ what, permanent, address, messageId }) => [what, permanent, address, messageId]),
      [
        ['bounced', true, 'ana@example.com', call.messageId],
        ['bounced', false, 'ana@example.com', null],
        ['complained', false, 'ana@example.com', null],
      ],
    );
    assert.equal(events?.[0]?.at, '2026-03-14T12:00:00.000Z');
    assert.equal(readSendgridEvents('not JSON', now), undefined);
    assert.equal(readSendgridEvents('{}', now), undefined);
  });
});

describe('requests to addresses that people typed in', () => {
  const inside = [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '100::1',
    'not an address',
  ];
  const outside = [
    '8.8.8.8',
    '172.32.0.1',
    '192.167.1.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
  ];

  it('know the addresses that are not on the public internet', () => {
    for (const address of inside) assert.equal(isPublicAddress(address), false, address);
    for (const address of outside) assert.equal(isPublicAddress(address), true, address);
  });

  it('refuse what is no https address, carries a password, or is an inner address in any spelling', () => {
    for (const url of [
      'http://example.com/',
      'ftp://example.com/',
      'javascript:alert(1)',
      'https://user:secret@example.com/',
      '//example.com/',
      'https://',
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://[::1]/',
      'https://[::ffff:169.254.169.254]/',
      'https://169.254.169.254/latest/meta-data/',
      'https://10.0.0.1:8443/',
    ]) {
      assert.throws(() => checkAddress(url, 'public'), EgressRefused, url);
    }
    assert.equal(checkAddress('https://hooks.example.com/stoa?x=1', 'public').hostname, 'hooks.example.com');
  });

  it('refuse a name that leads inside, even with one of its addresses', async () => {
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::1'], []]) {
      const client = openEgress({
        reach: 'public',
        resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      });
      await assert.rejects(client.send({ url: 'https://rebind.example.com/' }), EgressRefused, addresses.join());
    }
  });

  it('resolve once and go to the address that was checked', async () => {
    const server = createServer((request, response) => response.end(request.headers.host)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    let asked = 0;
    const client = openEgress({
      reach: 'development',
      resolve: async () => {
        asked += 1;
        // A name that would lead elsewhere the second time.
        return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
      },
    });
    const url = `http://hooks.example.com:${address.port}/`;
    const answer = await client.send({ url });
    assert.equal(answer.body, `hooks.example.com:${address.port}`);
    assert.equal(asked, 1);
    await assert.rejects(client.send({ url }), EgressRefused);
    server.close();
  });

  it('follow no redirect, wait no longer than they may, and read no more than they want', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      else if (request.url === '/big') response.end(Buffer.alloc(1_000_000, 'a'));
      else if (request.url === '/drip') response.write('a');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    const client = openEgress({ reach: 'development' });
    const base = `http://127.0.0.1:${address.port}`;
    assert.equal((await client.send({ url: `${base}/away` })).status, 302);
    assert.equal((await client.send({ url: `${base}/big`, maxBytes: 1000 })).body.length, 1000);
    await assert.rejects(client.send({ url: `${base}/drip`, timeoutMs: 200 }), /too long/);
    await assert.rejects(openEgress({ reach: 'public' }).send({ url: `${base}/` }), EgressRefused);
    server.closeAllConnections();
    server.close();
  });
});

describe('Retry-After', () => {
  it('is read in seconds and as a date, and ignored when it is neither', () => {
    const now = new Date('2026-03-14T12:00:00Z');
    assert.equal(retryAfterSeconds('17', now), 17);
    assert.equal(retryAfterSeconds('Sat, 14 Mar 2026 12:02:00 GMT', now), 120);
    assert.equal(retryAfterSeconds('Sat, 14 Mar 2026 11:00:00 GMT', now), null);
    assert.equal(retryAfterSeconds('soon', now), null);
    assert.equal(retryAfterSeconds(undefined, now), null);
    assert.equal(retryAfterSeconds('99999999', now), 86_400);
  });
});
