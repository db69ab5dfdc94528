import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { injectKey } from './api/transport.ts';

/** The web as functions for a server that already listens. */
export type WebHandler = {
  /** Answers one request: page, route handler, or built file. */
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Development only: the socket that reloads pages. */
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  /** Lets running renders end and frees what Next holds. */
  close: () => Promise<void>;
};

export type WebHandlerOptions = {
  /** Compile on request instead of serving the build of `next build`. */
  dev: boolean;
  /** Where people reach the server, for absolute URLs Next makes itself. */
  port: number;
  hostname: string;
  /**
   * The API's entrance in this process. Pages then call it without a socket; left out, they use `STOA_API_URL`.
   * It is kept on `globalThis` because Next loads pages as modules of its own, which share nothing else with the caller.
   */
  api?: (request: Request) => Promise<Response>;
};

/**
 * Prepares the web for the platform process, which mounts `handler` where no API route matches. Rejects when `dev` is
 * off and there is no build (`npm run build -w @stoa/web`).
 */
export async function createWebHandler({ dev, port, hostname, api }: WebHandlerOptions): Promise<WebHandler> {
  process.env.NEXT_TELEMETRY_DISABLED ??= '1';
  if (api) Reflect.set(globalThis, injectKey, api);
  const app = next({ dev, port, hostname, dir: fileURLToPath(new URL('..', import.meta.url)), quiet: !dev });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handler: (request, response) => handle(request, response),
    ...(dev ? { upgrade: app.getUpgradeHandler() } : {}),
    close: () => app.close(),
  };
}
