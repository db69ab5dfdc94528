import { allow, type Deps, defineRoute, Id, IdParams, locales, PageQuery, type Route } from '@stoa/kernel';
import { z } from 'zod';
import type { Channels } from './channels/open.ts';
import { choosePreferences, getPreferences, Preferences, PreferencesInput } from './choose-notifications.ts';
import { askForPhoneCode, confirmPhone, getPhone, Phone, PhoneNumber, removePhone } from './confirm-phone.ts';
import { LogQuery, listMessageLog, MessageLog, MessageWithTimeline, readMessageLog } from './delivery-log.ts';
import {
  addDevice,
  Device,
  DeviceInput,
  DeviceList,
  getPushKey,
  listDevices,
  PushKey,
  removeDevice,
} from './devices.ts';
import {
  exampleDevice,
  exampleDeviceInput,
  exampleLogged,
  exampleLoggedInFull,
  exampleMail,
  exampleMailSummary,
  exampleNotification,
  examplePhone,
  examplePreferences,
  examplePreview,
  examplePushKey,
  exampleStats,
  exampleSuppression,
  exampleTemplate,
  exampleTicket,
} from './examples.ts';
import { DeliveryStats, getDeliveryStats } from './get-delivery-stats.ts';
import { listMailbox, MailPage, messageStates } from './list-mailbox.ts';
import { listNotifications, NotificationPage } from './list-notifications.ts';
import { markAllRead, markRead } from './mark-read.ts';
import { listTemplates, previewTemplate, TemplatePreview, TemplateSummary } from './preview-templates.ts';
import { Mail, readMail } from './read-mail.ts';
import { createTicket, Ticket } from './realtime/ticket.ts';
import type { RecordMessages, SendJobs } from './record-messages.ts';
import { retryMessage } from './retry-message.ts';
import { Notification } from './show-notification.ts';
import { liftSuppression, listSuppressions, SuppressionPage } from './suppressions.ts';
import { channels } from './templates/template.ts';

type RouteDeps = Pick<Deps, 'db' | 'ids' | 'jobs' | 'clock' | 'publicUrl'> & {
  channels: Channels;
  sendJobs: SendJobs;
  record: RecordMessages;
  codeSecret: string;
  smsOffered: boolean;
  reachesLoopback: boolean;
};

