import { currencyExponent, type Locale } from '@stoa/kernel';
import { fontRuns, inVisualOrder, type Typeface, typefaceFor } from '@stoa/kernel/typefaces';
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
/** `tabular`: figures of one width, so that sums stand under each other. */
type Style = { typeface: Typeface; size: number; color: string; tabular?: boolean };

/**
 * Prints an invoice or a credit note in the buyer's language: tagged for screen readers, fonts embedded. The same
 * document gives the same bytes.
 */
export async function drawInvoice(document: InvoiceDocument): Promise<Buffer> {
  const { locale, say } = invoiceTexts(document.locale);
  const own = await invoiceFonts();
  const written = textOfOthers(document);
  const [regular, medium] = await Promise.all([typefaceFor(written, [own.text]), typefaceFor(written, [own.strong])]);
  const fonts = { text: regular, strong: medium };
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
  // What other scripts need is the same in both.
  for (const file of new Map([...fonts.text, ...fonts.strong].map((one) => [one.name, one])).values())
    doc.registerFont(file.name, file.content);

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
  const party = (heading: string, lines: readonly string[], x: number): number => {
    const [name = '', ...rest] = lines.filter(Boolean);
    // A name that is set in the strong face is wider than the same in the other.
    const names = broken(doc, name, strong, 220);
    const kept = [...names, ...rest.flatMap((line) => broken(doc, line, text, 220))].slice(0, 10);
    add('P', () => {
      write(doc, heading, quiet, { x, y: 132 });
      kept.forEach((line, index) => {
        write(doc, line, index < names.length ? strong : text, { x, y: 146 + index * 13.5 });
      });
    });
    return 146 + kept.length * 13.5;
  };
  const number = (id: string, country: string) => taxNumber({ id, country, label: say('taxId') });
  const ofMerchant = party(
    say('from'),
    [merchant.name, merchant.address, countryName(merchant.country, locale), number(merchant.taxId, merchant.country)],
    margin,
  );
  const ofBuyer = party(
    say('to'),
    [
      buyer.name || buyer.email,
      buyer.name ? buyer.email : '',
      countryName(buyer.country, locale),
      number(buyer.document, buyer.country),
    ],
    page.width / 2 + 8,
  );

  let y = Math.max(ofMerchant, ofBuyer, 214) + 32;
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
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  // Where there is more than one rate, or some are not taxed, each line says its own.
  const hasRates =
    document.taxes.length > 1 ||
    document.lines.some(({ taxName }) => (taxName === '') !== (document.taxes.length === 0));
  for (const line of document.lines) {
    const titleLines = broken(doc, line.title, text, 270);
    const rate =
      hasRates && line.taxName ? say('tax', { name: line.taxName, rate: percent.format(line.taxRate / 10_000) }) : '';
    const below = [
      line.includes ? say('includes', { items: line.includes.join(', ') }) : '',
      line.seller ? say('seller', { seller: line.seller }) : '',
      rate,
    ]
      .filter(Boolean)
      .flatMap((part) => broken(doc, part, quiet, 270));
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
    add('P', () =>
      write(doc, say('paidWith', { method: methodName(document.paidWith, say('sandbox')) }), quiet, {
        x: margin,
        y: y + 12,
      }),
    );
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

/** A kept label (`visa •••• 4242`) as it is; where a provider gave none, the provider as it writes its own name. */
function methodName(paidWith: string, sandbox: string): string {
  const names: Record<string, string> = {
    stripe: 'Stripe',
    paypal: 'PayPal',
    picpay: 'PicPay',
    pix: 'Pix',
    sandbox,
    'sandbox-code': sandbox,
  };
  return names[paidWith] ?? paidWith;
}

/** What people wrote, in whichever script they write. */
function textOfOthers({ merchant, buyer, lines, paidWith }: InvoiceDocument): string {
  const ofLines = lines.flatMap(({ title, seller, taxName, includes = [] }) => [title, seller, taxName, ...includes]);
  return [merchant.name, merchant.address, buyer.name, buyer.email, paidWith, ...ofLines].join(' ');
}

/** Minor units as people of a language read them. */
export function moneyFormat(currency: string, locale: string): (amount: number) => string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const unit = 10 ** currencyExponent(currency);
  return (amount) => format.format(amount / unit);
}

function countryName(country: string, locale: Locale): string {
  return country ? (new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country) : '';
}

/** A tax number by its name where it is from, and as people there write it. */
function taxNumber({ id, country, label }: { id: string; country: string; label: string }): string {
  if (id === '') return '';
  const digits = id.replace(/[.\-/\s]/g, '');
  if (country === 'BR' && /^\d{11}$/.test(digits))
    return `CPF: ${digits.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1.$2.$3-$4')}`;
  // Since July 2026 a CNPJ may have letters in all but its last two places.
  if (country === 'BR' && /^[0-9A-Z]{12}\d{2}$/.test(digits))
    return `CNPJ: ${digits.replace(/(.{2})(.{3})(.{3})(.{4})(.{2})/, '$1.$2.$3/$4-$5')}`;
  return `${label}: ${id}`;
}

type Place = { x: number; y: number };
/**
 * Figures of one width are a feature that has to be asked for. Whatever is asked for, the library lays a text out anew each
 * time; where nothing is, it keeps each word.
 */
const features = ({ tabular }: Style): { features?: PDFKit.Mixins.OpenTypeFeatures[] } =>
  tabular ? { features: ['tnum', 'kern'] } : {};

function write(doc: Doc, text: string, style: Style, { x, y }: Place): void {
  let at = x;
  const shown = inVisualOrder(text);
  // Words that run from the right lie on the page in another order than they are read.
  if (shown !== text) doc.markContent('Span', { actual: text });
  for (const run of fontRuns(style.typeface, shown)) {
    doc.font(run.font).fontSize(style.size).fillColor(style.color);
    doc.text(run.text, at, y + style.size * 0.9, {
      lineBreak: false,
      baseline: 'alphabetic',
      ...features(style),
    });
    // Where the library stands after a line that it was not to break.
    at = doc.x;
  }
  if (shown !== text) doc.endMarkedContent();
}

function writeRight(doc: Doc, text: string, of: Style, { x, y }: Place): void {
  const style = { ...of, tabular: true };
  write(doc, text, style, { x: x - widthOf(doc, text, style), y });
}

function widthOf(doc: Doc, text: string, style: Style): number {
  return fontRuns(style.typeface, text).reduce(
    (sum, run) => sum + doc.font(run.font).fontSize(style.size).widthOfString(run.text, features(style)),
    0,
  );
}

const letters = new Intl.Segmenter();

/** Breaks at spaces; a word that does not fit by itself is broken where it must be, between letters with their marks. */
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
    for (const { segment: character } of letters.segment(word)) {
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
