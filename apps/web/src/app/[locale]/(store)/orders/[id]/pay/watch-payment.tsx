'use client';

import { useEffect } from 'react';
import { useRouter } from '@/i18n/navigation.ts';

type WatchPaymentProps = {
  orderId: string;
  token: string | undefined;
  /** What the page shows, as `/bff/orders/{id}/payment` puts it: another answer draws the page anew. */
  shown: string;
  /** The provider's page, when the person has just asked to go there. */
  goTo: string | null;
};

const everyMs = 2000;
/** Every so many looks the provider itself is asked. */
const refreshEvery = 5;

/** Looks how the payment stands while the page is in sight, and at once when somebody comes back to it. */
export function WatchPayment({ orderId, token, shown, goTo }: WatchPaymentProps) {
  const router = useRouter();
  useEffect(() => {
    if (!goTo) return;
    // Back, from the provider's page, must not lead there again.
    history.replaceState(null, '', location.pathname);
    location.assign(goTo);
  }, [goTo]);
  useEffect(() => {
    let looks = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const look = async () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        looks += 1;
        const query = new URLSearchParams(token ? { token } : {});
        if (looks % refreshEvery === 0) query.set('refresh', '1');
        try {
          const answer = await fetch(`/bff/orders/${orderId}/payment?${query}`, { cache: 'no-store' });
          if (answer.ok && !stopped && (await answer.text()) !== shown) router.refresh();
        } catch (error) {
          // No connection at this moment: the next look tries again.
          if (!(error instanceof TypeError)) throw error;
        }
      }
      if (!stopped) timer = setTimeout(look, everyMs);
    };
    timer = setTimeout(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [orderId, token, shown, router]);
  return null;
}
