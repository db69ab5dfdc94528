import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const types: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const prefix = '/_next/static/';

/**
 * Answers scripts and style sheets of the build in brotli, about a seventh smaller than the gzip Next would make, and
 * compresses each file once and not per request. Resolves to false for everything it leaves to Next: other files, and
 * browsers that do not accept brotli. Names carry a hash of the content, so answers may be kept for ever.
 */
export function createStaticFiles(
  folder: URL,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const files = new Map<string, Promise<Buffer | null>>();
  return async (request, response) => {
    // Not every line that asks for something is an address, `//` for one.
    const pathname = URL.parse(request.url ?? '/', 'http://stoa.invalid')?.pathname;
    if (request.method !== 'GET' || !pathname?.startsWith(prefix)) return false;
    if (!/\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''))) return false;
    const name = pathname.slice(prefix.length);
    const type = types[/\.(\w+)$/.exec(name)?.[1] ?? ''];
    // Built names only; anything with a dot segment or an escape is not one of them.
    if (!type || !/^(?:[\w-][\w.~-]*\/)*[\w-][\w.~-]*$/.test(name)) return false;
    let file = files.get(name);
    if (!file) {
      file = load(new URL(name, folder));
      files.set(name, file);
      // A name that does not exist must not fill the memory.
      if ((await file) === null) files.delete(name);
    }
    const body = await file;
    if (!body) return false;
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Encoding': 'br',
      'Content-Length': body.length,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
    return true;
  };
}

async function load(file: URL): Promise<Buffer | null> {
  const content = await readFile(file).catch(() => null);
  if (!content) return null;
  return compress(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
}
