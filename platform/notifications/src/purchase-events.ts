import {
  GiftSent,
  InstalmentPlanChanged,
  OrderPaid,
  OrderRefunded,
  PaymentFailed,
  PayoutSent,
  RenewalDue,
  SeatInvited,
  SubscriptionChanged,
} from '@stoa/contracts';
import { on, parseLocale, type Subscription } from '@stoa/kernel';
import type { Addressee, RecordMessages } from './record-messages.ts';
import { dunning } from './templates/dunning.ts';
import { gift } from './templates/gift.ts';
import { instalmentTemplates } from './templates/instalments.ts';
import { paymentFailed } from './templates/payment-failed.ts';
import { payout } from './templates/payout.ts';
import { purchase } from './templates/purchase.ts';
import { refund } from './templates/refund.ts';
import { renewalReminder } from './templates/renewal-reminder.ts';
import { sale } from './templates/sale.ts';
import { seatInvitation } from './templates/seat-invitation.ts';
import { subscription, toldChanges } from './templates/subscription.ts';

type Amount = { amount: bigint; currency: string };
const moneyOf = (amount: Amount | undefined) => {
  if (!amount) throw new Error('an event about money without an amount');
  return { amount: Number(amount.amount), currency: amount.currency };
};

type Buyer = { buyerId: string; buyerEmail: string; locale: string };
/** The buyer's account, or the address of a guest. */
function buyerOf({ buyerId, buyerEmail, locale }: Buyer): Addressee {
  if (buyerId) return { userId: buyerId };
  if (!buyerEmail) throw new Error('a purchase by nobody');
  return { address: buyerEmail, name: '', locale: parseLocale(locale || 'en') ?? 'en' };
}

/** What people are told of a change: a trial that begins and an end for want of payment are more than their change says. */
function changeToTell({ change, state }: { change: string; state: string }): string {
  // A subscription that begins with a payment is told by its receipt.
  if (change === 'started' && state === 'trialing') return 'trial_started';
  return change === 'ended' && state === 'ended' ? 'ended_unpaid' : change;
}

/** What payments says happened, told to those it concerns. Once per thing, not per event: keys name the thing. */
export function purchaseSubscriptions(record: RecordMessages): Subscription[] {
  return [
    on(OrderPaid, async ({ id: eventId, data, time }, tx, ctx) => {
      await record(tx, ctx, {
        eventId,
        dedupKey: `order ${data.orderId}`,
        to: buyerOf(data),
        template: purchase,
        params: {
          orderId: data.orderId,
          number: data.number,
          items: data.lines.map(({ title, quantity, total }) => ({ title, quantity, total: moneyOf(total) })),
          total: moneyOf(data.total),
          paidAt: data.paidAt || time,
          invoiceId: data.invoiceId,
          timeZone: data.timeZone,
        },
      });
      const sellers = Map.groupBy(data.lines, ({ sellerId }) => sellerId);
      for (const [sellerId, lines] of sellers) {
        // What somebody buys from themselves is no news to them, and what the house sells has no seller.
        if (!sellerId || sellerId === data.buyerId) continue;
        await record(tx, ctx, {
          eventId,
          dedupKey: `sale ${data.orderId} ${sellerId}`,
          to: { userId: sellerId },
          template: sale,
          params: {
            orderId: data.orderId,
            items: lines.map(({ title, quantity, total }) => ({ title, quantity, total: moneyOf(total) })),
          },
        });
      }
    }),
    on(PaymentFailed, async ({ id: eventId, data }, tx, ctx) => {
      // The subscription, or the plan, tells what comes of it, in one message.
      if (data.unattended) return;
      await record(tx, ctx, {
        eventId,
        dedupKey: `failed payment ${data.paymentId}`,
        to: buyerOf(data),
        template: paymentFailed,
        params: { orderId: data.orderId, number: data.number, amount: moneyOf(data.amount), reason: data.reason },
      });
    }),
    on(OrderRefunded, ({ id: eventId, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId,
        dedupKey: `refund ${data.refundId}`,
        to: buyerOf(data),
        template: refund,
        params: {
          orderId: data.orderId,
          number: data.number,
          amount: moneyOf(data.amount),
          full: data.full,
          ended: data.revoked.map(({ title }) => title),
          creditNoteId: data.creditNoteId,
        },
      }),
    ),
    on(GiftSent, ({ id: eventId, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId,
        dedupKey: `gift ${data.giftId}`,
        to: { address: data.recipientEmail, name: '', locale: parseLocale(data.locale || 'en') ?? 'en' },
        template: gift,
        params: { giftId: data.giftId, giverName: data.giverName, message: data.message, title: data.title },
      }),
    ),
    on(SeatInvited, ({ id: eventId, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId,
        dedupKey: `seat ${data.seatId} ${data.invitation}`,
        to: { address: data.recipientEmail, name: '', locale: parseLocale(data.locale || 'en') ?? 'en' },
        template: seatInvitation,
        params: {
          seatId: data.seatId,
          inviterName: data.inviterName,
          title: data.title,
          isReminder: data.invitation > 1,
        },
      }),
    ),
    on(RenewalDue, ({ id: eventId, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId,
        dedupKey: `renewal ${data.subscriptionId} ${data.renewsAt}`,
        to: buyerOf(data),
        template: renewalReminder,
        params: {
          subscriptionId: data.subscriptionId,
          title: data.title,
          amount: moneyOf(data.amount),
          renewsAt: data.renewsAt,
          needsPayer: data.needsPayer,
        },
      }),
    ),
    on(SubscriptionChanged, async ({ id: eventId, data }, tx, ctx) => {
      const to = buyerOf(data);
      const { subscriptionId, title, periodEnd } = data;
      if (data.change === 'renewal_failed') {
        const { nextRetryAt, needsPayer, entitled, failureReason } = data;
        const amount = moneyOf(data.amount);
        const params = { subscriptionId, title, amount, nextRetryAt, needsPayer, failureReason, entitled };
        await record(tx, ctx, { eventId, to, template: dunning, params });
        return;
      }
      const told = toldChanges.find((known) => known === changeToTell(data));
      if (!told) return;
      // What is over gives no access until any day.
      const keeps = told !== 'seller_left' || data.entitled;
      const { failureReason } = data;
      const params = { subscriptionId, title, change: told, periodEnd: keeps ? periodEnd : '', failureReason };
      await record(tx, ctx, { eventId, to, template: subscription, params });
    }),
    on(InstalmentPlanChanged, async ({ id: eventId, data }, tx, ctx) => {
      const told = Object.entries(instalmentTemplates).find(([change]) => change === data.change);
      if (!told) return;
      const [, template] = told;
      const { planId, title, openOrderId, nextRetryAt, needsPayer, entitled, failureReason } = data;
      await record(tx, ctx, {
        eventId,
        to: buyerOf(data),
        template,
        params: {
          planId,
          title,
          total: moneyOf(data.total),
          schedule: data.schedule.map(({ part, dueAt, amount, paid }) => ({
            part,
            dueAt,
            amount: moneyOf(amount),
            paid,
          })),
          orderId: openOrderId,
          nextRetryAt,
          needsPayer,
          failureReason,
          entitled,
        },
      });
    }),
    on(PayoutSent, ({ id: eventId, data }, tx, ctx) =>
      record(tx, ctx, {
        eventId,
        dedupKey: `payout ${data.payoutId}`,
        to: { userId: data.sellerId },
        template: payout,
        params: { payoutId: data.payoutId, amount: moneyOf(data.amount), reference: data.reference },
      }),
    ),
  ];
}
