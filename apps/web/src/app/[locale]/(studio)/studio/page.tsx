import { FileInput, Pencil, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { Price } from '@/components/ui/price.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { CourseActions } from './course-actions.tsx';
import { CourseState } from './course-state.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studio'))('courses.title') };
}

/** The courses the person teaches, last changed first. */
export default async function StudioPage({ searchParams }: PageProps<'/[locale]/studio'>) {
  const { cursor } = await searchParams;
  const after = typeof cursor === 'string' ? cursor : undefined;
  const page = await pageOrFirst(
    await (await api()).GET('/api/courses/mine', {
      params: { query: { limit: 50, ...(after ? { cursor: after } : {}) } },
    }),
    '/studio',
    { cursor: after },
  );
  const t = await getTranslations('studio.courses');
  const tCommon = await getTranslations('common');
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-2xl">{t('title')}</h1>
          <p className="mt-1 text-muted-foreground text-sm">{t('lead')}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Link href="/studio/imports" className={buttonClasses({ variant: 'outline' })}>
            <FileInput aria-hidden="true" />
            {t('import')}
          </Link>
          <Link href="/studio/courses/new" className={buttonClasses({})}>
            <Plus aria-hidden="true" />
            {t('start')}
          </Link>
        </div>
      </div>
      {page.items.length === 0 ? (
        <EmptyState
          title={after ? t('endTitle') : t('emptyTitle')}
          action={
            <Link href={after ? '/studio' : '/studio/courses/new'} className={buttonClasses({ variant: 'outline' })}>
              {after ? t('fromStart') : t('start')}
            </Link>
          }
        >
          {after ? null : t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {page.items.map((course) => (
            <li key={course.id} className="flex flex-wrap items-center gap-x-4 gap-y-3 p-3 sm:flex-nowrap sm:px-4">
              <div className="aspect-video w-24 shrink-0 overflow-hidden rounded-md">
                {course.coverUrl ? (
                  <Picture src={course.coverUrl} alt="" className="size-full object-cover" />
                ) : (
                  <CoverArt id={course.id} className="size-full" />
                )}
              </div>
              <div className="min-w-0 flex-1 basis-48">
                <h2 className="font-display text-lg leading-snug">
                  <Link
                    href={`/studio/courses/${course.id}`}
                    className="rounded-sm decoration-1 underline-offset-4 hover:underline"
                  >
                    {course.title}
                  </Link>
                </h2>
                <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
                  <CourseState state={course.state} />
                  <span>{tCommon('lessons', { count: course.lessonCount })}</span>
                  <Price money={course.price} />
                  <span>{t('languages', { count: Math.max(1, course.languages.length) })}</span>
                </p>
              </div>
              <div className="flex flex-wrap items-center gap-1 sm:ms-auto">
                {course.state === 'published' && (
                  <Link
                    href={`/courses/${course.slug}`}
                    aria-label={t('viewOf', { title: course.title })}
                    className={buttonClasses({ variant: 'ghost', size: 'sm' })}
                  >
                    {t('view')}
                  </Link>
                )}
                <Link
                  href={`/studio/courses/${course.id}`}
                  aria-label={t('editOf', { title: course.title })}
                  className={cn(buttonClasses({ variant: 'ghost', size: 'sm' }))}
                >
                  <Pencil aria-hidden="true" />
                  {tCommon('edit')}
                </Link>
                <CourseActions id={course.id} title={course.title} state={course.state} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {page.nextCursor && (
        <LoadMore href={`/studio?cursor=${encodeURIComponent(page.nextCursor)}`}>{tCommon('loadMore')}</LoadMore>
      )}
    </>
  );
}
