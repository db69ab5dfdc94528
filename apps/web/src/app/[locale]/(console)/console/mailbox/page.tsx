import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { AutoRefresh } from '../auto-refresh.tsx';
import { FilterLinks } from '../filter-links.tsx';
import { ListPages, listHref } from '../list-pages.tsx';
import { ListSearch } from '../list-search.tsx';
import { one } from '../one.ts';
import { PageHeading } from '../page-heading.tsx';
import { MailState, mailStates } from './mail-state.tsx';

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
  const page = orThrow(
    await (await api()).GET('/api/admin/mailbox', {
      params: { query: { limit: 50, ...(q ? { q } : {}), ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) } },
    }),
  );
  const t = await getTranslations('console.mailbox');
  const filtered = q !== undefined || state !== undefined || cursor !== undefined;
  return (
    <>
      <PageHeading title={t('title')} actions={<AutoRefresh />}>
        {t('lead')}
      </PageHeading>
      <ListSearch path={path} label={t('search')} q={q} keep={{ state }} />
      <FilterLinks
        label={t('filter')}
        current={state}
        all={{ href: listHref(path, { q }), label: t('anyState') }}
        options={mailStates.map((value) => ({
          value,
          label: t(`state.${value}`),
          href: listHref(path, { q, state: value }),
        }))}
      />
      {page.items.length === 0 ? (
        <EmptyState
          title={filtered ? t('nothingFound') : t('emptyTitle')}
          action={
            filtered && (
              <Link href={path} className={buttonClasses({ variant: 'outline' })}>
                {t('showAll')}
              </Link>
            )
          }
        >
          {filtered ? t('nothingFoundText') : t('emptyText')}
        </EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('subject')}</TableHeader>
              <TableHeader>{t('to')}</TableHeader>
              <TableHeader>{t('kind')}</TableHeader>
              <TableHeader>{t('stateLabel')}</TableHeader>
              <TableHeader>{t('written')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((mail) => (
              <TableRow key={mail.id}>
                <TableHeader scope="row" className="max-w-sm text-sm">
                  <TextLink href={`${path}/${mail.id}`} className="block truncate">
                    {mail.subject ?? t('notWritten')}
                  </TextLink>
                </TableHeader>
                <TableCell className="max-w-64 truncate">{mail.to?.address ?? '–'}</TableCell>
                <TableCell className="font-mono text-xs">{mail.kind}</TableCell>
                <TableCell>
                  <MailState state={mail.state} reason={mail.reason} />
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  <Moment at={mail.createdAt} precision="second" />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <ListPages path={path} query={{ q, state }} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}
