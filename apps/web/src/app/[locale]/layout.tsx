import '../globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { TypedEarlyKeeper } from '@/components/forms/typed-early-keeper.tsx';
import { Keyboard } from '@/components/shell/keyboard.tsx';
import { StyleNonce } from '@/components/shell/nonce.tsx';
import { roomsOf } from '@/components/shell/rooms.ts';
import { SkipLink } from '@/components/shell/skip-link.tsx';
import { Toaster } from '@/components/ui/toast.tsx';
import { fontVariables } from '@/design/fonts.ts';
import { parseTheme, themeCookie } from '@/design/theme.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { isAppLocale } from '@/i18n/locales.ts';
import { getSession } from '@/session/session.ts';

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return {
    title: { default: `${t('brand')} · ${t('tagline')}`, template: `%s · ${t('brand')}` },
    description: t('description'),
    applicationName: t('brand'),
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f5' },
    { media: '(prefers-color-scheme: dark)', color: '#141210' },
  ],
};

export default async function RootLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!isAppLocale(locale)) notFound();
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    // The theme switch changes the class before the next render does, hence the suppressed comparison of this one element.
    <html lang={locale} className={`${fontVariables} ${theme === 'system' ? '' : theme}`} suppressHydrationWarning>
      <body>
        <ClientMessages areas={[]}>
          <TypedEarlyKeeper>
            <StyleNonce />
            <SkipLink />
            {children}
            <Toaster />
            <Keyboard rooms={roomsOf((await getSession())?.user.roles ?? [])} />
          </TypedEarlyKeeper>
        </ClientMessages>
      </body>
    </html>
  );
}
