import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { listHref } from '@/api/list-address.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { AutoRefresh } from '../auto-refresh.tsx';
import { FilterLinks } from '../filter-links.tsx';
import { ListPages } from '../list-pages.tsx';
import { ListSearch } from '../list-search.tsx';
import { mailStates } from '../mailbox/mail-state.tsx';
import { MessageList, StateFilter } from '../message-list.tsx';
import { one } from '../one.ts';
import { PageHeading } from '../page-heading.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('log.title') };
}

const path = '/console/delivery-log';
const channels = ['email', 'sms', 'push', 'inapp'] as const;

/** Messages of every channel, newest first. */
export default async function DeliveryLogPage({ searchParams }: PageProps<'/[locale]/console/delivery-log'>) {
  const query = await searchParams;
  const q = one(query.q);
  const cursor = one(query.cursor);
  const kind = one(query.kind);
  const state = mailStates.find((known) => known === query.state);
  const channel = channels.find((known) => known === query.channel);
  const client = await api();
  const page = await pageOrFirst(
    await client.GET('/api/admin/notifications/log', {
      params: {
        query: {
          limit: 50,
          ...(q ? { q } : {}),
          ...(kind ? { kind } : {}),
          ...(state ? { state } : {}),
          ...(channel ? { channel } : {}),
          ...(cursor ? { cursor } : {}),
        },
      },
    }),
    path,
    { q, kind, state, channel, cursor },
  );
  const t = await getTranslations('console.log');
  const tMail = await getTranslations('console.mailbox');
  const tTemplates = await getTranslations('console.templates');
  const filters = { q, kind, state, channel };
  const filtered = cursor !== undefined || Object.values(filters).some((value) => value !== undefined);
  return (
    <>
      <PageHeading
        title={t('title')}
        actions={
          <>
            <TextLink href="/console/suppressions">{t('suppressions')}</TextLink>
            <AutoRefresh />
          </>
        }
      >
        {t('lead')}
      </PageHeading>
      <ListSearch path={path} label={t('search')} q={q} keep={{ kind, state, channel }} />
      <FilterLinks
        label={t('filterChannel')}
        current={channel}
        all={{ href: listHref(path, { ...filters, channel: undefined }), label: t('anyChannel') }}
        options={channels.map((value) => ({
          value,
          label: tTemplates(`channel.${value}`),
          href: listHref(path, { ...filters, channel: value }),
        }))}
      />
      <StateFilter path={path} filters={filters} />
      <MessageList
        path={path}
        rows={page.items}
        caption={t('title')}
        title={{
          name: tMail('to'),
          of: (message) => message.to.address ?? (message.to.name || t('somebody')),
          className: 'max-w-64',
        }}
        extra={{
          name: t('channel'),
          of: (message) => <Badge>{tTemplates(`channel.${message.channel}`)}</Badge>,
          afterKind: true,
        }}
        empty={{ filtered, nothingFound: t('nothingFound'), title: t('emptyTitle'), text: t('emptyText') }}
      />
      <ListPages path={path} query={filters} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
