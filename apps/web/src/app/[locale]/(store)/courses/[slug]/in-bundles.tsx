import { Layers } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { Price } from '@/components/ui/price.tsx';
import { Link } from '@/i18n/navigation.ts';

/** Bundles a course is part of, for whoever is about to buy it. Nothing where there is none. */
export async function InBundles({ courseId }: { courseId: string }) {
  const [t, answer] = await Promise.all([
    getTranslations('buying.bundle'),
    (await api()).GET('/api/bundles', { params: { query: { course: courseId, limit: 3 } } }),
  ]);
  const bundles = answer.data?.items ?? [];
  if (bundles.length === 0) return null;
  return (
    <section aria-labelledby="bundles">
      <h2 id="bundles" className="text-2xl">
        {t('alsoIn')}
      </h2>
      <ul className="mt-5 divide-y rounded-lg border bg-card">
        {bundles.map((bundle) => (
          <li key={bundle.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4">
            <Layers aria-hidden="true" className="size-5 shrink-0 text-muted-foreground" />
            <div className="min-w-0 flex-1 basis-48">
              <h3 className="font-display text-lg">
                <Link href={`/bundles/${bundle.slug}`} className="underline-offset-4 hover:underline">
                  {bundle.title}
                </Link>
              </h3>
              <p className="text-muted-foreground text-sm">{t('count', { count: bundle.courses.length })}</p>
            </div>
            <p className="text-sm">
              <Price money={bundle.worth} className="text-muted-foreground line-through" />{' '}
              <Price money={bundle.price} className="font-medium" />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
