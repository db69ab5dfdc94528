import type { Block } from '@stoa/contracts/document';
import type { Note } from '@stoa/contracts/note';
import { type ConvertedCaptions, seconds, sjsonToVtt, srtToVtt } from './captions-to-vtt.ts';
import { documentAddress, type ResolveAddress, youtubeId } from './document-address.ts';
import { oneLine } from './document-text.ts';
import { NotedError, note, noteOf } from './notes.ts';
import type { StaticFiles } from './olx-static-files.ts';
import type { OlxBlock, OlxFolder } from './read-olx-outline.ts';
import { attribute, elementsBelow, elementsIn } from './read-xml.ts';

export type OlxVideo = {
  blocks: Block[];
  notes: Note[];
  /** Length in seconds as far as the source tells, from its own data or the end of the captions; 0 when it does not. */
  durationSeconds: number;
  /** Captions converted to WebVTT: paths relative to the course folder and their text. */
  captionFiles: { path: string; from: string; vtt: string }[];
};

const captionBytes = 5 * 1024 * 1024;

/**
 * Reads a `<video>`: YouTube id or file, transcripts as WebVTT captions, downloads beside it.
 * Throws an Error with the reason when there is no source that can be played.
 */
export async function readOlxVideo(input: {
  block: OlxBlock;
  folder: OlxFolder;
  files: StaticFiles;
  resolve: ResolveAddress;
  title: string;
}): Promise<OlxVideo> {
  const { block, folder, files, resolve } = input;
  const { settings, element } = block;
  const notes: Note[] = [];
  const sources = playableSources(block, resolve, notes);
  const local = sources.find((source) => source.startsWith('asset:'));
  const src = local ?? sources[0];
  if (src === undefined) throw new NotedError(note('video_without_source'));
  const others = sources.filter((source) => source !== src).length;
  if (others > 0) notes.push(note('other_sources_left_out', { count: others }));

  const captionFiles: OlxVideo['captionFiles'] = [];
  const captions: { language: string; label: string; src: string }[] = [];
  let captionEnd = 0;
  for (const [language, name] of transcriptsOf(block)) {
    files.refer(name, block.source);
    const from = files.find(name);
    if (from === null) {
      notes.push(note('transcript_missing', { language, name: oneLine(name, 200) }));
      continue;
    }
    try {
      const converted = await readCaptions(folder, from);
      captionEnd = Math.max(captionEnd, converted.endSeconds);
      const path = /\.vtt$/i.test(from) ? from : `${from.replace(/(\.srt)?\.(srt|sjson|json|txt)$/i, '')}.vtt`;
      if (path !== from) captionFiles.push({ path, from, vtt: converted.vtt });
      captions.push({ language, label: languageName(language), src: `asset:${path}` });
    } catch (error) {
      notes.push(note('transcript_not_converted', { language, reason: noteOf(error) }));
    }
  }

  const [from, to] = [seconds(settings.start_time ?? ''), seconds(settings.end_time ?? '')];
  if ((from ?? 0) > 0 || (to ?? 0) > 0) {
    notes.push(
      note('clip_ignored', {
        from: settings.start_time || note('the_start'),
        to: settings.end_time || note('the_end'),
      }),
    );
  }
  const stated = elementsIn(element).map((child) => Number.parseFloat(attribute(child, 'duration') ?? ''));
  const duration = stated.find((value) => Number.isFinite(value) && value > 0) ?? 0;
  const video: Block = {
    type: 'video',
    attrs: {
      id: block.key,
      title: oneLine(input.title, 500) || 'Video',
      src,
      ...(duration > 0 ? { durationSeconds: duration } : {}),
      ...(captions.length > 0 ? { captions } : {}),
    },
  };
  const downloads = downloadsOf(block, { files, resolve, notes });
  return { blocks: [video, ...downloads], notes, durationSeconds: duration || captionEnd, captionFiles };
}

