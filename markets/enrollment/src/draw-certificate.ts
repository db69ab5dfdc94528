import { fontRuns, inVisualOrder, isRightToLeft, type Typeface, typefaceFor } from '@stoa/kernel/typefaces';
import PDFDocument from 'pdfkit';
import encodeQR from 'qr';
import { certificateFonts } from './certificate-fonts.ts';
import { certificateTexts, formatDay } from './certificate-texts.ts';

export type CertificateFacts = {
  /** Empty when the holder gave none: the certificate says so, and how to mend it. */
  holderName: string;
  courseTitle: string;
  instructorName: string;
  completedAt: Date;
  /** IANA name. */
  timeZone: string;
  /** BCP 47 tag. */
  language: string;
  code: string;
  verificationUrl: string;
};

// A4, landscape, in points.
const page = { width: 841.89, height: 595.28 };
const margin = 56;
const colors = {
  paper: '#fbf9f5',
  stone: '#efeae0',
  line: '#d8d0c1',
  ink: '#211e1a',
  quiet: '#6b6359',
  aegean: '#1f5c86',
};

type Doc = PDFKit.PDFDocument;
type LineOptions = {
  typeface: Typeface;
  size: number;
  color: string;
  x: number;
  y: number;
  width: number;
  align: 'left' | 'center';
};

/**
 * Draws a certificate: one page, tagged for screen readers, fonts embedded, every shape a vector. The same facts give
 * the same bytes, so that two downloads can be compared.
 */
