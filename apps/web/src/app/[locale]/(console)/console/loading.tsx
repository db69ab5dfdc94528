import { getTranslations } from 'next-intl/server';
import { LoadingRegion, Skeleton } from '@/components/ui/skeleton.tsx';

const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** A dense page that is on its way: heading and table. */
export default async function ConsoleLoading() {
  const t = await getTranslations('common');
  return (
    <LoadingRegion label={t('loading')}>
      <Skeleton className="h-8 w-56" />
      <Skeleton className="mt-3 h-4 w-80 max-w-full" />
      <div className="mt-6 overflow-hidden rounded-lg border bg-card">
        <div className="h-9 border-b bg-muted" />
        {rows.map((row) => (
          <div key={row} className="flex h-9 items-center gap-4 border-b px-3 last:border-b-0">
            <Skeleton className="h-4 w-1/4" />
            <Skeleton className="h-4 w-1/6" />
            <Skeleton className="ms-auto h-4 w-16" />
          </div>
        ))}
      </div>
    </LoadingRegion>
  );
}
