import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { Moment } from '@/components/time/moment.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { ImportState } from './import-state.tsx';
import { UploadForm } from './upload-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studio'))('imports.title') };
}

const formats = ['olx', 'markdown'] as const;

/** Bring a course from elsewhere, and what was brought so far. */
export default async function ImportsPage({ searchParams }: PageProps<'/[locale]/studio/imports'>) {
  const { cursor } = await searchParams;
  const after = typeof cursor === 'string' ? cursor : undefined;
  const page = await pageOrFirst(
    await (await api()).GET('/api/courses/imports', {
      params: { query: { limit: 20, ...(after ? { cursor: after } : {}) } },
    }),
    '/studio/imports',
    { cursor: after },
  );
  const t = await getTranslations('studio.imports');
  const tCommon = await getTranslations('common');
  const format = await getFormatter();
  return (
    <>
      <h1 className="text-2xl">{t('title')}</h1>
      <p className="mt-1 mb-6 max-w-prose text-muted-foreground text-sm">{t('lead')}</p>
      <div className="max-w-3xl">
        <UploadForm />
      </div>
      <h2 className="mt-10 mb-3 text-lg">{t('earlier')}</h2>
      {page.items.length === 0 ? (
        <EmptyState title={t('emptyTitle')} headingLevel={3}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <Table caption={t('earlier')} dense>
          <TableHead>
            <TableRow>
              <TableHeader>{t('source')}</TableHeader>
              <TableHeader>{t('format')}</TableHeader>
              <TableHeader>{t('stateLabel')}</TableHeader>
              <TableHeader className="text-end">{t('items')}</TableHeader>
              <TableHeader className="text-end">{t('lost')}</TableHeader>
              <TableHeader>{t('begun')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {page.items.map((item) => {
              const known = formats.find((one) => one === item.format);
              return (
                <TableRow key={item.id}>
                  <TableHeader scope="row" className="max-w-sm text-sm">
                    <TextLink href={`/studio/imports/${item.id}`} className="block truncate">
                      {item.sourceName}
                    </TextLink>
                  </TableHeader>
                  <TableCell className="whitespace-nowrap">{known ? t(`formats.${known}`) : '–'}</TableCell>
                  <TableCell>
                    <ImportState state={item.state} />
                  </TableCell>
                  <TableCell className="tabular text-end">
                    {item.summary ? format.number(item.summary.total) : '–'}
                  </TableCell>
                  <TableCell className="tabular text-end">
                    {item.summary ? format.number(item.summary.raw + item.summary.failed) : '–'}
                  </TableCell>
                  <TableCell className="tabular whitespace-nowrap">
                    <Moment at={item.createdAt} />
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      )}
      {page.nextCursor && (
        <LoadMore href={`/studio/imports?cursor=${encodeURIComponent(page.nextCursor)}`}>
          {tCommon('loadMore')}
        </LoadMore>
      )}
    </>
  );
}
