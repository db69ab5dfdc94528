import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { requireSession } from '@/session/session.ts';
import { ListPages, listHref } from '../list-pages.tsx';
import { one } from '../one.ts';
import { PageHeading } from '../page-heading.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('audit.title') };
}

const path = '/console/audit';
/** Actions with words of their own, by the key of their text; a new one shows its code until it has some. */
const actions = {
  'user.administered': 'administered',
  'user.deleted': 'deleted',
  'sessions.ended': 'sessionsEnded',
  'session.refresh_token_reused': 'tokenReused',
} as const;
const isAction = (value: string): value is keyof typeof actions => Object.hasOwn(actions, value);
const actors = ['user', 'service', 'anonymous'] as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who did what to which account, and from where. For administrators only, as the API has it. */
export default async function AuditPage({ searchParams }: PageProps<'/[locale]/console/audit'>) {
  const query = await searchParams;
  const cursor = one(query.cursor);
  const subject = one(query.subject);
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
  const page =
    subject && !uuid.test(subject)
      ? { items: [] }
      : orThrow(
          await (await api()).GET('/api/admin/audit', {
            params: { query: { limit: 50, ...(subject ? { subject } : {}), ...(cursor ? { cursor } : {}) } },
          }),
        );
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
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
          {t('emptyText')}
        </EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('at')}</TableHeader>
              <TableHeader>{t('action')}</TableHeader>
              <TableHeader>{t('actor')}</TableHeader>
              <TableHeader>{t('subject')}</TableHeader>
              <TableHeader>{t('details')}</TableHeader>
              <TableHeader>{t('ip')}</TableHeader>
              <TableHeader>{t('trace')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((entry) => {
              const actor = actors.find((known) => known === entry.actor.kind);
              return (
                <TableRow key={entry.id}>
                  <TableHeader scope="row" className="tabular font-normal text-foreground">
                    <Moment at={entry.at} precision="second" />
                  </TableHeader>
                  <TableCell className="min-w-44">
                    {isAction(entry.action) ? t(`actions.${actions[entry.action]}`) : <code>{entry.action}</code>}
                  </TableCell>
                  <TableCell>
                    {entry.actor.id ? (
                      <Id value={entry.actor.id} href={listHref(path, { subject: entry.actor.id })} />
                    ) : (
                      <Badge>{actor ? t(`actors.${actor}`) : entry.actor.kind}</Badge>
                    )}
                  </TableCell>
                  <TableCell>
                    {entry.subjectId && (
                      <Id value={entry.subjectId} href={listHref(path, { subject: entry.subjectId })} />
                    )}
                  </TableCell>
                  <TableCell className="max-w-md">
                    <code className="line-clamp-2 break-all font-mono text-xs" title={JSON.stringify(entry.details)}>
                      {Object.keys(entry.details).length > 0 ? JSON.stringify(entry.details) : ''}
                    </code>
                  </TableCell>
                  <TableCell className="tabular whitespace-nowrap">{entry.ip}</TableCell>
                  <TableCell>
                    <code className="font-mono text-xs" title={entry.traceId}>
                      {entry.traceId.slice(0, 8)}
                    </code>
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      )}
      <ListPages path={path} query={{ subject }} cursor={cursor} nextCursor={page.nextCursor} />
    </>
  );
}

/** An id long enough to tell apart (the end of a UUIDv7 is its random part); the whole one on hover. */
function Id({ value, href }: { value: string; href: string }) {
  return (
    <TextLink href={href} title={value} className="font-mono text-xs">
      …{value.slice(-8)}
    </TextLink>
  );
}
