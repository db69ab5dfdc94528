import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { requireSession } from '@/session/session.ts';
import { FilterLinks } from '../filter-links.tsx';
import { ListPages } from '../list-pages.tsx';
import { one } from '../one.ts';
import { PageHeading } from '../page-heading.tsx';
import { AuditTable } from './audit-table.tsx';
import { ReplayTable } from './replay-table.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('audit.title') };
}

const path = '/console/audit';
/** What happened to accounts, which identity records; to money, which payments does; what was tried again, which all do. */
const logs = ['accounts', 'payments', 'replays'] as const;
/** The texts above a log and in its place while it is empty. */
const texts = {
  accounts: { lead: 'lead', empty: 'emptyText' },
  payments: { lead: 'leadPayments', empty: 'emptyPayments' },
  replays: { lead: 'leadReplays', empty: 'emptyReplays' },
} as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who did what to which account, and from where. For administrators only, as the API has it. */
export default async function AuditPage({ searchParams }: PageProps<'/[locale]/console/audit'>) {
  const query = await searchParams;
  const cursor = one(query.cursor);
  const log = logs.find((known) => known === one(query.of)) ?? 'accounts';
  const subject = log === 'replays' ? undefined : one(query.subject);
  const { user } = await requireSession();
  const t = await getTranslations('console.audit');
  if (!user.roles.includes('admin')) {
    return (
      <>
        <PageHeading title={t('title')} />
        <Callout kind="info" title={t('adminsOnly')}>
          {t('adminsOnlyText')}
        </Callout>
      </>
    );
  }
  const { table, nextCursor } = await (log === 'replays' ? readReplays(cursor) : readEntries({ log, subject, cursor }));
  return (
    <>
      <PageHeading title={t('title')}>{t(texts[log].lead)}</PageHeading>
      <FilterLinks
        label={t('log')}
        current={log}
        options={logs.map((value) => ({
          value,
          label: t(`logs.${value}`),
          href: value === 'accounts' ? path : `${path}?of=${value}`,
        }))}
      />
      {subject && (
        <p className="mb-4 flex flex-wrap items-center gap-3 text-sm">
          <span>
            {t('onlySubject')} <code className="break-all font-mono text-xs">{subject}</code>
          </span>
          <TextLink href={path}>{t('showAll')}</TextLink>
        </p>
      )}
      {table ?? (
        <EmptyState
          title={t('emptyTitle')}
          action={
            subject && (
              <Link href={path} className={buttonClasses({ variant: 'outline' })}>
                {t('showAll')}
              </Link>
            )
          }
        >
          {t(texts[log].empty)}
        </EmptyState>
      )}
      <ListPages
        path={path}
        query={{ subject, ...(log === 'accounts' ? {} : { of: log }) }}
        cursor={cursor}
        nextCursor={nextCursor}
      />
    </>
  );
}

/** A page of a log. `table` is null while there is nothing to show. */
type LogPage = { table: ReactNode; nextCursor: string | undefined };

async function readEntries(asked: {
  log: 'accounts' | 'payments';
  subject: string | undefined;
  cursor: string | undefined;
}): Promise<LogPage> {
  const { log, subject, cursor } = asked;
  const options = { params: { query: { limit: 50, ...(subject ? { subject } : {}), ...(cursor ? { cursor } : {}) } } };
  // Identity knows people by their ids alone; what is none is nobody.
  if (log === 'accounts' && subject && !uuid.test(subject)) return { table: null, nextCursor: undefined };
  const client = await api();
  const filters = { of: log, subject, cursor };
  const { items, nextCursor } =
    log === 'payments'
      ? await pageOrFirst(await client.GET('/api/admin/payments/audit', options), path, filters)
      : await pageOrFirst(await client.GET('/api/admin/audit', options), path, filters);
  return { table: items.length > 0 ? <AuditTable entries={items} /> : null, nextCursor };
}

async function readReplays(cursor: string | undefined): Promise<LogPage> {
  const query = { limit: 50, ...(cursor ? { cursor } : {}) };
  const { items, nextCursor, unreachable } = await pageOrFirst(
    await (await api()).GET('/api/admin/replays', { params: { query } }),
    path,
    { of: 'replays', cursor },
  );
  if (items.length === 0 && unreachable.length === 0) return { table: null, nextCursor };
  const t = await getTranslations('console.audit');
  const format = await getFormatter();
  return {
    table: (
      <>
        {unreachable.length > 0 && (
          <Callout
            kind="warning"
            className="mb-4"
            title={t('replay.unreachable', { names: format.list(unreachable) })}
          />
        )}
        {items.length > 0 && <ReplayTable replays={items} />}
      </>
    ),
    nextCursor,
  };
}
