import { getTranslations } from 'next-intl/server';
import { LoadingRegion, Skeleton } from '@/components/ui/skeleton.tsx';

/** A page of settings that is on its way: heading and fields. */
export default async function AccountLoading() {
  const t = await getTranslations('common');
  return (
    <LoadingRegion label={t('loading')} className="max-w-2xl">
      <Skeleton className="h-9 w-56" />
      <Skeleton className="mt-3 h-4 w-80 max-w-full" />
      <div className="mt-8 space-y-5">
        {['name', 'language', 'zone'].map((field) => (
          <div key={field} className="space-y-2">
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-10 w-full" />
          </div>
        ))}
      </div>
    </LoadingRegion>
  );
}
