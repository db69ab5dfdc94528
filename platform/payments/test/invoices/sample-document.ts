import { type InvoiceDocument, type InvoiceLine, sumTaxes } from '../../src/invoices/document.ts';

type LineOf = { title: string; unitPrice: number; quantity?: number; discount?: number; seller?: string } & (
  | { taxName: string; taxRate: number; inclusive?: boolean }
  | { taxName?: undefined }
);

/** A line as `priceOrder` makes it: the discount off the gross price, then the tax in it or on top of it. */
export function sampleLine(of: LineOf): InvoiceLine {
  const { title, unitPrice, quantity = 1, discount = 0, seller = '' } = of;
  const paid = unitPrice * quantity - discount;
  const rate = of.taxName === undefined ? 0 : of.taxRate;
  const inclusive = of.taxName !== undefined && of.inclusive === true;
  const tax = inclusive ? paid - Math.round((paid * 10_000) / (10_000 + rate)) : Math.round((paid * rate) / 10_000);
  const net = inclusive ? paid - tax : paid;
  return {
    title,
    seller,
    quantity,
    unitPrice,
    discount,
    net,
    taxName: of.taxName ?? '',
    taxRate: rate,
    tax,
    total: net + tax,
  };
}

/** An invoice or a credit note over these lines, with sums that follow from them. */
export function sampleDocument(lines: InvoiceLine[], more: Partial<InvoiceDocument> = {}): InvoiceDocument {
  const sum = (of: (line: InvoiceLine) => number) => lines.reduce((all, line) => all + of(line), 0);
  return {
    version: 1,
    kind: 'invoice',
    number: 'INV-2026-000042',
    issuedAt: '2026-11-21T12:34:56.000Z',
    locale: 'en',
    currency: 'EUR',
    merchant: {
      name: 'Stoa Learning Lda.',
      address: 'Rua do Alecrim 12, 1200-018 Lisboa',
      taxId: 'PT501964843',
      country: 'PT',
    },
    buyer: { name: 'Ana Souza', email: 'ana@example.org', document: '', country: 'PT' },
    orderId: '019a0000-0000-7000-8000-000000000001',
    orderNumber: 'A7K2M9',
    corrects: null,
    reason: null,
    lines,
    subtotal: sum((line) => line.unitPrice * line.quantity),
    discount: sum((line) => line.discount),
    net: sum((line) => line.net),
    taxes: sumTaxes(lines),
    tax: sum((line) => line.tax),
    total: sum((line) => line.total),
    paidWith: 'visa •••• 4242',
    ...more,
  };
}

const corrects = { number: 'INV-2026-000042', issuedAt: '2026-11-21T12:34:56.000Z' };
const longTitle =
  'Distributed systems from first principles: clocks, consensus, replication and everything that goes wrong between two machines, with exercises and Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const vat = { taxName: 'IVA', taxRate: 2300 } as const;

