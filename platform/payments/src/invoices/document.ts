/** Amounts are minor units of `currency`; rates are ten-thousandths. */
export type InvoiceLine = {
  title: string;
  seller: string;
  quantity: number;
  unitPrice: number;
  discount: number;
  net: number;
  taxName: string;
  taxRate: number;
  tax: number;
  total: number;
  /** Titles of what came with it; absent for what is one item. */
  includes?: string[];
};

/** Everything an invoice or a credit note says. Written once, printed as often as anybody likes. */
export type InvoiceDocument = {
  version: 1;
  kind: 'invoice' | 'credit_note';
  number: string;
  /** RFC 3339. */
  issuedAt: string;
  locale: string;
  currency: string;
  merchant: { name: string; address: string; taxId: string; country: string };
  buyer: { name: string; email: string; document: string; country: string };
  orderId: string;
  orderNumber: string;
  /** The invoice a credit note takes back. */
  corrects: { number: string; issuedAt: string } | null;
  reason: string | null;
  lines: InvoiceLine[];
  subtotal: number;
  discount: number;
  net: number;
  taxes: { name: string; rate: number; net: number; tax: number }[];
  tax: number;
  total: number;
  paidWith: string;
};

/** The taxes of a document's lines, one row for each name and rate. */
export function sumTaxes(lines: readonly InvoiceLine[]): InvoiceDocument['taxes'] {
  const rows = new Map<string, InvoiceDocument['taxes'][number]>();
  for (const line of lines) {
    if (line.taxName === '') continue;
    const key = `${line.taxName} ${line.taxRate}`;
    const row = rows.get(key) ?? { name: line.taxName, rate: line.taxRate, net: 0, tax: 0 };
    row.net += line.net;
    row.tax += line.tax;
    rows.set(key, row);
  }
  return [...rows.values()];
}
