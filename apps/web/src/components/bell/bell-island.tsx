'use client';

import { Bell, CheckCheck, Settings2 } from 'lucide-react';
import { useFormatter, useLocale, useNow, useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useRef, useState, useSyncExternalStore } from 'react';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { emptyInbox, type Notification, sharedInbox } from './inbox.ts';

/**
 * Unread count, and a panel with the newest notifications. The panel is the browser's own popover: it closes with
 * Escape or a click outside and gives the focus back. Arrow keys, Home and End move between notifications.
 */
export function BellIsland() {
  const t = useTranslations('account.bell');
  const locale = useLocale();
  const inbox = sharedInbox(locale);
  const { state, items, unread, more, arrived } = useSyncExternalStore(inbox.subscribe, inbox.read, () => emptyInbox);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const id = useId();

  const move = (event: KeyboardEvent) => {
    const links = [...(panel.current?.querySelectorAll<HTMLElement>('[data-notification]') ?? [])];
    const current = links.findIndex((link) => link.closest('li')?.contains(document.activeElement));
    const target =
      event.key === 'ArrowDown'
        ? links[Math.min(current + 1, links.length - 1)]
        : event.key === 'ArrowUp'
          ? links[Math.max(current - 1, 0)]
          : event.key === 'Home'
            ? links[0]
            : event.key === 'End'
              ? links.at(-1)
              : undefined;
    if (!target) return;
    event.preventDefault();
    target.focus();
  };

  // In the name as on the badge: people who speak to their computer say what they see (WCAG 2.5.3).
  const shown = unread > 99 ? '99+' : String(unread);
  const close = () => panel.current?.hidePopover();

  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={unread === 0 ? t('title') : t('someUnread', { shown })}
        title={t('title')}
        {...(open ? { onKeyDown: move } : {})}
        className={cn(buttonClasses({ variant: 'ghost' }), 'relative size-10 p-0 [&_svg]:size-[1.125rem]')}
      >
        <Bell aria-hidden="true" />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="tabular absolute end-0.5 top-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-primary px-1 font-semibold text-[0.6875rem] text-primary-foreground leading-none"
          >
            {shown}
          </span>
        )}
      </button>
      <span aria-live="polite" className="sr-only">
        {arrived && t('arrived', { title: arrived.title })}
      </span>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t('title')}
        onKeyDown={move}
        onToggle={(event) => {
          const opened = event.newState === 'open';
          setOpen(opened);
          // What another tab or device read in between is only known by asking.
          if (opened) void inbox.reload();
        }}
        className="fixed inset-auto end-4 top-16 m-0 w-96 max-w-[calc(100vw-2rem)] rounded-lg border bg-popover text-popover-foreground text-sm shadow-overlay md:end-[max(2rem,calc((100vw-76rem)/2+2rem))]"
      >
        <div className="flex min-h-12 items-center justify-between gap-2 border-b ps-4 pe-2">
          <p className="font-semibold">{t('title')}</p>
          {unread > 0 && (
            <Button size="sm" variant="ghost" onClick={() => void inbox.markAll()}>
              <CheckCheck aria-hidden="true" />
              {t('markAll')}
            </Button>
          )}
        </div>
        <div className="max-h-[min(28rem,calc(100dvh-12rem))] overflow-y-auto">
          {state === 'loading' && <Loading label={t('loading')} />}
          {state === 'failed' && (
            <div role="alert" className="px-4 py-8 text-center">
              <p>{t('failed')}</p>
              <Button size="sm" variant="outline" className="mt-3" onClick={() => void inbox.reload()}>
                {t('retry')}
              </Button>
            </div>
          )}
          {state === 'ready' && items.length === 0 && (
            <div className="px-6 py-10 text-center">
              <p className="font-medium">{t('emptyTitle')}</p>
              <p className="mt-1 text-muted-foreground">{t('emptyText')}</p>
            </div>
          )}
          {items.length > 0 && open && (
            <ul className="p-1.5">
              {items.map((item) => (
                <Row
                  key={item.id}
                  item={item}
                  onOpen={() => {
                    void inbox.mark(item.id, true);
                    close();
                  }}
                  onMark={(read) => void inbox.mark(item.id, read)}
                />
              ))}
            </ul>
          )}
          {more && open && (
            <div className="p-2 pt-0 text-center">
              <Button size="sm" variant="ghost" onClick={() => inbox.loadMore().catch(() => inbox.reload())}>
                {t('older')}
              </Button>
            </div>
          )}
        </div>
        <div className="border-t p-1.5">
          <Link
            href="/account/notifications"
            onClick={close}
            className={cn(buttonClasses({ variant: 'ghost', size: 'sm' }), 'w-full justify-start')}
          >
            <Settings2 aria-hidden="true" />
            {t('settings')}
          </Link>
        </div>
      </div>
    </>
  );
}

type RowProps = { item: Notification; onOpen: () => void; onMark: (read: boolean) => void };

function Row({ item, onOpen, onMark }: RowProps) {
  const t = useTranslations('account.bell');
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const isUnread = item.readAt === null;
  const label = isUnread ? t('markRead') : t('markUnread');
  return (
    <li className="group/row relative flex items-start rounded-md focus-within:bg-accent hover:bg-accent">
      <Link
        href={item.path}
        data-notification
        onClick={onOpen}
        className="min-w-0 flex-1 rounded-md py-2.5 ps-3 pe-1 focus-visible:-outline-offset-2"
      >
        {isUnread && <span className="sr-only">{t('unread')} </span>}
        <span className={cn('block text-pretty', isUnread && 'font-semibold')}>{item.title}</span>
        <span className="mt-0.5 line-clamp-2 text-muted-foreground">{item.body}</span>
        <time dateTime={item.createdAt} className="mt-1 block text-muted-foreground text-xs">
          {format.relativeTime(new Date(item.createdAt), now)}
        </time>
      </Link>
      <button
        type="button"
        aria-label={t('markOf', { action: label, title: item.title })}
        title={label}
        onClick={() => onMark(isUnread)}
        className="m-1.5 grid size-8 shrink-0 place-items-center rounded-md hover:bg-secondary"
      >
        <span
          aria-hidden="true"
          className={cn('size-2.5 rounded-full border', isUnread ? 'border-primary bg-primary' : 'border-input')}
        />
      </button>
    </li>
  );
}

function Loading({ label }: { label: string }) {
  return (
    <div role="status" className="space-y-4 p-4">
      <span className="sr-only">{label}</span>
      {[0, 1, 2].map((row) => (
        <div key={row} className="space-y-2">
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-3 w-full" />
        </div>
      ))}
    </div>
  );
}
