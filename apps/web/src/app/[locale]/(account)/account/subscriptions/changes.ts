type Subscription = {
  state: string;
  cancelAtPeriodEnd: boolean;
  sellerLeft: boolean;
  periodEnd: string | null;
  openOrderId: string | null;
};

export function isOver({ state }: Pick<Subscription, 'state'>): boolean {
  return state === 'canceled' || state === 'ended';
}

/** What its owner can do with a subscription now. */
export function changesOf(subscription: Subscription): readonly ('cancel' | 'pause' | 'resume')[] {
  const { state, cancelAtPeriodEnd, sellerLeft, openOrderId } = subscription;
  if (isOver(subscription) || state === 'incomplete') return [];
  if (state === 'paused') return ['resume', 'cancel'];
  // What nobody sells any more cannot go on.
  if (sellerLeft) return [];
  if (cancelAtPeriodEnd) return ['resume'];
  return state === 'active' && !openOrderId ? ['pause', 'cancel'] : ['cancel'];
}

/** True when there is no paid time left that a cancellation would wait for. */
export function endsAtOnce({ state, periodEnd }: Subscription): boolean {
  if (state === 'past_due') return true;
  return state === 'paused' && (periodEnd === null || new Date(periodEnd) <= new Date());
}