export async function drawCertificate(facts: CertificateFacts): Promise<Buffer> {
  const { locale, say } = certificateTexts(facts.language);
  const fonts = await certificateFonts();
  const isNameless = facts.holderName.trim() === '';
  const holder = isNameless ? say('nameless') : facts.holderName;
  const [nameFace, titleFace, instructorFace] = await Promise.all([
    typefaceFor(holder, [fonts.display, fonts.text]),
    typefaceFor(facts.courseTitle, [fonts.display, fonts.text]),
    typefaceFor(facts.instructorName, [fonts.strong]),
  ]);
  const day = formatDay(facts.completedAt, locale, facts.timeZone);
  const doc = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: locale,
    displayTitle: true,
    info: {
      Title: `${say('title')}: ${facts.courseTitle}`,
      Author: 'Stoa',
      Subject: holder,
      Keywords: facts.code,
      CreationDate: facts.completedAt,
      ModDate: facts.completedAt,
    },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const registered = new Set<string>();
  for (const file of [fonts.display, fonts.text, fonts.strong, nameFace, titleFace, instructorFace].flat()) {
    if (!registered.has(file.name)) doc.registerFont(file.name, file.content);
    registered.add(file.name);
  }

  const root = doc.struct('Document');
  doc.addStructure(root);
  const add = (type: 'H1' | 'P', draw: () => void, options = {}) => root.add(doc.struct(type, options, draw));

  doc.markContent('Artifact', { type: 'Layout' });
  drawBackground(doc);
  doc.endMarkedContent();

  const width = page.width - 2 * margin;
  const centered = { x: margin, width, align: 'center' as const };
  root.add(
    doc.struct('Figure', { alt: say('mark') }, () => {
      drawMark(doc, { x: page.width / 2 - 17, y: 74, size: 34 });
    }),
  );
  add(
    'H1',
    () =>
      drawLine(
        doc,
        say('title').toLocaleUpperCase(locale),
        {
          typeface: fonts.strong,
          size: 12,
          color: colors.aegean,
          y: 126,
          ...centered,
        },
        2.4,
      ),
    // Letters set apart are read out one by one without this.
    { actual: say('title') },
  );
  add('P', () =>
    drawLine(doc, say('intro'), { typeface: fonts.text, size: 13, color: colors.quiet, y: 170, ...centered }),
  );
  // Text that runs from the right lies on the page in another order than it is read.
  const readAs = (text: string) => (isRightToLeft(text) ? { actual: text } : {});
  // What stands in place of a name must not look like one.
  const sizes = isNameless ? [28, 24] : [46, 40, 34, 28];
  const color = isNameless ? colors.quiet : colors.ink;
  const name = fitLines(doc, holder, { typeface: nameFace, sizes, width, lines: 2 });
  const nameY = 192;
  add(
    'P',
    () => drawLines(doc, name.lines, { typeface: nameFace, size: name.size, color, y: nameY, ...centered }),
    readAs(holder),
  );
  const below = nameY + name.lines.length * name.size * 1.15 + 20;
  add('P', () =>
    drawLine(doc, say('completed'), { typeface: fonts.text, size: 13, color: colors.quiet, y: below, ...centered }),
  );
  const title = fitLines(doc, facts.courseTitle, { typeface: titleFace, sizes: [28, 24, 20, 17], width, lines: 2 });
  add(
    'P',
    () =>
      drawLines(doc, title.lines, {
        typeface: titleFace,
        size: title.size,
        color: colors.aegean,
        y: below + 28,
        ...centered,
      }),
    readAs(facts.courseTitle),
  );
  const dayY = below + 28 + title.lines.length * title.size * 1.15 + 14;
  add('P', () =>
    drawLine(doc, say('on').replace('{date}', day), {
      typeface: fonts.text,
      size: 13,
      color: colors.ink,
      y: dayY,
      ...centered,
    }),
  );

  if (isNameless) {
    add('P', () =>
      drawLine(doc, say('giveName'), {
        typeface: fonts.text,
        size: 10,
        color: colors.quiet,
        y: dayY + 30,
        ...centered,
      }),
    );
  }

  const foot = 446;
  const left = { x: margin + 24, width: 300, align: 'left' as const };
  if (facts.instructorName) {
    add('P', () => {
      drawLine(doc, say('instructor'), { typeface: fonts.text, size: 9, color: colors.quiet, y: foot + 34, ...left });
      const [instructor = ''] = fitLines(doc, facts.instructorName, {
        typeface: instructorFace,
        sizes: [13, 11, 9],
        width: left.width,
        lines: 1,
      }).lines;
      drawLine(doc, instructor, { typeface: instructorFace, size: 13, color: colors.ink, y: foot + 48, ...left });
    });
  }
  const qrSize = 84;
  const qrX = page.width - margin - 24 - qrSize;
  const beside = { x: qrX - 316, width: 300, align: 'left' as const };
  add('P', () => {
    drawRight(doc, say('verify'), { typeface: fonts.strong, size: 9, color: colors.ink, y: foot + 24, ...beside });
    drawRight(doc, facts.verificationUrl.slice(0, -facts.code.length).replace(/^https?:\/\//, ''), {
      typeface: fonts.text,
      size: 9,
      color: colors.quiet,
      y: foot + 38,
      ...beside,
    });
    drawRight(doc, `${say('code')} ${facts.code}`, {
      typeface: fonts.strong,
      size: 10,
      color: colors.ink,
      y: foot + 52,
      ...beside,
    });
  });
  root.add(
    doc.struct('Figure', { alt: say('qr') }, () => {
      drawQr(doc, facts.verificationUrl, { x: qrX, y: foot, size: qrSize });
    }),
  );
  doc.link(qrX, foot, qrSize, qrSize, facts.verificationUrl);
  root.end();
  doc.end();
  return finished;
}

/** Paper, a hairline frame, and along the foot the shade of a long colonnade. */
function drawBackground(doc: Doc): void {
  doc.rect(0, 0, page.width, page.height).fill(colors.paper);
  const bays = 24;
  const frame = 28;
  const bay = (page.width - 2 * frame) / bays;
  const base = page.height - frame;
  doc.rect(frame, base - 26, page.width - 2 * frame, 26).fill(colors.stone);
  for (let i = 0; i < bays; i += 1) {
    const x = frame + i * bay + bay * 0.2;
    const w = bay * 0.6;
    // Light between two columns: an opening with a round head.
    doc
      .moveTo(x, base)
      .lineTo(x, base - 12)
      .bezierCurveTo(x, base - 12 - w * 0.62, x + w, base - 12 - w * 0.62, x + w, base - 12)
      .lineTo(x + w, base)
      .fill(colors.paper);
  }
  doc
    .lineWidth(0.75)
    .rect(frame, frame, page.width - 2 * frame, page.height - 2 * frame)
    .stroke(colors.line);
}

