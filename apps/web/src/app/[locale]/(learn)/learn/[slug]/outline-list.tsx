'use client';

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { usePathname } from '@/i18n/navigation.ts';

type Props = { lang: string | undefined; keysHint: string; children: ReactNode };

/**
 * The modules and lessons of the outline as one tab stop: the lesson on screen. Arrows move through what is open, Home
 * and End to its ends, right and left open and close a module, so that nobody passes forty links to reach a lesson.
 *
 * Only the place of the tab stop roves. The list stays a list of links in native disclosures and does not become a
 * `tree`: in that role its links would be no links to a screen reader, which moves by its own keys anyway, and it would
 * mean nothing without scripts. Then, and until this has loaded, every link is a stop and the skip link passes them.
 */
export function OutlineList({ lang, keysHint, children }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const hint = useId();
  const pathname = usePathname();
  const [roves, setRoves] = useState(false);
  const shown = useRef('');

  // After every drawing: progress draws the outline again, with rows that may be new.
  useEffect(() => {
    if (!list.current) return;
    const stop = shown.current === pathname ? stopOf(list.current) : null;
    shown.current = pathname;
    setRoves(true);
    moveStop(list.current, { to: stop ?? currentOf(list.current), hint });
  });

  // A module that is closed around the stop would leave the outline without one.
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const onToggle = () => moveStop(element, { to: stopOf(element) ?? currentOf(element), hint });
    element.addEventListener('toggle', onToggle, { capture: true });
    return () => element.removeEventListener('toggle', onToggle, { capture: true });
  }, [hint]);

  const onKeyDown = (event: KeyboardEvent<HTMLOListElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const from = rowOf(event.target);
    const to = from && list.current && act(list.current, { from, key: event.key });
    if (!to) return;
    event.preventDefault();
    to.focus();
  };
  return (
    <>
      <ol
        ref={list}
        lang={lang}
        className="peer border-t pb-8"
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          const row = rowOf(target);
          if (row && list.current) moveStop(list.current, { to: row, hint });
        }}
      >
        {children}
      </ol>
      {roves && (
        <p
          id={hint}
          className="sticky bottom-0 hidden border-t bg-background px-4 py-2 text-muted-foreground text-xs peer-has-focus-visible:block lg:px-5"
        >
          {keysHint}
        </p>
      )}
    </>
  );
}

/** A lesson's link or a module's summary, if that is what has the focus. */
function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof HTMLElement && target.matches('a, summary') ? target : null;
}

/** Rows that can be seen, in the order they are read: lessons of closed modules are not among them. */
function openRows(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('summary, details[open] a')];
}

/** The row that has the tab stop, if it can be seen. */
function stopOf(list: HTMLElement): HTMLElement | null {
  return openRows(list).find((row) => row.dataset.stop === '') ?? null;
}

/** The lesson on screen, its module when that was closed, else the first row. */
function currentOf(list: HTMLElement): HTMLElement | null {
  const here = list.querySelector<HTMLElement>('[aria-current="page"]');
  const module = here?.closest('details');
  return (module?.open ? here : module?.querySelector('summary')) ?? list.querySelector('summary');
}

/** Makes one row the tab stop. Whoever comes to it from outside is told the keys, once and not at every row. */
function moveStop(list: HTMLElement, { to, hint }: { to: HTMLElement | null; hint: string }): void {
  const inside = list.contains(document.activeElement);
  for (const row of list.querySelectorAll<HTMLElement>('summary, a')) {
    const isStop = row === to;
    row.tabIndex = isStop ? 0 : -1;
    if (isStop) row.dataset.stop = '';
    else delete row.dataset.stop;
    if (isStop && !inside) row.setAttribute('aria-describedby', hint);
    else if (!isStop) row.removeAttribute('aria-describedby');
  }
}

/** Does what a key means on a row, and tells the row that has the focus then; null when the key means nothing here. */
function act(list: HTMLElement, { from, key }: { from: HTMLElement; key: string }): HTMLElement | null {
  const rows = openRows(list);
  const at = rows.indexOf(from);
  const module = from.closest('details');
  const isModule = from.matches('summary');
  if (key === 'ArrowDown') return rows[at + 1] ?? from;
  if (key === 'ArrowUp') return rows[at - 1] ?? from;
  if (key === 'Home') return rows[0] ?? null;
  if (key === 'End') return rows.at(-1) ?? null;
  if (!module) return null;
  if (key === 'ArrowRight' && isModule) {
    if (module.open) return rows[at + 1] ?? from;
    module.open = true;
    return from;
  }
  if (key === 'ArrowLeft') {
    if (isModule) module.open = false;
    return module.querySelector('summary');
  }
  return null;
}
