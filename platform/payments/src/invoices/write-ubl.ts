import { toDecimal } from '../ledger/csv.ts';
import type { InvoiceDocument } from './document.ts';

/**
 * An invoice or credit note as UBL 2.1 XML (OASIS, ISO/IEC 19845), the shape EN 16931 invoices take. Elements follow the
 * order of the schema.
 */
export function writeUbl(document: InvoiceDocument): string {
  const isInvoice = document.kind === 'invoice';
  const root = isInvoice ? 'Invoice' : 'CreditNote';
  const { currency } = document;
  const money = (name: string, amount: number) =>
    `<cbc:${name} currencyID="${currency}">${toDecimal(amount, currency)}</cbc:${name}>`;
  const percent = (rate: number) => (rate / 100).toFixed(2);
  const category = (rate: number, name: string) =>
    element(
      name,
      text('ID', rate > 0 ? 'S' : 'Z'),
      text('Percent', percent(rate)),
      element('TaxScheme', text('ID', 'VAT')),
    );
  const rows = document.taxes.length > 0 ? document.taxes : [{ name: '', rate: 0, net: document.net, tax: 0 }];
  const lines = document.lines.map((line, index) => {
    const quantity = isInvoice ? 'InvoicedQuantity' : 'CreditedQuantity';
    return element(
      isInvoice ? 'InvoiceLine' : 'CreditNoteLine',
      text('ID', String(index + 1)),
      `<cbc:${quantity} unitCode="C62">${line.quantity}</cbc:${quantity}>`,
      money('LineExtensionAmount', line.net),
      element(
        'Item',
        line.includes ? text('Description', line.includes.join(', ')) : '',
        text('Name', line.title),
        category(line.taxRate, 'ClassifiedTaxCategory'),
      ),
      element('Price', money('PriceAmount', Math.round(line.net / line.quantity))),
    );
  });
  const body = [
    text('UBLVersionID', '2.1'),
    text('ID', document.number),
    text('IssueDate', document.issuedAt.slice(0, 10)),
    text('IssueTime', `${document.issuedAt.slice(11, 19)}Z`),
    text(isInvoice ? 'InvoiceTypeCode' : 'CreditNoteTypeCode', isInvoice ? '380' : '381'),
    text('DocumentCurrencyCode', currency),
    element('OrderReference', text('ID', document.orderNumber)),
    document.corrects
      ? element(
          'BillingReference',
          element(
            'InvoiceDocumentReference',
            text('ID', document.corrects.number),
            text('IssueDate', document.corrects.issuedAt.slice(0, 10)),
          ),
        )
      : '',
    element('AccountingSupplierParty', party(document.merchant)),
    element('AccountingCustomerParty', party({ ...document.buyer, taxId: document.buyer.document, address: '' })),
    element(
      'TaxTotal',
      money('TaxAmount', document.tax),
      ...rows.map((row) =>
        element(
          'TaxSubtotal',
          money('TaxableAmount', row.net),
          money('TaxAmount', row.tax),
          category(row.rate, 'TaxCategory'),
        ),
      ),
    ),
    element(
      'LegalMonetaryTotal',
      money('LineExtensionAmount', document.net),
      money('TaxExclusiveAmount', document.net),
      money('TaxInclusiveAmount', document.total),
      money('PayableAmount', document.total),
    ),
    ...lines,
  ];
  const namespace = `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${root} xmlns="${namespace}" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">${body.join('')}</${root}>`,
    '',
  ].join('\n');
}

function party({ name, email, address, taxId, country }: Party): string {
  return element(
    'Party',
    element('PartyName', text('Name', name || email || '')),
    element(
      'PostalAddress',
      address ? text('StreetName', address) : '',
      country ? element('Country', text('IdentificationCode', country)) : '',
    ),
    taxId ? element('PartyTaxScheme', text('CompanyID', taxId), element('TaxScheme', text('ID', 'VAT'))) : '',
    element('PartyLegalEntity', text('RegistrationName', name || email || '')),
    email ? element('Contact', text('ElectronicMail', email)) : '',
  );
}
type Party = { name: string; email?: string; address: string; taxId: string; country: string };

function element(name: string, ...children: string[]): string {
  return `<cac:${name}>${children.join('')}</cac:${name}>`;
}

function text(name: string, content: string): string {
  return `<cbc:${name}>${escapeXml(content)}</cbc:${name}>`;
}

function escapeXml(content: string): string {
  return content
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
