/** A page of another site that may be shown inside ours: our content security policy names these two and no other. */
export type Embed = { provider: 'YouTube' | 'Vimeo'; src: string; page: string };

/** The privacy-friendly frame of a YouTube or Vimeo address (or `youtube:<id>`), `null` for every other. */
export function embedOf(address: string): Embed | null {
  const short = /^youtube:([A-Za-z0-9_-]{6,20})$/.exec(address)?.[1];
  if (short) return youtube(short);
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const host = url.hostname.replace(/^(www|m)\./, '');
  const parts = url.pathname.split('/').filter(Boolean);
  if (host === 'youtu.be') return youtube(parts[0]);
  if (host === 'youtube.com' || host === 'youtube-nocookie.com') {
    return youtube(parts[0] === 'embed' || parts[0] === 'shorts' ? parts[1] : url.searchParams.get('v'));
  }
  if (host === 'vimeo.com' || host === 'player.vimeo.com') {
    const id = parts.find((part) => /^\d+$/.test(part));
    return id
      ? { provider: 'Vimeo', src: `https://player.vimeo.com/video/${id}?dnt=1`, page: `https://vimeo.com/${id}` }
      : null;
  }
  return null;
}

function youtube(id: string | null | undefined): Embed | null {
  if (!id || !/^[A-Za-z0-9_-]{6,20}$/.test(id)) return null;
  return {
    provider: 'YouTube',
    src: `https://www.youtube-nocookie.com/embed/${id}?rel=0`,
    page: `https://www.youtube.com/watch?v=${id}`,
  };
}
