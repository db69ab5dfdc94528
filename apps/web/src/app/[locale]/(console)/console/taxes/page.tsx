import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import type { TaxRule } from '@/components/sales/types.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { requireSession } from '@/session/session.ts';
import { PageHeading } from '../page-heading.tsx';
import { LinkedSource } from './linked-source.tsx';
import { AddRuleForm, EndRuleForm } from './rule-forms.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('taxes.title') };
}

/** Which tax applies where, each with the law it was read in. Administrators add rules and end them. */
export default async function TaxesPage() {
  const { user } = await requireSession();
  const { items } = orThrow(await (await api()).GET('/api/admin/tax-rules'));
  const t = await getTranslations('sales.taxes');
  const format = await getFormatter();
  const countries = new Intl.DisplayNames(await getLocale(), { type: 'region' });
  const isAdmin = user.roles.includes('admin');
  // Days have no time zone.
  const date = (text: string) => (
    <time dateTime={text}>
      {format.dateTime(new Date(`${text}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })}
    </time>
  );
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      {items.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      ) : (
        <Table caption={t('title')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('country')}</TableHeader>
              <TableHeader>{t('category')}</TableHeader>
              <TableHeader>{t('name')}</TableHeader>
              <TableHeader className="text-end">{t('rateColumn')}</TableHeader>
              <TableHeader>{t('how')}</TableHeader>
              <TableHeader>{t('validFrom')}</TableHeader>
              <TableHeader>{t('validTo')}</TableHeader>
              <TableHeader>{t('source')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {items.map((rule) => (
              <TableRow key={rule.id}>
                <TableHeader scope="row" className="text-foreground text-sm">
                  {countries.of(rule.country) ?? rule.country}
                </TableHeader>
                <TableCell className="whitespace-nowrap">
                  {rule.category === '*' ? (
                    t('anyCategory')
                  ) : (
                    <span className="font-mono text-xs">{rule.category}</span>
                  )}
                </TableCell>
                <TableCell className="whitespace-nowrap">{rule.name}</TableCell>
                <TableCell className="tabular whitespace-nowrap text-end">
                  {format.number(rule.rate / 10_000, { style: 'percent', maximumFractionDigits: 2 })}
                </TableCell>
                <TableCell>
                  <Badge tone="outline">{rule.inclusive ? t('inclusive') : t('exclusive')}</Badge>
                </TableCell>
                <TableCell className="tabular whitespace-nowrap">{date(rule.validFrom)}</TableCell>
                <TableCell className="tabular whitespace-nowrap">
                  {rule.validTo ? date(rule.validTo) : isAdmin ? <End rule={rule} /> : t('open')}
                </TableCell>
                <TableCell className="min-w-56">
                  <LinkedSource text={rule.source} />
                  <span className="block text-muted-foreground text-xs">
                    {t('checkedOn')} {date(rule.checkedOn)}
                  </span>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {isAdmin ? (
        <section className="mt-8">
          <h2 className="mb-3 text-lg">{t('add')}</h2>
          <AddRuleForm requestKey={randomUUID()} today={new Date().toISOString().slice(0, 10)} />
        </section>
      ) : (
        <p className="mt-4 text-muted-foreground text-sm">{t('adminsOnly')}</p>
      )}
    </>
  );
}

/** Ending a rule, folded away until somebody wants it. */
async function End({ rule }: { rule: TaxRule }) {
  const t = await getTranslations('sales.taxes');
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm underline decoration-1 underline-offset-4">
        {t('open')}
        <span className="sr-only"> · {t('endOf', { name: rule.name, country: rule.country })}</span>
      </summary>
      <EndRuleForm rule={rule.id} />
    </details>
  );
}
