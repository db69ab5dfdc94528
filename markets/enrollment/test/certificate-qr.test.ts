import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import decodeQR from 'qr/decode.js';
import { drawCertificate } from '../src/draw-certificate.ts';

type Rectangle = { x: number; y: number; width: number; height: number };

/** The rectangles that a PDF fills together, as its pages' drawing commands say. */
function filledRectangles(pdf: Buffer): Rectangle[][] {
  const drawing = [...pdf.toString('latin1').matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g)]
    .map(([, bytes = '']) => inflateSync(Buffer.from(bytes, 'latin1')).toString('latin1'))
    .join('\n');
  return [...drawing.matchAll(/(?:^[-\d. ]+ re\n)+/gm)].map(([lines]) =>
    lines
      .trim()
      .split('\n')
      .map((line) => {
        const [x = 0, y = 0, width = 0, height = 0] = line.split(' ').map(Number);
        return { x, y, width, height };
      }),
  );
}

/** What a camera would see of them: black on white paper, so many dots to the point. */
function photograph(rectangles: readonly Rectangle[], dots: number) {
  const paper = 12;
  const left = Math.min(...rectangles.map(({ x }) => x)) - paper;
  const top = Math.min(...rectangles.map(({ y }) => y)) - paper;
  const width = Math.ceil((Math.max(...rectangles.map((r) => r.x + r.width)) - left + paper) * dots);
  const height = Math.ceil((Math.max(...rectangles.map((r) => r.y + r.height)) - top + paper) * dots);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (const one of rectangles) {
    for (let row = Math.round((one.y - top) * dots); row < Math.round((one.y + one.height - top) * dots); row += 1) {
      const from = row * width + Math.round((one.x - left) * dots);
      for (let dot = from; dot < from + Math.round(one.width * dots); dot += 1) data.fill(0, dot * 4, dot * 4 + 3);
    }
  }
  return { width, height, data };
}

test("a certificate's QR code leads to its verification page", async () => {
  const verificationUrl = 'https://learn.example.org/certificates/4T7QX-9M2KD-C0V5H';
  const pdf = await drawCertificate({
    holderName: 'Ana Souza',
    courseTitle: 'Pedras',
    instructorName: 'Rui Prado',
    completedAt: new Date(0),
    timeZone: 'UTC',
    language: 'pt-BR',
    code: '4T7QX-9M2KD-C0V5H',
    verificationUrl,
  });
  const code = filledRectangles(pdf).toSorted((a, b) => b.length - a.length)[0] ?? [];
  assert.ok(code.length > 100, `${code.length} rectangles are no QR code`);
  assert.equal(decodeQR(photograph(code, 6)), verificationUrl);
});
