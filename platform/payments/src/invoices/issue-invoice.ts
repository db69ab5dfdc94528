import { type Queries, statement, type Transaction } from '@stoa/kernel';
import { partsOfRefund } from '../core/parts.ts';
import type { PaymentDeps } from '../deps.ts';
import type { Sale } from '../evidence/load-book.ts';
import type { RefundedLine } from '../ledger/postings.ts';
import { type InvoiceDocument, type InvoiceLine, sumTaxes } from './document.ts';

const insertAll = statement<[series: string, count: number, invoices: string], never>(
  'payments.insert_invoices',
  // Takes the next numbers of the series and writes them into the documents: one statement, in which others wait.
  `with taken as (
     insert into invoice_series as s (series, last) values ($1, $2)
     on conflict (series) do update set last = s.last + $2 returning last
   ), numbered as (
     select given.*, last - $2 + given.n as serial from taken,
       rows from (jsonb_to_recordset($3::jsonb) as (id uuid, kind text, "orderId" uuid, "refundId" uuid, "buyerId" uuid,
         document jsonb, "issuedAt" timestamptz)) with ordinality as given (id, kind, "orderId", "refundId", "buyerId", document, "issuedAt", n)
   ), named as (
     select *, $1 || '-' || lpad(serial::text, greatest(6, length(serial::text)), '0') as number from numbered
   )
   insert into invoices (id, number, series, serial, kind, order_id, refund_id, buyer_id, document, issued_at)
   select id, number, $1, serial, kind, "orderId", "refundId", "buyerId", document || jsonb_build_object('number', number), "issuedAt"
   from named order by serial`,
);
/** An invoice or credit note without its number. */
export type InvoiceToIssue = {
  series: string;
  id: string;
  kind: InvoiceDocument['kind'];
  orderId: string;
  refundId: string | null;
  buyerId: string | null;
  document: Omit<InvoiceDocument, 'number'>;
  issuedAt: string;
};

/** Writes invoices with the commit, with the next numbers of their series. */
export function insertInvoices(tx: Transaction, invoices: readonly InvoiceToIssue[]): void {
  // In one order, so that two that number several series do not wait for each other.
  for (const series of [...new Set(invoices.map((one) => one.series))].sort()) {
    const own = invoices.filter((one) => one.series === series);
    tx.last(insertAll, [series, own.length, JSON.stringify(own)]);
  }
}
type OrderRow = {
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
  provider: string | null;
  method_label: string | null;
  invoice_number: string | null;
  invoice_issued_at: string | null;
};
const readOrder = statement<[orderId: string], OrderRow>(
  'payments.read_order_to_invoice',
  `select o.number, o.buyer_id, o.buyer_email, o.buyer_name, o.buyer_document, o.locale, o.country, o.currency, o.subtotal,
     o.discount, o.tax, o.total, a.provider, a.method_label, i.number as invoice_number, i.issued_at as invoice_issued_at
   from orders o left join attempts a on a.id = o.settled_by
   left join invoices i on i.order_id = o.id and i.kind = 'invoice' where o.id = $1`,
);
export type InvoiceLineRow = {
  id: string;
  title: string;
  seller_name: string;
  quantity: number;
  unit_price: number;
  discount: number;
  net: number;
  tax: number;
  tax_name: string;
  tax_rate: number;
  total: number;
  includes: { title: string }[];
};
const listLines = statement<[orderId: string], InvoiceLineRow>(
  'payments.list_lines_to_invoice',
  `select id, title, seller_name, quantity, unit_price, discount, net, tax, tax_name, tax_rate, total, includes
   from order_lines where order_id = $1 order by position`,
);

type IssueDeps = Pick<PaymentDeps, 'ids' | 'clock' | 'config'>;

/** The invoice of an order that has just been paid, as it is to be written. */
export function toInvoice(
  deps: IssueDeps,
  { orderId, invoiceId, sale }: { orderId: string; invoiceId: string; sale: Sale },
): InvoiceToIssue {
  return issue(deps, {
    id: invoiceId,
    orderId,
    refundId: null,
    order: sale,
    lines: sale.lines.map(toLine),
    kind: 'invoice',
    sums: sale,
    corrects: null,
  });
}

/**
 * The credit note of a refund, as it is to be written. Money that never became a sale was never invoiced: there is
 * nothing to take back, and null is returned.
 */
