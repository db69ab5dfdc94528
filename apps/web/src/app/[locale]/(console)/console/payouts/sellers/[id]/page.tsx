import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { requireSession } from '@/session/session.ts';
import { PageHeading } from '../../../page-heading.tsx';
import { TermsForm } from './terms-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('terms.title') };
}

/** What was agreed with a seller: what applies, every agreement before, and for administrators another one. */
export default async function SellerPage({ params }: PageProps<'/[locale]/console/payouts/sellers/[id]'>) {
  const { id } = await params;
  const { user } = await requireSession();
  const answer = await (await api()).GET('/api/admin/seller-terms/{id}', { params: { path: { id } } });
  if (answer.response.status === 400 || answer.response.status === 404) notFound();
  const terms = orThrow(answer);
  const [t, tPayouts, tCommon, format] = await Promise.all([
    getTranslations('sales.terms'),
    getTranslations('sales.payouts'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const percent = (share: number) => format.number(share / 10_000, { style: 'percent', maximumFractionDigits: 2 });
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: tPayouts('title'), href: '/console/payouts' }, { label: t('title') }]}
      />
      <div className="mt-3">
        <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      </div>
      <p className="mb-6 text-sm">
        <TextLink href={`/console/users/${id}`} className="break-all font-mono text-xs">
          {id}
        </TextLink>
      </p>
      <dl className="mb-8 grid max-w-xl gap-4 rounded-lg border bg-card p-4 text-sm sm:grid-cols-2">
        <div>
          <dt className="text-muted-foreground">{t('share')}</dt>
          <dd className="tabular mt-1 font-medium text-lg">
            {percent(terms.applied.share)}{' '}
            {terms.share === null && <span className="font-normal text-muted-foreground text-sm">{t('house')}</span>}
          </dd>
        </div>
        <div>
          <dt className="text-muted-foreground">{t('holdDays')}</dt>
          <dd className="tabular mt-1 font-medium text-lg">
            {terms.applied.holdDays}{' '}
            {terms.holdDays === null && <span className="font-normal text-muted-foreground text-sm">{t('house')}</span>}
          </dd>
        </div>
      </dl>
      {user.roles.includes('admin') ? (
        <TermsForm seller={id} share={terms.share} holdDays={terms.holdDays} />
      ) : (
        <p className="text-muted-foreground text-sm">{t('adminsOnly')}</p>
      )}
      <h2 className="mt-10 mb-3 text-lg">{t('history')}</h2>
      {terms.history.length === 0 ? (
        <p className="text-muted-foreground text-sm">{t('never')}</p>
      ) : (
        <Table caption={t('history')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{tPayouts('created')}</TableHeader>
              <TableHeader className="text-end">{t('share')}</TableHeader>
              <TableHeader className="text-end">{t('holdDays')}</TableHeader>
              <TableHeader>{t('note')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {terms.history.map((one) => (
              <TableRow key={one.id}>
                <TableHeader scope="row" className="tabular font-normal text-foreground text-sm">
                  <Moment at={one.changedAt} />
                </TableHeader>
                <TableCell className="tabular text-end">
                  {one.share === null ? t('house') : percent(one.share)}
                </TableCell>
                <TableCell className="tabular text-end">{one.holdDays === null ? t('house') : one.holdDays}</TableCell>
                <TableCell className="wrap-anywhere">{one.note}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