/** The HTTP operations of notifications. */
export function routes(deps: RouteDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/notifications',
      summary: 'Your notifications, newest first',
      policy: allow.user(),
      query: z.strictObject(PageQuery),
      response: NotificationPage,
      examples: { response: { items: [exampleNotification], unread: 1 } },
      handler: ({ query, ctx }) => listNotifications(deps)(query, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/notifications/:id',
      summary: 'Mark a notification read or unread',
      policy: allow.user(),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({ read: z.boolean() }),
      response: Notification,
      errors: ['notification_not_found'],
      examples: { body: { read: true }, response: { ...exampleNotification, readAt: '2026-02-10T19:12:40.000000Z' } },
      handler: ({ params, body, ctx }) => markRead(deps)({ id: params.id, read: body.read }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/notifications/read-all',
      summary: 'Mark your notifications read',
      description: 'With `upTo` only that one and older ones: what came after you looked stays unread.',
      policy: allow.user(),
      idempotency: 'natural',
      body: z.strictObject({ upTo: Id.optional() }),
      response: z.strictObject({ unread: z.int() }),
      status: 200,
      examples: { body: { upTo: exampleNotification.id }, response: { unread: 0 } },
      handler: ({ body, ctx }) => markAllRead(deps)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/notifications/preferences',
      summary: 'Which messages you get, by kind and channel',
      policy: allow.user(),
      response: Preferences,
      examples: { response: examplePreferences },
      handler: ({ ctx }) => getPreferences(deps)(ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/notifications/preferences',
      summary: 'Choose which messages you get',
      description:
        'Replaces your choices; what you leave out is at its default: text messages off, everything else on. Messages ' +
        'about security cannot be switched off. `quietHours` and `digest` stay as they are when left out.',
      policy: allow.user(),
      idempotency: 'natural',
      body: PreferencesInput,
      response: Preferences,
      errors: ['notification_not_offered', 'notification_always_sent', 'quiet_hours_empty'],
      examples: {
        body: {
          items: [{ kind: 'enrollment', channel: 'email', enabled: false }],
          quietHours: { from: '22:00', to: '07:30' },
          digest: 'weekly',
        },
        response: examplePreferences,
      },
      handler: ({ body, ctx }) => choosePreferences(deps)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/notifications/push-key',
      summary: 'The key that browsers subscribe to push messages with',
      description: 'The application server key (RFC 8292), base64url. `apps` says whether apps may register too.',
      policy: allow.anyone(),
      response: PushKey,
      examples: { response: examplePushKey },
      handler: ({ ctx }) => getPushKey(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/notifications/devices',
      summary: 'Your devices that get push messages',
      policy: allow.user(),
      response: DeviceList,
      examples: { response: { items: [exampleDevice] } },
      handler: ({ ctx }) => listDevices(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/notifications/devices',
      summary: 'Get push messages on this device',
      description: 'An app sends its FCM registration token, a browser its push subscription. Again: refreshes it.',
      policy: allow.user(),
      idempotency: 'natural',
      body: DeviceInput,
      response: Device,
      status: 201,
      errors: ['push_not_offered', 'push_subscription_refused'],
      rateLimit: { limit: 30, windowSeconds: 60 },
      examples: { body: exampleDeviceInput, response: exampleDevice },
      handler: ({ body, ctx }) => addDevice(deps)(body, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/notifications/devices/:id',
      summary: 'Stop push messages on a device',
      policy: allow.user(),
      idempotency: 'natural',
      params: IdParams,
      errors: ['device_not_found'],
      handler: ({ params, ctx }) => removeDevice(deps)(params, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/notifications/phone',
      summary: 'Your number for text messages',
      policy: allow.user(),
      response: Phone,
      examples: { response: examplePhone },
      handler: ({ ctx }) => getPhone(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/notifications/phone',
      summary: 'Give a number and get a code there',
      description: 'The number in E.164. It is used once the code came back.',
      policy: allow.user(),
      idempotency: 'natural',
      body: z.strictObject({ number: PhoneNumber }),
      response: Phone,
      status: 202,
      errors: ['text_messages_not_offered', 'code_sent_recently'],
      rateLimit: { limit: 5, windowSeconds: 3600 },
      examples: { body: { number: examplePhone.number }, response: { ...examplePhone, verified: false } },
      handler: ({ body, ctx }) => askForPhoneCode(deps)(body, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/notifications/phone/confirmation',
      summary: 'Confirm your number with the code',
      policy: allow.user(),
      idempotency: 'natural',
      body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
      response: Phone,
      status: 200,
      errors: ['wrong_code'],
      rateLimit: { limit: 20, windowSeconds: 3600 },
      examples: { body: { code: '123456' }, response: examplePhone },
      handler: ({ body, ctx }) => confirmPhone(deps)(body, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/notifications/phone',
      summary: 'Forget your number',
      policy: allow.user(),
      idempotency: 'natural',
      handler: ({ ctx }) => removePhone(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/realtime/tickets',
      summary: 'Get a ticket for the WebSocket',
      description:
        'Works once, for 30 seconds: open `/api/realtime?ticket=...` and send `{"resumeAfter": id}` with the newest ' +
        'notification you have (null if you have none). What you missed follows, then news as they come: ' +
        '`{"type":"notification","notification":{...}}`, `{"type":"unread","unread":n}`, and `{"type":"reload"}` when ' +
        'you missed too much and should load the list. On close code 4001 come back with a new ticket; on 4029 close ' +
        'another page first.',
      policy: allow.user(),
      idempotency: 'natural',
      response: Ticket,
      status: 201,
      // Each page that is loaded whole asks for one, and whoever looks through a list opens many of them.
      rateLimit: { limit: 120, windowSeconds: 60 },
      examples: { response: exampleTicket },
      handler: ({ ctx }) => createTicket(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/mailbox',
      summary: 'Mails written by the platform, newest first',
      description: '`q` looks in address, name, subject and kind.',
      policy: allow.role('support'),
      query: z.strictObject({
        ...PageQuery,
        q: z
          .string()
          .max(200)
          .optional()
          .meta({ examples: ['ana@example.com'] }),
        state: z.enum(messageStates).optional(),
      }),
      response: MailPage,
      examples: { response: { items: [exampleMailSummary] } },
      handler: ({ query, ctx }) => listMailbox(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/mailbox/:id',
      summary: 'One mail as it was written, with its timeline',
      description:
        'Where a mail server delivers mails, the copy kept here holds no one-time link. Without one, the link is in ' +
        'the mail until it is over; that of a password reset is shown to administrators only.',
      policy: allow.role('support'),
      params: IdParams,
      response: Mail,
      errors: ['mail_not_found'],
      examples: { response: exampleMail },
      handler: ({ params, ctx }) => readMail(deps)(params, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/mailbox/:id/retry',
      summary: 'Send a failed mail again',
      policy: allow.role('support'),
      idempotency: 'natural',
      params: IdParams,
      response: z.strictObject({ id: z.string(), state: z.literal('queued') }),
      status: 202,
      errors: ['mail_not_found', 'mail_not_failed'],
      examples: { response: { id: exampleMailSummary.id, state: 'queued' } },
      handler: ({ params, ctx }) => retryMessage(deps, deps.sendJobs, { mailOnly: true })(params, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/notifications/templates',
      summary: 'Every kind of message',
      policy: allow.role('support'),
      response: z.strictObject({ items: z.array(TemplateSummary) }),
      examples: { response: { items: [exampleTemplate] } },
      handler: ({ ctx }) => listTemplates()(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/notifications/templates/:kind/preview',
      summary: 'A kind of message with sample data, in a language and channel',
      description: 'Without `channel` in every channel the kind has.',
      policy: allow.role('support'),
      params: z.strictObject({
        kind: z
          .string()
          .max(60)
          .meta({ examples: ['welcome'] }),
      }),
      query: z.strictObject({ locale: z.enum(locales).optional(), channel: z.enum(channels).optional() }),
      response: TemplatePreview,
      errors: ['template_not_found'],
      examples: { response: examplePreview },
      handler: ({ params, query, ctx }) => previewTemplate(deps)({ kind: params.kind, ...query }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/notifications/log',
      summary: 'Messages of every channel, newest first',
      description: '`q` looks in name, address and number.',
      policy: allow.role('support'),
      query: z.strictObject({ ...PageQuery, ...LogQuery }),
      response: MessageLog,
      examples: { response: { items: [exampleLogged] } },
      handler: ({ query, ctx }) => listMessageLog(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/notifications/log/:id',
      summary: 'One message with its timeline',
      policy: allow.role('support'),
      params: IdParams,
      response: MessageWithTimeline,
      errors: ['message_not_found'],
      examples: { response: exampleLoggedInFull },
      handler: ({ params, ctx }) => readMessageLog(deps)(params, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/notifications/log/:id/retry',
      summary: 'Send a failed message again',
      policy: allow.role('support'),
      idempotency: 'natural',
      params: IdParams,
      response: z.strictObject({ id: z.string(), state: z.literal('queued') }),
      status: 202,
      errors: ['message_not_found', 'mail_not_failed'],
      examples: { response: { id: exampleLogged.id, state: 'queued' } },
      handler: ({ params, ctx }) => retryMessage(deps, deps.sendJobs)(params, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/notifications/suppressions',
      summary: 'Addresses and numbers that are not written to, newest first',
      policy: allow.role('support'),
      query: z.strictObject({
        ...PageQuery,
        q: z
          .string()
          .max(200)
          .optional()
          .meta({ examples: ['ana@example.com'] }),
        channel: z.enum(['email', 'sms']).optional(),
      }),
      response: SuppressionPage,
      examples: { response: { items: [exampleSuppression] } },
      handler: ({ query, ctx }) => listSuppressions(deps)(query, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/admin/notifications/suppressions/:id',
      summary: 'Write to an address again',
      policy: allow.role('support'),
      idempotency: 'natural',
      params: IdParams,
      errors: ['suppression_not_found'],
      handler: ({ params, ctx }) => liftSuppression(deps)(params, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/notifications/stats',
      summary: 'What became of the messages of the last hours',
      policy: allow.role('support'),
      query: z.strictObject({ hours: z.coerce.number().int().min(1).max(720).default(24) }),
      response: DeliveryStats,
      examples: { response: exampleStats },
      handler: ({ query, ctx }) => getDeliveryStats(deps)(query, ctx),
    }),
  ];
}
