import { paymentRows } from './payment-authorization.ts';

/**
 * Who may do what: the declared truth that the authorization matrix is checked against. Every operation of the OpenAPI
 * document has a row; one that is missing here fails the test.
 *
 * The world: learner A is enrolled in the course of instructor A and has completed it. Learner B and instructor B are
 * the same kind of people without any relation to it. Rows are checked from top to bottom: what takes something away
 * from somebody stands at the end.
 */
export const actors = ['anonymous', 'learnerA', 'learnerB', 'instructorA', 'instructorB', 'support', 'admin'] as const;
export type Actor = (typeof actors)[number];

/** Objects of the world. `none` names nothing that exists. */
export type ObjectName =
  | 'course'
  | 'draft'
  | 'bundle'
  | 'otherCourse'
  | 'lesson'
  | 'module'
  | 'preview'
  | 'problem'
  | 'file'
  | 'cover'
  | 'enrollment'
  | 'certificate'
  | 'code'
  | 'import'
  | 'notification'
  | 'device'
  | 'webhook'
  | 'webhookDelivery'
  | 'mail'
  | 'session'
  | 'spareUser'
  | 'template'
  | 'order'
  | 'payment'
  | 'invoice'
  | 'membership'
  | 'membershipDraft'
  | 'subscription'
  | 'instalments'
  | 'provider'
  | 'none';

export type Row = {
  may: readonly Actor[];
  /** What stands in the path; operations without an object have none. */
  object?: ObjectName;
  body?: unknown;
  /** The first who may takes it away from the others who may. */
  takesAway?: true;
  /** An object that does not exist answers as one that is empty: there is nothing to tell apart. */
  missingIsEmpty?: true;
};

const everyone = actors;
const signedIn: readonly Actor[] = actors.filter((actor) => actor !== 'anonymous');
const teachers: readonly Actor[] = ['instructorA', 'instructorB', 'admin'];
const operators: readonly Actor[] = ['support', 'admin'];
const author: readonly Actor[] = ['instructorA', 'admin'];
const reader: readonly Actor[] = ['learnerA', 'instructorA', 'admin'];
const admin: readonly Actor[] = ['admin'];
const nobody: readonly Actor[] = [];

