import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Area } from './locales.ts';

/**
 * Hands message areas to the client components inside. The root layout gives `common`; a page whose islands need more
 * wraps them: `<ClientMessages areas={['player']}>`. Only what is named travels to the browser.
 */
export async function ClientMessages({ areas, children }: { areas: Area[]; children: ReactNode }) {
  const all = await getMessages();
  const messages = Object.fromEntries(
    Object.entries(all).filter(([name]) => name === 'common' || areas.some((area) => area === name)),
  );
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
