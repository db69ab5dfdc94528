import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Bell } from '@/components/bell/bell.tsx';
import { Footer } from '@/components/shell/footer.tsx';
import { Header } from '@/components/shell/header.tsx';
import { NavLink } from '@/components/shell/nav-link.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { requireSession } from '@/session/session.ts';
import { NavStrip } from './nav-strip.tsx';

/** A person's own settings: side navigation from 768 px. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  await requireSession();
  const t = await getTranslations('account');
  return (
    <div className="flex min-h-dvh flex-col">
      <Header bell={<Bell />} />
      <div className="page-column grid flex-1 gap-8 py-8 md:grid-cols-[13rem_1fr] md:py-12">
        <NavStrip label={t('title')}>
          <ul className="flex gap-1 md:flex-col">
            {(
              [
                'profile',
                'orders',
                'invoices',
                'instalments',
                'subscriptions',
                'security',
                'notifications',
                'data',
              ] as const
            ).map((page) => (
              <li key={page}>
                <NavLink
                  href={page === 'profile' ? '/account' : `/account/${page}`}
                  exact={page === 'profile'}
                  className="w-full whitespace-nowrap aria-[current=page]:bg-accent"
                >
                  {t(`nav.${page}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </NavStrip>
        <main id="content" tabIndex={-1} className="min-w-0">
          <ClientMessages areas={['account']}>{children}</ClientMessages>
        </main>
      </div>
      <Footer />
    </div>
  );
}