export const table: Record<string, readonly Row[]> = {
  ...paymentRows,
  // Anyone
  'GET /api/categories': [{ may: everyone }],
  'GET /api/courses': [{ may: everyone }],
  'GET /api/courses/{id}': [
    { object: 'course', may: everyone },
    { object: 'draft', may: author },
  ],
  'GET /api/courses/{id}/lessons': [
    { object: 'course', may: everyone },
    { object: 'draft', may: author },
  ],
  'GET /api/certificates/verify/{code}': [{ object: 'code', may: everyone }],
  'POST /api/auth/register': [{ may: everyone }],
  'POST /api/auth/login': [{ may: everyone }],
  'POST /api/auth/refresh': [{ may: everyone }],
  'POST /api/auth/logout': [{ may: everyone }],
  'POST /api/auth/verify-email': [{ may: everyone }],
  'POST /api/auth/forgot-password': [{ may: everyone }],
  'POST /api/auth/reset-password': [{ may: everyone }],
  'POST /api/auth/confirm-email-change': [{ may: everyone }],
  'POST /api/auth/undo-email-change': [{ may: everyone }],

  // Several courses at one price
  'GET /api/bundles': [{ may: everyone }],
  'GET /api/bundles/mine': [{ may: teachers }],
  'POST /api/bundles': [
    {
      may: teachers,
      body: {
        title: 'Nothing of mine',
        price: { amount: 100, currency: 'BRL' },
        courseIds: ['019aa000-0000-7000-8000-000000000001', '019aa000-0000-7000-8000-000000000002'],
      },
    },
  ],
  'GET /api/bundles/{id}': [{ object: 'bundle', may: author }],
  'PATCH /api/bundles/{id}': [{ object: 'bundle', may: author, body: { summary: 'Changed.' } }],
  'PUT /api/bundles/{id}/cover': [{ object: 'bundle', may: author }],
  'DELETE /api/bundles/{id}/cover': [{ object: 'bundle', may: author }],
  'POST /api/bundles/{id}/publish': [{ object: 'bundle', may: author }],
  'POST /api/bundles/{id}/archive': [{ object: 'bundle', may: author }],

  // Kept for later
  'GET /api/wish-list': [{ may: signedIn }],
  'GET /api/wish-list/ids': [{ may: signedIn }],
  'POST /api/wish-list': [{ may: signedIn, body: { wishes: [] } }],
  'PUT /api/wish-list/{courseId}': [
    { object: 'course', may: signedIn },
    { object: 'draft', may: nobody },
  ],
  'DELETE /api/wish-list/{courseId}': [{ object: 'course', may: signedIn, missingIsEmpty: true }],

  // Material of a course
  'GET /api/lessons/{id}': [
    { object: 'lesson', may: reader },
    { object: 'preview', may: everyone },
  ],
  'GET /api/lessons/{lessonId}/problems': [{ object: 'lesson', may: reader, missingIsEmpty: true }],
  'GET /api/problems/{id}': [{ object: 'problem', may: reader }],
  'POST /api/problems/{id}/attempts': [{ object: 'problem', may: reader, body: { answers: {} } }],
  'POST /api/problems/{id}/hints': [{ object: 'problem', may: reader }],
  'GET /api/media/{id}': [
    { object: 'file', may: reader },
    { object: 'cover', may: everyone },
  ],

  // Learning
  'POST /api/courses/{id}/enrollments': [
    { object: 'otherCourse', may: signedIn },
    { object: 'draft', may: nobody },
  ],
  'GET /api/enrollments': [{ may: signedIn }],
  'GET /api/courses/{id}/enrollment': [{ object: 'course', may: ['learnerA'] }],
  'GET /api/progress/courses/{id}': [{ object: 'course', may: ['learnerA'] }],
  'POST /api/progress/lessons/{id}': [{ object: 'lesson', may: ['learnerA'], body: { state: 'viewed' } }],
  'GET /api/certificates/{id}': [{ object: 'certificate', may: reader }],

  // Teaching
  'GET /api/courses/mine': [{ may: teachers }],
  'POST /api/courses': [{ may: teachers }],
  'PATCH /api/courses/{id}': [
    { object: 'course', may: author, body: { summary: 'Changed.' } },
    { object: 'draft', may: author, body: { summary: 'Changed.' } },
  ],
  'POST /api/courses/{id}/files': [{ object: 'draft', may: author }],
  'PUT /api/courses/{id}/cover': [{ object: 'draft', may: author }],
  'DELETE /api/courses/{id}/cover': [{ object: 'draft', may: author }],
  'POST /api/courses/{id}/publish': [{ object: 'course', may: author }],
  'POST /api/courses/{id}/lessons': [{ object: 'draft', may: author, body: { title: 'New', module: 'New' } }],
  'POST /api/courses/{id}/lessons/file': [{ object: 'draft', may: author }],
  'PATCH /api/modules/{id}': [{ object: 'module', may: author, body: { position: 1 } }],
  'GET /api/lessons/{id}/text': [{ object: 'lesson', may: author }],
  'PUT /api/lessons/{id}/file': [{ object: 'lesson', may: author }],
  'DELETE /api/lessons/{id}/file': [{ object: 'lesson', may: author }],
  'PATCH /api/lessons/{id}': [{ object: 'lesson', may: author, body: { durationSeconds: 61 } }],
  'PUT /api/lessons/{id}/place': [{ object: 'lesson', may: author, body: { position: 1 } }],
  'POST /api/courses/imports': [{ may: teachers }],
  'GET /api/courses/imports': [{ may: teachers }],
  'GET /api/courses/imports/{id}': [{ object: 'import', may: author }],

  // Memberships
  'GET /api/memberships': [{ may: everyone }],
  'GET /api/memberships/mine': [{ may: teachers }],
  'GET /api/memberships/held': [{ may: signedIn }],
  'GET /api/memberships/{id}': [
    { object: 'membership', may: everyone },
    { object: 'membershipDraft', may: author },
  ],
  'GET /api/memberships/{id}/courses': [
    { object: 'membership', may: everyone },
    { object: 'membershipDraft', may: author },
  ],
  'GET /api/courses/{id}/memberships': [
    { object: 'course', may: everyone },
    { object: 'draft', may: author },
  ],
  'POST /api/memberships': [{ may: teachers }],
  'PATCH /api/memberships/{id}': [{ object: 'membershipDraft', may: author, body: { summary: 'Changed.' } }],
  'POST /api/memberships/{id}/publish': [{ object: 'membership', may: author }],
  'POST /api/memberships/{id}/archive': [{ object: 'membership', may: author }],

  // One's own account
  'GET /api/users/me': [{ may: signedIn }],
  'PATCH /api/users/me': [{ may: signedIn, body: { timeZone: 'UTC' } }],
  'GET /api/users/me/preferences': [{ may: signedIn }],
  'PUT /api/users/me/preferences': [{ may: signedIn }],
  'POST /api/users/me/email-verification': [{ may: signedIn }],
  'GET /api/users/me/email-change': [{ may: signedIn }],
  'POST /api/users/me/email-change': [
    { may: signedIn, body: { email: 'another@stoa.test', password: 'not the password' } },
  ],
  'DELETE /api/users/me/email-change': [{ may: signedIn }],
  'POST /api/users/me/export': [{ may: signedIn }],
  'GET /api/users/me/exports': [{ may: signedIn }],
  'POST /api/users/me/exports/{id}/file': [{ object: 'none', may: [] }],
  'GET /api/users/me/sessions': [{ may: signedIn }],
  // The password is wrong, so that everybody is still there afterwards.
  'POST /api/users/me/password': [
    { may: signedIn, body: { currentPassword: 'not the password', newPassword: 'a new long password 7' } },
  ],
  'DELETE /api/users/me': [{ may: signedIn, body: { password: 'not the password' } }],
  // The token is nobody's, so the answer is that of a cut link for everyone.
  'POST /api/notifications/unsubscribe': [{ may: everyone }],
  'GET /api/notifications/unsubscribe': [{ may: everyone }],
  'GET /api/notifications/subscription': [{ may: everyone }],
  'PUT /api/notifications/subscription': [{ may: everyone, body: { enabled: true } }],
  'GET /api/notifications': [{ may: signedIn }],
  'PATCH /api/notifications/{id}': [{ object: 'notification', may: ['learnerA'] }],
  'POST /api/notifications/read-all': [{ may: signedIn }],
  'GET /api/notifications/preferences': [{ may: signedIn }],
  'PUT /api/notifications/preferences': [{ may: signedIn }],
  'GET /api/notifications/push-key': [{ may: everyone }],
  'GET /api/notifications/devices': [{ may: signedIn }],
  'POST /api/notifications/devices': [{ may: signedIn }],
  'GET /api/notifications/phone': [{ may: signedIn }],
  // No provider of text messages here: nobody is asked to prove a number.
  'POST /api/notifications/phone': [{ may: signedIn }],
  'POST /api/notifications/phone/confirmation': [{ may: signedIn }],
  'DELETE /api/notifications/phone': [{ may: signedIn }],
  // Signed by providers, of which none is configured here.
  'POST /api/notifications/webhooks/twilio': [{ may: nobody }],
  'POST /api/notifications/webhooks/sendgrid': [{ may: nobody }],
  'POST /api/realtime/tickets': [{ may: signedIn }],

  // Operating
  'GET /api/admin/activity': [{ may: operators }],
  'GET /api/admin/dead-letters': [{ may: operators }],
  'POST /api/admin/dead-letters/{id}/replay': [
    { object: 'none', may: nobody, body: { context: 'courses', kind: 'event' } },
  ],
  'GET /api/admin/mailbox': [{ may: operators }],
  'GET /api/admin/mailbox/{id}': [{ object: 'mail', may: operators }],
  'POST /api/admin/mailbox/{id}/retry': [{ object: 'mail', may: operators }],
  'GET /api/admin/notifications/templates': [{ may: operators }],
  'GET /api/admin/notifications/templates/{kind}/preview': [{ object: 'template', may: operators }],
  'GET /api/admin/notifications/log': [{ may: operators }],
  'GET /api/admin/notifications/log/{id}': [{ object: 'mail', may: operators }],
  'POST /api/admin/notifications/log/{id}/retry': [{ object: 'mail', may: operators }],
  'GET /api/admin/notifications/suppressions': [{ may: operators }],
  'DELETE /api/admin/notifications/suppressions/{id}': [{ object: 'none', may: nobody }],
  'GET /api/admin/notifications/stats': [{ may: operators }],
  'GET /api/admin/webhooks': [{ may: admin }],
  'POST /api/admin/webhooks': [{ may: admin }],
  'GET /api/admin/webhooks/{id}': [{ object: 'webhook', may: admin }],
  'PATCH /api/admin/webhooks/{id}': [{ object: 'webhook', may: admin }],
  'POST /api/admin/webhooks/{id}/secret': [{ object: 'webhook', may: admin }],
  'POST /api/admin/webhooks/{id}/ping': [{ object: 'webhook', may: admin }],
  'GET /api/admin/webhooks/{id}/deliveries': [{ object: 'webhook', may: admin }],
  'GET /api/admin/webhook-deliveries/{id}': [{ object: 'webhookDelivery', may: admin }],
  'POST /api/admin/webhook-deliveries/{id}/redelivery': [{ object: 'webhookDelivery', may: admin }],
  'GET /api/admin/users': [{ may: operators }],
  'GET /api/admin/users/{id}': [{ object: 'spareUser', may: operators }],
  'POST /api/admin/users/{id}/unlock': [{ object: 'spareUser', may: operators }],
  'DELETE /api/admin/users/{id}/sessions': [{ object: 'spareUser', may: operators }],
  'GET /api/admin/audit': [{ may: admin }],
  'GET /api/admin/replays': [{ may: admin }],
  'PATCH /api/admin/users/{id}': [{ object: 'spareUser', may: admin, body: { roles: ['student'] } }],

  // Taking something away
  'DELETE /api/admin/webhooks/{id}': [{ object: 'webhook', may: admin, takesAway: true }],
  'DELETE /api/notifications/devices/{id}': [{ object: 'device', may: ['learnerA'], takesAway: true }],
  'POST /api/certificates/{id}/revocation': [{ object: 'certificate', may: author }],
  'DELETE /api/certificates/{id}/revocation': [{ object: 'certificate', may: author }],
  'DELETE /api/enrollments/{id}': [{ object: 'enrollment', may: ['learnerA'] }],
  'DELETE /api/lessons/{id}': [{ object: 'lesson', may: author, takesAway: true }],
  'POST /api/courses/{id}/archive': [{ object: 'course', may: author }],
  'DELETE /api/users/me/sessions/{id}': [{ object: 'session', may: ['learnerA'] }],
  'DELETE /api/users/me/sessions': [{ may: signedIn }],
};
