import { Search } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Wordmark } from '@/components/brand/mark.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { AccountMenu } from './account-menu.tsx';
import { NavLink } from './nav-link.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import { SearchBox } from './search-box.tsx';

/** Header of the storefront and of a person's own pages. `bell` is the place of notifications. */
export async function Header({ bell, search = true }: { bell?: ReactNode; search?: boolean }) {
  const t = await getTranslations('common');
  return (
    <header data-shell className="sticky top-0 z-40 border-b bg-background/95 backdrop-blur-sm">
      <div className="page-column flex h-16 items-center gap-2 sm:gap-4">
        <Link href="/" aria-label={t('brand')} className="-mx-1 rounded-md p-1">
          <Wordmark />
        </Link>
        <nav aria-label={t('mainNavigation')} data-shell className="flex items-center gap-1">
          <NavLink href="/courses">{t('courses')}</NavLink>
        </nav>
        {search && <SearchBox id="header-search" className="mx-auto hidden w-full max-w-sm md:block" />}
        <div className="ms-auto flex items-center gap-1">
          {search && (
            <Link
              href="/courses"
              aria-label={t('searchCourses')}
              className={cn(buttonClasses({ variant: 'ghost' }), 'size-10 p-0 md:hidden [&_svg]:size-[1.125rem]')}
            >
              <Search aria-hidden="true" />
            </Link>
          )}
          <PreferencesMenu />
          {bell}
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}
