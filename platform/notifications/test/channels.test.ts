import { generateKeyPairSync } from 'node:crypto';
import { systemClock, systemIds } from '@stoa/kernel';
import { fcmAdapter, readServiceAccount } from '../src/channels/fcm.ts';
import type { EmailMessage, PushMessage, SmsMessage } from '../src/channels/port.ts';
import { sendgridAdapter } from '../src/channels/sendgrid.ts';
import { smtpAdapter } from '../src/channels/smtp.ts';
import { twilioAdapter } from '../src/channels/twilio.ts';
import { deriveVapidKey } from '../src/channels/vapid.ts';
import { webPushAdapter } from '../src/channels/web-push.ts';
import { openEgress } from '../src/egress/egress.ts';
import { channelContract } from './channel-contract.ts';
import { startFcm } from './simulators/fcm.ts';
import type { Trouble } from './simulators/provider-server.ts';
import { startPushService } from './simulators/push-service.ts';
import { startSendgrid } from './simulators/sendgrid.ts';
import { startTwilio } from './simulators/twilio.ts';
import { startMailhost } from './smtp.ts';

const clock = systemClock;
const egress = openEgress({ reach: 'operator' });
const from = { name: 'Stoa', address: 'hello@stoa.example' };
const overHttp: readonly Trouble[] = ['overloaded', 'down', 'html', 'reset', 'silence'];
const timeoutMs = 400;

