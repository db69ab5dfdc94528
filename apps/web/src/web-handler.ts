import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

// Types alone, apart from embed.ts: whoever embeds the web must not get Next's global types with them.

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

/** What embed.ts exports. */
export declare function createWebHandler(options: WebHandlerOptions): Promise<WebHandler>;
