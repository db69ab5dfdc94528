import { type Bytes, lettersAt } from './byte-window.ts';

/** A page holds 65 307 bytes at most (RFC 3533). */
const largestPage = 65_307;
const mostTail = 1024 * 1024;
const mostStreams = 20;

type Stream = { serial: number; rate: number; skip: number };

/**
 * Ogg (RFC 3533) with Vorbis, Opus (RFC 7845), FLAC or Speex: the last page of a stream says how many samples there are
 * up to its end. Pictures (Theora) run as long as the sound beside them.
 */
export async function oggSeconds(bytes: Bytes): Promise<number | null> {
  const streams = await soundStreams(bytes);
  if (streams.length === 0) return null;
  const ends = new Map<number, number>();
  const isWanted = (serial: number) => streams.some((stream) => stream.serial === serial) && !ends.has(serial);
  const stop = Math.max(0, bytes.size - mostTail);
  for (let end = bytes.size; end > stop && ends.size < streams.length; end -= largestPage) {
    const view = await bytes.view(Math.max(0, end - largestPage), largestPage + 27);
    for (let at = view.byteLength - 27; at >= 0; at -= 1) {
      if (view.getUint8(at) !== 0x4f || lettersAt(view, at) !== 'OggS' || view.getUint8(at + 4) !== 0) continue;
      const serial = view.getUint32(at + 14, true);
      const samples = view.getBigInt64(at + 6, true);
      // -1: no packet ends on the page.
      if (samples > 0n && isWanted(serial)) ends.set(serial, Number(samples));
    }
  }
  const lengths = streams.map(({ serial, rate, skip }) => ((ends.get(serial) ?? 0) - skip) / rate);
  const longest = Math.max(...lengths);
  return longest > 0 ? longest : null;
}

/** The first page of every stream stands before everything else, and says what it is. */
async function soundStreams(bytes: Bytes): Promise<Stream[]> {
  const streams: Stream[] = [];
  let at = 0;
  for (let n = 0; n < mostStreams; n += 1) {
    const page = await bytes.view(at, 27);
    if (page.byteLength < 27 || lettersAt(page, 0) !== 'OggS') break;
    if (!(page.getUint8(5) & 2)) break;
    const serial = page.getUint32(14, true);
    const table = await bytes.view(at + 27, page.getUint8(26));
    let size = 0;
    for (let n = 0; n < table.byteLength; n += 1) size += table.getUint8(n);
    const content = at + 27 + table.byteLength;
    const stream = soundOf(await bytes.view(content, Math.min(size, 64)));
    if (stream !== null && stream.rate > 0) streams.push({ serial, ...stream });
    at = content + size;
  }
  return streams;
}

function soundOf(head: DataView): { rate: number; skip: number } | null {
  if (head.byteLength >= 16 && lettersAt(head, 0, 7) === '\u0001vorbis') {
    return { rate: head.getUint32(12, true), skip: 0 };
  }
  if (head.byteLength >= 12 && lettersAt(head, 0, 8) === 'OpusHead') {
    return { rate: 48_000, skip: head.getUint16(10, true) };
  }
  // The stream information of FLAC follows its own signature; the rate takes twenty bits.
  if (head.byteLength >= 31 && lettersAt(head, 0, 5) === '\u007fFLAC') {
    return { rate: head.getUint32(27) >>> 12, skip: 0 };
  }
  if (head.byteLength >= 40 && lettersAt(head, 0, 8) === 'Speex   ') {
    return { rate: head.getUint32(36, true), skip: 0 };
  }
  return null;
}