function playableSources(block: OlxBlock, resolve: ResolveAddress, notes: Note[]): string[] {
  const { settings, element } = block;
  const found: string[] = [];
  // `youtube="0.75:id,1.00:id"`: one id per speed; only the normal speed is needed.
  const normal = /(?:^|,)\s*1(?:\.0+)?:([A-Za-z0-9_-]{6,20})/.exec(settings.youtube ?? '')?.[1];
  const id = normal ?? settings.youtube_id_1_0;
  if (id !== undefined && /^[A-Za-z0-9_-]{6,20}$/.test(id)) found.push(`youtube:${id}`);
  const urls = [
    ...jsonStrings(settings.html5_sources),
    ...elementsBelow(element).flatMap((child) => (child.name === 'source' ? (attribute(child, 'src') ?? []) : [])),
    ...(settings.source ? [settings.source] : []),
  ];
  for (const url of new Set(urls)) {
    const address = documentAddress(url, 'media', resolve);
    if (!address.ok) {
      if (address.why !== 'empty')
        notes.push(note('source_not_usable', { address: oneLine(url, 200), why: note(`address_${address.why}`) }));
      continue;
    }
    if (address.note === 'upgraded') notes.push(note('addresses_upgraded', { count: 1 }));
    const youtube = youtubeId(address.href);
    found.push(youtube === null ? address.href : `youtube:${youtube}`);
  }
  return [...new Set(found)];
}

/** Language to file name, from the three places where exports have put it. */
function transcriptsOf(block: OlxBlock): Map<string, string> {
  const { settings, element } = block;
  const found = new Map<string, string>();
  const add = (language: string, name: string) => {
    if (language !== '' && name !== '' && !found.has(language)) found.set(oneLine(language, 35), name);
  };
  for (const child of elementsIn(element)) {
    if (child.name === 'transcript') add(attribute(child, 'language') ?? '', attribute(child, 'src') ?? '');
  }
  const listed: unknown = parseJson(settings.transcripts);
  if (typeof listed === 'object' && listed !== null) {
    for (const [language, name] of Object.entries(listed)) {
      if (typeof name === 'string') add(language, name);
    }
  }
  if (settings.sub) add('en', `subs_${settings.sub}.srt.sjson`);
  return found;
}

async function readCaptions(folder: OlxFolder, path: string): Promise<ConvertedCaptions> {
  const text = new TextDecoder().decode(await folder.read(path, captionBytes));
  const converted = /json$/i.test(path) ? sjsonToVtt(text) : srtToVtt(text);
  if (converted === null || converted.cues === 0) throw new NotedError(note('captions_empty'));
  return converted;
}

/** The transcript and handout that a learner may download. */
function downloadsOf(block: OlxBlock, work: { files: StaticFiles; resolve: ResolveAddress; notes: Note[] }): Block[] {
  const { settings, element } = block;
  const children = elementsIn(element).flatMap((child) =>
    child.name === 'track' || child.name === 'handout' ? (attribute(child, 'src') ?? []) : [],
  );
  const urls = [settings.track, settings.handout, ...children].filter((url) => url !== undefined && url !== '');
  return [...new Set(urls)].flatMap((url): Block[] => {
    if (url === undefined) return [];
    const name = work.files.nameIn(url);
    if (name !== null) work.files.refer(name, block.source);
    const address = documentAddress(url, 'media', work.resolve);
    if (!address.ok) {
      work.notes.push(note('download_missing', { address: oneLine(url, 200) }));
      return [];
    }
    const shown = oneLine((name ?? url).replace(/^.*\//, ''), 300) || 'file';
    return [{ type: 'file', attrs: { src: address.href, name: shown } }];
  });
}

function languageName(tag: string): string {
  try {
    return oneLine(new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag, 100);
  } catch {
    return tag;
  }
}

function jsonStrings(text: string | undefined): string[] {
  const value = parseJson(text);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined || text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
