import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
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

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('audit.title') };
}

const path = '/console/audit';
/** What happened to accounts, which identity records, or to money, which payments does. */
const logs = ['accounts', 'payments'] as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who did what to which account, and from where. For administrators only, as the API has it. */
export default async function AuditPage({ searchParams }: PageProps<'/[locale]/console/audit'>) {
  const query = await searchParams;
  const cursor = one(query.cursor);
  const subject = one(query.subject);
  const log = logs.find((known) => known === one(query.of)) ?? 'accounts';
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
  const asked = { params: { query: { limit: 50, ...(subject ? { subject } : {}), ...(cursor ? { cursor } : {}) } } };
  const client = await api();
  const page =
    log === 'payments'
      ? orThrow(await client.GET('/api/admin/payments/audit', asked))
      : subject && !uuid.test(subject)
        ? { items: [] }
        : orThrow(await client.GET('/api/admin/audit', asked));
  return (
    <>
      <PageHeading title={t('title')}>{t(log === 'payments' ? 'leadPayments' : 'lead')}</PageHeading>
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
      {page.items.length === 0 ? (
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
          {t(log === 'payments' ? 'emptyPayments' : 'emptyText')}
        </EmptyState>
      ) : (
        <AuditTable entries={page.items} />
      )}
      <ListPages
        path={path}
        query={{ subject, ...(log === 'payments' ? { of: log } : {}) }}
        cursor={cursor}
        nextCursor={page.nextCursor}
      />
    </>
  );
}