const mail = (text: string, address = 'ana@example.com'): EmailMessage => ({
  to: { name: 'Ana Souza', address },
  subject: text,
  html: `<p>${text}</p>`,
  text,
  messageId: `<${systemIds.id()}@stoa.example>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
  attachments: [{ fileName: 'fatura.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.7') }],
});
const push = (target: PushMessage['target'], text: string): PushMessage => ({
  target,
  title: 'Stoa',
  body: text,
  url: 'https://stoa.example/learning',
  kind: 'enrollment',
  ttlSeconds: 3600,
  urgent: false,
});

channelContract<EmailMessage>('SMTP', async () => {
  const mailhost = await startMailhost();
  let trouble: Trouble | undefined;
  mailhost.answer = ({ to }) => {
    if (trouble === 'overloaded') return { code: 450, at: 'rcpt' };
    if (trouble === 'down') return { code: 421, at: 'data' };
    if (to.some((address) => address.startsWith('nobody')))
      return { code: 550, at: 'rcpt', text: '5.1.1 no such user' };
    if (to.some((address) => address.startsWith('picky')))
      return { code: 554, at: 'data', text: '5.7.1 not like this' };
    return undefined;
  };
  return {
    adapter: smtpAdapter({ url: mailhost.url, from, timeoutMs }),
    message: (text) => mail(text),
    arrived: (text) => mailhost.mails.filter((one) => one.subject === text && one.text.trim() === text).length,
    refused: {
      bad_address: () => mail('To nobody', 'nobody@example.com'),
      rejected: () => mail('No', 'picky@example.com'),
    },
    trouble: (next) => {
      trouble = next;
    },
    overloadedSeconds: null,
    close: mailhost.close,
  };
}, ['overloaded', 'down']);

channelContract<EmailMessage>(
  'SendGrid',
  async () => {
    const simulator = await startSendgrid();
    const open = (apiKey: string) =>
      sendgridAdapter({ apiKey, baseUrl: simulator.url, from, egress, clock, timeoutMs });
    return {
      adapter: open(simulator.apiKey),
      message: (text) => mail(text),
      arrived: (text) => simulator.mails.filter((one) => one.subject === text && one.content[0]?.value === text).length,
      refused: {
        bad_address: () => mail('To nowhere', 'nowhere'),
        rejected: () => ({ ...mail('x'), headers: { 'Reply-To': 'x' } }),
      },
      trouble: (next) => {
        simulator.trouble = next;
      },
      overloadedSeconds: 23,
      stranger: { adapter: open('SG.wrong-key'), secret: 'SG.wrong-key' },
      close: simulator.close,
    };
  },
  overHttp,
);

channelContract<SmsMessage>(
  'Twilio',
  async () => {
    const simulator = await startTwilio();
    const open = (authToken: string) =>
      twilioAdapter({
        accountSid: simulator.accountSid,
        authToken,
        sender: simulator.sender,
        baseUrl: simulator.url,
        callbackUrl: 'https://stoa.example/api/notifications/webhooks/twilio',
        egress,
        clock,
        timeoutMs,
      });
    simulator.stopped.add('+15558675399');
    return {
      adapter: open(simulator.authToken),
      message: (text) => ({ to: '+15558675310', text }),
      arrived: (text) => simulator.messages.filter((one) => one.body === text).length,
      refused: {
        bad_address: () => ({ to: '+1500', text: 'To nobody' }),
        suppressed: () => ({ to: '+15558675399', text: 'To somebody who said stop' }),
        rejected: () => ({ to: '+15558675310', text: 'x'.repeat(1601) }),
      },
      trouble: (next) => {
        simulator.trouble = next;
      },
      overloadedSeconds: 17,
      stranger: { adapter: open('wrong-token'), secret: 'wrong-token' },
      close: simulator.close,
    };
  },
  overHttp,
);

channelContract<PushMessage>('FCM', async () => {
  const simulator = await startFcm();
  const device = 'fcm-device-token:APA91bExample-1';
  const foreign = 'fcm-device-token:APA91bForeign-1';
  simulator.devices.set(device, []);
  simulator.foreign.add(foreign);
  const open = (account: string) =>
    fcmAdapter({ account: readServiceAccount(account), baseUrl: simulator.url, egress, clock, timeoutMs });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrongKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const account: Record<string, unknown> = JSON.parse(simulator.account);
  return {
    adapter: open(simulator.account),
    message: (text) => push({ kind: 'fcm', token: device }, text),
    arrived: (text) => simulator.devices.get(device)?.filter((one) => one.notification?.body === text).length ?? 0,
    refused: {
      unregistered: () => push({ kind: 'fcm', token: 'fcm-device-token:APA91bGone-1' }, 'x'),
      bad_address: () => push({ kind: 'fcm', token: 'not-a-token' }, 'x'),
      rejected: () => push({ kind: 'fcm', token: device }, 'ã'.repeat(3000)),
    },
    trouble: (next) => {
      simulator.trouble = next;
    },
    overloadedSeconds: 60,
    stranger: { adapter: open(JSON.stringify({ ...account, private_key: wrongKey })), secret: wrongKey.slice(40, 80) },
    close: simulator.close,
  };
}, [...overHttp, 'broken']);

channelContract<PushMessage>(
  'Web Push',
  async () => {
    const service = await startPushService();
    const key = deriveVapidKey('a secret of an installation in a test');
    const other = deriveVapidKey('another secret');
    const browser = service.subscribe(key.publicKey);
    const gone = service.subscribe(key.publicKey);
    service.unsubscribe(gone);
    const open = (own: typeof key) =>
      webPushAdapter({
        key: own,
        subject: 'mailto:hello@stoa.example',
        egress: openEgress({ reach: 'development' }),
        clock,
        timeoutMs,
      });
    const target = (from: typeof browser): PushMessage['target'] => ({
      kind: 'webpush',
      endpoint: from.subscription.endpoint,
      ...from.subscription.keys,
    });
    return {
      adapter: open(key),
      message: (text) => push(target(browser), text),
      arrived: (text) => browser.shown.filter((one) => one.body === text).length,
      refused: {
        unregistered: () => push(target(gone), 'x'),
        bad_address: () =>
          push({ ...target(browser), kind: 'webpush', endpoint: 'https://10.0.0.7/push', p256dh: '', auth: '' }, 'x'),
      },
      trouble: (next) => {
        service.trouble = next;
      },
      overloadedSeconds: 31,
      stranger: { adapter: open(other), secret: other.privateKey.toString('base64url') },
      close: service.close,
    };
  },
  overHttp,
);
