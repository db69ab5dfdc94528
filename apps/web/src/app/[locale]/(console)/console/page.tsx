import { CircleAlert, CircleCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Stat } from '@/components/ui/stat.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { jobsOf, lagsOf } from './activity.ts';
import { AutoRefresh } from './auto-refresh.tsx';
import { PageHeading } from './page-heading.tsx';
import { readHealth } from './read-health.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('console'))('health.title') };
}

/** Mail that waits longer than this is worth a look, in seconds. */
const patience = 300;

/** Is everything working, and if not, where to look. */
export default async function HealthPage() {
  const client = await api();
  const [health, activity, parked, mail] = await Promise.all([
    readHealth(),
    client.GET('/api/admin/activity').then(orThrow),
    client.GET('/api/admin/dead-letters', { params: { query: { limit: 200 } } }).then(orThrow),
    client.GET('/api/admin/notifications/stats', { params: { query: { hours: 24 } } }).then(orThrow),
  ]);
  const t = await getTranslations('console.health');
  const format = await getFormatter();
  const { items } = activity;
  const lags = lagsOf(items);
  const unreachable = items.filter((item) => !item.reachable).map((item) => item.context);
  const broken = health?.checks.filter((check) => !check.ok).map((check) => check.name) ?? [];
  const mailState = (state: string) =>
    mail.counts
      .filter((count) => count.channel === 'email' && count.state === state)
      .reduce((sum, { count }) => sum + count, 0);
  const worries = [
    ...broken.map((name) => t('worry.check', { name })),
    ...unreachable.map((name) => t('worry.unreachable', { name })),
    ...(mail.oldestQueuedSeconds > patience
      ? [t('worry.mail', { minutes: Math.round(mail.oldestQueuedSeconds / 60) })]
      : []),
  ];
  return (
    <>
      <PageHeading title={t('title')} actions={<AutoRefresh />}>
        {t('lead')}
      </PageHeading>
      {worries.length === 0 ? (
        <Callout kind="success" title={t('allWell')}>
          {health ? t('allWellText', { count: health.checks.length }) : t('noReadiness')}
        </Callout>
      ) : (
        <Callout kind="destructive" title={t('trouble', { count: worries.length })}>
          <ul className="list-disc ps-5">
            {worries.map((worry) => (
              <li key={worry}>{worry}</li>
            ))}
          </ul>
        </Callout>
      )}
      <dl className="mt-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label={t('contexts')}
          value={`${items.length - unreachable.length} / ${items.length}`}
          note={t('contextsNote')}
        />
        <Stat
          label={t('jobs')}
          value={format.number(jobsOf(items, 'waiting') + jobsOf(items, 'active'))}
          note={<TextLink href="/console/jobs">{t('jobsNote', { active: jobsOf(items, 'active') })}</TextLink>}
        />
        <Stat
          label={t('parked')}
          value={format.number(parked.items.length)}
          note={<TextLink href="/console/dead-letters">{t('parkedNote')}</TextLink>}
        />
        <Stat
          label={t('mail')}
          value={format.number(mailState('sent'))}
          note={
            <TextLink href={mailState('failed') > 0 ? '/console/mailbox?state=failed' : '/console/mailbox'}>
              {t('mailNote', { failed: mailState('failed'), queued: mailState('queued') })}
            </TextLink>
          }
        />
      </dl>
      <h2 className="mt-8 mb-3 text-lg">{t('perContext')}</h2>
      <Table caption={t('perContext')} dense>
        <TableHead>
          <TableRow>
            <TableHeader>{t('context')}</TableHeader>
            <TableHeader>{t('state')}</TableHeader>
            <TableHeader className="text-end">{t('events')}</TableHeader>
            <TableHeader className="text-end">{t('outbox')}</TableHeader>
            <TableHeader className="text-end">{t('behind')}</TableHeader>
            <TableHeader className="text-end">{t('waiting')}</TableHeader>
            <TableHeader className="text-end">{t('active')}</TableHeader>
            <TableHeader className="text-end">{t('failed')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map((item) => {
            const own = lags.filter((lag) => lag.context === item.context);
            const behind = own.reduce((most, lag) => Math.max(most, lag.behind ?? 0), 0);
            const check = health?.checks.find(({ name }) => name === `database:${item.context}`);
            const works = item.reachable && check?.ok !== false;
            return (
              <TableRow key={item.context}>
                <TableHeader scope="row" className="text-foreground text-sm">
                  {item.context}
                </TableHeader>
                <TableCell>
                  <Badge tone={works ? 'success' : 'destructive'}>
                    {works ? <CircleCheck aria-hidden="true" /> : <CircleAlert aria-hidden="true" />}
                    {works ? t('works') : item.reachable ? t('noDatabase') : t('unreachable')}
                  </Badge>
                </TableCell>
                <Count value={item.reachable ? item.outboxPosition : null} />
                <Count value={item.reachable ? item.outboxWaiting : null} />
                <Count value={item.reachable ? behind : null} />
                <Count value={item.reachable ? jobsOf([item], 'waiting') : null} />
                <Count value={item.reachable ? jobsOf([item], 'active') : null} />
                <Count value={item.reachable ? jobsOf([item], 'failed') : null} worry />
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      <p className="mt-3 max-w-prose text-muted-foreground text-sm">{t('legend')}</p>
    </>
  );
}

async function Count({ value, worry = false }: { value: number | null; worry?: boolean }) {
  const format = await getFormatter();
  return (
    <TableCell
      className={`tabular text-end ${value === 0 || value === null ? 'text-muted-foreground' : worry ? 'font-semibold text-destructive' : ''}`}
    >
      {value === null ? '–' : format.number(value)}
    </TableCell>
  );
}
