import { noteRead } from './page-reads.ts';

/** In one process the platform puts its own entrance here; see `createWebHandler` in ../embed.ts. */
export const injectKey = Symbol.for('stoa.api.inject');

type Inject = (request: Request) => Promise<Response>;

function isInject(value: unknown): value is Inject {
  return typeof value === 'function';
}

/** True when the API lives in this process. */
export function hasInject(): boolean {
  return isInject(Reflect.get(globalThis, injectKey));
}

/** Where the API listens when it is another process, without a trailing slash. */
export function apiBaseUrl(): string {
  return (process.env.STOA_API_URL ?? process.env.STOA_ISSUER ?? 'http://localhost:3000').replace(/\/$/, '');
}

/**
 * Sends a request to the API: straight into the server when it is in this process, over HTTP otherwise. Redirects are
 * returned, not followed: a token must never travel to another address.
 */
export async function sendToApi(request: Request): Promise<Response> {
  return noteRead(request, send);
}

async function send(request: Request): Promise<Response> {
  const inject: unknown = Reflect.get(globalThis, injectKey);
  if (isInject(inject)) return inject(request);
  const url = new URL(request.url);
  const target = new URL(`${url.pathname}${url.search}`, apiBaseUrl());
  return fetch(new Request(target, request), { redirect: 'manual', cache: 'no-store' });
}
