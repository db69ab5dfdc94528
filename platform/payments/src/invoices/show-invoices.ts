import { type Ctx, requireService, requireUser, statement, toPage } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { requireOrder } from '../orders/access.ts';
import { pagePlace } from '../page-place.ts';
import type { InvoiceDocument } from './document.ts';
import { writeUbl } from './write-ubl.ts';

type Row = { id: string; number: string; order_id: string; document: InvoiceDocument };
const readInvoice = statement<[id: string], Row>(
  'payments.read_invoice',
  'select id, number, order_id, document from invoices where id = $1',
);
type ListRow = {
  id: string;
  number: string;
  kind: 'invoice' | 'credit_note';
  order_id: string;
  order_number: string;
  currency: string;
  total: number;
  issued_at: string;
};
const listOfBuyer = statement<
  [buyerId: string, before: string | null, beforeId: string | null, limit: number],
  ListRow
>(
  'payments.list_invoices_of_buyer',
  `select i.id, i.number, i.kind, i.order_id, o.number as order_number, o.currency, (i.document ->> 'total')::bigint as total, i.issued_at
   from orders o join invoices i on i.order_id = o.id
   where o.buyer_id = $1 and ($2::timestamptz is null or (i.issued_at, i.id) < ($2, $3::uuid))
   order by i.issued_at desc, i.id desc limit $4`,
);

export type InvoiceSummary = {
  id: string;
  number: string;
  kind: 'invoice' | 'credit_note';
  orderId: string;
  orderNumber: string;
  total: { amount: number; currency: string };
  issuedAt: string;
};

/** One's own invoices and credit notes, newest first. @throws not_signed_in */
export function listInvoices(deps: Pick<PaymentDeps, 'db'>) {
  return async (
    input: { limit: number; cursor?: string | undefined },
    ctx: Ctx,
  ): Promise<{ items: InvoiceSummary[]; nextCursor?: string }> => {
    const user = requireUser(ctx);
    const [at, id] = pagePlace(input.cursor);
    const rows = await deps.db.rows(listOfBuyer, [user.userId, at, id, input.limit + 1]);
    return toPage(rows, {
      limit: input.limit,
      key: (row) => [row.issued_at, row.id],
      item: ({ order_id, order_number, currency, total, issued_at, ...row }) => ({
        ...row,
        orderId: order_id,
        orderNumber: order_number,
        total: { amount: total, currency },
        issuedAt: issued_at,
      }),
    });
  };
}

export type InvoiceFile = { fileName: string; type: string; content: Buffer };

/**
 * An invoice or credit note as a file: PDF in the buyer's language, the document itself as JSON, or UBL 2.1.
 * @throws invoice_not_found
 */
export function sendInvoice(deps: Pick<PaymentDeps, 'db' | 'tokens'>) {
  return async (
    input: { invoiceId: string; token?: string | undefined; format: 'pdf' | 'json' | 'ubl' },
    ctx: Ctx,
  ): Promise<InvoiceFile> => {
    const invoice = await deps.db.row(readInvoice, [input.invoiceId]);
    if (!invoice) throw errors.invoice_not_found();
    await requireOrder(deps, { orderId: invoice.order_id, token: input.token }, ctx).catch(() => {
      throw errors.invoice_not_found();
    });
    return toFile(invoice, input.format);
  };
}

async function toFile({ number, document }: Row, format: 'pdf' | 'json' | 'ubl'): Promise<InvoiceFile> {
  if (format === 'json') {
    const content = Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
    return { fileName: `${number}.json`, type: 'application/json; charset=utf-8', content };
  }
  if (format === 'ubl') {
    return {
      fileName: `${number}.xml`,
      type: 'application/xml; charset=utf-8',
      content: Buffer.from(writeUbl(document)),
    };
  }
  // What draws is large: loaded for the first who asks, not at every start.
  const { drawInvoice } = await import('./draw-invoice.ts');
  return { fileName: `${number}.pdf`, type: 'application/pdf', content: await drawInvoice(document) };
}

/** The PDF as mails attach it, for siblings. @throws not_allowed, invoice_not_found */
export function getDocument(deps: Pick<PaymentDeps, 'db'>) {
  return async ({ invoiceId }: { invoiceId: string }, ctx: Ctx) => {
    requireService(ctx);
    const invoice = /^[0-9a-f-]{36}$/.test(invoiceId) ? await deps.db.row(readInvoice, [invoiceId]) : undefined;
    if (!invoice) throw errors.invoice_not_found();
    const { fileName, content } = await toFile(invoice, 'pdf');
    return { number: invoice.number, fileName, pdf: content };
  };
}
