import type { Route } from '@stoa/kernel';
import type { PaymentDeps } from './deps.ts';
import { consoleOrderRoutes } from './http/console-order-routes.ts';
import { couponRoutes } from './http/coupon-routes.ts';
import { instalmentRoutes } from './http/instalment-routes.ts';
import { ledgerRoutes } from './http/ledger-routes.ts';
import { orderRoutes } from './http/order-routes.ts';
import { oversightRoutes } from './http/oversight-routes.ts';
import { paymentRoutes } from './http/payment-routes.ts';
import { payoutRoutes } from './http/payout-routes.ts';
import { salesRoutes } from './http/sales-routes.ts';
import { sellerTermsRoutes } from './http/seller-terms-routes.ts';
import { subscriptionRoutes } from './http/subscription-routes.ts';
import { taxRoutes } from './http/tax-routes.ts';

/** The HTTP operations of payments. */
export function routes(deps: PaymentDeps): Route[] {
  return [
    ...orderRoutes(deps),
    ...paymentRoutes(deps),
    ...subscriptionRoutes(deps),
    ...instalmentRoutes(deps),
    ...couponRoutes(deps),
    ...salesRoutes(deps),
    ...payoutRoutes(deps),
    ...consoleOrderRoutes(deps),
    ...oversightRoutes(deps),
    ...ledgerRoutes(deps),
    ...sellerTermsRoutes(deps),
    ...taxRoutes(deps),
  ];
}
