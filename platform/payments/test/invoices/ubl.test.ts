import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { currencyExponent } from '@stoa/kernel';
import fc from 'fast-check';
import type { InvoiceDocument } from '../../src/invoices/document.ts';
import { writeUbl } from '../../src/invoices/write-ubl.ts';
import { sampleDocument, sampleDocuments, sampleLine } from './sample-document.ts';
import { allOf, checkStructure, type Element, readXml, textsOf } from './ubl-structure.ts';

/**
 * The business rules of EN 16931-1 that sums and categories of ours have to keep, by their names there. The whole set was
 * run once over the same samples with the published schematron (docs/payments/proof.md).
 */
function checkRules(root: Element, document: InvoiceDocument): void {
  const unit = 10 ** currencyExponent(document.currency);
  const cents = (text: string | undefined) => Math.round(Number(text ?? Number.NaN) * unit);
  const one = (...path: string[]) => {
    const texts = textsOf(root, ...path);
    assert.equal(texts.length, 1, path.join('/'));
    return texts[0] ?? '';
  };
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  const total = (name: string) => cents(one('LegalMonetaryTotal', name));
  const lines = [...allOf(root, 'InvoiceLine'), ...allOf(root, 'CreditNoteLine')];
  const rows = allOf(root, 'TaxSubtotal');
  const tax = cents(one('TaxTotal', 'TaxAmount'));
  assert.equal(
    total('LineExtensionAmount'),
    sum(lines.map((line) => cents(textsOf(line, 'LineExtensionAmount')[0]))),
    'BR-CO-10',
  );
  assert.equal(total('TaxExclusiveAmount'), total('LineExtensionAmount'), 'BR-CO-13');
  assert.equal(tax, sum(rows.map((row) => cents(textsOf(row, 'TaxAmount')[0]))), 'BR-CO-14');
  assert.equal(total('TaxInclusiveAmount'), total('TaxExclusiveAmount') + tax, 'BR-CO-15');
  assert.equal(total('PayableAmount'), total('TaxInclusiveAmount') - total('PrepaidAmount'), 'BR-CO-16');
  assert.equal(total('TaxInclusiveAmount'), document.total, 'what was paid');
  const categoryOf = (element: Element) =>
    `${textsOf(element, 'ID').join()} ${textsOf(element, 'Percent').join() || 'none'}`;
  const byCategory = new Map<string, number>();
  for (const line of lines) {
    const [kind] = allOf(line, 'ClassifiedTaxCategory');
    assert.ok(kind, 'BR-CO-04');
    const net = cents(textsOf(line, 'LineExtensionAmount')[0]);
    byCategory.set(categoryOf(kind), (byCategory.get(categoryOf(kind)) ?? 0) + net);
    const quantity = Number([...textsOf(line, 'InvoicedQuantity'), ...textsOf(line, 'CreditedQuantity')][0]);
    assert.equal(Number(textsOf(line, 'Price', 'BaseQuantity')[0]), quantity);
    const off = sum(textsOf(line, 'AllowanceCharge', 'Amount').map(cents));
    assert.equal(cents(textsOf(line, 'Price', 'PriceAmount')[0]) - off, net, 'price times quantity less discount');
    assert.ok(cents(textsOf(line, 'Price', 'PriceAmount')[0]) >= 0, 'BR-27');
  }
  assert.equal(rows.length, byCategory.size, 'BR-S-01, BR-Z-01, BR-O-01');
  for (const row of rows) {
    const [kind] = allOf(row, 'TaxCategory');
    assert.ok(kind);
    const taxable = cents(textsOf(row, 'TaxableAmount')[0]);
    assert.equal(taxable, byCategory.get(categoryOf(kind)), 'BR-S-08, BR-Z-08, BR-O-08');
    // Tax is rounded line by line; the rule leaves one whole unit of the currency for that.
    const expected = (taxable * Number(textsOf(kind, 'Percent')[0] ?? 0)) / 100;
    assert.ok(Math.abs(cents(textsOf(row, 'TaxAmount')[0]) - expected) <= Math.max(unit, lines.length), 'BR-CO-17');
  }
  const isEuropean = textsOf(root, 'CustomizationID').length > 0;
  if (!isEuropean) return;
  assert.equal(allOf(root, 'IdentificationCode').length, 2, 'BR-09, BR-11');
  const [seller] = allOf(root, 'AccountingSupplierParty');
  assert.ok(seller && allOf(seller, 'CompanyID').length > 0, 'BR-CO-26');
  for (const scheme of allOf(root, 'PartyTaxScheme'))
    if (textsOf(scheme, 'TaxScheme', 'ID')[0] === 'VAT')
      assert.match(textsOf(scheme, 'CompanyID')[0] ?? '', /^[A-Z]{2}/, 'BR-CO-09');
}