/** The mark: four columns under one line, one stroke weight. */
function drawMark(doc: Doc, { x, y, size }: { x: number; y: number; size: number }): void {
  const stroke = size / 11;
  const columns = 4;
  doc.lineWidth(stroke).lineCap('butt').strokeColor(colors.ink);
  doc
    .moveTo(x, y + stroke / 2)
    .lineTo(x + size, y + stroke / 2)
    .stroke();
  for (let i = 0; i < columns; i += 1) {
    const column = x + stroke * 1.5 + (i * (size - stroke * 3)) / (columns - 1);
    doc
      .moveTo(column, y + stroke * 2)
      .lineTo(column, y + size - stroke * 2)
      .stroke();
  }
  doc
    .moveTo(x, y + size - stroke / 2)
    .lineTo(x + size, y + size - stroke / 2)
    .stroke();
}

/** Modules of one row are joined, so that no viewer shows hairlines between them. */
function drawQr(doc: Doc, text: string, { x, y, size }: { x: number; y: number; size: number }): void {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
  const unit = size / modules.length;
  modules.forEach((row, line) => {
    for (let start = 0; start < row.length; start += 1) {
      if (!row[start]) continue;
      let end = start;
      while (row[end]) end += 1;
      doc.rect(x + start * unit, y + line * unit, (end - start) * unit, unit + 0.05);
      start = end;
    }
  });
  doc.fill(colors.ink);
}

function widthOf(doc: Doc, text: string, typeface: Typeface, size: number): number {
  return fontRuns(typeface, text).reduce(
    (sum, run) => sum + doc.font(run.font).fontSize(size).widthOfString(run.text),
    0,
  );
}

type FitOptions = { typeface: Typeface; sizes: readonly number[]; width: number; lines: number };

/** The largest size at which a text fits into so many lines; at the smallest, what is too long ends in an ellipsis. */
function fitLines(
  doc: Doc,
  text: string,
  { typeface, sizes, width, lines }: FitOptions,
): { size: number; lines: string[] } {
  const clean = text.replace(/\s+/g, ' ').trim();
  let last = { size: sizes[0] ?? 12, lines: [clean] };
  for (const size of sizes) {
    const broken = breakLines(clean, (part) => widthOf(doc, part, typeface, size) <= width);
    last = { size, lines: broken };
    if (broken.length <= lines) return last;
  }
  const kept = last.lines.slice(0, lines);
  let end = kept[lines - 1] ?? '';
  while (end && widthOf(doc, `${end}…`, typeface, last.size) > width) end = end.slice(0, -1);
  return { size: last.size, lines: [...kept.slice(0, -1), `${end}…`] };
}

/** Breaks at spaces; a word that does not fit by itself is broken where it must be. */
function breakLines(text: string, fits: (part: string) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const character of word) {
      if (line && !fits(line + character)) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return [...lines, line];
}

function drawLines(doc: Doc, lines: readonly string[], options: LineOptions): void {
  lines.forEach((line, index) => {
    drawLine(doc, line, { ...options, y: options.y + index * options.size * 1.15 });
  });
}

function drawLine(doc: Doc, text: string, options: LineOptions, spacing = 0): void {
  const { typeface, size, color, y } = options;
  const letters = [...text].length;
  const width = widthOf(doc, text, typeface, size) + spacing * Math.max(0, letters - 1);
  let x = options.align === 'center' ? options.x + (options.width - width) / 2 : options.x;
  for (const run of fontRuns(typeface, inVisualOrder(text))) {
    doc.font(run.font).fontSize(size).fillColor(color);
    // On one base line, whichever files the runs come from.
    doc.text(run.text, x, y + size * 0.9, { lineBreak: false, characterSpacing: spacing, baseline: 'alphabetic' });
    x += doc.widthOfString(run.text) + spacing * [...run.text].length;
  }
}

/** A line that ends at the right edge of its column. */
function drawRight(doc: Doc, text: string, options: LineOptions): void {
  const width = widthOf(doc, text, options.typeface, options.size);
  drawLine(doc, text, { ...options, x: options.x + options.width - width });
}