export async function toCreditNote(
  deps: IssueDeps,
  tx: Queries,
  refund: { orderId: string; refundId: string; lines: readonly RefundedLine[] },
): Promise<InvoiceToIssue | null> {
  if (refund.lines.length === 0) return null;
  const order = await need(tx, refund.orderId);
  const rows = new Map((await tx.rows(listLines, [refund.orderId])).map((row) => [row.id, row]));
  const lines = refund.lines.flatMap(({ line, before, amount }): InvoiceLine[] => {
    const row = rows.get(line.id);
    if (!row) return [];
    const parts = partsOfRefund(line, before, amount);
    const net = parts.seller + parts.platform;
    return [{ ...toLine(row), quantity: 1, unitPrice: amount, discount: 0, net, tax: parts.tax, total: amount }];
  });
  const total = lines.reduce((sum, line) => sum + line.total, 0);
  const tax = lines.reduce((sum, line) => sum + line.tax, 0);
  const corrects =
    order.invoice_number && order.invoice_issued_at
      ? { number: order.invoice_number, issuedAt: order.invoice_issued_at }
      : null;
  return issue(deps, {
    id: deps.ids.id(),
    orderId: refund.orderId,
    refundId: refund.refundId,
    order,
    lines,
    kind: 'credit_note',
    sums: { subtotal: total, discount: 0, tax, total },
    corrects,
  });
}

type Issue = {
  id: string;
  orderId: string;
  refundId: string | null;
  order: Pick<
    OrderRow,
    | 'number'
    | 'buyer_id'
    | 'buyer_email'
    | 'buyer_name'
    | 'buyer_document'
    | 'locale'
    | 'country'
    | 'currency'
    | 'provider'
    | 'method_label'
  >;
  lines: InvoiceLine[];
  kind: InvoiceDocument['kind'];
  sums: { subtotal: number; discount: number; tax: number; total: number };
  corrects: InvoiceDocument['corrects'];
};

function issue(deps: IssueDeps, given: Issue): InvoiceToIssue {
  const { config } = deps;
  const { order, kind, sums, lines } = given;
  const now = deps.clock.now();
  const letters = kind === 'invoice' ? config.STOA_INVOICE_SERIES : config.STOA_CREDIT_NOTE_SERIES;
  const series = `${letters}-${now.getUTCFullYear()}`;
  const document: Omit<InvoiceDocument, 'number'> = {
    version: 1,
    kind,
    issuedAt: now.toISOString(),
    locale: order.locale,
    currency: order.currency,
    merchant: {
      name: config.STOA_MERCHANT_NAME,
      address: config.STOA_MERCHANT_ADDRESS,
      taxId: config.STOA_MERCHANT_TAX_ID,
      country: config.STOA_MERCHANT_COUNTRY,
    },
    buyer: {
      name: order.buyer_name,
      email: order.buyer_email,
      document: order.buyer_document,
      country: order.country,
    },
    orderId: given.orderId,
    orderNumber: order.number,
    corrects: given.corrects,
    reason: null,
    lines,
    // One by one: what is passed as sums may be a whole row of the order, with a number and names of its own.
    subtotal: sums.subtotal,
    discount: sums.discount,
    tax: sums.tax,
    total: sums.total,
    net: sums.total - sums.tax,
    taxes: sumTaxes(lines),
    paidWith: order.method_label ?? order.provider ?? '',
  };
  return {
    series,
    id: given.id,
    kind,
    orderId: given.orderId,
    refundId: given.refundId,
    buyerId: order.buyer_id,
    document,
    issuedAt: now.toISOString(),
  };
}

async function need(tx: Queries, orderId: string): Promise<OrderRow> {
  const order = await tx.row(readOrder, [orderId]);
  if (!order) throw new Error('an order that does not exist cannot be invoiced');
  return order;
}

const toLine = (row: InvoiceLineRow): InvoiceLine => ({
  title: row.title,
  seller: row.seller_name,
  quantity: row.quantity,
  unitPrice: row.unit_price,
  discount: row.discount,
  net: row.net,
  taxName: row.tax_name,
  taxRate: row.tax_rate,
  tax: row.tax,
  total: row.total,
  ...(row.includes.length > 0 ? { includes: row.includes.map(({ title }) => title) } : {}),
});
