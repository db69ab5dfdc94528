import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import { getSession } from '@/session/session.ts';
import { BellIsland } from './bell-island.tsx';

/** The bell of the header, for somebody who is signed in; nothing otherwise. Brings its own few words to the browser. */
export async function Bell() {
  if (!(await getSession())) return null;
  const { account, common } = await getMessages();
  return (
    <NextIntlClientProvider messages={{ common, account: { bell: account.bell } }}>
      <BellIsland />
    </NextIntlClientProvider>
  );
}
