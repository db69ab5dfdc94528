import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Callout } from '@/components/ui/callout.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { AutoRefresh } from '../auto-refresh.tsx';
import { PageHeading } from '../page-heading.tsx';
import { BreaksTable } from './breaks-table.tsx';
import { CompareForm } from './compare-form.tsx';
import { ProvidersTable } from './providers-table.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('payments.title') };
}

/** The API gives no more than this at once. */
const most = 500;

/** Whether money comes in as it should: providers, what does not fit, and jobs that ran out of tries. */
export default async function PaymentsPage() {
  const client = await api();
  const [providers, breaks, parked] = await Promise.all([
    client.GET('/api/admin/payments/providers').then(orThrow),
    client.GET('/api/admin/payments/breaks').then(orThrow),
    client.GET('/api/admin/dead-letters', { params: { query: { limit: 200, context: 'payments' } } }).then(orThrow),
  ]);
  const t = await getTranslations('sales.payments');
  const usable = providers.items.filter(({ available, switchedOff }) => available || switchedOff);
  const reporting = usable.filter(({ reports }) => reports).map(({ name }) => name);
  const silent = usable.filter(({ reports }) => !reports).map(({ name }) => name);
  const format = await getFormatter();
  const yesterday = new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 10);
  return (
    <>
      <PageHeading title={t('title')} actions={<AutoRefresh />}>
        {t('lead')}
      </PageHeading>
      <h2 className="mb-3 text-lg">{t('providers')}</h2>
      <ProvidersTable providers={providers.items} />
      <p className="mt-2 max-w-prose text-muted-foreground text-xs">{t('circuitNote')}</p>
      <h2 className="mt-8 text-lg">{t('breaks')}</h2>
      <p className="mt-1 mb-3 max-w-prose text-muted-foreground text-sm">{t('breaksLead')}</p>
      {parked.items.length > 0 && (
        <Callout
          kind="warning"
          className="mb-4"
          title={t('jobs', { count: parked.items.length })}
          action={<TextLink href="/console/dead-letters?context=payments">{t('jobsLink')}</TextLink>}
        />
      )}
      {breaks.items.length === most && <Callout kind="info" className="mb-4" title={t('tooMany', { count: most })} />}
      <BreaksTable breaks={breaks.items} />
      {parked.items.length === 0 && (
        <p className="mt-2 text-muted-foreground text-xs">
          {t('jobs', { count: 0 })}. <TextLink href="/console/dead-letters?context=payments">{t('jobsAll')}</TextLink>
        </p>
      )}
      {usable.length > 0 && (
        <>
          <h2 className="mt-8 text-lg">{t('reconcile')}</h2>
          <p className="mt-1 mb-3 max-w-prose text-muted-foreground text-sm">{t('reconcileLead')}</p>
          {silent.length > 0 && (
            <Callout
              kind="warning"
              className="mb-4 max-w-2xl"
              title={t('silent', { names: format.list(silent), count: silent.length })}
            >
              {t('silentText')}
            </Callout>
          )}
          {reporting.length > 0 && <CompareForm providers={reporting} yesterday={yesterday} />}
        </>
      )}
    </>
  );
}
