import type { ReactNode } from 'react';
import { Schedule } from '@/components/instalments/schedule.tsx';
import { PartState, PlanState, planStates } from '@/components/instalments/states.tsx';
import { InstalmentsTeaser } from '@/components/instalments/teaser.tsx';
import { PayoutState } from '@/components/sales/payouts/payout-state.tsx';
import {
  OrderStateBadge,
  orderStates,
  PaymentStatusBadge,
  paymentStatuses,
  RefundStateBadge,
  refundStates,
} from '@/components/sales/states.tsx';
import { SubscriptionState, subscriptionStates } from '@/components/subscriptions/subscription-state.tsx';

const money = (amount: number) => ({ amount, currency: 'BRL' });
const amounts = [money(4334), money(4333), money(4333)];
const parts = (['paid', 'overdue', 'upcoming', 'canceled'] as const).map((state, index) => ({
  part: index + 1,
  dueAt: `2026-0${index + 1}-15T12:00:00Z`,
  amount: money(3250),
  state,
  paidAt: state === 'paid' ? '2026-01-14T12:00:00Z' : null,
  orderId: null,
  waived: money(state === 'paid' ? 130 : 0),
}));

/** How what is sold stands, in a word each. */
export function SellingSpecimen() {
  return (
    <div className="space-y-4">
      <States>
        {orderStates.map((state) => (
          <OrderStateBadge key={state} state={state} />
        ))}
      </States>
      <States>
        {paymentStatuses.map((status) => (
          <PaymentStatusBadge key={status} status={status} />
        ))}
      </States>
      <States>
        {refundStates.map((state) => (
          <RefundStateBadge key={state} state={state} />
        ))}
      </States>
      <States>
        {(['incomplete', ...subscriptionStates] as const).map((state) => (
          <SubscriptionState key={state} state={state} />
        ))}
      </States>
      <States>
        {(['incomplete', ...planStates] as const).map((state) => (
          <PlanState key={state} state={state} />
        ))}
      </States>
      <States>
        {(['paid', 'upcoming', 'overdue', 'canceled'] as const).map((state) => (
          <PartState key={state} state={state} />
        ))}
        {(['created', 'sent', 'failed'] as const).map((state) => (
          <PayoutState key={state} state={state} />
        ))}
      </States>
    </div>
  );
}

/** A price in parts, and how they stand. */
export function PartsSpecimen() {
  return (
    <div className="mt-6 space-y-4">
      <InstalmentsTeaser instalments={{ parts: 3, amounts, total: money(13_000) }} />
      <Schedule parts={parts} ordersAt="/orders" />
    </div>
  );
}

function States({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>;
}
