import { BookOpen, Heart, Layers, Library, PenLine, Repeat, Server, ShieldCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Wordmark } from '@/components/brand/mark.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { popoverRow } from '@/components/ui/popover-row.ts';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { CartLink } from './cart-link.tsx';
import { NavDrawer } from './nav-drawer.tsx';
import { NavLink } from './nav-link.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import { mayOpenConsole, mayOpenStudio } from './rooms.ts';
import { SearchBox } from './search-box.tsx';
import { WishLink } from './wish-link.tsx';

/** Header of the storefront and of a person's own pages. `bell` is the place of notifications. */
export async function Header({ bell, search = true }: { bell?: ReactNode; search?: boolean }) {
  const t = await getTranslations('common');
  return (
    <header data-shell className="sticky top-0 z-40 border-b bg-background/95 backdrop-blur-sm">
      <div className="page-column flex h-16 items-center gap-2 sm:gap-4">
        <Link href="/" aria-label={t('brand')} className="-mx-1 rounded-md p-1">
          <Wordmark />
        </Link>
        <nav aria-label={t('mainNavigation')} data-shell className="hidden items-center gap-1 lg:flex">
          <NavLink href="/courses">{t('courses')}</NavLink>
          <NavLink href="/bundles">{t('bundles')}</NavLink>
          <NavLink href="/memberships">{t('memberships')}</NavLink>
        </nav>
        {search && <SearchBox id="header-search" className="mx-auto hidden w-full max-w-sm md:block" />}
        <div className="ms-auto flex items-center gap-1">
          <WishLink />
          <CartLink />
          <PreferencesMenu />
          {bell}
          <AccountMenu />
          <NavDrawer label={t('menu')} closeLabel={t('close')} title={<Wordmark />}>
            <Drawer search={search} />
          </NavDrawer>
        </div>
      </div>
    </header>
  );
}

const row = `${popoverRow} min-h-11 text-base aria-[current=page]:font-medium`;

/** Everything the header has no room for on a phone or a tablet. */
async function Drawer({ search }: { search: boolean }) {
  const t = await getTranslations('common');
  const session = await getSession();
  const roles = session?.user.roles ?? [];
  return (
    <>
      {search && <SearchBox id="drawer-search" className="mb-4 block" />}
      <nav aria-label={t('mainNavigation')}>
        <ul>
          <li>
            <Link href="/courses" className={row}>
              <Library aria-hidden="true" />
              {t('courses')}
            </Link>
          </li>
          <li>
            <Link href="/bundles" className={row}>
              <Layers aria-hidden="true" />
              {t('bundles')}
            </Link>
          </li>
          <li>
            <Link href="/memberships" className={row}>
              <Repeat aria-hidden="true" />
              {t('memberships')}
            </Link>
          </li>
          <li>
            <Link href="/learn" prefetch={false} className={row}>
              <BookOpen aria-hidden="true" />
              {t('myLearning')}
            </Link>
          </li>
          <li>
            <Link href="/wish-list" prefetch={false} className={row}>
              <Heart aria-hidden="true" />
              {t('wishList')}
            </Link>
          </li>
          <li>
            <Link href="/certificates/verify" prefetch={false} className={row}>
              <ShieldCheck aria-hidden="true" />
              {t('verifyCertificate')}
            </Link>
          </li>
          {mayOpenStudio(roles) && (
            <li>
              <Link href="/studio" prefetch={false} className={row}>
                <PenLine aria-hidden="true" />
                {t('studio')}
              </Link>
            </li>
          )}
          {mayOpenConsole(roles) && (
            <li>
              <Link href="/console" prefetch={false} className={row}>
                <Server aria-hidden="true" />
                {t('console')}
              </Link>
            </li>
          )}
        </ul>
      </nav>
      {!session && (
        <div className="mt-4 grid gap-2 border-t pt-4">
          <a href="/auth/sign-in" className={buttonClasses({ variant: 'outline' })}>
            {t('signIn')}
          </a>
          <a href="/auth/sign-in?screen=register" className={buttonClasses({})}>
            {t('signUp')}
          </a>
        </div>
      )}
    </>
  );
}
