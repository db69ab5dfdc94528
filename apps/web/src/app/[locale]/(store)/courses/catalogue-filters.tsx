import { Search, X } from 'lucide-react';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { api } from '@/api/client.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { InputWithLead } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { localeNames, locales } from '@/i18n/locales.ts';
import { getPathname, Link } from '@/i18n/navigation.ts';
import { type CatalogueQuery, filterNames, hasFilters, levels, prices, toHref } from './catalogue-query.ts';
import { FilterForm } from './filter-form.tsx';

/** Search and filters: a form of GET, so that results have an address and need no JavaScript; what is on can be taken off one by one. */
export async function CatalogueFilters({
  query,
  results,
  loading,
}: {
  query: CatalogueQuery;
  results: ReactNode;
  /** Shown in place of the results while others are on their way. */
  loading: ReactNode;
}) {
  const t = await getTranslations('catalogue');
  const tCourse = await getTranslations('course');
  const locale = await getLocale();
  const { data } = await (await api()).GET('/api/categories', {});
  const categories = data?.items ?? [];
  const languageName = (tag: string) => new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  const languages: { tag: string; name: string }[] = locales.map((tag) => ({ tag, name: localeNames[tag] }));
  if (query.language && !languages.some(({ tag }) => tag === query.language)) {
    languages.push({ tag: query.language, name: languageName(query.language) });
  }
  const words: Record<(typeof filterNames)[number], string | undefined> = {
    q: query.q && `“${query.q}”`,
    category: query.category && (categories.find(({ slug }) => slug === query.category)?.name ?? query.category),
    level: query.level && tCourse(`level.${query.level}`),
    language: query.language && languages.find(({ tag }) => tag === query.language)?.name,
    price: query.price && t(`price.${query.price}`),
  };
  return (
    <FilterForm
      action={getPathname({ href: '/courses', locale })}
      className="mt-8 grid grid-cols-2 gap-x-3 gap-y-4 rounded-lg border bg-muted/60 p-4 sm:gap-x-4 sm:p-5 md:grid-cols-4"
      values={{
        q: query.q ?? '',
        category: query.category ?? '',
        level: query.level ?? '',
        language: query.language ?? '',
        price: query.price ?? '',
      }}
      loading={loading}
      results={
        <>
          {hasFilters(query) && (
            <div className="mt-4 flex flex-wrap items-center gap-2 text-sm">
              <ul aria-label={t('active')} className="contents">
                {filterNames.map((name) => {
                  const word = words[name];
                  if (!word) return null;
                  return (
                    <li key={name}>
                      <Link
                        href={toHref({ ...query, [name]: undefined, cursor: undefined })}
                        aria-label={t('remove', { filter: word })}
                        className="inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-full border bg-card px-3 hover:border-input"
                      >
                        <span className="truncate">{word}</span>
                        <X aria-hidden="true" className="size-3.5 text-muted-foreground" />
                      </Link>
                    </li>
                  );
                })}
              </ul>
              <Link href="/courses" className={`${textLinkClasses} inline-flex min-h-8 items-center px-1`}>
                {t('clear')}
              </Link>
            </div>
          )}
          {results}
        </>
      }
    >
      <div className="col-span-2 flex gap-3 md:col-span-4">
        <div className="min-w-0 flex-1">
          <label htmlFor="catalogue-q" className="sr-only">
            {t('search')}
          </label>
          <InputWithLead
            id="catalogue-q"
            name="q"
            type="search"
            enterKeyHint="search"
            autoComplete="off"
            maxLength={200}
            defaultValue={query.q}
            placeholder={t('searchPlaceholder')}
            lead={<Search aria-hidden="true" />}
          />
        </div>
        <Button type="submit">{t('apply')}</Button>
      </div>
      <Field label={t('category')} id="catalogue-category">
        {(control) => (
          <Select name="category" defaultValue={query.category ?? ''} {...control}>
            <option value="">{t('any')}</option>
            {categories.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('level')} id="catalogue-level">
        {(control) => (
          <Select name="level" defaultValue={query.level ?? ''} {...control}>
            <option value="">{t('any')}</option>
            {levels.map((level) => (
              <option key={level} value={level}>
                {tCourse(`level.${level}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('language')} id="catalogue-language">
        {(control) => (
          <Select name="language" defaultValue={query.language ?? ''} {...control}>
            <option value="">{t('any')}</option>
            {languages.map(({ tag, name }) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('priceLabel')} id="catalogue-price">
        {(control) => (
          <Select name="price" defaultValue={query.price ?? ''} {...control}>
            <option value="">{t('any')}</option>
            {prices.map((price) => (
              <option key={price} value={price}>
                {t(`price.${price}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FilterForm>
  );
}
