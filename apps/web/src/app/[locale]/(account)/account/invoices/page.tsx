import { FileText } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Price } from '@/components/ui/price.tsx';
import { TextLink, textLinkClasses } from '@/components/ui/text-link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('buying.invoices'))('title') };
}

/** A person's invoices and credit notes, newest first. */
export default async function InvoicesPage({ searchParams }: PageProps<'/[locale]/account/invoices'>) {
  const { cursor } = await searchParams;
  const [t, tCommon] = await Promise.all([getTranslations('buying.invoices'), getTranslations('common')]);
  const { items, nextCursor } = orThrow(
    await (await api()).GET('/api/invoices', {
      params: { query: { limit: 20, ...(typeof cursor === 'string' ? { cursor } : {}) } },
    }),
  );
  return (
    <div className="max-w-3xl">
      <h1 className="text-3xl">{t('title')}</h1>
      {items.length === 0 ? (
        <EmptyState className="mt-8" title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="mt-8 divide-y rounded-lg border bg-card">
          {items.map((invoice) => (
            <li key={invoice.id} className="flex items-center gap-4 px-4 py-4 sm:px-5">
              <FileText aria-hidden="true" className="size-5 shrink-0 text-muted-foreground" />
              <div className="min-w-0 flex-1">
                <p>
                  <a href={`/bff/api/invoices/${invoice.id}`} className={textLinkClasses}>
                    {t(invoice.kind === 'invoice' ? 'invoice' : 'creditNote', { number: invoice.number })}
                  </a>
                </p>
                <p className="mt-1 flex flex-wrap gap-x-3 text-muted-foreground text-sm">
                  <Moment at={invoice.issuedAt} precision="day" />
                  <TextLink href={`/orders/${invoice.orderId}`} prefetch={false} className="text-muted-foreground">
                    {t('order', { number: invoice.orderNumber })}
                  </TextLink>
                </p>
              </div>
              <Price money={invoice.total} className="font-medium" />
            </li>
          ))}
        </ul>
      )}
      {nextCursor && (
        <LoadMore href={`/account/invoices?cursor=${encodeURIComponent(nextCursor)}`}>{tCommon('loadMore')}</LoadMore>
      )}
    </div>
  );
}
