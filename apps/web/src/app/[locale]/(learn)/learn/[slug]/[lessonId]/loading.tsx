import { useTranslations } from 'next-intl';
import { LoadingRegion, Skeleton } from '@/components/ui/skeleton.tsx';

/** Shape of a lesson: where it stands, its title, and lines to read. */
export default function LessonLoading() {
  const t = useTranslations('common');
  return (
    <main id="content" tabIndex={-1} className="min-w-0">
      <LoadingRegion label={t('loading')} className="mx-auto w-full max-w-[46rem] px-4 pt-8 sm:px-8 lg:pt-12">
        <Skeleton className="h-4 w-1/3" />
        <Skeleton className="mt-4 h-10 w-3/4" />
        <Skeleton className="mt-4 h-5 w-1/4" />
        <div className="mt-10 space-y-4">
          {['w-full', 'w-11/12', 'w-full', 'w-4/5', 'w-full', 'w-2/3'].map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: shapes never reorder
            <Skeleton key={index} className={`h-5 ${width}`} />
          ))}
        </div>
      </LoadingRegion>
    </main>
  );
}
