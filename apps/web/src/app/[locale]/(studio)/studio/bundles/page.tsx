import { Pencil, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Link } from '@/i18n/navigation.ts';
import { CourseState } from '../course-state.tsx';
import { BundleState } from './bundle-state.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studio'))('bundles.title') };
}

/** The bundles the person sells, last changed first. */
export default async function BundlesPage({ searchParams }: PageProps<'/[locale]/studio/bundles'>) {
  const { cursor } = await searchParams;
  const after = typeof cursor === 'string' ? cursor : undefined;
  const page = await pageOrFirst(
    await (await api()).GET('/api/bundles/mine', {
      params: { query: { limit: 50, ...(after ? { cursor: after } : {}) } },
    }),
    '/studio/bundles',
    { cursor: after },
  );
  const t = await getTranslations('studio.bundles');
  const tStudio = await getTranslations('studio.courses');
  const tCommon = await getTranslations('common');
  const make = (
    <Link href="/studio/bundles/new" className={buttonClasses({})}>
      <Plus aria-hidden="true" />
      {t('make')}
    </Link>
  );
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-2xl">{t('title')}</h1>
          <p className="mt-1 max-w-prose text-muted-foreground text-sm">{t('lead')}</p>
        </div>
        {page.items.length > 0 && make}
      </div>
      {page.items.length === 0 ? (
        <EmptyState title={t('emptyTitle')} action={make}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {page.items.map((bundle) => (
            <li key={bundle.id} className="flex flex-wrap items-center gap-x-4 gap-y-3 p-3 sm:flex-nowrap sm:px-4">
              <div className="min-w-0 flex-1 basis-48">
                <h2 className="font-display text-lg leading-snug">
                  <Link
                    href={`/studio/bundles/${bundle.id}`}
                    className="rounded-sm decoration-1 underline-offset-4 hover:underline"
                  >
                    {bundle.title}
                  </Link>
                </h2>
                <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
                  <CourseState state={bundle.state} />
                  <span>{t('count', { count: bundle.courses.length })}</span>
                  <span>
                    <Price money={bundle.worth} className="line-through" /> <Price money={bundle.price} />
                  </span>
                </p>
              </div>
              <div className="flex flex-wrap items-center gap-1 sm:ms-auto">
                {bundle.state === 'published' && (
                  <Link
                    href={`/bundles/${bundle.slug}`}
                    aria-label={tStudio('viewOf', { title: bundle.title })}
                    className={buttonClasses({ variant: 'ghost', size: 'sm' })}
                  >
                    {tStudio('view')}
                  </Link>
                )}
                <Link
                  href={`/studio/bundles/${bundle.id}`}
                  aria-label={tStudio('editOf', { title: bundle.title })}
                  className={buttonClasses({ variant: 'ghost', size: 'sm' })}
                >
                  <Pencil aria-hidden="true" />
                  {tCommon('edit')}
                </Link>
                <BundleState id={bundle.id} title={bundle.title} state={bundle.state} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {page.nextCursor && (
        <LoadMore href={`/studio/bundles?cursor=${encodeURIComponent(page.nextCursor)}`}>
          {tCommon('loadMore')}
        </LoadMore>
      )}
    </>
  );
}
