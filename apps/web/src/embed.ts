import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { injectKey } from './api/transport.ts';
import { keepPages } from './kept-pages.ts';
import { createStaticFiles } from './static-files.ts';
import type { WebHandler, WebHandlerOptions } from './web-handler.ts';

/**
 * Prepares the web for the platform process, which mounts `handler` where no API route matches. Rejects when `dev` is
 * off and there is no build (`npm run build -w @stoa/web`).
 */
export async function createWebHandler({ dev, port, hostname, api }: WebHandlerOptions): Promise<WebHandler> {
  process.env.NEXT_TELEMETRY_DISABLED ??= '1';
  if (api) Reflect.set(globalThis, injectKey, api);
  // Next writes every loopback address as `localhost` and takes a rewrite to any other name for another server.
  const name = /^(127\.|0\.0\.0\.0$|\[?::1?\]?$)/.test(hostname) ? 'localhost' : hostname;
  const app = next({
    dev,
    port,
    hostname: name,
    dir: fileURLToPath(new URL('..', import.meta.url)),
    quiet: !dev,
    // A server that never listens. Next adds an upgrade handler to the server it is given, or else to the one a request
    // came by; there it would close every WebSocket whose path could be a page, and the bell would lose the race.
    httpServer: createServer(),
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  // In development every look at a page is meant to draw it.
  const page = dev ? handle : keepPages(handle);
  const serveStatic = dev ? async () => false : createStaticFiles(new URL('../.next/static/', import.meta.url));
  return {
    handler: async (request, response) => {
      if (!(await serveStatic(request, response))) await page(request, response);
    },
    ...(dev ? { upgrade: app.getUpgradeHandler() } : {}),
    close: () => app.close(),
  };
}
