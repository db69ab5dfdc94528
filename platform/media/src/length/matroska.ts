import type { Bytes } from './byte-window.ts';

const mostElements = 5000;
const tailStep = 128 * 1024;
const mostTail = 8 * 1024 * 1024;

const segment = 0x18538067;
const info = 0x1549a966;
const timestampScale = 0x2ad7b1;
const duration = 0x4489;
const cluster = 0x1f43b675;
const timestamp = 0xe7;
const simpleBlock = 0xa3;
const blockGroup = 0xa0;
const block = 0xa1;

/**
 * WebM and Matroska (RFC 9559): what the file says of itself, else, as in recordings made by browsers, when its last
 * picture or sound begins.
 */
export async function matroskaSeconds(bytes: Bytes): Promise<number | null> {
  let at = 0;
  let scale = 1_000_000;
  let length: number | null = null;
  let infoEnd: number | null = null;
  for (let n = 0; n < mostElements; n += 1) {
    if (infoEnd !== null && at >= infoEnd) break;
    const element = await elementAt(bytes, at);
    if (element === null || element.id === cluster) break;
    const { id, content, size } = element;
    if (id === segment || id === info) {
      if (id === info) infoEnd = content + size;
      at = content;
      continue;
    }
    if (id === timestampScale) scale = uintOf(await bytes.view(content, Math.min(size, 8)));
    if (id === duration) length = floatOf(await bytes.view(content, Math.min(size, 8)));
    at = content + size;
  }
  if (length === null || length <= 0) length = await lastTimestamp(bytes);
  return length === null ? null : (length * scale) / 1e9;
}

type ElementHead = { id: number; content: number; size: number };

async function elementAt(bytes: Bytes, at: number): Promise<ElementHead | null> {
  const head = await bytes.view(at, 12);
  const id = varInt(head, 0, { keepMarker: true });
  const size = id && varInt(head, id.bytes, { keepMarker: false });
  return id && size && { id: id.value, content: at + id.bytes + size.bytes, size: size.value };
}

/** The last cluster is looked for from the end; the clusters before it may be hours of film. */
async function lastTimestamp(bytes: Bytes): Promise<number | null> {
  const stop = Math.max(0, bytes.size - mostTail);
  for (let end = bytes.size; end > stop; end -= tailStep) {
    const from = Math.max(0, end - tailStep);
    // A little further than the step, for a cluster whose first bytes lie across it.
    const view = await bytes.view(from, tailStep + 32);
    for (let at = view.byteLength - 8; at >= 0; at -= 1) {
      if (view.getUint8(at) !== 0x1f || view.getUint32(at) !== cluster) continue;
      const latest = await clusterEnd(bytes, from + at);
      if (latest !== null) return latest;
    }
  }
  return null;
}

/** The latest time in a cluster, in the file's unit; null when what stands there only looks like one. */
async function clusterEnd(bytes: Bytes, start: number): Promise<number | null> {
  let at = (await elementAt(bytes, start))?.content ?? bytes.size;
  let base: number | null = null;
  let latest = 0;
  for (let n = 0; n < mostElements; n += 1) {
    const element = await elementAt(bytes, at);
    if (element === null) break;
    const { id, content, size } = element;
    if (base === null) {
      // Only a checksum or a place may stand before the time.
      if (id !== timestamp && id !== 0xbf && id !== 0xa7 && id !== 0xab) return null;
      if (id === timestamp) base = uintOf(await bytes.view(content, Math.min(size, 8)));
    } else if (id === simpleBlock || id === block) {
      const view = await bytes.view(content, 12);
      const track = varInt(view, 0, { keepMarker: false });
      if (track && view.byteLength >= track.bytes + 2) latest = Math.max(latest, view.getInt16(track.bytes));
    }
    at = id === blockGroup ? content : content + size;
  }
  return base === null ? null : base + latest;
}

/** A number of EBML (RFC 8794): as many leading zero bits as bytes follow the first. */
function varInt(
  view: DataView,
  at: number,
  { keepMarker }: { keepMarker: boolean },
): { value: number; bytes: number } | null {
  const first = at < view.byteLength ? view.getUint8(at) : 0;
  if (first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > view.byteLength) return null;
  let value = keepMarker ? first : first & (0xff >> length);
  for (let i = 1; i < length; i += 1) value = value * 256 + view.getUint8(at + i);
  return { value, bytes: length };
}

function uintOf(view: DataView): number {
  let value = 0;
  for (let at = 0; at < view.byteLength; at += 1) value = value * 256 + view.getUint8(at);
  return value;
}

function floatOf(view: DataView): number | null {
  if (view.byteLength === 4) return view.getFloat32(0);
  return view.byteLength === 8 ? view.getFloat64(0) : null;
}
