import { getFormatter, getTranslations } from 'next-intl/server';
import type { paths } from '@/api/schema.d.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Link } from '@/i18n/navigation.ts';

export type ListedBundle =
  paths['/api/bundles']['get']['responses'][200]['content']['application/json']['items'][number];

/** A bundle in a list, as courses look in theirs: the whole card is one link, named by the title. */
export async function BundleCard({
  bundle,
  locale,
  eager = false,
}: {
  bundle: ListedBundle;
  locale: string;
  eager?: boolean;
}) {
  const [t, tCourse, format] = await Promise.all([
    getTranslations('buying.bundle'),
    getTranslations('course'),
    getFormatter(),
  ]);
  const lang = bundle.shownIn === locale ? undefined : bundle.shownIn;
  const saved = bundle.worth.amount > 0 ? 1 - bundle.price.amount / bundle.worth.amount : 0;
  return (
    <article className="group relative flex min-w-0 flex-1 flex-col overflow-hidden rounded-lg border bg-card transition-colors focus-within:border-ring hover:border-input">
      {bundle.coverUrl ? (
        <Picture
          src={bundle.coverUrl}
          alt=""
          loading={eager ? 'eager' : 'lazy'}
          className="aspect-video w-full object-cover"
        />
      ) : (
        <CoverArt id={bundle.id} />
      )}
      <div className="flex flex-1 flex-col gap-2 border-t p-5">
        <h3 lang={lang} className="break-words font-display text-xl">
          <Link
            href={`/bundles/${bundle.slug}`}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
          >
            {bundle.title}
          </Link>
        </h3>
        {bundle.summary && (
          <p lang={lang} className="line-clamp-3 text-muted-foreground text-sm">
            {bundle.summary}
          </p>
        )}
        {bundle.instructors.length > 0 && (
          <p className="text-sm">
            {tCourse('by', { names: bundle.instructors.map((person) => person.name).join(', ') })}
          </p>
        )}
        <p className="text-muted-foreground text-sm">{t('count', { count: bundle.courses.length })}</p>
        <p className="mt-auto flex flex-wrap items-baseline gap-x-3 gap-y-1 pt-3 text-sm">
          <Price money={bundle.price} className="font-medium text-base" />
          {saved > 0 && (
            <>
              <span>
                <span className="sr-only">{t('oneByOne')} </span>
                <Price money={bundle.worth} className="text-muted-foreground line-through" />
              </span>
              {saved >= 0.01 && (
                <Badge tone="success">
                  {t('savesPercent', { percent: format.number(saved, { style: 'percent', maximumFractionDigits: 0 }) })}
                </Badge>
              )}
            </>
          )}
        </p>
      </div>
    </article>
  );
}
