type Leaving = {
  /** Asked at the moment somebody is about to leave. */
  mayLeave: () => boolean;
  /** Asks them; whoever agrees goes on with `go`. */
  ask: (go: () => void) => void;
  signal: AbortSignal;
};

const leaveEvent = 'stoa:leave';

/** Goes to another page of ours by script, as somebody asked to; a page with unsaved text asks first. */
export function goOrAsk(go: () => void): void {
  if (window.dispatchEvent(new CustomEvent(leaveEvent, { cancelable: true, detail: go }))) go();
}

/** Watches every way that leads off this page, before the router hears of it. */
export function leaving({ mayLeave, ask, signal }: Leaving): void {
  const first = { capture: true, signal };
  window.addEventListener('beforeunload', (event) => void (mayLeave() || event.preventDefault()), first);
  window.addEventListener(
    leaveEvent,
    (event) => {
      if (!(event instanceof CustomEvent) || event.defaultPrevented || mayLeave()) return;
      event.preventDefault();
      ask(event.detail);
    },
    first,
  );
  window.addEventListener(
    'click',
    (event) => {
      const link = linkOf(event);
      if (!link || mayLeave()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // Once more the same press, which nobody stops now. A link in a menu is gone by then.
      ask(() => (link.isConnected ? link.click() : location.assign(link.href)));
    },
    first,
  );
  watchHistory({ mayLeave, ask, signal });
}

/** The link that a click would follow to another page of ours, here. Others load a page, or none in this tab. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.hasAttribute('download') || (link.target && link.target !== '_self')) return null;
  return link.origin === location.origin && pageOf(link) !== pageOf(location) ? link : null;
}

const pageOf = ({ pathname, search }: { pathname: string; search: string }) => pathname + search;

/** Back and forward between pages that the router drew here, where the browser lets them be held up (Navigation API). */
function watchHistory({ mayLeave, ask, signal }: Leaving): void {
  const { navigation } = window;
  navigation?.addEventListener(
    'navigate',
    (event) => {
      const { key, url } = event.destination;
      if (event.navigationType !== 'traverse' || !event.cancelable || mayLeave()) return;
      if (pageOf(new URL(url)) === pageOf(location)) return;
      event.preventDefault();
      ask(() => void navigation.traverseTo(key));
    },
    { signal },
  );
}
