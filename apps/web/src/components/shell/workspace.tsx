import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Wordmark } from '@/components/brand/mark.tsx';
import { Link } from '@/i18n/navigation.ts';
import { AccountMenu } from './account-menu.tsx';
import { NavLink } from './nav-link.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';

export type WorkspaceItem = { href: string; label: string; icon: ReactNode; exact?: boolean };

/** Dense shell of studio and console: side navigation from 1024 px, a row that scrolls sideways below. */
export async function Workspace({
  title,
  items,
  bell,
  children,
}: {
  title: string;
  items: WorkspaceItem[];
  bell?: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations('common');
  return (
    <div className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[14rem_1fr] lg:grid-rows-[auto_1fr]">
      <header
        data-shell
        className="sticky top-0 z-40 col-span-2 flex h-14 items-center gap-3 border-b bg-background/95 px-4 backdrop-blur-sm"
      >
        <Link href="/" aria-label={t('brand')} className="rounded-md">
          <Wordmark />
        </Link>
        <span aria-hidden="true" className="h-5 border-e" />
        <span className="font-medium text-sm">{title}</span>
        <div className="ms-auto flex items-center gap-1">
          <PreferencesMenu />
          {bell}
          <AccountMenu />
        </div>
      </header>
      <nav
        data-shell
        aria-label={t('sideNavigation')}
        className="scroll-x border-b lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:border-e lg:border-b-0"
      >
        <ul className="flex gap-1 p-2 lg:flex-col lg:p-3">
          {items.map(({ href, label, icon, exact }) => (
            <li key={href}>
              <NavLink
                href={href}
                className="w-full whitespace-nowrap aria-[current=page]:bg-accent"
                {...(exact ? { exact } : {})}
              >
                {icon}
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" tabIndex={-1} className="min-w-0 p-4 md:p-6">
        {children}
      </main>
    </div>
  );
}
