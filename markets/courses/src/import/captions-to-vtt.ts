export type ConvertedCaptions = {
  vtt: string;
  /** End of the last cue in seconds; an estimate of how long the video is. */
  endSeconds: number;
  cues: number;
};

type Cue = { from: number; to: number; text: string };

const captionLimit = 100_000;
/** The line of a cue with its times; what stands behind them says where on the picture. */
const timing = /^\s{0,20}([\d:.,]{4,20})\s{0,20}-->\s{0,20}([\d:.,]{4,20})/;

/**
 * SubRip (`.srt`) as WebVTT. Lenient as players are: numbers are optional, `.` and `,` both separate milliseconds,
 * a missing empty line between two cues is no part of what is said, cues that end before they start or cannot be read are
 * left out. Only `<b> <i> <u>` stay as markup.
 */
export function srtToVtt(srt: string): ConvertedCaptions {
  const cues: Cue[] = [];
  const lines = srt.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length && cues.length < captionLimit; at++) {
    const times = timing.exec(lines[at] ?? '');
    if (times === null) continue;
    const from = seconds(times[1] ?? '');
    const to = seconds(times[2] ?? '');
    const text: string[] = [];
    while (at + 1 < lines.length && (lines[at + 1] ?? '').trim() !== '' && !timing.test(lines[at + 1] ?? '')) {
      at += 1;
      text.push(lines[at] ?? '');
    }
    // The number of the next cue, with no empty line before it.
    if (timing.test(lines[at + 1] ?? '') && /^\s*\d{1,9}\s*$/.test(text.at(-1) ?? '')) text.pop();
    if (from !== null && to !== null && to > from && text.length > 0) cues.push({ from, to, text: text.join('\n') });
  }
  return vttOf(cues);
}

/**
 * Open edX's older transcript files (`.srt.sjson`): parallel lists of start and end milliseconds and texts.
 * Null when the JSON is something else.
 */
export function sjsonToVtt(json: string): ConvertedCaptions | null {
  const data: unknown = JSON.parse(json);
  if (typeof data !== 'object' || data === null) return null;
  const listOf = (name: string): unknown[] => {
    const value: unknown = Object.entries(data).find(([key]) => key === name)?.[1];
    return Array.isArray(value) ? value : [];
  };
  const [start, end, text] = [listOf('start'), listOf('end'), listOf('text')];
  const cues = start.slice(0, captionLimit).flatMap((from, i): Cue[] => {
    const to = end[i];
    const said = text[i];
    if (typeof from !== 'number' || typeof to !== 'number' || typeof said !== 'string') return [];
    return to > from && said.trim() !== '' ? [{ from: from / 1000, to: to / 1000, text: said }] : [];
  });
  return start.length === 0 ? null : vttOf(cues);
}

function vttOf(cues: readonly Cue[]): ConvertedCaptions {
  const body = cues.map(({ from, to, text }) => `${stamp(from)} --> ${stamp(to)}\n${cueText(text)}\n`);
  return {
    vtt: `WEBVTT\n\n${body.join('\n')}`,
    endSeconds: cues.reduce((latest, { to }) => Math.max(latest, to), 0),
    cues: cues.length,
  };
}

function cueText(text: string): string {
  const plain = text
    .toWellFormed()
    .replaceAll('\0', '')
    // Colours of SubRip and places of SubStation, which players hide.
    .replace(/<\/?font\b[^<>]{0,200}>|\{\\[^{}]{0,100}\}/gi, '');
  const escaped = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .replace(/&amp;(amp|lt|gt|nbsp|#\d{1,6});/g, '&$1;')
    .replace(/&lt;(\/?[biu])&gt;/gi, (_, tag: string) => `<${tag.toLowerCase()}>`)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Seconds of `hh:mm:ss,mmm`, `mm:ss` or `hh:mm:ss`; null when it is none of them. */
export function seconds(text: string): number | null {
  const match = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, hours = '0', minutes = '0', secs = '0', millis = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(secs) + Number(millis.padEnd(3, '0')) / 1000;
}

function stamp(value: number): string {
  const millis = Math.round(value * 1000);
  const pad = (number: number, length = 2) => String(number).padStart(length, '0');
  const hours = Math.floor(millis / 3_600_000);
  return `${pad(hours)}:${pad(Math.floor(millis / 60_000) % 60)}:${pad(Math.floor(millis / 1000) % 60)}.${pad(millis % 1000, 3)}`;
}
