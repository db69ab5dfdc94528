import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

type Handler = (event: Record<string, unknown>) => void;
const script = readFileSync(new URL('../public/push-worker.js', import.meta.url), 'utf8');

/** The worker in a world of its own, with the pages it can see, and what it did. */
function startWorker(pages: { url: string; focus: () => Promise<void> }[] = []) {
  const handlers = new Map<string, Handler>();
  const shown: unknown[] = [];
  const opened: string[] = [];
  const self = {
    location: { origin: 'https://stoa.example' },
    addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
    skipWaiting: async () => undefined,
    registration: {
      showNotification: async (title: string, options: object) => void shown.push({ title, ...options }),
    },
    clients: {
      claim: async () => undefined,
      matchAll: async () => pages,
      openWindow: async (url: string) => void opened.push(url),
    },
  };
  runInContext(script, createContext({ self, URL }));
  const fire = async (name: string, event: Record<string, unknown>) => {
    const waits: Promise<unknown>[] = [];
    handlers.get(name)?.({ ...event, waitUntil: (promise: Promise<unknown>) => waits.push(promise) });
    await Promise.all(waits);
  };
  const push = (text: string) => fire('push', { data: { json: () => JSON.parse(text) } });
  const click = (url: unknown) =>
    fire('notificationclick', { notification: { close: () => undefined, data: { url } } });
  return { handlers, shown, opened, fire, push, click };
}

test('the push worker shows what the platform sends, once per message', async () => {
  const worker = startWorker();
  await worker.push(
    JSON.stringify({
      id: 'one',
      title: 'Payment confirmed',
      body: 'Geometry',
      url: 'https://stoa.example/account',
      kind: 'purchase',
    }),
  );
  assert.equal(
    JSON.stringify(worker.shown),
    JSON.stringify([
      {
        title: 'Payment confirmed',
        body: 'Geometry',
        tag: 'one',
        icon: '/icon.svg',
        data: { url: 'https://stoa.example/account' },
      },
    ]),
  );
});

test('the push worker shows nothing for what is not ours', async () => {
  const worker = startWorker();
  await worker.push('not JSON');
  await worker.push('{"body":"no title"}');
  await worker.fire('push', { data: null });
  assert.deepEqual(worker.shown, []);
});

test('a click opens the page, or the tab that has it, and never leaves our own address', async () => {
  let focused = 0;
  const worker = startWorker([
    {
      url: 'https://stoa.example/open',
      focus: async () => {
        focused += 1;
      },
    },
  ]);
  await worker.click('https://stoa.example/account');
  await worker.click('https://stoa.example/open');
  await worker.click('https://evil.example/');
  await worker.click('//evil.example/');
  await worker.click(undefined);
  assert.deepEqual(worker.opened, ['https://stoa.example/account', 'https://stoa.example/']);
  assert.equal(focused, 1);
});

test('the push worker answers no requests of pages', () => {
  assert.equal(startWorker().handlers.has('fetch'), false);
});
