import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { AutoRefresh } from '../auto-refresh.tsx';
import { ListPages } from '../list-pages.tsx';
import { ListSearch } from '../list-search.tsx';
import { MessageList, StateFilter } from '../message-list.tsx';
import { one } from '../one.ts';
import { PageHeading } from '../page-heading.tsx';
import { mailStates } from './mail-state.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('mailbox.title') };
}

const path = '/console/mailbox';

/** Mails the platform has written, newest first. */
export default async function MailboxPage({ searchParams }: PageProps<'/[locale]/console/mailbox'>) {
  const query = await searchParams;
  const q = one(query.q);
  const cursor = one(query.cursor);
  const state = mailStates.find((known) => known === query.state);
  const page = await pageOrFirst(
    await (await api()).GET('/api/admin/mailbox', {
      params: { query: { limit: 50, ...(q ? { q } : {}), ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) } },
    }),
    path,
    { q, state, cursor },
  );
  const t = await getTranslations('console.mailbox');
  const filtered = q !== undefined || state !== undefined || cursor !== undefined;
  return (
    <>
      <PageHeading title={t('title')} actions={<AutoRefresh />}>
        {t('lead')}
      </PageHeading>
      <ListSearch path={path} label={t('search')} q={q} keep={{ state }} />
      <StateFilter path={path} filters={{ q, state }} />
      <MessageList
        path={path}
        rows={page.items}
        caption={t('title')}
        title={{ name: t('subject'), of: (mail) => mail.subject ?? t('notWritten'), className: 'max-w-sm' }}
        extra={{ name: t('to'), of: (mail) => mail.to?.address ?? '–', afterKind: false }}
        empty={{ filtered, nothingFound: t('nothingFound'), title: t('emptyTitle'), text: t('emptyText') }}
      />
      <ListPages path={path} query={{ q, state }} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
