import { currencyExponent } from '@stoa/kernel';
import { fontRuns, type Typeface } from '@stoa/kernel/typefaces';
import PDFDocument from 'pdfkit';
import type { InvoiceDocument } from './document.ts';
import { invoiceFonts } from './fonts.ts';
import { invoiceTexts } from './texts.ts';

// A4, in points.
const page = { width: 595.28, height: 841.89 };
const margin = 52;
const right = page.width - margin;
const bottom = page.height - 72;
const colors = { ink: '#211e1a', quiet: '#6b6359', line: '#d8d0c1', aegean: '#1f5c86' };

type Doc = PDFKit.PDFDocument;
type Style = { typeface: Typeface; size: number; color: string };

/**
 * Prints an invoice or a credit note in the buyer's language: tagged for screen readers, fonts embedded. The same
 * document gives the same bytes.
 */
export async function drawInvoice(document: InvoiceDocument): Promise<Buffer> {
  const { locale, say } = invoiceTexts(document.locale);
  const fonts = await invoiceFonts();
  const issuedAt = new Date(document.issuedAt);
  const title = `${say(document.kind)} ${document.number}`;
  const doc = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    bufferPages: true,
    lang: locale,
    displayTitle: true,
    info: { Title: title, Author: document.merchant.name, CreationDate: issuedAt, ModDate: issuedAt },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  for (const file of [...fonts.text, ...fonts.strong]) doc.registerFont(file.name, file.content);

  const text: Style = { typeface: fonts.text, size: 9.5, color: colors.ink };
  const quiet: Style = { ...text, color: colors.quiet, size: 8.5 };
  const strong: Style = { ...text, typeface: fonts.strong };
  const money = moneyFormat(document.currency, locale);
  const day = (time: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(time));
  const root = doc.struct('Document');
  doc.addStructure(root);
  const add = (type: 'H1' | 'P', draw: () => void) => root.add(doc.struct(type, {}, draw));

  add('H1', () => write(doc, title, { ...strong, size: 20, color: colors.aegean }, { x: margin, y: 56 }));
  const facts: [string, string][] = [
    [say('date'), day(document.issuedAt)],
    [say('order'), document.orderNumber],
  ];
  facts.forEach(([name, value], index) => {
    add('P', () => write(doc, `${name}: ${value}`, text, { x: margin, y: 88 + index * 14 }));
  });

  const { merchant, buyer } = document;
  const party = (heading: string, lines: readonly string[], x: number) => {
    add('P', () => {
      write(doc, heading, quiet, { x, y: 132 });
      const kept = lines.filter(Boolean).flatMap((line) => broken(doc, line, text, 220));
      kept.slice(0, 7).forEach((line, index) => {
        write(doc, line, index === 0 ? strong : text, { x, y: 146 + index * 13.5 });
      });
    });
  };
  party(
    say('from'),
    [merchant.name, merchant.address, labelled(say('taxId'), merchant.taxId), merchant.country],
    margin,
  );
  party(
    say('to'),
    [buyer.name || buyer.email, buyer.name ? buyer.email : '', labelled(say('taxId'), buyer.document), buyer.country],
    page.width / 2 + 8,
  );

  let y = 256;
  if (document.corrects) {
    const { number, issuedAt: of } = document.corrects;
    add('P', () => write(doc, say('corrects', { number, date: day(of) }), text, { x: margin, y: y - 16 }));
    y += 12;
  }
  const columns = { quantity: 372, price: 456, amount: right };
  const head = () => {
    add('P', () => {
      write(doc, say('item'), quiet, { x: margin, y });
      writeRight(doc, say('quantity'), quiet, { x: columns.quantity, y });
      writeRight(doc, say('price'), quiet, { x: columns.price, y });
      writeRight(doc, say('amount'), quiet, { x: columns.amount, y });
    });
    rule(doc, y + 14);
    y += 22;
  };
  const turnPage = (needed: number) => {
    if (y + needed <= bottom) return false;
    doc.addPage({ size: [page.width, page.height], margin: 0 });
    y = 56;
    return true;
  };
  head();
  for (const line of document.lines) {
    const titleLines = broken(doc, line.title, text, 270);
    const below = [
      ...(line.includes ? broken(doc, say('includes', { items: line.includes.join(', ') }), quiet, 270) : []),
      ...(line.seller ? [say('seller', { seller: line.seller })] : []),
    ];
    const height = (titleLines.length + below.length) * 13.5 + 8;
    if (turnPage(height)) head();
    add('P', () => {
      titleLines.forEach((part, index) => {
        write(doc, part, text, { x: margin, y: y + index * 13.5 });
      });
      below.forEach((part, index) => {
        write(doc, part, quiet, { x: margin, y: y + (titleLines.length + index) * 13.5 });
      });
      writeRight(doc, String(line.quantity), text, { x: columns.quantity, y });
      writeRight(doc, money(line.unitPrice), text, { x: columns.price, y });
      writeRight(doc, money(line.unitPrice * line.quantity), text, { x: columns.amount, y });
    });
    y += height;
  }
  rule(doc, y);
  y += 10;
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const sums: [string, number, Style][] = [
    ...(document.discount > 0
      ? ([
          [say('subtotal'), document.subtotal, text],
          [say('discount'), -document.discount, text],
        ] satisfies [string, number, Style][])
      : []),
    ...(document.taxes.length > 0 ? ([[say('net'), document.net, text]] satisfies [string, number, Style][]) : []),
    ...document.taxes.map(({ name, rate, tax }): [string, number, Style] => [
      say('tax', { name, rate: percent.format(rate / 10_000) }),
      tax,
      text,
    ]),
    [say(document.kind === 'invoice' ? 'total' : 'totalBack'), document.total, { ...strong, size: 11.5 }],
  ];
  turnPage(sums.length * 17 + 40);
  for (const [name, value, style] of sums) {
    add('P', () => {
      writeRight(doc, name, style, { x: columns.price, y });
      writeRight(doc, money(value), style, { x: columns.amount, y });
    });
    y += 17;
  }
  if (document.paidWith && document.kind === 'invoice') {
    add('P', () => write(doc, say('paidWith', { method: document.paidWith }), quiet, { x: margin, y: y + 12 }));
  }
  root.end();
  const { count } = doc.bufferedPageRange();
  for (let index = 0; count > 1 && index < count; index += 1) {
    doc.switchToPage(index);
    doc.markContent('Artifact', { type: 'Pagination' });
    writeRight(doc, say('page', { page: index + 1, pages: count }), quiet, { x: right, y: page.height - 48 });
    doc.endMarkedContent();
  }
  doc.end();
  return finished;
}

