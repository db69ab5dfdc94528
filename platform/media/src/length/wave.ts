import { type Bytes, lettersAt } from './byte-window.ts';

const mostChunks = 1000;
const unknown32 = 0xffff_ffff;

/** WAV (RIFF, and RF64 of EBU Tech 3306 for more than 4 GiB): the bytes of sound by the bytes of a second. */
export async function waveSeconds(bytes: Bytes): Promise<number | null> {
  let at = 12;
  let longData: number | null = null;
  let format: { tag: number; rate: number; bytesPerSecond: number } | null = null;
  let samples: number | null = null;
  for (let n = 0; n < mostChunks; n += 1) {
    const view = await bytes.view(at, 32);
    if (view.byteLength < 8) return null;
    const id = lettersAt(view, 0);
    const stated = view.getUint32(4, true);
    if (id === 'ds64' && view.byteLength >= 24) longData = Number(view.getBigUint64(16, true));
    if (id === 'fmt ' && view.byteLength >= 20) {
      format = {
        tag: view.getUint16(8, true),
        rate: view.getUint32(12, true),
        bytesPerSecond: view.getUint32(16, true),
      };
    }
    if (id === 'fact' && view.byteLength >= 12) samples = view.getUint32(8, true);
    if (id === 'data') {
      if (format === null) return null;
      // A recorder that was switched off, or that wrote into a pipe, left no size.
      const rest = bytes.size - at - 8;
      const size = stated === unknown32 ? (longData ?? rest) : stated === 0 ? rest : stated;
      const isPlain = format.tag === 1 || format.tag === 3 || format.tag === 0xfffe;
      if (!isPlain && samples !== null && samples !== unknown32 && samples > 0 && format.rate > 0) {
        return samples / format.rate;
      }
      return format.bytesPerSecond > 0 ? Math.min(size, rest) / format.bytesPerSecond : null;
    }
    // Chunks begin at even bytes.
    at += 8 + stated + (stated % 2);
  }
  return null;
}
