import { statement } from '@stoa/kernel';

/** A line of an order as its event and its invoice tell of it. */
export type SaleLine = {
  id: string;
  sku: string;
  quantity: number;
  title: string;
  total: number;
  sellerId: string;
  sellerName: string;
  ownerId: string | null;
  unitPrice: number;
  discount: number;
  net: number;
  tax: number;
  taxName: string;
  taxRate: number;
};

/** What is told of an order when it is paid: to everybody by its event, to the buyer by its invoice. */
export type Sale = {
  number: string;
  buyer_id: string | null;
  buyer_email: string;
  buyer_name: string;
  buyer_document: string;
  locale: string;
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
  lines: SaleLine[];
};

/** Read in the order's lock. */
export const readSale = statement<[orderId: string, attemptId: string | null], Sale>(
  'payments.read_sale',
  `select o.number, o.buyer_id, o.buyer_email, o.buyer_name, o.buyer_document, o.locale, o.country, o.currency, o.subtotal, o.discount,
     o.tax, o.total, o.subscription_id, coalesce(l.has_gifts, false) as has_gifts, a.provider, a.method_label, coalesce(l.lines, '[]') as lines
   from orders o
   left join attempts a on a.id = $2
   left join lateral (
     select bool_or(purpose = 'gift') as has_gifts, jsonb_agg(jsonb_build_object('id', id, 'sku', sku, 'quantity', quantity,
       'title', title, 'total', total, 'sellerId', seller_id, 'sellerName', seller_name, 'ownerId', owner_id, 'unitPrice', unit_price,
       'discount', discount, 'net', net, 'tax', tax, 'taxName', tax_name, 'taxRate', tax_rate) order by position) as lines
     from order_lines where order_id = o.id
   ) l on true
   where o.id = $1`,
);
