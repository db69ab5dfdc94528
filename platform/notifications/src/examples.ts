import type { z } from 'zod';
import type { Preferences } from './choose-notifications.ts';
import type { LoggedMessage, MessageWithTimeline } from './delivery-log.ts';
import type { Device, DeviceInput, PushKey } from './devices.ts';
import type { DeliveryStats } from './get-delivery-stats.ts';
import type { MailSummary } from './list-mailbox.ts';
import type { TemplatePreview, TemplateSummary } from './preview-templates.ts';
import type { Mail } from './read-mail.ts';
import type { Ticket } from './realtime/ticket.ts';
import type { Notification } from './show-notification.ts';
import type { Suppression } from './suppressions.ts';

/** What the reference shows: Ana Souza has enrolled in a course, and is told so under the bell and by mail. */
const sentAt = '2026-02-10T19:05:02.000000Z';
const createdAt = '2026-02-10T19:05:00.000000Z';
const learnPath = '/learn/reading-a-balance-sheet';
const notice = {
  title: 'You are enrolled in “Reading a balance sheet”',
  body: 'Begin whenever you like. Your progress is saved as you go.',
};
const mailText = 'Hello, Ana Souza. You are enrolled in “Reading a balance sheet”.';
const mailHtml = '<p>Hello, Ana Souza. You are enrolled in “Reading a balance sheet”.</p>';

export const exampleNotification: z.input<typeof Notification> = {
  id: '019c48f1-50b4-7c12-8e57-d9f30a6b2c41',
  kind: 'enrollment',
  ...notice,
  path: learnPath,
  createdAt,
  readAt: null,
};

const choice = { kind: 'enrollment', name: 'Course enrollment', enabled: true, locked: false, digestible: false };
export const examplePreferences: z.input<typeof Preferences> = {
  items: [
    { ...choice, channel: 'email', enabled: false },
    { ...choice, channel: 'push' },
    { ...choice, channel: 'inapp' },
    { ...choice, kind: 'reset-password', name: 'Password reset', channel: 'email', locked: true },
  ],
  channels: [
    { channel: 'email', ready: true, missing: null },
    { channel: 'sms', ready: false, missing: 'phone' },
    { channel: 'push', ready: true, missing: null },
    { channel: 'inapp', ready: true, missing: null },
  ],
  quietHours: { from: '22:00', to: '07:30' },
  timeZone: 'America/Sao_Paulo',
  digest: 'weekly',
};

/** Keys of RFC 8291, section 5. */
export const examplePushKey: z.input<typeof PushKey> = {
  publicKey: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  apps: false,
};
export const exampleDeviceInput: z.input<typeof DeviceInput> = {
  kind: 'webpush',
  endpoint: 'https://push.example.com/send/abc',
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
  name: 'Firefox on the laptop',
};
export const exampleDevice: z.input<typeof Device> = {
  id: '019c5f14-6be0-7a83-b20d-71e9f4c5a386',
  kind: 'webpush',
  name: 'Firefox on the laptop',
  createdAt: '2026-02-15T10:12:44.000000Z',
  seenAt: '2026-03-14T17:58:20.000000Z',
};
export const examplePhone = { number: '+5511912345678', verified: true };
export const exampleTicket: z.input<typeof Ticket> = {
  ticket: 'a-ticket-that-was-used-long-ago-Q2x1ZQ',
  expiresInSeconds: 30,
};

export const exampleMailSummary: z.input<typeof MailSummary> = {
  id: '019c48f1-50b5-7f68-91d3-2b7e04c8a5f6',
  kind: 'enrollment',
  state: 'sent',
  reason: null,
  attempts: 1,
  to: { name: 'Ana Souza', address: 'ana@example.com' },
  subject: 'You are enrolled: Reading a balance sheet',
  locale: 'en',
  transport: 'smtp',
  createdAt,
  sentAt,
};
const timeline = [
  { what: 'queued', detail: null, at: createdAt },
  { what: 'sent', detail: '250 2.0.0 Ok: queued as 4XkT7r2Zq9', at: sentAt },
];
export const exampleMail: z.input<typeof Mail> = {
  ...exampleMailSummary,
  html: mailHtml,
  text: mailText,
  headers: { 'Message-ID': `<${exampleMailSummary.id}@stoa.example.com>` },
  linkHidden: false,
  attachments: [],
  timeline,
};
export const exampleLogged: z.input<typeof LoggedMessage> = {
  id: exampleMailSummary.id,
  kind: 'enrollment',
  channel: 'email',
  state: 'sent',
  reason: null,
  attempts: 1,
  userId: '0199f3f0-6a5e-7c3a-9b6e-2f4b1f0f7a11',
  to: { name: 'Ana Souza', address: 'ana@example.com' },
  provider: 'smtp',
  createdAt,
  dueAt: null,
  sentAt,
};
export const exampleLoggedInFull: z.input<typeof MessageWithTimeline> = {
  ...exampleLogged,
  providerId: exampleMail.headers['Message-ID'] ?? null,
  digestId: null,
  hasMail: true,
  timeline,
  devices: [],
};
export const exampleTemplate: z.input<typeof TemplateSummary> = {
  kind: 'enrollment',
  name: 'Course enrollment',
  channels: ['email', 'push', 'inapp'],
  security: false,
  urgency: 'prompted',
};
export const examplePreview: z.input<typeof TemplatePreview> = {
  ...exampleTemplate,
  locale: 'en',
  mail: { subject: 'You are enrolled: Reading a balance sheet', html: mailHtml, text: mailText },
  sms: null,
  push: { ...notice, url: `https://stoa.example.com${learnPath}` },
  inapp: { ...notice, url: `https://stoa.example.com${learnPath}` },
};
export const exampleSuppression: z.input<typeof Suppression> = {
  id: '019cd8e5-17b2-7e90-8a46-c5f1d03b7e92',
  channel: 'email',
  address: 'closed.mailbox@example.com',
  reason: 'bounce',
  detail: '550 5.1.1 No such user',
  createdAt: '2026-03-10T18:34:09.000000Z',
};
export const exampleStats: z.input<typeof DeliveryStats> = {
  counts: [
    { kind: 'enrollment', channel: 'email', state: 'sent', count: 62 },
    { kind: 'enrollment', channel: 'inapp', state: 'sent', count: 71 },
    { kind: 'purchase', channel: 'email', state: 'failed', count: 1 },
  ],
  oldestQueuedSeconds: 0,
  transport: 'smtp',
};
