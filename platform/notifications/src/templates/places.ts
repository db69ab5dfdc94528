/** Where messages lead, in one place: pages of the web, below the public address. */
export const places = {
  order: (orderId: string) => `/orders/${encodeURIComponent(orderId)}`,
  subscriptions: '/account/subscriptions',
  instalments: (planId: string) => `/account/instalments/${encodeURIComponent(planId)}`,
  sales: '/studio/sales',
  payouts: '/studio/payouts',
  notifications: '/account/notifications',
  data: '/account/data',
} as const;
