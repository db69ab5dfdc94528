import { crc32 } from 'node:zlib';

/**
 * True when bytes are built, from their start to the end they name, like a picture of a kind that browsers show: PNG, JPEG,
 * GIF, WebP or AVIF. What follows that end is let be, as cameras and editors append things. No pixel is decoded, so a
 * picture can still be the wrong one; what is cut off, or a signature before something else, is none.
 *
 * Sources: PNG (W3C, third edition) 5 and 11.2.1; JPEG, ITU-T T.81 annex B; GIF89a; WebP, RFC 9649 2; AVIF, ISO/IEC 14496-12
 * 4.2 and 23008-12 6.5.3.
 */
export function isWholePicture(bytes: Buffer): boolean {
  try {
    return walkOf(bytes)(bytes);
  } catch (error) {
    // Reading past the end, which a file that is cut off makes a walk do.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function walkOf(bytes: Buffer): (bytes: Buffer) => boolean {
  const text = (start: number, end: number) => bytes.toString('latin1', start, end);
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return isWholePng;
  if (text(0, 2) === '\xff\xd8') return isWholeJpeg;
  if (/^GIF8[79]a$/.test(text(0, 6))) return isWholeGif;
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return isWholeWebp;
  if (text(4, 8) === 'ftyp' && /^avi[fs]$/.test(text(8, 12))) return isWholeAvif;
  return () => false;
}

/** The longest side that JPEG and GIF can name, and more than browsers draw. */
const longestSide = 65_535;
const isSize = (width: number, height: number) =>
  width > 0 && height > 0 && width <= longestSide && height <= longestSide;

/** Bit depths of each color type of PNG. */
const pngDepths: Record<number, number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function isWholePng(bytes: Buffer): boolean {
  let pixels = 0;
  for (let at = 8, first = true; ; first = false) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const sum = bytes.readUInt32BE(at + 8 + length);
    if (!/^[A-Za-z]{4}$/.test(type) || first !== (type === 'IHDR')) return false;
    // Chunks with a capital are the ones without which nothing can be drawn.
    if (/^[A-Z]/.test(type) && crc32(bytes.subarray(at + 4, at + 8 + length)) !== sum) return false;
    if (type === 'IHDR') {
      if (length !== 13 || !isSize(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12))) return false;
      const [depth = 0, color = 0, compression, filter, interlace = 0] = bytes.subarray(at + 16, at + 21);
      if (!pngDepths[color]?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) return false;
    }
    if (type === 'IDAT') pixels += length;
    if (type === 'IEND') return pixels > 0;
    at += 12 + length;
  }
}

function isWholeJpeg(bytes: Buffer): boolean {
  let hasSize = false;
  let hasPixels = false;
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) return false;
    while (bytes.readUInt8(at) === 0xff) at += 1;
    const marker = bytes.readUInt8(at);
    at += 1;
    if (marker === 0xd9) return hasPixels;
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) return false;
    const length = bytes.readUInt16BE(at);
    if (length < 2) return false;
    // Start of frame; tables and what is reserved stand between those numbers.
    if (marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (length < 11 || !isSize(bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 3))) return false;
      hasSize = true;
    }
    at += length;
    if (marker !== 0xda) continue;
    if (!hasSize) return false;
    const start = at;
    at = endOfScan(bytes, start);
    if (at > start) hasPixels = true;
  }
}

/** Where the next marker stands; in the pixels of a JPEG, 0xff is followed by zero, or by the number of a restart. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = start; ; at += 2) {
    at = bytes.indexOf(0xff, at);
    if (at === -1) throw new RangeError('no marker ends the scan');
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
}

function isWholeGif(bytes: Buffer): boolean {
  const colors = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0);
  const skipBlocks = (start: number) => {
    let at = start;
    for (let length = bytes.readUInt8(at); length > 0; length = bytes.readUInt8(at)) at += 1 + length;
    return at + 1;
  };
  let at = 13 + colors(bytes.readUInt8(10));
  for (let frames = 0; ; ) {
    const kind = at < bytes.length ? bytes.readUInt8(at) : 0x3b;
    if (kind === 0x21) at = skipBlocks(at + 2);
    else if (kind === 0x2c) {
      if (!isSize(bytes.readUInt16LE(at + 5), bytes.readUInt16LE(at + 7))) return false;
      const pixels = at + 10 + colors(bytes.readUInt8(at + 9));
      const codeSize = bytes.readUInt8(pixels);
      if (codeSize < 1 || codeSize > 11 || bytes.readUInt8(pixels + 1) === 0) return false;
      at = skipBlocks(pixels + 1);
      frames += 1;
    }
    // The end, or what browsers take for it: they show what they have by then.
    else return frames > 0;
  }
}

function isWholeWebp(bytes: Buffer): boolean {
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return false;
  let hasPixels = false;
  for (let at = 12; at + 8 <= end; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const start = at + 8;
    if (start + length > end) return false;
    if (at === 12 && !/^VP8[ LX]$/.test(type)) return false;
    if (type === 'VP8X' && length < 10) return false;
    if (type === 'VP8 ') {
      // A key frame begins with an even byte and this code.
      if (length < 10 || bytes.readUInt8(start) & 1 || bytes.readUIntBE(start + 3, 3) !== 0x9d012a) return false;
      if (!isSize(bytes.readUInt16LE(start + 6) & 0x3fff, bytes.readUInt16LE(start + 8) & 0x3fff)) return false;
    }
    // The sides are kept less one, so that any is one; the three bits after them are the version.
    if (type === 'VP8L' && (length < 5 || bytes.readUInt8(start) !== 0x2f || bytes.readUInt8(start + 4) >> 5))
      return false;
    hasPixels ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF';
    at = start + length + (length % 2);
  }
  return hasPixels;
}

type Box = { type: string; start: number; end: number };

/** The boxes between two places. One that does not fit is left out with all that follows, and `whole` says so. */
function boxesBetween(bytes: Buffer, from: number, to: number): { boxes: Box[]; whole: boolean } {
  const boxes: Box[] = [];
  for (let at = from; at < to; ) {
    if (at + 8 > to) return { boxes, whole: false };
    const short = bytes.readUInt32BE(at);
    const isLong = short === 1;
    const length = short === 0 ? to - at : isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    const start = at + (isLong ? 16 : 8);
    if (at + length > to || at + length < start) return { boxes, whole: false };
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start, end: at + length });
    at += length;
  }
  return { boxes, whole: true };
}

function isWholeAvif(bytes: Buffer): boolean {
  const { boxes } = boxesBetween(bytes, 0, bytes.length);
  const inside = (outer: Box[], type: string, skip: number) =>
    outer
      .filter((box) => box.type === type)
      .map((box) => boxesBetween(bytes, box.start + skip, box.end))
      .flatMap(({ boxes, whole }) => (whole ? boxes : []));
  const about = inside(boxes, 'meta', 4);
  const sizes = inside(inside(about, 'iprp', 0), 'ipco', 0).filter(({ type }) => type === 'ispe');
  const hasPixels =
    boxes.some(({ type, start, end }) => type === 'mdat' && end > start) || about.some(({ type }) => type === 'idat');
  return (
    hasPixels &&
    sizes.length > 0 &&
    sizes.every(({ start }) => isSize(bytes.readUInt32BE(start + 4), bytes.readUInt32BE(start + 8)))
  );
}
