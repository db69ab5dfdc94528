import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Reads `length` bytes at `offset`; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** A file that claims to be made of more pieces than this is not read on. */
const longestWalk = 1000;

/**
 * How long a film or recording plays, as its own header says: MP4 and its relatives (ISO/IEC 14496-12), WebM and
 * Matroska (RFC 9559). Reads a few hundred bytes, wherever in the file they are.
 * @returns seconds, or null when the file does not say or is of another kind
 */
export async function readMediaSeconds(readAt: ReadAt): Promise<number | null> {
  const start = await readAt(0, 12);
  if (start.length < 12) return null;
  const seconds = viewOf(start).getUint32(0) === ebmlHeader ? await matroskaSeconds(readAt) : await mp4Seconds(readAt);
  return seconds !== null && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

/** The same for a file on this machine. */
export async function readFileSeconds(location: string): Promise<number | null> {
  const file = await open(location, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return await readMediaSeconds(async (offset, length) => {
      if (!Number.isSafeInteger(offset)) return new Uint8Array();
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await file.close();
  }
}

async function mp4Seconds(readAt: ReadAt): Promise<number | null> {
  let at = 0;
  for (let n = 0; n < longestWalk; n += 1) {
    const header = await readAt(at, 16);
    if (header.length < 8) return null;
    const view = viewOf(header);
    const type = String.fromCharCode(...header.subarray(4, 8));
    if (n === 0 && !/^(ftyp|moov|mdat|free|skip|wide|pnot)$/.test(type)) return null;
    const isLong = view.getUint32(0) === 1 && header.length === 16;
    const size = isLong ? Number(view.getBigUint64(8)) : view.getUint32(0);
    // What is looked for is the first thing in the movie box: step into it, over everything else.
    if (type === 'mvhd') return movieHeaderSeconds(await readAt(at + 8, 32));
    const step = type === 'moov' ? (isLong ? 16 : 8) : size;
    // Size 0: the box goes on to the end of the file.
    if (step < 8) return null;
    at += step;
  }
  return null;
}

/** `mvhd` in its two versions: times of 32 or 64 bits. All ones means that the length is not known. */
function movieHeaderSeconds(bytes: Uint8Array): number | null {
  if (bytes.length < 32) return null;
  const view = viewOf(bytes);
  const isLong = bytes[0] === 1;
  const scale = view.getUint32(isLong ? 20 : 12);
  const length = isLong ? view.getBigUint64(24) : BigInt(view.getUint32(16));
  const unknown = isLong ? 0xffff_ffff_ffff_ffffn : 0xffff_ffffn;
  return scale === 0 || length === unknown ? null : Number(length) / scale;
}

const ebmlHeader = 0x1a45dfa3;
const segment = 0x18538067;
const info = 0x1549a966;
const timestampScale = 0x2ad7b1;
const duration = 0x4489;

async function matroskaSeconds(readAt: ReadAt): Promise<number | null> {
  let at = 0;
  let scale = 1_000_000;
  let length: number | null = null;
  let infoEnd: number | null = null;
  for (let n = 0; n < longestWalk; n += 1) {
    if (infoEnd !== null && at >= infoEnd) break;
    const head = await readAt(at, 12);
    const id = readVarInt(head, 0, { keepMarker: true });
    const size = id && readVarInt(head, id.bytes, { keepMarker: false });
    if (!id || !size) break;
    const content = at + id.bytes + size.bytes;
    if (id.value === segment || id.value === info) {
      if (id.value === info) infoEnd = content + size.value;
      at = content;
      continue;
    }
    if (id.value === timestampScale) scale = readUint(await readAt(content, Math.min(size.value, 8)));
    if (id.value === duration) length = readFloat(await readAt(content, Math.min(size.value, 8)));
    at = content + size.value;
  }
  return length === null ? null : (length * scale) / 1e9;
}

/** A number of EBML (RFC 8794): as many leading zero bits as bytes follow the first. */
function readVarInt(
  bytes: Uint8Array,
  at: number,
  { keepMarker }: { keepMarker: boolean },
): { value: number; bytes: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = keepMarker ? first : first & (0xff >> length);
  for (let i = 1; i < length; i += 1) value = value * 256 + (bytes[at + i] ?? 0);
  return { value, bytes: length };
}

function readUint(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

function readFloat(bytes: Uint8Array): number | null {
  if (bytes.length === 4) return viewOf(bytes).getFloat32(0);
  return bytes.length === 8 ? viewOf(bytes).getFloat64(0) : null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
