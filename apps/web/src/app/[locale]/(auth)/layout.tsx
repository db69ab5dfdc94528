import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { HeroArt } from '@/components/brand/hero-art.tsx';
import { Wordmark } from '@/components/brand/mark.tsx';
import { PreferencesMenu } from '@/components/shell/preferences-menu.tsx';
import { Link } from '@/i18n/navigation.ts';

// One-time tokens stand in these addresses: they must not leave in a Referer header, nor be indexed. The origin does
// leave: without any, browsers write `Origin: null` on a plain form, and the server could not tell that it is ours.
export const metadata: Metadata = { robots: { index: false }, referrer: 'strict-origin' };

/** Pages of getting in: one column for the form, the walk beside it where there is room. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('common');
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,1fr)_1.1fr]">
      <div className="flex flex-col px-4 sm:px-8">
        <header className="flex h-16 items-center justify-between">
          <Link href="/" aria-label={t('brand')} className="-mx-1 rounded-md p-1">
            <Wordmark />
          </Link>
          <PreferencesMenu />
        </header>
        <main id="content" tabIndex={-1} className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-12">
          {children}
        </main>
      </div>
      <div className="sticky top-0 hidden h-dvh border-s lg:block">
        <HeroArt className="h-full w-full" />
      </div>
    </div>
  );
}
