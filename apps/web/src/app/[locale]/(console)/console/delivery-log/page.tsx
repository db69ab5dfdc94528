import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { AutoRefresh } from '../auto-refresh.tsx';
import { FilterLinks } from '../filter-links.tsx';
import { ListPages, listHref } from '../list-pages.tsx';
import { ListSearch } from '../list-search.tsx';
import { MailState, mailStates } from '../mailbox/mail-state.tsx';
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
  const page = orThrow(
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
      <FilterLinks
        label={tMail('filter')}
        current={state}
        all={{ href: listHref(path, { ...filters, state: undefined }), label: tMail('anyState') }}
        options={mailStates.map((value) => ({
          value,
          label: tMail(`state.${value}`),
          href: listHref(path, { ...filters, state: value }),
        }))}
      />
      {page.items.length === 0 ? (
        <EmptyState
          title={filtered ? t('nothingFound') : t('emptyTitle')}
          action={
            filtered && (
              <Link href={path} className={buttonClasses({ variant: 'outline' })}>
                {tMail('showAll')}
              </Link>
            )
          }
        >
          {filtered ? tMail('nothingFoundText') : t('emptyText')}
        </EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{tMail('to')}</TableHeader>
              <TableHeader>{tMail('kind')}</TableHeader>
              <TableHeader>{t('channel')}</TableHeader>
              <TableHeader>{tMail('stateLabel')}</TableHeader>
              <TableHeader>{tMail('written')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((message) => (
              <TableRow key={message.id}>
                <TableHeader scope="row" className="max-w-64 text-sm">
                  <TextLink href={`${path}/${message.id}`} className="block truncate">
                    {message.to.address ?? (message.to.name || t('somebody'))}
                  </TextLink>
                </TableHeader>
                <TableCell className="font-mono text-xs">{message.kind}</TableCell>
                <TableCell>
                  <Badge>{tTemplates(`channel.${message.channel}`)}</Badge>
                </TableCell>
                <TableCell>
                  <MailState state={message.state} reason={message.reason} />
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  <Moment at={message.createdAt} precision="second" />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <ListPages path={path} query={filters} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
