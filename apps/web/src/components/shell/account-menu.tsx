import { BookOpen, Heart, LogOut, PenLine, Receipt, Server, UserRound } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Avatar } from '@/components/ui/avatar.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { PopoverMenu } from '@/components/ui/popover-menu.tsx';
import { popoverRow } from '@/components/ui/popover-row.ts';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { mayOpenConsole, mayOpenStudio } from './rooms.ts';

/** Sign in and create account, or the person's own rooms. */
export async function AccountMenu() {
  const t = await getTranslations('common');
  const session = await getSession();
  if (!session) {
    return (
      <>
        {/* Plain links: these routes answer with a redirect to the issuer, which the router must not prefetch. */}
        <a href="/auth/sign-in" className={cn(buttonClasses({ variant: 'ghost' }), 'hidden sm:inline-flex')}>
          {t('signIn')}
        </a>
        <a href="/auth/sign-in?screen=register" className={cn(buttonClasses({}), 'hidden md:inline-flex')}>
          {t('signUp')}
        </a>
        <a
          href="/auth/sign-in"
          aria-label={t('signIn')}
          className={cn(buttonClasses({ variant: 'ghost' }), 'size-10 p-0 sm:hidden [&_svg]:size-[1.125rem]')}
        >
          <UserRound aria-hidden="true" />
        </a>
      </>
    );
  }
  const { user } = session;
  return (
    <PopoverMenu
      label={t('accountMenu', { name: user.name })}
      trigger={<Avatar id={user.id} className="size-8" />}
      triggerClassName="grid size-10 place-items-center rounded-full hover:bg-accent"
    >
      <p className="px-2.5 pt-1.5 pb-2">
        <span className="block truncate font-medium">{user.name}</span>
        <span className="block truncate text-muted-foreground text-xs">{user.email}</span>
      </p>
      <div className="-mx-1.5 mb-1.5 border-t" />
      <Link href="/learn" className={popoverRow}>
        <BookOpen aria-hidden="true" />
        {t('myLearning')}
      </Link>
      <Link href="/wish-list" prefetch={false} className={popoverRow}>
        <Heart aria-hidden="true" />
        {t('wishList')}
      </Link>
      <Link href="/account/orders" prefetch={false} className={popoverRow}>
        <Receipt aria-hidden="true" />
        {t('purchases')}
      </Link>
      <Link href="/account" className={popoverRow}>
        <UserRound aria-hidden="true" />
        {t('account')}
      </Link>
      {mayOpenStudio(user.roles) && (
        <Link href="/studio" className={popoverRow}>
          <PenLine aria-hidden="true" />
          {t('studio')}
        </Link>
      )}
      {mayOpenConsole(user.roles) && (
        <Link href="/console" className={popoverRow}>
          <Server aria-hidden="true" />
          {t('console')}
        </Link>
      )}
      <div className="-mx-1.5 my-1.5 border-t" />
      <form action="/auth/sign-out" method="post">
        <button type="submit" className={popoverRow}>
          <LogOut aria-hidden="true" />
          {t('signOut')}
        </button>
      </form>
    </PopoverMenu>
  );
}
