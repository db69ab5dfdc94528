// Shows push messages while no page is open. It keeps nothing and answers no requests of pages.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  const message = read(event.data);
  if (!message) return;
  event.waitUntil(
    self.registration.showNotification(message.title, {
      body: message.body,
      // The same message twice takes its own place.
      tag: message.id,
      icon: '/icon.svg',
      data: { url: message.url },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? '/', self.location.origin);
  // Whatever a message says, it leads to our own pages.
  if (url.origin !== self.location.origin) return;
  event.waitUntil(openPage(url.href));
});

/** @param {string} url */
async function openPage(url) {
  const pages = await self.clients.matchAll({ type: 'window' });
  const open = pages.find((page) => page.url === url);
  if (open) return open.focus();
  return self.clients.openWindow(url);
}

/** @param {PushMessageData | null} data */
function read(data) {
  try {
    const message = data?.json();
    return typeof message?.title === 'string' ? message : undefined;
  } catch {
    // Not one of ours: ours are JSON.
    return undefined;
  }
}
