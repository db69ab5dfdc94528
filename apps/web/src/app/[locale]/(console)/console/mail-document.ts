/**
 * The answer that a `MailFrame` shows. Its policy comes from the proxy, which knows these addresses; a link opens in a
 * new tab, since our own pages refuse to be framed.
 */
export function mailDocument(html: string): Response {
  const head = /<head[^>]*>/i.exec(html);
  const at = head ? head.index + head[0].length : 0;
  return new Response(`${html.slice(0, at)}<base target="_blank">${html.slice(at)}`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' },
  });
}
