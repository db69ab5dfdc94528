import {
  CourseAccessGranted,
  CourseCompleted,
  DataExportReady,
  EmailChanged,
  EmailChangeRequested,
  EmailVerificationRequested,
  PasswordResetRequested,
  UserCreated,
} from '@stoa/contracts';
import { on, type Subscription } from '@stoa/kernel';
import { peopleSubscriptions, saveNewPerson } from './follow-people.ts';
import { purchaseSubscriptions } from './purchase-events.ts';
import type { RecordMessages } from './record-messages.ts';
import { changeEmail } from './templates/change-email.ts';
import { completion } from './templates/completion.ts';
import { dataExport } from './templates/data-export.ts';
import { emailChanged } from './templates/email-changed.ts';
import { enrollment } from './templates/enrollment.ts';
import { resetPassword } from './templates/reset-password.ts';
import { verifyEmail } from './templates/verify-email.ts';
import { welcome } from './templates/welcome.ts';

/** Which event makes which message. */
export function subscriptions(record: RecordMessages): Subscription[] {
  return [
    ...peopleSubscriptions,
    ...purchaseSubscriptions(record),
    on(UserCreated, async ({ id, data }, tx, ctx) => {
      await saveNewPerson(tx, data);
      await record(tx, ctx, { eventId: id, to: { userId: data.userId }, template: welcome, params: {} });
    }),
    on(EmailVerificationRequested, ({ id, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId: id,
        to: { userId: data.userId },
        template: verifyEmail,
        params: { requestId: data.requestId },
      }),
    ),
    on(PasswordResetRequested, ({ id, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId: id,
        to: { userId: data.userId },
        template: resetPassword,
        params: { requestId: data.requestId },
      }),
    ),
    on(EmailChangeRequested, ({ id, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId: id,
        to: { userId: data.userId },
        template: changeEmail,
        params: { requestId: data.requestId },
      }),
    ),
    on(EmailChanged, ({ id, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId: id,
        to: { userId: data.userId },
        template: emailChanged,
        params: { requestId: data.requestId },
      }),
    ),
    on(DataExportReady, ({ id, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId: id,
        to: { userId: data.userId },
        template: dataExport,
        params: { expiresAt: data.expiresAt },
      }),
    ),
    on(CourseAccessGranted, ({ id, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId: id,
        to: { userId: data.userId },
        template: enrollment,
        params: { courseTitle: data.courseTitle, courseSlug: data.courseSlug },
      }),
    ),
    on(CourseCompleted, ({ id, data, time }, tx, ctx) =>
      record(tx, ctx, {
        eventId: id,
        to: { userId: data.userId },
        template: completion,
        params: {
          courseTitle: data.courseTitle,
          courseSlug: data.courseSlug,
          verificationCode: data.verificationCode,
          completedAt: data.completedAt || time,
        },
      }),
    ),
  ];
}

/** One subscription per event type, in which everything that reacts to it reacts, in order. */
export function together(all: readonly Subscription[]): Subscription[] {
  return [...Map.groupBy(all, ({ event }) => event.type).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    return {
      event: first.event,
      handle: async (envelope, tx, ctx) => {
        for (const { handle } of same) await handle(envelope, tx, ctx);
      },
    };
  });
}
