import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { LoadingRegion, Skeleton } from '@/components/ui/skeleton.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { pageAddresses } from '@/seo/addresses.ts';
import { CourseCard } from '../course-card.tsx';
import { CatalogueFilters } from './catalogue-filters.tsx';
import { type CatalogueQuery, hasFilters, readQuery, toApiQuery, toHref } from './catalogue-query.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Courses of one page of results: fills three columns and two. */
const pageSize = 18;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const t = await getTranslations('catalogue');
  const query = readQuery(await searchParams);
  const addresses = await pageAddresses({ path: '/courses', locale: await getLocale() });
  return {
    ...addresses,
    title: query.q ? t('titleFor', { query: query.q }) : t('title'),
    description: t('description'),
    openGraph: { type: 'website', title: t('title'), description: t('description'), siteName: 'Stoa' },
    // Searches and later pages are the same courses again: followed, not indexed.
    ...(hasFilters(query) || query.cursor ? { robots: { index: false, follow: true } } : {}),
  };
}

/** `/courses?q=&category=&level=&language=&price=&cursor=`: everything is in the address, so it works as links and a plain form. */
export default async function CataloguePage({ searchParams }: Props) {
  const t = await getTranslations('catalogue');
  const query = readQuery(await searchParams);
  return (
    <div className="page-column py-10 md:py-14">
      <h1 className="text-3xl">{query.q ? t('titleFor', { query: query.q }) : t('title')}</h1>
      <p className="mt-3 max-w-prose text-muted-foreground">{t('lead')}</p>
      <CatalogueFilters query={query} results={<Results query={query} />} loading={<ResultsLoading />} />
    </div>
  );
}

async function Results({ query }: { query: CatalogueQuery }) {
  const t = await getTranslations('catalogue');
  const answer = await (await api()).GET('/api/courses', {
    params: { query: { ...toApiQuery(query), limit: pageSize } },
  });
  if (!answer.data) {
    const problem = problemOf(answer);
    return (
      <ErrorState
        className="mt-8"
        title={problem.status < 500 ? t('refusedTitle') : t('failedTitle')}
        traceId={problem.traceId}
        action={
          <Link href="/courses" className={buttonClasses({ variant: 'outline' })}>
            {t('clear')}
          </Link>
        }
      >
        {problem.status < 500 ? t('refusedText') : t('failedText')}
      </ErrorState>
    );
  }
  const { items, nextCursor } = answer.data;
  if (items.length === 0) {
    const filtered = hasFilters(query);
    return (
      <EmptyState
        className="mt-8"
        title={filtered ? t('nothingTitle') : t('emptyTitle')}
        action={
          filtered ? (
            <Link href="/courses" className={buttonClasses({})}>
              {t('clear')}
            </Link>
          ) : (
            <Link href="/" className={buttonClasses({})}>
              {t('goHome')}
            </Link>
          )
        }
      >
        {filtered ? t('nothingText') : t('emptyText')}
      </EmptyState>
    );
  }
  return (
    <section aria-labelledby="results" className="mt-8">
      <h2 id="results" className="sr-only">
        {t('results', { count: items.length })}
      </h2>
      {query.cursor && (
        <p className="mb-5 text-sm">
          <Link href={toHref({ ...query, cursor: undefined })} className={textLinkClasses}>
            {t('firstPage')}
          </Link>
        </p>
      )}
      <ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
        {items.map((course, index) => (
          <li key={course.id} className="grid min-w-0">
            <CourseCard course={course} eager={index < 3} />
          </li>
        ))}
      </ul>
      {nextCursor && <LoadMore href={toHref({ ...query, cursor: nextCursor })}>{t('nextPage')}</LoadMore>}
    </section>
  );
}

async function ResultsLoading() {
  const t = await getTranslations('common');
  return (
    <LoadingRegion label={t('loading')} className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="overflow-hidden rounded-lg border bg-card">
          <Skeleton className="aspect-video rounded-none" />
          <div className="space-y-3 p-5">
            <Skeleton className="h-7 w-3/4" />
            <Skeleton className="h-4 w-full" />
            <Skeleton className="h-4 w-5/6" />
            <Skeleton className="mt-6 h-5 w-1/2" />
          </div>
        </div>
      ))}
    </LoadingRegion>
  );
}
