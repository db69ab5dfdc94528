import type { Route } from '@stoa/kernel';
import type { PaymentDeps } from './deps.ts';
import { consoleRoutes } from './http/console-routes.ts';
import { instalmentRoutes } from './http/instalment-routes.ts';
import { orderRoutes } from './http/order-routes.ts';
import { paymentRoutes } from './http/payment-routes.ts';
import { subscriptionRoutes } from './http/subscription-routes.ts';

/** The HTTP operations of payments. */
export function routes(deps: PaymentDeps): Route[] {
  return [
    ...orderRoutes(deps),
    ...paymentRoutes(deps),
    ...subscriptionRoutes(deps),
    ...instalmentRoutes(deps),
    ...consoleRoutes(deps),
  ];
}
