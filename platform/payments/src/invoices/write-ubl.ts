import { currencyExponent } from '@stoa/kernel';
import { roundedProportion } from '../core/proportion.ts';
import { toDecimal } from '../ledger/csv.ts';
import type { InvoiceDocument, InvoiceLine } from './document.ts';

/**
 * An invoice or credit note as UBL 2.1 XML (OASIS, ISO/IEC 19845). Elements follow the order of the schema, sums the
 * business rules of EN 16931-1. It says that it is an EN 16931 invoice only where it can be one: with two countries, a
 * seller's number and a currency that has at most two decimals. It is written when the money is there, so nothing is left to be paid.
 */
export function writeUbl(document: InvoiceDocument): string {
  const isInvoice = document.kind === 'invoice';
  const root = isInvoice ? 'Invoice' : 'CreditNote';
  const { currency, merchant, buyer } = document;
  const money = (name: string, amount: number) =>
    `<cbc:${name} currencyID="${currency}">${toDecimal(amount, currency)}</cbc:${name}>`;
  const taxed = breakDown(document);
  const net = taxed.reduce((sum, row) => sum + row.net, 0);
  const tax = taxed.reduce((sum, row) => sum + row.tax, 0);
  const isEuropean =
    merchant.taxId !== '' && merchant.country !== '' && buyer.country !== '' && currencyExponent(currency) <= 2;
  const lines = document.lines.map((line, index) => {
    const quantity = isInvoice ? 'InvoicedQuantity' : 'CreditedQuantity';
    const off = discountBeforeTax(line);
    return aggregate(
      isInvoice ? 'InvoiceLine' : 'CreditNoteLine',
      text('ID', String(index + 1)),
      `<cbc:${quantity} unitCode="C62">${line.quantity}</cbc:${quantity}>`,
      money('LineExtensionAmount', line.net),
      off > 0
        ? aggregate(
            'AllowanceCharge',
            text('ChargeIndicator', 'false'),
            // UNTDID 5189: discount.
            text('AllowanceChargeReasonCode', '95'),
            money('Amount', off),
          )
        : '',
      aggregate(
        'Item',
        line.includes ? text('Description', line.includes.join(', ')) : '',
        text('Name', line.title),
        category('ClassifiedTaxCategory', kindOf(document, line)),
      ),
      // Of all pieces together: the price of one may not be a whole number of cents.
      aggregate(
        'Price',
        money('PriceAmount', line.net + off),
        `<cbc:BaseQuantity unitCode="C62">${line.quantity}</cbc:BaseQuantity>`,
      ),
    );
  });
  const body = [
    text('UBLVersionID', '2.1'),
    isEuropean ? text('CustomizationID', 'urn:cen.eu:en16931:2017') : '',
    text('ID', document.number),
    text('IssueDate', document.issuedAt.slice(0, 10)),
    text(isInvoice ? 'InvoiceTypeCode' : 'CreditNoteTypeCode', isInvoice ? '380' : '381'),
    text('DocumentCurrencyCode', currency),
    aggregate('OrderReference', text('ID', document.orderNumber)),
    document.corrects
      ? aggregate(
          'BillingReference',
          aggregate(
            'InvoiceDocumentReference',
            text('ID', document.corrects.number),
            text('IssueDate', document.corrects.issuedAt.slice(0, 10)),
          ),
        )
      : '',
    aggregate('AccountingSupplierParty', party({ ...merchant, email: '', isSeller: true })),
    aggregate(
      'AccountingCustomerParty',
      party({ ...buyer, name: buyer.name || buyer.email, taxId: buyer.document, address: '', isSeller: false }),
    ),
    aggregate(
      'TaxTotal',
      money('TaxAmount', tax),
      ...taxed.map((row) =>
        aggregate(
          'TaxSubtotal',
          money('TaxableAmount', row.net),
          money('TaxAmount', row.tax),
          category('TaxCategory', row, row.code === 'O' ? 'Not subject to VAT' : ''),
        ),
      ),
    ),
    aggregate(
      'LegalMonetaryTotal',
      money('LineExtensionAmount', net),
      money('TaxExclusiveAmount', net),
      money('TaxInclusiveAmount', net + tax),
      money('PrepaidAmount', net + tax),
      money('PayableAmount', 0),
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

/** UNTDID 5305: `S` taxed, `Z` taxed at nothing, `O` sold by somebody who is no part of the tax. Rates in ten-thousandths. */
type Category = { code: 'S' | 'Z' | 'O'; rate: number };

function kindOf(document: InvoiceDocument, line: InvoiceLine): Category {
  if (line.taxRate > 0) return { code: 'S', rate: line.taxRate };
  // Outside the tax is a whole document or no part of it (BR-O-11), and only for sellers without a number (BR-O-02).
  const isOutside = document.merchant.taxId === '' && document.lines.every(({ taxRate }) => taxRate === 0);
  return { code: isOutside ? 'O' : 'Z', rate: 0 };
}

/** Net and tax by category and rate, lines without a tax among them: the sums of the document follow from these. */
function breakDown(document: InvoiceDocument): (Category & { net: number; tax: number })[] {
  const rows = new Map<string, Category & { net: number; tax: number }>();
  for (const line of document.lines) {
    const kind = kindOf(document, line);
    const key = `${kind.code} ${kind.rate}`;
    const row = rows.get(key) ?? { ...kind, net: 0, tax: 0 };
    row.net += line.net;
    row.tax += line.tax;
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** A line's discount as it is before tax: that of a price with tax in it is lessened by the tax's part of it. */
function discountBeforeTax({ unitPrice, quantity, discount, net }: InvoiceLine): number {
  const paid = unitPrice * quantity - discount;
  return paid > 0 && discount > 0 ? roundedProportion(discount, net, paid) : discount;
}

function category(name: string, { code, rate }: Category, reason = ''): string {
  return aggregate(
    name,
    text('ID', code),
    code === 'O' ? '' : text('Percent', (rate / 100).toFixed(2)),
    reason ? text('TaxExemptionReason', reason) : '',
    aggregate('TaxScheme', text('ID', 'VAT')),
  );
}

type Party = { name: string; email: string; address: string; taxId: string; country: string; isSeller: boolean };

function party({ name, email, address, taxId, country, isSeller }: Party): string {
  const number = taxId.replace(/[\s.]/g, '');
  // A VAT number begins with its country (BR-CO-09; Greece's with EL). Any other number is a registration.
  const isVat = /^[A-Z]{2}[0-9A-Z+*]{2,}$/.test(number);
  const registered = taxId !== '' && !isVat;
  return aggregate(
    'Party',
    registered && !isSeller ? aggregate('PartyIdentification', text('ID', taxId)) : '',
    aggregate('PartyName', text('Name', name)),
    aggregate(
      'PostalAddress',
      address ? text('StreetName', address) : '',
      country ? aggregate('Country', text('IdentificationCode', country)) : '',
    ),
    isVat || (registered && isSeller)
      ? aggregate(
          'PartyTaxScheme',
          text('CompanyID', isVat ? number : taxId),
          aggregate('TaxScheme', text('ID', isVat ? 'VAT' : 'TAX')),
        )
      : '',
    aggregate(
      'PartyLegalEntity',
      text('RegistrationName', name),
      registered && isSeller ? text('CompanyID', taxId) : '',
    ),
    email ? aggregate('Contact', text('ElectronicMail', email)) : '',
  );
}

function aggregate(name: string, ...children: string[]): string {
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
