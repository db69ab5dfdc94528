import { createHash, randomBytes } from 'node:crypto';

type Cookie = { value: string; path: string };

/** A browser without pages: keeps cookies by path, follows nothing by itself, says where its forms come from. */
export function openBrowser(origin: string) {
  const cookies = new Map<string, Cookie>();
  const send = async (
    method: string,
    path: string,
    form?: Record<string, string>,
    headers?: Record<string, string>,
  ) => {
    const url = new URL(path, origin);
    const sent = [...cookies]
      .filter(([, cookie]) => url.pathname === cookie.path || url.pathname.startsWith(cookie.path.replace(/\/?$/, '/')))
      .map(([key, cookie]) => `${key.split(' ')[0]}=${cookie.value}`);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        ...(sent.length > 0 ? { cookie: sent.join('; ') } : {}),
        ...(form ? { origin, 'sec-fetch-site': 'same-origin' } : {}),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      const path = attributes.find((part) => part.startsWith('path='))?.slice(5) ?? '/';
      const value = pair.slice(pair.indexOf('=') + 1);
      if (value === '' || attributes.some((part) => part.includes('1970'))) cookies.delete(`${name} ${path}`);
      else cookies.set(`${name} ${path}`, { value, path });
    }
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      headers: response.headers,
      text,
    };
  };
  return {
    cookies,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    post: (path: string, form: Record<string, string>, headers?: Record<string, string>) =>
      send('POST', path, form, headers),
  };
}

/** A code verifier and its challenge (RFC 7636). */
export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
