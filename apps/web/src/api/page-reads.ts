import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';

/** What one drawing of a page asked the API, so that it can be asked again whether the answers are still the same. */
export type PageReads = {
  list: PageRead[];
  /** Something was asked that must not be asked again, or that failed and may not the next time. */
  onlyOnce: boolean;
};
/** `body` is of questions that are sent; `answer` is the fingerprint of the answer: its status, and its ETag or the hash of its body. */
type PageRead = { url: string; body: string | null; headers: Record<string, string>; answer: string };

type Send = (request: Request) => Promise<Response>;

/** Headers that an answer of the API depends on, apart from who asks. */
const askedWith = ['accept', 'accept-language', 'content-type'];
/** What is sent, because it is too much for an address, and changes nothing. */
const question = /^\/api\/(orders|instalments)\/quote$/;

const key = Symbol.for('stoa.page.reads');

/** One for the process: Next has a copy of this module of its own in what it builds. */
function storage(): AsyncLocalStorage<PageReads> {
  const found: unknown = Reflect.get(globalThis, key);
  if (found instanceof AsyncLocalStorage) return found;
  const made = new AsyncLocalStorage<PageReads>();
  Reflect.set(globalThis, key, made);
  return made;
}

/** Does `work`, and notes down in `reads` what it asks the API by `sendToApi`. */
export function notingReads<Result>(reads: PageReads, work: () => Result): Result {
  return storage().run(reads, work);
}

/** Sends a request, and notes the answer down if somebody wants to know. */
export async function noteRead(request: Request, send: Send): Promise<Response> {
  const reads = storage().getStore();
  if (!reads) return send(request);
  const { method, url } = request;
  const sends = method === 'POST' && question.test(new URL(url).pathname);
  if ((method !== 'GET' && !sends) || request.headers.has('authorization')) {
    reads.onlyOnce = true;
    return send(request);
  }
  const headers = askedWith.flatMap((name): [string, string][] => {
    const value = request.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  const body = sends ? await request.clone().text() : null;
  const response = await send(request);
  const answer = await fingerprint(response, () => response.clone());
  if (answer === null) reads.onlyOnce = true;
  else reads.list.push({ url, body, headers: Object.fromEntries(headers), answer });
  return response;
}

/**
 * Asks again what a page was drawn from.
 * @param send asks the API
 * @param from headers that tell who asks now, on whose account of requests this is
 * @returns whether all answers are the same; an API that cannot be asked rejects
 */
export async function readsAreSame(
  { list }: PageReads,
  { send, from }: { send: Send; from: Record<string, string> },
): Promise<boolean> {
  const same = await Promise.all(
    list.map(async ({ url, body, headers, answer }) => {
      const tag = /^200 (".*")$/.exec(answer)?.[1];
      const known = tag === undefined ? {} : { 'if-none-match': tag };
      const asked = body === null ? {} : { method: 'POST', body };
      const response = await send(new Request(url, { ...asked, headers: { ...headers, ...from, ...known } }));
      if (response.status === 304) return true;
      const now = await fingerprint(response);
      if (!response.bodyUsed) await response.body?.cancel();
      return now === answer;
    }),
  );
  return same.every((one) => one);
}

/** Null for an answer that says nothing lasting. A 404 is an answer like others; what it says names one request. */
async function fingerprint(response: Response, whole = () => response): Promise<string | null> {
  if (response.status === 404) return '404';
  if (response.status !== 200) return null;
  const tag = response.headers.get('etag');
  if (tag) return `200 ${tag}`;
  return `200 ${createHash('sha1')
    .update(new Uint8Array(await whole().arrayBuffer()))
    .digest('base64url')}`;
}
