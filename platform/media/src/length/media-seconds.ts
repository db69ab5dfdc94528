import { byteWindow, lettersAt, type ReadAt, TooMuchToRead } from './byte-window.ts';
import { isoMediaSeconds } from './iso-media.ts';
import { matroskaSeconds } from './matroska.ts';
import { mpegAudioSeconds } from './mpeg-audio.ts';
import { oggSeconds } from './ogg.ts';
import { waveSeconds } from './wave.ts';

/** Nothing that people study plays for four months: such a length is a header that lies. */
const longest = 10_000_000;

/**
 * How long a film or recording plays, as its own bytes say: MP4 and its relatives, also in fragments, WebM and Matroska,
 * MP3, WAV, Ogg. Reads a few kilobytes, seldom some megabytes, never the whole of a large file at once, and gives up on
 * files that would need more.
 * @param size of the file in bytes
 * @returns seconds to the millisecond, or null when the file does not say, is damaged, or is of another kind
 */
export async function mediaSeconds(size: number, readAt: ReadAt): Promise<number | null> {
  const bytes = byteWindow(size, readAt);
  try {
    const start = await bytes.view(0, 12);
    if (start.byteLength < 12) return null;
    const seconds = await measureOf(start)(bytes);
    if (seconds === null || !Number.isFinite(seconds) || seconds > longest) return null;
    const rounded = Math.round(seconds * 1000) / 1000;
    return rounded > 0 ? rounded : null;
  } catch (error) {
    if (error instanceof TooMuchToRead) return null;
    throw error;
  }
}

function measureOf(start: DataView) {
  if (start.getUint32(0) === 0x1a45dfa3) return matroskaSeconds;
  const four = lettersAt(start, 0);
  if (four === 'OggS') return oggSeconds;
  if ((four === 'RIFF' || four === 'RF64') && lettersAt(start, 8) === 'WAVE') return waveSeconds;
  if (/^(ftyp|styp|moov|mdat|free|skip|wide|pnot)$/.test(lettersAt(start, 4))) return isoMediaSeconds;
  return mpegAudioSeconds;
}
