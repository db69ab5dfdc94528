/**
 * Which addresses may enter a document. `resolve` belongs to the importer: it knows what the source's own addresses
 * stand for.
 */
export type ResolveAddress = (url: string, use: 'link' | 'media') => string | null | undefined;

export type Address =
  | { ok: true; href: string; note?: 'upgraded' }
  /** `missing`: of the source but not in it; `script`: active content; `relative`: leads nowhere here; `foreign`: another scheme. */
  | { ok: false; why: 'empty' | 'missing' | 'script' | 'relative' | 'foreign' };

const longest = 2048;

/**
 * The address as a document may hold it, or why it may not. Reads the text as browsers do (white space around and
 * line breaks inside do not count), so that `java\nscript:` is seen for what it is.
 * `asset:` and `lesson:` are accepted from `resolve` only, never from the text itself.
 */
export function documentAddress(raw: string, use: 'link' | 'media', resolve?: ResolveAddress): Address {
  const url = withoutControls(raw).trim();
  if (url === '') return { ok: false, why: 'empty' };
  const resolved = resolve?.(url, use);
  if (resolved === null) return { ok: false, why: 'missing' };
  if (resolved !== undefined) {
    if (/^(asset|lesson):/.test(resolved)) {
      return resolved.length <= longest ? { ok: true, href: resolved } : { ok: false, why: 'foreign' };
    }
    return plainAddress(resolved, use);
  }
  return plainAddress(url, use);
}

function plainAddress(url: string, use: 'link' | 'media'): Address {
  if (url.startsWith('#')) return use === 'link' ? fragment(url) : { ok: false, why: 'relative' };
  const absolute = url.startsWith('//') ? `https:${url}` : url;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(absolute)?.[1]?.toLowerCase();
  if (scheme === undefined) return { ok: false, why: 'relative' };
  if (scheme === 'javascript' || scheme === 'vbscript' || scheme === 'data') return { ok: false, why: 'script' };
  if (scheme === 'mailto' || scheme === 'tel') {
    const href = scheme + absolute.slice(scheme.length);
    return use === 'link' && href.length <= longest && /^[^\s<>"'\\]+$/.test(href)
      ? { ok: true, href }
      : { ok: false, why: 'foreign' };
  }
  if (scheme !== 'https' && scheme !== 'http') return { ok: false, why: 'foreign' };
  const parsed = URL.parse(absolute);
  if (parsed === null || parsed.hostname === '' || parsed.username !== '' || parsed.password !== '') {
    return { ok: false, why: 'foreign' };
  }
  const upgraded = use === 'media' && parsed.protocol === 'http:';
  if (upgraded) parsed.protocol = 'https:';
  if (parsed.href.length > longest) return { ok: false, why: 'foreign' };
  return upgraded ? { ok: true, href: parsed.href, note: 'upgraded' } : { ok: true, href: parsed.href };
}

function fragment(url: string): Address {
  return url.length > 1 && url.length <= 200 && !/\s/.test(url) ? { ok: true, href: url } : { ok: false, why: 'empty' };
}

function withoutControls(text: string): string {
  let out = '';
  for (const char of text.toWellFormed()) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0x20 && code !== 0x7f) out += char;
  }
  return out;
}

/** The id of a YouTube video when the address is one of its pages or players. */
export function youtubeId(href: string): string | null {
  const url = URL.parse(href);
  if (url === null) return null;
  const host = url.hostname.replace(/^(www|m|music)\./, '');
  const id =
    host === 'youtu.be'
      ? url.pathname.slice(1)
      : host === 'youtube.com' || host === 'youtube-nocookie.com'
        ? (/^\/(?:embed|v|shorts|live)\/([^/]+)/.exec(url.pathname)?.[1] ?? url.searchParams.get('v'))
        : null;
  return id !== null && /^[A-Za-z0-9_-]{6,20}$/.test(id) && id !== 'videoseries' ? id : null;
}

/** The address of Vimeo's player when the address is one of its pages or players. */
export function vimeoPlayer(href: string): string | null {
  const url = URL.parse(href);
  if (url === null || !/^(www\.|player\.)?vimeo\.com$/.test(url.hostname)) return null;
  const id = /^\/(?:video\/)?(\d{5,12})(?:$|\/)/.exec(url.pathname)?.[1];
  return id === undefined ? null : `https://player.vimeo.com/video/${id}`;
}