/** Minor units as people of a language read them. */
export function moneyFormat(currency: string, locale: string): (amount: number) => string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const unit = 10 ** currencyExponent(currency);
  return (amount) => format.format(amount / unit);
}

const labelled = (label: string, value: string) => (value ? `${label}: ${value}` : '');

type Place = { x: number; y: number };

function write(doc: Doc, text: string, style: Style, { x, y }: Place): void {
  let at = x;
  for (const run of fontRuns(style.typeface, text)) {
    doc.font(run.font).fontSize(style.size).fillColor(style.color);
    doc.text(run.text, at, y + style.size * 0.9, { lineBreak: false, baseline: 'alphabetic' });
    at += doc.widthOfString(run.text);
  }
}

function writeRight(doc: Doc, text: string, style: Style, { x, y }: Place): void {
  write(doc, text, style, { x: x - widthOf(doc, text, style), y });
}

function widthOf(doc: Doc, text: string, style: Style): number {
  return fontRuns(style.typeface, text).reduce(
    (sum, run) => sum + doc.font(run.font).fontSize(style.size).widthOfString(run.text),
    0,
  );
}

/** Breaks at spaces; a word that does not fit by itself is broken where it must be. */
function broken(doc: Doc, text: string, style: Style, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(doc, longer, style) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const character of word) {
      if (line && widthOf(doc, line + character, style) > width) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return [...lines, line];
}

function rule(doc: Doc, y: number): void {
  doc.markContent('Artifact', { type: 'Layout' });
  doc.lineWidth(0.75).strokeColor(colors.line).moveTo(margin, y).lineTo(right, y).stroke();
  doc.endMarkedContent();
}
