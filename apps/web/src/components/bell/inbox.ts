import type { paths } from '@/api/schema.d.ts';

type Page = paths['/api/notifications']['get']['responses'][200]['content']['application/json'];
export type Notification = Page['items'][number];

/** What the bell shows. `loading` until the first answer, `failed` when there never was one. */
export type Inbox = {
  state: 'loading' | 'ready' | 'failed';
  items: Notification[];
  unread: number;
  /** There are older ones than those shown. */
  more: string | null;
  /** Arrived while the page was open, newest last: what a screen reader is told. */
  arrived: Notification | null;
  /** True while news come by themselves; otherwise the list is asked for now and then. */
  live: boolean;
};

export const emptyInbox: Inbox = { state: 'loading', items: [], unread: 0, more: null, arrived: null, live: false };

const pageSize = 20;
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
/** A page that changes rooms leaves and comes back; only after this long is it really gone. */
const lingerMs = 3_000;

const closeCodes = { renew: 4001, tooMany: 4029 };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isNotification(value: unknown): value is Notification {
  return isRecord(value) && typeof value.id === 'string' && typeof value.title === 'string';
}

/**
 * A person's notifications in this tab, shared by every bell that is drawn. Loads the list, then listens on a
 * WebSocket; whenever that ends, it waits (twice as long each time, a minute at most), asks for the list and tries
 * again. So a network that refuses WebSockets makes it a poll, and nothing else changes.
 */
