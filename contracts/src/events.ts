import type { DescMessage } from '@bufbuild/protobuf';
import { LessonPassedSchema, ProblemGradedSchema } from '../gen/stoa/assessment/v1/events_pb.js';
import {
  CourseArchivedSchema,
  CoursePublishedSchema,
  MembershipChangedSchema,
} from '../gen/stoa/courses/v1/events_pb.js';
import {
  CourseAccessGrantedSchema,
  CourseAccessRevokedSchema,
  CourseCompletedSchema,
  LessonCompletedSchema,
} from '../gen/stoa/enrollment/v1/events_pb.js';
import {
  DataExportReadySchema,
  EmailChangedSchema,
  EmailChangeRequestedSchema,
  EmailVerificationRequestedSchema,
  PasswordResetRequestedSchema,
  UserCreatedSchema,
  UserDeletedSchema,
  UserUpdatedSchema,
} from '../gen/stoa/identity/v1/events_pb.js';
import {
  GiftSentSchema,
  InstalmentPlanChangedSchema,
  OrderCancelledSchema,
  OrderPaidSchema,
  OrderRefundedSchema,
  PaymentFailedSchema,
  PayoutSentSchema,
  PurchaseAssignedSchema,
  PurchaseUnassignedSchema,
  RenewalDueSchema,
  SeatInvitedSchema,
  SubscriptionChangedSchema,
} from '../gen/stoa/payments/v1/events_pb.js';

const event = <const T extends string, D extends DescMessage>(type: T, data: D) => ({
  type,
  context: type.split('.')[1] ?? '',
  data,
});

/** Every event a context may emit and another may hear: CloudEvents type and the message of its data. */
export const UserCreated = event('stoa.identity.user.created.v1', UserCreatedSchema);
export const UserUpdated = event('stoa.identity.user.updated.v1', UserUpdatedSchema);
export const UserDeleted = event('stoa.identity.user.deleted.v1', UserDeletedSchema);
export const EmailVerificationRequested = event(
  'stoa.identity.email-verification.requested.v1',
  EmailVerificationRequestedSchema,
);
export const PasswordResetRequested = event('stoa.identity.password-reset.requested.v1', PasswordResetRequestedSchema);
export const EmailChangeRequested = event('stoa.identity.email-change.requested.v1', EmailChangeRequestedSchema);
export const EmailChanged = event('stoa.identity.email.changed.v1', EmailChangedSchema);
export const DataExportReady = event('stoa.identity.data-export.ready.v1', DataExportReadySchema);
export const CoursePublished = event('stoa.courses.course.published.v1', CoursePublishedSchema);
export const CourseArchived = event('stoa.courses.course.archived.v1', CourseArchivedSchema);
export const MembershipChanged = event('stoa.courses.membership.changed.v1', MembershipChangedSchema);
export const CourseAccessGranted = event('stoa.enrollment.access.granted.v1', CourseAccessGrantedSchema);
export const CourseAccessRevoked = event('stoa.enrollment.access.revoked.v1', CourseAccessRevokedSchema);
export const LessonCompleted = event('stoa.enrollment.lesson.completed.v1', LessonCompletedSchema);
export const CourseCompleted = event('stoa.enrollment.course.completed.v1', CourseCompletedSchema);
export const ProblemGraded = event('stoa.assessment.problem.graded.v1', ProblemGradedSchema);
export const LessonPassed = event('stoa.assessment.lesson.passed.v1', LessonPassedSchema);
export const OrderPaid = event('stoa.payments.order.paid.v1', OrderPaidSchema);
export const OrderRefunded = event('stoa.payments.order.refunded.v1', OrderRefundedSchema);
export const OrderCancelled = event('stoa.payments.order.cancelled.v1', OrderCancelledSchema);
export const PaymentFailed = event('stoa.payments.payment.failed.v1', PaymentFailedSchema);
export const PurchaseAssigned = event('stoa.payments.purchase.assigned.v1', PurchaseAssignedSchema);
export const PurchaseUnassigned = event('stoa.payments.purchase.unassigned.v1', PurchaseUnassignedSchema);
export const GiftSent = event('stoa.payments.gift.sent.v1', GiftSentSchema);
export const SeatInvited = event('stoa.payments.seat.invited.v1', SeatInvitedSchema);
export const SubscriptionChanged = event('stoa.payments.subscription.changed.v1', SubscriptionChangedSchema);
export const RenewalDue = event('stoa.payments.subscription.renewal-due.v1', RenewalDueSchema);
export const InstalmentPlanChanged = event('stoa.payments.instalment-plan.changed.v1', InstalmentPlanChangedSchema);
export const PayoutSent = event('stoa.payments.payout.sent.v1', PayoutSentSchema);
