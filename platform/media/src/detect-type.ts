/** Enough of a file's start to know its kind. */
export const headBytes = 4100;

const ascii = (head: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...head.subarray(start, Math.min(end, head.length)));
const startsWith = (head: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte);

/**
 * What the first bytes of a file show it to be: a media type, `text/plain` for any UTF-8 text, or
 * `application/octet-stream`. Signatures: IANA registrations and the WHATWG MIME sniffing standard; ISO base media
 * brands from mp4ra.org.
 * @param head the first `headBytes` bytes, or the whole file if it is shorter
 */
export function detectType(head: Uint8Array): string {
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (startsWith(head, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  const six = ascii(head, 0, 6);
  if (six === 'GIF87a' || six === 'GIF89a') return 'image/gif';
  const four = six.slice(0, 4);
  if (four === 'RIFF') {
    const form = ascii(head, 8, 12);
    if (form === 'WEBP') return 'image/webp';
    if (form === 'WAVE') return 'audio/wav';
    return 'application/octet-stream';
  }
  if (ascii(head, 4, 8) === 'ftyp') return isoMediaType(ascii(head, 8, 12));
  if (startsWith(head, 0x1a, 0x45, 0xdf, 0xa3))
    return ascii(head, 0, 64).includes('webm') ? 'video/webm' : 'application/octet-stream';
  if (four === 'OggS') return ascii(head, 0, 64).includes('theora') ? 'video/ogg' : 'audio/ogg';
  if (six.startsWith('ID3')) return 'audio/mpeg';
  // An MPEG audio frame: eleven bits of sync, a version that is not reserved, layer II or III.
  const [first = 0, second = 0] = head;
  const layer = second & 0x06;
  if (first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (layer === 0x02 || layer === 0x04))
    return 'audio/mpeg';
  if (six.startsWith('%PDF-')) return 'application/pdf';
  if (startsWith(head, 0x50, 0x4b) && (head[2] === 3 || head[2] === 5 || head[2] === 7)) return 'application/zip';
  if (startsWith(head, 0x1f, 0x8b)) return 'application/gzip';
  return detectText(head);
}

function isoMediaType(brand: string): string {
  if (brand === 'avif' || brand === 'avis') return 'image/avif';
  if (brand === 'M4A ' || brand === 'M4B ') return 'audio/mp4';
  if (brand === 'qt  ') return 'video/quicktime';
  if (/^(isom|iso[2-9]|mp4[12]|avc1|M4V |M4VP|dash|MSNV|mmp4|f4v |3gp|3g2)/.test(brand)) return 'video/mp4';
  return 'application/octet-stream';
}

function detectText(head: Uint8Array): string {
  let text: string;
  try {
    // A character may be cut in half at the end of the head; `stream` keeps it for later instead of refusing it.
    text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: head.length >= headBytes });
  } catch {
    return 'application/octet-stream';
  }
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) return 'application/octet-stream';
  }
  const start = text.trimStart();
  if (/^WEBVTT(?:\s|$)/.test(start)) return 'text/vtt';
  const withoutProlog = start.replace(
    /^(?:<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE\s+svg[^>[]*(?:\[[^\]]*\])?[^>]*>|\s)+/i,
    '',
  );
  if (/^<(?:[a-z][\w-]*:)?svg[\s>]/i.test(withoutProlog)) return 'image/svg+xml';
  return 'text/plain';
}

/** Texts that browsers show as text or use as data; markup and scripts are not among them. */
const plainTexts = new Set([
  'text/plain',
  'text/csv',
  'text/markdown',
  'text/x-python',
  'text/tab-separated-values',
  'application/json',
  'application/x-subrip',
  'application/x-tex',
]);
/** Formats that are zip files inside. */
const zipped =
  /^application\/(zip|epub\+zip|vnd\.openxmlformats-officedocument\.[\w.]+|vnd\.oasis\.opendocument\.[\w-]+)$/;
const sameThing: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'application/x-zip-compressed': 'application/zip',
  'application/x-gzip': 'application/gzip',
};

/**
 * The type a file is served as. The bytes decide; what the sender said only chooses among types that look the same
 * (a text that is a table, a zip that is a document, the sound inside an ISO media file). Whatever is not known to be
 * harmless becomes `application/octet-stream`, which is only ever downloaded.
 */
export function servedType(declared: string, detected: string): string {
  const lower = (declared.split(';')[0] ?? '').trim().toLowerCase();
  const said = sameThing[lower] ?? lower;
  if (detected === 'text/plain') return textType(said);
  if (detected === 'application/zip') return zipped.test(said) ? said : 'application/zip';
  if (detected === 'video/mp4' && said === 'audio/mp4') return said;
  if (detected === 'video/webm' && said === 'audio/webm') return said;
  return detected;
}

function textType(said: string): string {
  if (plainTexts.has(said)) return said;
  // Markup and scripts are downloads; any other kind of text may be read as what it is.
  return said === 'application/octet-stream' || /html|xml|script|ecma|css|wasm/.test(said)
    ? 'application/octet-stream'
    : 'text/plain';
}

/** True for types that may be shown inside a page; everything else is offered as a download. */
export function isShown(type: string): boolean {
  return (
    /^image\/(png|jpeg|gif|webp|avif|svg\+xml)$/.test(type) ||
    /^(video|audio)\/(mp4|webm|ogg|mpeg|wav|quicktime)$/.test(type) ||
    type === 'application/pdf' ||
    type === 'text/plain' ||
    type === 'text/vtt'
  );
}