export function openInbox(locale: string) {
  let inbox = emptyInbox;
  const listeners = new Set<() => void>();
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let waitMs = firstWaitMs;

  const publish = (change: Partial<Inbox>) => {
    inbox = { ...inbox, ...change };
    for (const listener of listeners) listener();
  };

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`/bff/api/${path}`, {
      ...init,
      headers: {
        'x-stoa-locale': locale,
        ...(init.body ? { 'content-type': 'application/json' } : {}),
      },
    });

  const load = async (): Promise<void> => {
    const answer = await call(`notifications?limit=${pageSize}`);
    if (answer.status === 401) return stop();
    if (!answer.ok) throw new Error(`notifications answered ${answer.status}`);
    const page: Page = await answer.json();
    publish({ state: 'ready', items: page.items, unread: page.unread, more: page.nextCursor ?? null });
  };

  const hear = (text: unknown): void => {
    if (typeof text !== 'string') return;
    const news: unknown = JSON.parse(text);
    if (!isRecord(news)) return;
    if (news.type === 'notification' && isNotification(news.notification)) {
      const { notification } = news;
      if (inbox.items.some((item) => item.id === notification.id)) return;
      publish({ items: [notification, ...inbox.items], arrived: notification });
    } else if (news.type === 'unread' && typeof news.unread === 'number') {
      const { unread } = news;
      // Another tab may have read everything; one by one is not told, so the list is asked for when it opens.
      publish({ unread, ...(unread === 0 ? { items: inbox.items.map(markedRead) } : {}) });
    } else if (news.type === 'reload') {
      void load().catch(() => undefined);
    }
  };

  const listen = async (): Promise<void> => {
    const answer = await call('realtime/tickets', { method: 'POST' });
    if (answer.status === 401) return stop();
    if (!answer.ok) throw new Error(`tickets answered ${answer.status}`);
    const { ticket }: { ticket: string } = await answer.json();
    if (!running) return;
    const address = new URL(`/api/realtime?ticket=${encodeURIComponent(ticket)}`, location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const own = new WebSocket(address);
    socket = own;
    own.addEventListener('open', () => {
      waitMs = firstWaitMs;
      own.send(JSON.stringify({ resumeAfter: inbox.items[0]?.id ?? null }));
      publish({ live: true });
    });
    own.addEventListener('message', (event) => hear(event.data));
    own.addEventListener('close', (event) => {
      if (socket !== own) return;
      socket = null;
      publish({ live: false });
      if (event.code === closeCodes.renew) waitMs = 0;
      if (event.code === closeCodes.tooMany) waitMs = longestWaitMs;
      again();
    });
  };

  const again = (): void => {
    if (!running) return;
    clearTimeout(retry);
    // Spread out, so that a restart of the server is not answered by everybody in the same second.
    retry = setTimeout(connect, waitMs * (0.75 + Math.random() / 2));
    waitMs = Math.min(Math.max(waitMs * 2, firstWaitMs), longestWaitMs);
  };

  const connect = async (): Promise<void> => {
    try {
      await load();
      if (running) await listen();
    } catch {
      // No network, or the platform restarts. The next try tells; only a list that never came is worth words.
      if (inbox.state === 'loading') publish({ state: 'failed' });
      again();
    }
  };

  const stop = (): void => {
    running = false;
    clearTimeout(retry);
    const own = socket;
    socket = null;
    own?.close();
    if (inbox.live) publish({ live: false });
  };

  const start = (): void => {
    if (running) return;
    running = true;
    waitMs = firstWaitMs;
    void connect();
  };

  // An open socket would keep the page out of the browser's back/forward cache.
  const onPageHide = () => stop();
  const onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted && listeners.size > 0) start();
  };

  return {
    locale,
    read: () => inbox,
    subscribe: (listener: () => void): (() => void) => {
      clearTimeout(leaving);
      listeners.add(listener);
      if (listeners.size === 1) {
        window.addEventListener('pagehide', onPageHide);
        window.addEventListener('pageshow', onPageShow);
      }
      start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        window.removeEventListener('pagehide', onPageHide);
        window.removeEventListener('pageshow', onPageShow);
        leaving = setTimeout(stop, lingerMs);
      };
    },
    /** Asks for the list again, for example when the panel opens or after a failure. */
    reload: async (): Promise<void> => {
      try {
        await load();
      } catch {
        if (inbox.state === 'loading') publish({ state: 'failed' });
      }
    },
    loadMore: async (): Promise<void> => {
      if (!inbox.more) return;
      const answer = await call(`notifications?limit=${pageSize}&cursor=${encodeURIComponent(inbox.more)}`);
      if (!answer.ok) throw new Error(`notifications answered ${answer.status}`);
      const page: Page = await answer.json();
      const known = new Set(inbox.items.map((item) => item.id));
      publish({
        items: [...inbox.items, ...page.items.filter((item) => !known.has(item.id))],
        more: page.nextCursor ?? null,
      });
    },
    /** Shows the change at once and takes it back when the server refuses. */
    mark: async (id: string, read: boolean): Promise<void> => {
      const before = inbox;
      const item = inbox.items.find((one) => one.id === id);
      if (!item || (item.readAt !== null) === read) return;
      publish({
        items: inbox.items.map((one) => (one.id === id ? (read ? markedRead(one) : { ...one, readAt: null }) : one)),
        unread: Math.max(0, inbox.unread + (read ? -1 : 1)),
      });
      // `keepalive`: following the notification's link must not cancel it.
      const answer = await call(`notifications/${id}`, {
        method: 'PATCH',
        body: JSON.stringify({ read }),
        keepalive: true,
      }).catch(() => null);
      if (!answer?.ok) publish({ items: before.items, unread: before.unread });
    },
    markAll: async (): Promise<void> => {
      const before = inbox;
      const upTo = inbox.items[0]?.id;
      if (!upTo) return;
      publish({ items: inbox.items.map(markedRead), unread: 0 });
      const answer = await call('notifications/read-all', {
        method: 'POST',
        body: JSON.stringify({ upTo }),
      }).catch(() => null);
      if (!answer?.ok) return publish({ items: before.items, unread: before.unread });
      const { unread }: { unread: number } = await answer.json();
      publish({ unread });
    },
  };
}

function markedRead(item: Notification): Notification {
  return item.readAt === null ? { ...item, readAt: new Date().toISOString() } : item;
}

let shared: ReturnType<typeof openInbox> | undefined;

/** The inbox of this tab. Another language opens another one: titles come from the server in the language of the page. */
export function sharedInbox(locale: string): ReturnType<typeof openInbox> {
  if (shared?.locale !== locale) shared = openInbox(locale);
  return shared;
}
