import assert from 'node:assert/strict';

/*
 * What UBL 2.1 (ISO/IEC 19845) says about the elements we write: their order and which of them there must be, written
 * from the standard, because its schemas may not be passed on with this repository. `!` there must be one, `+` one or more,
 * `?` at most one, `*` any number. An element that is not named is not ours to write.
 */
const party = 'PartyIdentification* PartyName* PostalAddress? PartyTaxScheme* PartyLegalEntity* Contact?'.split(' ');
const line = 'ID! LineExtensionAmount! AllowanceCharge* Item! Price?'.split(' ');
const content: Readonly<Record<string, readonly string[]>> = {
  Invoice:
    'UBLVersionID? CustomizationID? ID! IssueDate! InvoiceTypeCode? DocumentCurrencyCode? OrderReference? BillingReference* AccountingSupplierParty! AccountingCustomerParty! TaxTotal* LegalMonetaryTotal! InvoiceLine+'.split(
      ' ',
    ),
  CreditNote:
    'UBLVersionID? CustomizationID? ID! IssueDate! CreditNoteTypeCode? DocumentCurrencyCode? OrderReference? BillingReference* AccountingSupplierParty! AccountingCustomerParty! TaxTotal* LegalMonetaryTotal! CreditNoteLine+'.split(
      ' ',
    ),
  OrderReference: ['ID!'],
  BillingReference: ['InvoiceDocumentReference?'],
  InvoiceDocumentReference: ['ID!', 'IssueDate?'],
  AccountingSupplierParty: ['Party?'],
  AccountingCustomerParty: ['Party?'],
  Party: party,
  PartyIdentification: ['ID!'],
  PartyName: ['Name!'],
  PostalAddress: ['StreetName?', 'Country?'],
  Country: ['IdentificationCode?'],
  PartyTaxScheme: ['CompanyID?', 'TaxScheme!'],
  PartyLegalEntity: ['RegistrationName?', 'CompanyID?'],
  Contact: ['ElectronicMail?'],
  TaxScheme: ['ID?'],
  TaxTotal: ['TaxAmount!', 'TaxSubtotal*'],
  TaxSubtotal: ['TaxableAmount?', 'TaxAmount!', 'TaxCategory!'],
  TaxCategory: ['ID?', 'Percent?', 'TaxExemptionReason?', 'TaxScheme!'],
  ClassifiedTaxCategory: ['ID?', 'Percent?', 'TaxExemptionReason?', 'TaxScheme!'],
  LegalMonetaryTotal: [
    'LineExtensionAmount?',
    'TaxExclusiveAmount?',
    'TaxInclusiveAmount?',
    'PrepaidAmount?',
    'PayableAmount!',
  ],
  InvoiceLine: [line[0] ?? '', 'InvoicedQuantity?', ...line.slice(1)],
  CreditNoteLine: [line[0] ?? '', 'CreditedQuantity?', ...line.slice(1)],
  AllowanceCharge: ['ChargeIndicator!', 'AllowanceChargeReasonCode?', 'Amount!'],
  Item: ['Description*', 'Name?', 'ClassifiedTaxCategory*'],
  Price: ['PriceAmount!', 'BaseQuantity?'],
};
const patterns: readonly [RegExp, RegExp][] = [
  [/Date$/, /^\d{4}-\d{2}-\d{2}$/],
  [/Amount$/, /^-?\d+(\.\d+)?$/],
  [/Quantity$/, /^\d+$/],
  [/^Percent$/, /^\d+\.\d\d$/],
  [/^ChargeIndicator$/, /^(true|false)$/],
];

/** An element of a document: what is in it, or its text. */
export type Element = { name: string; attributes: string; children: Element[]; text: string };

/** Reads the XML we write: no comments, no mixed content. @throws AssertionError where it is not well formed */
export function readXml(xml: string): Element {
  const top: Element = { name: '', attributes: '', children: [], text: '' };
  const open = [top];
  let at = xml.startsWith('<?xml') ? xml.indexOf('?>') + 2 : 0;
  for (const match of xml.slice(at).matchAll(/([^<]*)<(\/?)([\w:]+)([^<>]*)>/g)) {
    const [whole, before = '', slash, name = '', attributes = ''] = match;
    at += whole.length;
    const inside = open.at(-1) ?? assert.fail('something after the end');
    if (before.trim()) inside.text += before;
    assert.ok(!/&(?!amp;|lt;|gt;|quot;)/.test(before), `not escaped: ${before}`);
    if (slash) {
      assert.equal(name, inside.name, 'elements close in their order');
      assert.ok(inside.children.length === 0 || inside.text === '', `text between the elements of ${name}`);
      open.pop();
      continue;
    }
    const element = { name, attributes: attributes.trim(), children: [], text: '' };
    inside.children.push(element);
    open.push(element);
  }
  assert.equal(open.length, 1, 'everything is closed');
  assert.equal(xml.slice(at).trim(), '');
  return top.children[0] ?? assert.fail('an empty document');
}

/** @throws AssertionError naming the element that is missing, too many, out of order or not of its form */
export function checkStructure(element: Element): void {
  const name = element.name.replace(/^c[ab]c:/, '');
  const rules = content[name];
  if (!rules) {
    assert.ok(element.name.startsWith('cbc:'), `${element.name} is not known`);
    assert.deepEqual(element.children, [], `${name} holds text`);
    assert.notEqual(element.text, '', `${name} is empty`);
    const [, form] = patterns.find(([of]) => of.test(name)) ?? [];
    if (form) assert.match(element.text, form, name);
    if (/Amount$/.test(name)) assert.match(element.attributes, /^currencyID="[A-Z]{3}"$/, name);
    if (/Quantity$/.test(name)) assert.match(element.attributes, /^unitCode="C62"$/, name);
    return;
  }
  const order = rules.map((rule) => rule.slice(0, -1));
  let place = 0;
  const counts = new Map<string, number>();
  for (const child of element.children) {
    const own = child.name.replace(/^c[ab]c:/, '');
    const found = order.indexOf(own);
    assert.ok(found >= 0, `${own} in ${name}`);
    assert.ok(found >= place, `${own} comes too late in ${name}`);
    assert.equal(child.name, own in content ? `cac:${own}` : `cbc:${own}`);
    place = found;
    counts.set(own, (counts.get(own) ?? 0) + 1);
    checkStructure(child);
  }
  for (const rule of rules) {
    const count = counts.get(rule.slice(0, -1)) ?? 0;
    const how = rule.at(-1);
    assert.ok(how === '*' || how === '?' || count > 0, `${name} without ${rule.slice(0, -1)}`);
    assert.ok(how === '*' || how === '+' || count <= 1, `${count} of ${rule.slice(0, -1)} in ${name}`);
  }
}

/** All elements of a name below one, at any depth. */
export function allOf(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [
    ...(child.name.endsWith(`:${name}`) ? [child] : []),
    ...allOf(child, name),
  ]);
}
/** The texts of elements by the path to them. */
export function textsOf(element: Element, ...path: string[]): string[] {
  const [name, ...rest] = path;
  if (name === undefined) return [element.text];
  return element.children
    .filter((child) => child.name.endsWith(`:${name}`))
    .flatMap((child) => textsOf(child, ...rest));
}
