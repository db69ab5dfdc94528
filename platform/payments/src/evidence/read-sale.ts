import { statement } from '@stoa/kernel';
import type { InvoiceLineRow } from '../invoices/issue-invoice.ts';
import type { EventLineRow } from '../orders/event-lines.ts';

/** What is told of an order when it is paid: to everybody by its event, to the buyer by its invoice. */
export type Sale = {
  number: string;
  buyer_id: string | null;
  buyer_email: string;
  buyer_name: string;
  buyer_document: string;
  locale: string;
  time_zone: string;
  country: string;
  currency: string;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
  subscription_id: string | null;
  has_gifts: boolean;
  /** Of the payment, if there was one. */
  provider: string | null;
  method_label: string | null;
  /** Whole rows: each of their readers takes what it tells of. */
  lines: (Omit<EventLineRow, 'currency'> & InvoiceLineRow)[];
};

/** Read in the order's lock. */
export const readSale = statement<[orderId: string, attemptId: string | null], Sale>(
  'payments.read_sale',
  `select o.number, o.buyer_id, o.buyer_email, o.buyer_name, o.buyer_document, o.locale, o.time_zone, o.country, o.currency, o.subtotal, o.discount,
     o.tax, o.total, o.subscription_id, coalesce(l.has_gifts, false) as has_gifts, a.provider, a.method_label, coalesce(l.lines, '[]') as lines
   from orders o
   left join attempts a on a.id = $2
   left join lateral (
     select bool_or(line.purpose = 'gift') as has_gifts, jsonb_agg(to_jsonb(line) order by line.position) as lines
     from order_lines line where line.order_id = o.id
   ) l on true
   where o.id = $1`,
);
