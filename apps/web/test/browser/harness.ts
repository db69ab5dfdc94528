import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { findChromium } from '../../../../scripts/chromium.mjs';
import { createWebHandler } from '../../src/embed.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A web that listens on a port of its own. */
export type RunningWeb = { url: string; close: () => Promise<void> };

/**
 * Serves the built web (`npm run build -w @stoa/web` first). `api` answers what pages ask, in this process: pass the
 * platform's own entrance, or leave it out and set `STOA_API_URL`.
 */
export async function startWeb({ api }: { api?: (request: Request) => Promise<Response> } = {}): Promise<RunningWeb> {
  process.env.STOA_SESSION_SECRET ??= 'only for browser tests, longer than thirty-two';
  process.env.STOA_WEB_CLIENT_SECRET ??= 'only for browser tests';
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = portOf(server.address());
  process.env.STOA_ISSUER ??= `http://127.0.0.1:${port}`;
  const web = await createWebHandler({ dev: false, hostname: '127.0.0.1', port, ...(api ? { api } : {}) });
  server.on('request', (request, response) => {
    web
      .handler(request, response)
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await web.close();
    },
  };
}

function portOf(address: string | AddressInfo | null): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address;
}

/** A Chromium that needs no window. */
export async function startBrowser(): Promise<Browser> {
  const { executablePath, args } = await findChromium();
  return chromium.launch({ executablePath, args });
}

/** What a page complained about: console errors, uncaught exceptions and refusals of the content security policy. */
export type WatchedPage = { page: Page; complaints: string[]; close: () => Promise<void> };

/** A new page in a context of its own that writes down every complaint. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints, close: () => context.close() };
}

const axeSource = readFile(axePath, 'utf8');
const inspectors = new WeakMap<Page, Promise<CDPSession>>();

/**
 * Puts axe onto a page the way a console does: its half megabyte is compiled once for all pages of a renderer, where
 * `page.evaluate` has it compiled for each.
 */
async function bringAxe(page: Page): Promise<void> {
  const inspector = inspectors.get(page) ?? page.context().newCDPSession(page);
  inspectors.set(page, inspector);
  const { exceptionDetails } = await (await inspector).send('Runtime.evaluate', {
    expression: `${await axeSource};undefined`,
  });
  if (exceptionDetails) throw new Error(`axe did not start: ${exceptionDetails.text}`);
}

/**
 * Waits until a page is as it stays: colours fade from one scheme to the other, and halfway they have too little contrast.
 * @returns whether it has its title, which after a change of page without a load comes a moment later, and axe
 */
async function settle(page: Page): Promise<{ isNamed: boolean; hasAxe: boolean }> {
  return page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const isFading = () =>
      document
        .getAnimations()
        .some(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().endTime) < 5000);
    await frame();
    // Asked with each frame: what tells of its end is told by a frame, and none comes where nothing else moves.
    do await frame();
    while (isFading());
    return { isNamed: document.title !== '', hasAxe: 'axe' in globalThis };
  });
}

/**
 * Findings of axe as lines, none when the page is fine. WCAG 2.2 A and AA, and axe's best practices.
 * @param part a selector: looks at this part only, where another page has shown the same around it
 */
export async function axe(page: Page, part?: string): Promise<string[]> {
  const { isNamed, hasAxe } = await settle(page);
  // A page that never gets a title is a finding.
  if (!isNamed) {
    await page.waitForFunction(() => document.title !== '', undefined, { timeout: 5000 }).catch(() => undefined);
  }
  // It stays on a page until the browser leaves it.
  if (!hasAxe) await bringAxe(page);
  return page.evaluate(async (selector) => {
    const tool: unknown = Reflect.get(globalThis, 'axe');
    if (typeof tool !== 'object' || tool === null || !('run' in tool) || typeof tool.run !== 'function') {
      throw new Error('axe is not on the page');
    }
    // Only violations are gathered in full: what passed or does not apply is looked at by nobody and takes half of the time.
    const { violations } = await tool.run(selector ?? document, { resultTypes: ['violations'] });
    const lines: string[] = [];
    for (const { id, help, nodes } of violations) {
      for (const node of nodes.slice(0, 4))
        lines.push(`${id}: ${help}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`);
    }
    return lines;
  }, part);
}

/** Waits until what is said of a refused form has the focus and is seen whole, the header not over it. @throws after 10 s */
export async function refusalIsSeen(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const said = document.activeElement;
      if (said?.getAttribute('role') !== 'alert') return false;
      const { top, bottom } = said.getBoundingClientRect();
      const covered = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
      return top >= covered && bottom <= innerHeight;
    },
    undefined,
    { timeout: 10_000 },
  );
}

/** Waits until React has taken an element over: pressed before, a form is sent as a page without scripts sends it. */
export async function hydrated(element: Locator): Promise<void> {
  await element.evaluate(async (node) => {
    while (!Object.keys(node).some((key) => key.startsWith('__reactFiber$'))) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

/** Compressed bytes of script that `page` fetched while loading `url`. */
export async function scriptBytes(page: Page, url: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await session.detach();
  return bytes;
}
