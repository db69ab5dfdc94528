import { z } from 'zod';

/** Settings of payments itself; those of providers are beside their adapters. */
export const paymentSettings = z.object({
  /** Minutes an order waits to be paid before it lets go of what it holds. */
  STOA_ORDER_MINUTES: z.coerce.number().int().min(5).max(10_080).default(60),
  /** Percent of the net price that is the seller's, unless terms of their own were agreed. */
  STOA_SELLER_SHARE: z.coerce.number().min(0).max(100).default(70),
  /** Seconds a provider has for one answer. */
  STOA_PAYMENT_CALL_SECONDS: z.coerce.number().int().min(1).max(120).default(20),
  /** Times an unanswered payment is asked about before a person has to look. */
  STOA_PAYMENT_POLLS: z.coerce.number().int().min(1).max(100).default(20),
  /** Days for which a seller's earnings are kept back, so that refunds can be paid from them. */
  STOA_PAYOUT_HOLD_DAYS: z.coerce.number().int().min(0).max(365).default(14),
  /** Minor units below which a seller is not paid out yet. */
  STOA_PAYOUT_MINIMUM: z.coerce.number().int().min(1).default(1000),
  /** First letters of invoice numbers; credit notes have a series of their own. */
  STOA_INVOICE_SERIES: z
    .string()
    .regex(/^[A-Z0-9-]{1,12}$/)
    .default('INV'),
  STOA_CREDIT_NOTE_SERIES: z
    .string()
    .regex(/^[A-Z0-9-]{1,12}$/)
    .default('CN'),
  /** Who sells, as invoices name them. */
  STOA_MERCHANT_NAME: z.string().default('Stoa'),
  STOA_MERCHANT_ADDRESS: z.string().default(''),
  STOA_MERCHANT_TAX_ID: z.string().default(''),
  /** ISO 3166, two letters. */
  STOA_MERCHANT_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('BR'),
});
export type PaymentSettings = z.output<typeof paymentSettings>;
