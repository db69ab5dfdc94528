import { allow, type Deps, defineRoute, Id, IdParams, locales, PageQuery, type Route } from '@stoa/kernel';
import { z } from 'zod';
import { choosePreferences, getPreferences, Preferences, PreferencesInput } from './choose-notifications.ts';
import { DeliveryStats, getDeliveryStats } from './get-delivery-stats.ts';
import { listMailbox, MailPage, mailStates } from './list-mailbox.ts';
import { listNotifications, NotificationPage } from './list-notifications.ts';
import type { MailTransport } from './mail-transport.ts';
import { markAllRead, markRead } from './mark-read.ts';
import { listTemplates, previewTemplate, TemplatePreview, TemplateSummary } from './preview-templates.ts';
import { Mail, readMail } from './read-mail.ts';
import { createTicket, Ticket } from './realtime/ticket.ts';
import type { MailJob } from './record-messages.ts';
import { retryMail } from './retry-mail.ts';
import { Notification } from './show-notification.ts';

type RouteDeps = Pick<Deps, 'db' | 'ids' | 'jobs' | 'publicUrl'> & { transport: MailTransport; mailJob: MailJob };

const exampleNotification = {
  id: '019a3f00-0000-7000-8000-000000000010',
  kind: 'enrollment',
  title: 'You are enrolled in “Read a Balance Sheet”',
  body: 'Begin whenever you like. Your progress is saved as you go.',
  path: '/learn/read-a-balance-sheet',
  createdAt: '2026-03-14T18:20:00.000000Z',
  readAt: null,
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
      examples: { body: { read: true } },
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
      examples: { body: {}, response: { unread: 0 } },
      handler: ({ body, ctx }) => markAllRead(deps)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/notifications/preferences',
      summary: 'Which messages you get, by kind and channel',
      policy: allow.user(),
      response: Preferences,
      handler: ({ ctx }) => getPreferences(deps)(ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/notifications/preferences',
      summary: 'Choose which messages you get',
      description: 'Replaces your choices; what you leave out is on. Messages about security cannot be switched off.',
      policy: allow.user(),
      idempotency: 'natural',
      body: PreferencesInput,
      response: Preferences,
      errors: ['notification_not_offered', 'notification_always_sent'],
      examples: { body: { items: [{ kind: 'enrollment', channel: 'email', enabled: false }] } },
      handler: ({ body, ctx }) => choosePreferences(deps)(body, ctx),
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
      rateLimit: { limit: 30, windowSeconds: 60 },
      handler: ({ ctx }) => createTicket(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/mailbox',
      summary: 'Mails written by the platform, newest first',
      description: '`q` looks in address, name, subject and kind.',
      policy: allow.role('support'),
      query: z.strictObject({ ...PageQuery, q: z.string().max(200).optional(), state: z.enum(mailStates).optional() }),
      response: MailPage,
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
      handler: ({ params, ctx }) => retryMail(deps, deps.mailJob)(params, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/templates',
      summary: 'Every kind of message',
      policy: allow.role('support'),
      response: z.strictObject({ items: z.array(TemplateSummary) }),
      handler: ({ ctx }) => listTemplates()(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/templates/:kind',
      summary: 'A kind of message with sample data',
      policy: allow.role('support'),
      params: z.strictObject({ kind: z.string().max(60) }),
      query: z.strictObject({ locale: z.enum(locales).optional() }),
      response: TemplatePreview,
      errors: ['template_not_found'],
      handler: ({ params, query, ctx }) => previewTemplate(deps)({ kind: params.kind, locale: query.locale }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/notifications/stats',
      summary: 'What became of the messages of the last hours',
      policy: allow.role('support'),
      query: z.strictObject({ hours: z.coerce.number().int().min(1).max(720).default(24) }),
      response: DeliveryStats,
      handler: ({ query, ctx }) => getDeliveryStats(deps)(query, ctx),
    }),
  ];
}
