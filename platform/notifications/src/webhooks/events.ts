import {
  CourseAccessGranted,
  CourseAccessRevoked,
  CourseArchived,
  CourseCompleted,
  CoursePublished,
  GiftSent,
  InstalmentPlanChanged,
  OrderCancelled,
  OrderPaid,
  OrderRefunded,
  PaymentFailed,
  PayoutSent,
  SeatInvited,
  SubscriptionChanged,
  UserCreated,
  UserDeleted,
} from '@stoa/contracts';
import type { Envelope, EventType } from '@stoa/kernel';

/** What operators can be told of. What carries the way into an account (verification, reset) is not among it. */
export const offeredEvents: readonly EventType[] = [
  UserCreated,
  UserDeleted,
  CoursePublished,
  CourseArchived,
  CourseAccessGranted,
  CourseAccessRevoked,
  CourseCompleted,
  OrderPaid,
  OrderRefunded,
  OrderCancelled,
  PaymentFailed,
  SubscriptionChanged,
  InstalmentPlanChanged,
  GiftSent,
  SeatInvited,
  PayoutSent,
];

/** Their types, in the order they are offered. */
export const offeredTypes: readonly string[] = offeredEvents.map((event) => event.type);

/** Sent on demand, to see whether an endpoint works. */
export const pingType = 'stoa.notifications.webhook.pinged.v1';

/** The JSON text of an event as webhooks carry it: CloudEvents attributes and data. */
export function webhookBody({
  id,
  type,
  source,
  subject,
  time,
  data,
}: Omit<Envelope, 'traceparent' | 'partitionkey' | 'aggregateversion' | 'position'>): string {
  return JSON.stringify({ specversion: '1.0', id, type, source, subject, time, data });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whom an event is about: account and address, as far as it says. */
export function personOf({ data }: Pick<Envelope, 'data'>): { id: string | null; address: string | null } {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return { id: null, address: null };
  const ids = [data.userId, data.buyerId, data.ownerId, data.sellerId];
  const id = ids.find((value): value is string => typeof value === 'string' && uuid.test(value));
  const addresses = [data.email, data.buyerEmail, data.recipientEmail];
  const address = addresses.find((value): value is string => typeof value === 'string' && value !== '');
  return { id: id ?? null, address: address?.toLowerCase() ?? null };
}
