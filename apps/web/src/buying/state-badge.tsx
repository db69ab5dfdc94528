import { CircleCheck, CircleX, Clock, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge.tsx';
import type { Order } from './orders.ts';

const looks = {
  pending_payment: { tone: 'warning', Icon: Clock },
  paid: { tone: 'success', Icon: CircleCheck },
  partially_refunded: { tone: 'info', Icon: Undo2 },
  refunded: { tone: 'neutral', Icon: Undo2 },
  cancelled: { tone: 'neutral', Icon: CircleX },
  expired: { tone: 'neutral', Icon: CircleX },
} as const;

/** How an order stands, in a word. */
export function OrderStateBadge({ state }: { state: Order['state'] }) {
  const t = useTranslations('buying.state');
  const { tone, Icon } = looks[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {t(state)}
    </Badge>
  );
}