describe('an invoice or a credit note as UBL 2.1', () => {
  for (const [name, document] of Object.entries(sampleDocuments)) {
    test(`has its elements in the order of the standard and sums by EN 16931: ${name}`, () => {
      const root = readXml(writeUbl(document));
      checkStructure(root);
      checkRules(root, document);
    });
  }
  test('adds up whatever is sold, to the cent', () => {
    const line = fc
      .record({
        unitPrice: fc.integer({ min: 0, max: 5_000_000 }),
        quantity: fc.integer({ min: 1, max: 50 }),
        part: fc.integer({ min: 0, max: 100 }),
        taxRate: fc.constantFrom(0, 500, 600, 1950, 2300),
        taxName: fc.constantFrom('IVA', 'VAT', undefined),
        inclusive: fc.boolean(),
      })
      .map(({ part, taxName, taxRate, inclusive, ...of }) => {
        const discount = Math.floor((of.unitPrice * of.quantity * part) / 100);
        const tax = taxName === undefined ? {} : { taxName, taxRate, inclusive };
        return sampleLine({ title: 'A <line> & more', ...of, discount, ...tax });
      });
    const country = fc.constantFrom('PT', 'BR', '');
    const taxId = fc.constantFrom('PT501964843', '11444777000161', '');
    const currency = fc.constantFrom('EUR', 'BRL', 'JPY', 'BHD');
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.record({ kind: fc.constantFrom('invoice' as const, 'credit_note' as const), currency, country, taxId }),
        (lines, { kind, currency, country, taxId }) => {
          const party = { name: 'Somebody', address: '', country };
          const document = sampleDocument(lines, {
            kind,
            currency,
            merchant: { ...party, taxId },
            buyer: { ...party, email: 'ana@example.org', document: taxId },
          });
          const root = readXml(writeUbl(document));
          checkStructure(root);
          checkRules(root, document);
        },
      ),
      { numRuns: 500 },
    );
  });
  test('says that nothing is left to be paid, and how much of a price was a discount', () => {
    const root = readXml(writeUbl(sampleDocuments['two rates and a discount'] ?? assert.fail()));
    assert.deepEqual(textsOf(root, 'LegalMonetaryTotal', 'PayableAmount'), ['0.00']);
    assert.deepEqual(textsOf(root, 'InvoiceLine', 'AllowanceCharge', 'Amount'), ['37.04', '2.00', '1.00']);
  });
  test('calls itself an invoice of EN 16931 only where it is one', () => {
    const claims = Object.entries(sampleDocuments).filter(
      ([, one]) => !writeUbl(one).includes('urn:cen.eu:en16931:2017'),
    );
    assert.deepEqual(
      claims.map(([name]) => name),
      ['yen', 'many scripts', 'sold outside the tax'],
    );
  });
});

describe('the check of its structure', () => {
  const good = writeUbl(sampleDocuments.plain ?? assert.fail());
  for (const [what, bad] of [
    [
      'an element out of order',
      good.replace(/(<cbc:ID>[^<]*<\/cbc:ID>)(<cbc:IssueDate>[^<]*<\/cbc:IssueDate>)/, '$2$1'),
    ],
    ['a missing element', good.replace(/<cac:LegalMonetaryTotal>.*<\/cac:LegalMonetaryTotal>/, '')],
    ['an element twice', good.replace(/(<cbc:PayableAmount.*?<\/cbc:PayableAmount>)/, '$1$1')],
    ['an amount without a currency', good.replace(/ currencyID="EUR"/, '')],
    [
      'an element nobody knows',
      good.replace('<cbc:IssueDate>', '<cbc:IssueDay>').replace('</cbc:IssueDate>', '</cbc:IssueDay>'),
    ],
    ['something that is not closed', good.replace('</cac:Party>', '')],
  ] as const) {
    test(`finds ${what}`, () => {
      assert.notEqual(bad, good);
      assert.throws(() => checkStructure(readXml(bad)));
    });
  }
});
