import { type Bytes, lettersAt } from './byte-window.ts';

const mostBoxes = 20_000;
const mostSamples = 20_000;

type Box = { type: string; content: number; end: number };

/**
 * MP4, MOV and their relatives (ISO/IEC 14496-12). A film in one piece says its length in the movie header. One in
 * fragments says it in the movie extends header, in its segment indexes, or by where its last fragment ends.
 */
export async function isoMediaSeconds(bytes: Bytes): Promise<number | null> {
  const indexed = new Map<number, number>();
  let movie: Movie | null = null;
  let lastFragment: Box | null = null;
  for await (const box of boxesIn(bytes, 0, bytes.size)) {
    if (box.type === 'moov') {
      movie = await readMovie(bytes, box);
      if (movie.seconds > 0) return movie.seconds;
      if (!movie.inFragments) return null;
    }
    if (box.type === 'sidx') await addIndex(bytes, box, indexed);
    if (box.type === 'moof') {
      // The table at the end of the file leads past thousands of fragments.
      const known: Box | null = lastFragment === null ? await lastIndexed(bytes) : null;
      lastFragment = known ?? box;
      if (known !== null) break;
    }
  }
  const skipOf = (track: number) => movie?.tracks.get(track)?.skipSeconds ?? 0;
  const covered = Math.max(0, ...[...indexed].map(([track, seconds]) => seconds - skipOf(track)));
  if (covered > 0) return covered;
  return movie === null || lastFragment === null ? null : fragmentEnd(bytes, lastFragment, movie);
}

async function* boxesIn(bytes: Bytes, start: number, end: number): AsyncGenerator<Box> {
  let at = start;
  for (let n = 0; n < mostBoxes && at + 8 <= end; n += 1) {
    const head = await bytes.view(at, 16);
    if (head.byteLength < 8) return;
    const short = head.getUint32(0);
    const isLong = short === 1 && head.byteLength === 16;
    // Size 0: the box goes on to the end of what holds it.
    const size = isLong ? Number(head.getBigUint64(8)) : short === 0 ? end - at : short;
    const header = isLong ? 16 : 8;
    if (size < header) return;
    yield { type: lettersAt(head, 4), content: at + header, end: Math.min(at + size, end) };
    at += size;
  }
}

/** `skipSeconds`: what the edit list leaves out at the start, the time decoders need for pictures out of order. */
type Track = { scale: number; sampleDuration: number; skipSeconds: number };
type Movie = { seconds: number; inFragments: boolean; tracks: Map<number, Track> };

async function readMovie(bytes: Bytes, movie: Box): Promise<Movie> {
  const read: Movie = { seconds: 0, inFragments: false, tracks: new Map() };
  let scale = 0;
  const trackOf = (id: number): Track => {
    const track = read.tracks.get(id) ?? { scale: 0, sampleDuration: 0, skipSeconds: 0 };
    if (read.tracks.size < 100) read.tracks.set(id, track);
    return track;
  };
  for await (const box of boxesIn(bytes, movie.content, movie.end)) {
    if (box.type === 'mvhd') {
      const header = await timesOf(bytes, box);
      scale = header.scale;
      read.seconds = header.seconds;
      // Most films say it here, and nothing else has to be read.
      if (read.seconds > 0) return read;
    }
    if (box.type === 'trak') {
      const { id, scale, skip } = await readTrack(bytes, box);
      if (scale > 0) Object.assign(trackOf(id), { scale, skipSeconds: skip / scale });
    }
    if (box.type !== 'mvex') continue;
    read.inFragments = true;
    for await (const inner of boxesIn(bytes, box.content, box.end)) {
      const view = await bytes.view(inner.content, 24);
      if (inner.type === 'mehd' && scale > 0 && view.byteLength >= 12) {
        read.seconds = (view.getUint8(0) === 1 ? Number(view.getBigUint64(4)) : view.getUint32(4)) / scale;
      }
      if (inner.type === 'trex' && view.byteLength === 24)
        trackOf(view.getUint32(4)).sampleDuration = view.getUint32(12);
    }
  }
  return read;
}

/** `mvhd` and `mdhd` in their two versions: times of 32 or 64 bits. All ones means that the length is not known. */
async function timesOf(bytes: Bytes, box: Box): Promise<{ scale: number; seconds: number }> {
  const view = await bytes.view(box.content, 32);
  if (view.byteLength < 20) return { scale: 0, seconds: 0 };
  const isLong = view.getUint8(0) === 1;
  if (isLong && view.byteLength < 32) return { scale: 0, seconds: 0 };
  const scale = view.getUint32(isLong ? 20 : 12);
  const length = isLong ? view.getBigUint64(24) : BigInt(view.getUint32(16));
  const unknown = isLong ? 0xffff_ffff_ffff_ffffn : 0xffff_ffffn;
  return { scale, seconds: scale === 0 || length === unknown ? 0 : Number(length) / scale };
}

async function readTrack(bytes: Bytes, trak: Box): Promise<{ id: number; scale: number; skip: number }> {
  const track = { id: 0, scale: 0, skip: 0 };
  for await (const box of boxesIn(bytes, trak.content, trak.end)) {
    if (box.type === 'tkhd') {
      const view = await bytes.view(box.content, 24);
      if (view.byteLength === 24) track.id = view.getUint32(view.getUint8(0) === 1 ? 20 : 12);
    }
    if (box.type === 'edts') track.skip = await skipOf(bytes, box);
    if (box.type !== 'mdia') continue;
    for await (const inner of boxesIn(bytes, box.content, box.end)) {
      if (inner.type !== 'mdhd') continue;
      track.scale = (await timesOf(bytes, inner)).scale;
      break;
    }
  }
  return track;
}

