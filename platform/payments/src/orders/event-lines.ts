import { statement } from '@stoa/kernel';

/** Which part, or parts at once, of a price that is paid in parts an order is. */
export type OrderInstalment = { planId: string; part: number; through: number; parts: number };
export const orderInstalment = `case when o.instalment_plan_id is not null then
       (select jsonb_build_object('planId', p.id, 'part', o.instalment_part, 'through', o.instalment_through, 'parts', p.parts)
        from instalment_plans p where p.id = o.instalment_plan_id) end`;

export type EventLineRow = {
  id: string;
  sku: string;
  quantity: number;
  title: string;
  total: number;
  currency: string;
  seller_id: string;
  owner_id: string | null;
  purpose: 'own' | 'gift' | 'seats';
  includes: { sku: string }[];
  instalment: OrderInstalment | null;
};

/** The lines of an order as events tell of them. */
export const listEventLines = statement<[orderId: string], EventLineRow>(
  'payments.list_event_lines',
  `select l.id, l.sku, l.quantity, l.title, l.total, o.currency, l.seller_id, l.owner_id, l.purpose, l.includes,
     ${orderInstalment} as instalment
   from order_lines l join orders o on o.id = l.order_id where l.order_id = $1 order by l.position`,
);

export function eventLine(row: EventLineRow) {
  return {
    lineId: row.id,
    sku: row.sku,
    quantity: row.quantity,
    title: row.title,
    total: { amount: BigInt(row.total), currency: row.currency },
    sellerId: row.seller_id,
    ownerId: row.owner_id ?? '',
    includes: row.includes.map(({ sku }) => sku),
    ...(row.instalment ? { instalment: row.instalment } : {}),
  };
}

export function eventLines(rows: readonly EventLineRow[]) {
  return rows.map(eventLine);
}
