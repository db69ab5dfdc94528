import { Search } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { InputWithLead } from '@/components/ui/input.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Select } from '@/components/ui/select.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { type AppLocale, isAppLocale, localeNames, locales } from '@/i18n/locales.ts';
import { getPathname, Link } from '@/i18n/navigation.ts';
import { pageAddresses } from '@/seo/addresses.ts';
import { BundleCard } from './bundle-card.tsx';

type Params = Record<string, string | string[] | undefined>;
type Query = { q: string | undefined; language: AppLocale | undefined; cursor: string | undefined };

/** Bundles of one page: fills three columns and two. */
const pageSize = 18;

/** Reads the address; what the API does not know counts as absent. */
function readQuery(params: Params): Query {
  const one = (name: string, limit: number) => {
    const value = params[name];
    const first = (Array.isArray(value) ? value[0] : value)?.trim();
    return first && first.length <= limit ? first : undefined;
  };
  const language = one('language', 35);
  return { q: one('q', 200), language: isAppLocale(language) ? language : undefined, cursor: one('cursor', 1000) };
}

function toHref(query: Partial<Query>): string {
  const search = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return search.size > 0 ? `/bundles?${search}` : '/bundles';
}

export async function generateMetadata({ searchParams }: { searchParams: Promise<Params> }): Promise<Metadata> {
  const t = await getTranslations('catalogue.bundles');
  const { q, language, cursor } = readQuery(await searchParams);
  return {
    ...(await pageAddresses({ path: '/bundles', locale: await getLocale() })),
    title: q ? t('titleFor', { query: q }) : t('title'),
    description: t('lead'),
    openGraph: { type: 'website', title: t('title'), description: t('lead'), siteName: 'Stoa' },
    // Searches and later pages are the same bundles again: followed, not indexed.
    ...(q || language || cursor ? { robots: { index: false, follow: true } } : {}),
  };
}

/** `/bundles?q=&language=&cursor=`: every bundle for sale. Searching is offered when there are more than fit one page. */
export default async function BundlesPage({ searchParams }: { searchParams: Promise<Params> }) {
  const query = readQuery(await searchParams);
  const { q, language, cursor } = query;
  const [t, tCatalogue, locale] = await Promise.all([
    getTranslations('catalogue.bundles'),
    getTranslations('catalogue'),
    getLocale(),
  ]);
  const { items, nextCursor } = orThrow(
    await (await api()).GET('/api/bundles', {
      params: {
        query: {
          limit: pageSize,
          ...(q ? { q } : {}),
          ...(language ? { language } : {}),
          ...(cursor ? { cursor } : {}),
        },
      },
    }),
  );
  const isNarrowed = q !== undefined || language !== undefined;
  return (
    <div className="page-column py-10 md:py-14">
      <h1 className="break-words text-3xl">{q ? t('titleFor', { query: q }) : t('title')}</h1>
      <p className="mt-3 max-w-prose text-muted-foreground">{t('lead')}</p>
      {(isNarrowed || cursor || nextCursor) && (
        <search>
          <form
            action={getPathname({ href: '/bundles', locale })}
            className="mt-8 grid gap-4 rounded-lg border bg-muted/60 p-4 sm:grid-cols-[minmax(0,1fr)_14rem_auto] sm:items-end sm:p-5"
          >
            <div className="min-w-0">
              <label htmlFor="bundles-q" className="sr-only">
                {t('search')}
              </label>
              <InputWithLead
                id="bundles-q"
                name="q"
                type="search"
                enterKeyHint="search"
                autoComplete="off"
                maxLength={200}
                defaultValue={q}
                placeholder={t('search')}
                lead={<Search aria-hidden="true" />}
              />
            </div>
            <Field label={tCatalogue('language')} id="bundles-language">
              {(control) => (
                <Select name="language" defaultValue={language ?? ''} {...control}>
                  <option value="">{tCatalogue('any')}</option>
                  {locales.map((tag) => (
                    <option key={tag} value={tag} lang={tag}>
                      {localeNames[tag]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Button type="submit">{tCatalogue('apply')}</Button>
          </form>
        </search>
      )}
      {isNarrowed && (
        <p className="mt-4 text-sm">
          <Link href="/bundles" className={textLinkClasses}>
            {tCatalogue('clear')}
          </Link>
        </p>
      )}
      {items.length === 0 ? (
        <EmptyState
          className="mt-8"
          title={isNarrowed ? t('nothingTitle') : t('emptyTitle')}
          action={
            <Link href={isNarrowed ? '/bundles' : '/courses'} className={buttonClasses({})}>
              {isNarrowed ? tCatalogue('clear') : t('seeCourses')}
            </Link>
          }
        >
          {isNarrowed ? tCatalogue('nothingText') : t('emptyText')}
        </EmptyState>
      ) : (
        <section aria-labelledby="results" className="mt-8">
          <h2 id="results" className="sr-only">
            {t('results', { count: items.length })}
          </h2>
          {cursor && (
            <p className="mb-5 text-sm">
              <Link href={toHref({ ...query, cursor: undefined })} className={textLinkClasses}>
                {t('firstPage')}
              </Link>
            </p>
          )}
          <ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
            {items.map((bundle, index) => (
              <li key={bundle.id} className="grid min-w-0">
                <BundleCard bundle={bundle} locale={locale} eager={index < 3} />
              </li>
            ))}
          </ul>
          {nextCursor && <LoadMore href={toHref({ ...query, cursor: nextCursor })}>{t('nextPage')}</LoadMore>}
        </section>
      )}
    </div>
  );
}