async function skipOf(bytes: Bytes, edits: Box): Promise<number> {
  for await (const box of boxesIn(bytes, edits.content, edits.end)) {
    if (box.type !== 'elst') continue;
    const head = await bytes.view(box.content, 8);
    const isLong = head.byteLength === 8 && head.getUint8(0) === 1;
    const count = head.byteLength === 8 ? Math.min(head.getUint32(4), 10) : 0;
    for (let n = 0; n < count; n += 1) {
      const entry = await bytes.view(box.content + 8 + n * (isLong ? 20 : 12), 16);
      if (entry.byteLength < 16) return 0;
      const time = isLong ? Number(entry.getBigInt64(8)) : entry.getInt32(4);
      // -1: a pause before the track begins.
      if (time >= 0) return time;
    }
  }
  return 0;
}

/** Adds what a segment index covers of its track. References to other indexes are left to those. */
async function addIndex(bytes: Bytes, box: Box, indexed: Map<number, number>): Promise<void> {
  const head = await bytes.view(box.content, 32);
  if (head.byteLength < 24) return;
  const track = head.getUint32(4);
  const entries = head.getUint8(0) === 1 ? 32 : 24;
  const scale = head.getUint32(8);
  const count = head.byteLength >= entries ? head.getUint16(entries - 2) : 0;
  let ticks = 0;
  for (let n = 0; n < count; n += 1) {
    const entry = await bytes.view(box.content + entries + n * 12, 12);
    if (entry.byteLength < 12) return;
    if (entry.getUint32(0) < 0x8000_0000) ticks += entry.getUint32(4);
  }
  if (scale > 0) indexed.set(track, (indexed.get(track) ?? 0) + ticks / scale);
}

/** The last fragment that the table at the end of the file (`mfra`) knows; null without a table. */
async function lastIndexed(bytes: Bytes): Promise<Box | null> {
  const tail = await bytes.view(bytes.size - 16, 16);
  if (tail.byteLength < 16 || lettersAt(tail, 4) !== 'mfro') return null;
  let last = 0;
  for await (const table of boxesIn(bytes, bytes.size - tail.getUint32(12), bytes.size)) {
    if (table.type !== 'mfra') return null;
    for await (const box of boxesIn(bytes, table.content, table.end)) {
      if (box.type !== 'tfra') continue;
      const head = await bytes.view(box.content, 16);
      if (head.byteLength < 16) continue;
      const time = head.getUint8(0) === 1 ? 8 : 4;
      const sizes = head.getUint32(8);
      const numbers = ((sizes >> 4) & 3) + ((sizes >> 2) & 3) + (sizes & 3) + 3;
      const entry = await bytes.view(box.content + 16 + (head.getUint32(12) - 1) * (time * 2 + numbers), time * 2);
      if (entry.byteLength < time * 2) continue;
      last = Math.max(last, time === 8 ? Number(entry.getBigUint64(8)) : entry.getUint32(4));
    }
  }
  for await (const box of boxesIn(bytes, last, bytes.size)) return box.type === 'moof' ? box : null;
  return null;
}

/** When the longest track of a fragment ends, counted from the start of the film. */
async function fragmentEnd(bytes: Bytes, fragment: Box, movie: Movie): Promise<number | null> {
  let latest = 0;
  for await (const traf of boxesIn(bytes, fragment.content, fragment.end)) {
    if (traf.type !== 'traf') continue;
    let track: Track | undefined;
    let sampleDuration = 0;
    let start: number | null = null;
    let ticks = 0;
    for await (const box of boxesIn(bytes, traf.content, traf.end)) {
      const view = await bytes.view(box.content, 28);
      if (box.type === 'tfhd' && view.byteLength >= 8) {
        track = movie.tracks.get(view.getUint32(4));
        const flags = view.getUint32(0);
        const at = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);
        sampleDuration = flags & 8 && view.byteLength >= at + 4 ? view.getUint32(at) : (track?.sampleDuration ?? 0);
      }
      if (box.type === 'tfdt' && view.byteLength >= 12) {
        start = view.getUint8(0) === 1 ? Number(view.getBigUint64(4)) : view.getUint32(4);
      }
      if (box.type === 'trun') ticks += await runTicks(bytes, box, sampleDuration);
    }
    if (track !== undefined && track.scale > 0 && start !== null)
      latest = Math.max(latest, (start + ticks) / track.scale - track.skipSeconds);
  }
  return latest > 0 ? latest : null;
}

async function runTicks(bytes: Bytes, box: Box, sampleDuration: number): Promise<number> {
  const head = await bytes.view(box.content, 8);
  if (head.byteLength < 8) return 0;
  const flags = head.getUint32(0);
  const samples = head.getUint32(4);
  if (!(flags & 0x100)) return samples * sampleDuration;
  const first = box.content + 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
  const step = 4 + (flags & 0x200 ? 4 : 0) + (flags & 0x400 ? 4 : 0) + (flags & 0x800 ? 4 : 0);
  let ticks = 0;
  for (let n = 0; n < Math.min(samples, mostSamples); n += 1) {
    const entry = await bytes.view(first + n * step, 4);
    if (entry.byteLength < 4) break;
    ticks += entry.getUint32(0);
  }
  return ticks;
}
