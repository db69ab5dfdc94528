import { getTranslations } from 'next-intl/server';
import { LoadingRegion, Skeleton } from '@/components/ui/skeleton.tsx';

const rows = ['a', 'b', 'c', 'd', 'e'];

/** A page of the studio that is on its way. */
export default async function StudioLoading() {
  const t = await getTranslations('common');
  return (
    <LoadingRegion label={t('loading')}>
      <Skeleton className="h-8 w-48" />
      <Skeleton className="mt-3 h-4 w-80 max-w-full" />
      <div className="mt-6 space-y-3">
        {rows.map((row) => (
          <div key={row} className="flex items-center gap-4 rounded-lg border bg-card p-4">
            <Skeleton className="h-14 w-24" />
            <div className="flex-1 space-y-2">
              <Skeleton className="h-4 w-1/2" />
              <Skeleton className="h-3 w-1/3" />
            </div>
          </div>
        ))}
      </div>
    </LoadingRegion>
  );
}
