import { type Bytes, lettersAt } from './byte-window.ts';

/** How far sound may begin behind what stands before it. */
const mostSearched = 128 * 1024;
/** Frames of one bit rate after which a file is taken to keep it. */
const enoughFrames = 100;
const mostFrames = 2_000_000;

type Frame = {
  bitRate: number;
  rate: number;
  samples: number;
  bytes: number;
  isMono: boolean;
  version: number;
  layer: number;
};

/**
 * MP3 and its elder, layer II (ISO/IEC 11172-3, 13818-3). A Xing, Info or VBRI header counts the frames; a file that
 * keeps one bit rate is as long as its bytes; any other is counted frame by frame.
 */
export async function mpegAudioSeconds(bytes: Bytes): Promise<number | null> {
  const start = await firstFrame(bytes, await afterTags(bytes));
  if (start === null) return null;
  const { at, frame } = start;
  const counted = await countedSeconds(bytes, at, frame);
  if (counted !== null) return counted;
  const end = await beforeTags(bytes);
  let next = at;
  let samples = 0;
  let isConstant = true;
  for (let n = 0; n < mostFrames && next + 4 <= end; n += 1) {
    if (n === enoughFrames && isConstant) return ((end - at) * 8) / frame.bitRate;
    const view = await bytes.view(next, 4);
    const one = view.byteLength === 4 ? frameOf(view, 0) : null;
    // Something else follows the sound, or the last frame is cut off.
    if (one === null || next + one.bytes > end + 1) break;
    if (one.bitRate !== frame.bitRate) isConstant = false;
    samples += one.samples;
    next += one.bytes;
  }
  return samples / frame.rate;
}

/** Behind ID3v2 tags, each of which says how long it is in seven bits of four bytes. */
async function afterTags(bytes: Bytes): Promise<number> {
  let at = 0;
  for (let n = 0; n < 5; n += 1) {
    const view = await bytes.view(at, 10);
    if (view.byteLength < 10 || lettersAt(view, 0, 3) !== 'ID3') break;
    const size = [6, 7, 8, 9].reduce((sum, byte) => sum * 128 + (view.getUint8(byte) & 0x7f), 0);
    at += 10 + size + (view.getUint8(5) & 0x10 ? 10 : 0);
  }
  return at;
}

async function beforeTags(bytes: Bytes): Promise<number> {
  const id3 = await bytes.view(bytes.size - 128, 3);
  const end = lettersAt(id3, 0, 3) === 'TAG' ? bytes.size - 128 : bytes.size;
  const ape = await bytes.view(end - 32, 16);
  if (ape.byteLength < 16 || lettersAt(ape, 0, 8) !== 'APETAGEX') return end;
  return Math.max(0, end - 32 - ape.getUint32(12, true));
}

/** The first place where two frames of the same kind follow each other: one alone may be chance. */
async function firstFrame(bytes: Bytes, from: number): Promise<{ at: number; frame: Frame } | null> {
  const view = await bytes.view(from, Math.min(mostSearched, 256 * 1024));
  for (let at = 0; at + 4 <= view.byteLength; at += 1) {
    if (view.getUint8(at) !== 0xff) continue;
    const frame = frameOf(view, at);
    if (frame === null) continue;
    const behind = at + frame.bytes;
    if (behind + 4 > view.byteLength) return from + behind === bytes.size ? { at: from + at, frame } : null;
    const next = frameOf(view, behind);
    if (next !== null && next.rate === frame.rate && next.layer === frame.layer && next.version === frame.version) {
      return { at: from + at, frame };
    }
  }
  return null;
}

async function countedSeconds(bytes: Bytes, at: number, frame: Frame): Promise<number | null> {
  if (frame.layer !== 3) return null;
  const view = await bytes.view(at, 300);
  const side = frame.version === 1 ? (frame.isMono ? 17 : 32) : frame.isMono ? 9 : 17;
  const xing = 4 + side;
  const name = lettersAt(view, xing);
  if ((name === 'Xing' || name === 'Info') && view.byteLength >= xing + 12) {
    const flags = view.getUint32(xing + 4);
    const frames = flags & 1 ? view.getUint32(xing + 8) : 0;
    if (frames === 0) return null;
    const encoder = xing + 8 + 4 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
    const samples = frames * frame.samples - addedSamples(view, encoder);
    return samples > 0 ? samples / frame.rate : null;
  }
  if (lettersAt(view, 36) !== 'VBRI' || view.byteLength < 54) return null;
  const frames = view.getUint32(36 + 14);
  return frames > 0 ? (frames * frame.samples) / frame.rate : null;
}

/** Silence that the encoder put before and after the sound, where it says so. */
function addedSamples(view: DataView, encoder: number): number {
  if (view.byteLength < encoder + 24 || !/^L(AME|avc|avf)/.test(lettersAt(view, encoder))) return 0;
  const packed = (view.getUint8(encoder + 21) << 16) | view.getUint16(encoder + 22);
  return (packed >> 12) + (packed & 0xfff);
}

const kilobits = {
  layer3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  layer2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  /** Both layers at half the sampling rate and below. */
  low: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const sampleRates = [44_100, 48_000, 32_000];

/** The header of a frame; null where its bits mean nothing, or a bit rate of the sender's own. */
function frameOf(view: DataView, at: number): Frame | null {
  const bits = view.getUint32(at);
  if (bits >>> 21 !== 0x7ff) return null;
  const versionBits = (bits >>> 19) & 3;
  const layer = 4 - ((bits >>> 17) & 3);
  const rateIndex = (bits >>> 12) & 15;
  if (versionBits === 1 || (layer !== 2 && layer !== 3)) return null;
  const version = versionBits === 3 ? 1 : versionBits === 2 ? 2 : 2.5;
  const table = version === 1 ? (layer === 3 ? kilobits.layer3 : kilobits.layer2) : kilobits.low;
  const bitRate = (table[rateIndex] ?? 0) * 1000;
  const rate = (sampleRates[(bits >>> 10) & 3] ?? 0) / (version === 1 ? 1 : version === 2 ? 2 : 4);
  if (bitRate === 0 || rate === 0) return null;
  const samples = version !== 1 && layer === 3 ? 576 : 1152;
  const bytes = Math.floor(((samples / 8) * bitRate) / rate) + ((bits >>> 9) & 1);
  return { bitRate, rate, samples, bytes, isMono: ((bits >>> 6) & 3) === 3, version, layer };
}
