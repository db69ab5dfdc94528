import { changeEmail } from './change-email.ts';
import { completion } from './completion.ts';
import { dataExport } from './data-export.ts';
import { digest } from './digest.ts';
import { dunning } from './dunning.ts';
import { emailChanged } from './email-changed.ts';
import { enrollment } from './enrollment.ts';
import { gift } from './gift.ts';
import {
  instalmentDue,
  instalmentMissed,
  instalmentsCanceled,
  instalmentsCompleted,
  instalmentsPaused,
  instalmentsStarted,
} from './instalments.ts';
import { paymentFailed } from './payment-failed.ts';
import { payout } from './payout.ts';
import { phoneCode } from './phone-code.ts';
import { purchase } from './purchase.ts';
import { refund } from './refund.ts';
import { renewalReminder } from './renewal-reminder.ts';
import { resetPassword } from './reset-password.ts';
import { sale } from './sale.ts';
import { seatInvitation } from './seat-invitation.ts';
import { subscription } from './subscription.ts';
import type { Template } from './template.ts';
import { verifyEmail } from './verify-email.ts';
import { welcome } from './welcome.ts';

/** Every kind of message, in the order people see in their preferences. */
export const templates: readonly Template[] = [
  welcome,
  enrollment,
  completion,
  purchase,
  paymentFailed,
  refund,
  renewalReminder,
  dunning,
  subscription,
  instalmentsStarted,
  instalmentDue,
  instalmentMissed,
  instalmentsPaused,
  instalmentsCompleted,
  instalmentsCanceled,
  gift,
  seatInvitation,
  sale,
  payout,
  dataExport,
  digest,
  verifyEmail,
  resetPassword,
  changeEmail,
  emailChanged,
  phoneCode,
];

/** The template of a kind; undefined if there is none. */
export function findTemplate(kind: string): Template | undefined {
  return templates.find((template) => template.kind === kind);
}

/**
 * The template of a message that was stored.
 * @throws Error if the kind is gone, which a release must not do while messages of it wait
 */
export function templateOf(kind: string): Template {
  const template = findTemplate(kind);
  if (!template) throw new Error(`there is no template for ${kind}`);
  return template;
}