/** What invoices look like at their edges, by name. */
export const sampleDocuments: Readonly<Record<string, InvoiceDocument>> = {
  plain: sampleDocument([sampleLine({ title: 'JavaScript for beginners', unitPrice: 4990, ...vat, inclusive: true })]),
  'without tax': sampleDocument([sampleLine({ title: 'Curso de JavaScript', unitPrice: 4990, seller: 'Rui Alves' })], {
    locale: 'pt-BR',
    currency: 'BRL',
    merchant: {
      name: 'Stoa Educação Ltda.',
      address: 'Av. Paulista 1804, São Paulo',
      taxId: '11444777000161',
      country: 'BR',
    },
    buyer: { name: 'João da Silva', email: 'joao@example.org', document: '52998224725', country: 'BR' },
  }),
  'two rates and a discount': sampleDocument(
    [
      sampleLine({ title: longTitle, unitPrice: 12_345, quantity: 3, discount: 3704, seller: 'Ana Lima', ...vat }),
      sampleLine({ title: 'Libro de ejercicios', unitPrice: 1999, discount: 200, taxName: 'IVA', taxRate: 600 }),
      sampleLine({ title: 'Entrega gratuita', unitPrice: 100, discount: 100, taxName: 'IVA', taxRate: 600 }),
    ],
    { locale: 'es' },
  ),
  'indivisible seats': sampleDocument([
    sampleLine({ title: 'Seats', unitPrice: 333, quantity: 7, discount: 100, ...vat, inclusive: true }),
  ]),
  'many pages': sampleDocument(
    Array.from({ length: 60 }, (_one, index) =>
      sampleLine({
        title: index % 7 === 0 ? longTitle : `Course number ${index + 1}`,
        unitPrice: 1000 + index * 137,
        seller: index % 3 === 0 ? 'Maria Eduarda Cavalcanti de Albuquerque' : '',
        ...vat,
      }),
    ),
  ),
  yen: sampleDocument([sampleLine({ title: 'コース', unitPrice: 4990, taxName: 'JCT', taxRate: 1000 })], {
    currency: 'JPY',
    buyer: { name: '', email: 'nobody@example.org', document: '', country: '' },
  }),
  'many scripts': sampleDocument(
    [
      sampleLine({ title: '分布式系统入门与实践', unitPrice: 12_345, seller: '陳美玲', ...vat, inclusive: true }),
      sampleLine({
        title: 'مقدمة في علوم الحاسوب with SQL 2026',
        unitPrice: 4990,
        seller: 'محمد عبد الله الأنصاري',
        ...vat,
      }),
      sampleLine({ title: 'מבוא לתכנות בשפת פייתון', unitPrice: 4990, seller: 'דוד בן־גוריון', ...vat }),
      sampleLine({ title: 'वितरित प्रणालियाँ', unitPrice: 4990, seller: 'श्रीकान्त क्षत्रिय', ...vat }),
      sampleLine({
        title: 'การเขียนโปรแกรมเบื้องต้นสำหรับผู้เริ่มต้นเรียนรู้และผู้ที่สนใจวิทยาการคอมพิวเตอร์ทุกคน',
        unitPrice: 4990,
        seller: 'สมชาย ใจดี',
        ...vat,
      }),
      sampleLine({ title: '프로그래밍 입문', unitPrice: 4990, seller: '김민수', ...vat }),
    ],
    {
      merchant: { name: 'スト学習株式会社', address: '東京都千代田区丸の内1-1', taxId: '', country: 'JP' },
      buyer: { name: '张晓轩', email: 'zhang@example.org', document: '', country: 'CN' },
    },
  ),
  'taxed and untaxed': sampleDocument([
    sampleLine({ title: 'Taxed <here> & "there"', unitPrice: 5000, ...vat }),
    sampleLine({ title: 'Untaxed', unitPrice: 700, quantity: 2 }),
  ]),
  'sold outside the tax': sampleDocument([sampleLine({ title: 'Course', unitPrice: 5000 })], {
    merchant: { name: 'Stoa', address: '', taxId: '', country: 'PT' },
  }),
  free: sampleDocument([sampleLine({ title: 'Course', unitPrice: 5000, discount: 5000, ...vat, inclusive: true })]),
  'credit note': sampleDocument([sampleLine({ title: 'JavaScript for beginners', unitPrice: 2345, ...vat })], {
    kind: 'credit_note',
    number: 'CRN-2026-000007',
    corrects,
    locale: 'pt-BR',
  }),
  'credit note of two rates': sampleDocument(
    [
      sampleLine({ title: longTitle, unitPrice: 12_345, ...vat, inclusive: true }),
      sampleLine({ title: 'Libro', unitPrice: 999, taxName: 'IVA', taxRate: 600, inclusive: true }),
    ],
    { kind: 'credit_note', number: 'CRN-2026-000008', corrects, locale: 'es' },
  ),
};
