import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { TableBody, TableCell, TableHead, TableHeader, TableRow, Table as UiTable } from '@/components/ui/table.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { pageAddresses } from '@/seo/addresses.ts';
import { loadReference } from './load-reference.ts';
import { printSchema } from './print-schema.ts';
import { Code, Source } from './source.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reference');
  return {
    title: t('title'),
    description: t('lead'),
    ...(await pageAddresses({ path: '/api-docs', locale: await getLocale() })),
  };
}

/**
 * `/api-docs`: the rules of the API, all its operations by context, each of which has a page of its own, and every error
 * code under its own anchor (`#code`), where the `type` of a problem leads.
 */
export default async function ApiReferencePage() {
  const t = await getTranslations('reference');
  const locale = await getLocale();
  const { version, groups, schemas, errors } = await loadReference();
  return (
    <div className="page-column grid gap-x-12 py-12 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <nav
        aria-label={t('contents')}
        data-shell
        className="hidden text-sm lg:sticky lg:top-20 lg:block lg:max-h-[calc(100dvh-6rem)] lg:self-start"
      >
        <ul className="space-y-1">
          {groups.map(({ name, operations }) => (
            <li key={name}>
              <a
                href={`#context-${name}`}
                className="flex justify-between gap-2 py-0.5 text-muted-foreground hover:text-foreground"
              >
                <span className="capitalize" lang="en">
                  {name}
                </span>
                <span className="tabular">{operations.length}</span>
              </a>
            </li>
          ))}
          <li>
            <a href="#schemas" className="block py-0.5 text-muted-foreground hover:text-foreground">
              {t('schemas')}
            </a>
          </li>
          <li>
            <a href="#errors" className="block py-0.5 text-muted-foreground hover:text-foreground">
              {t('errors')}
            </a>
          </li>
        </ul>
      </nav>
      <div className="min-w-0">
        <h1 className="text-3xl">{t('title')}</h1>
        <p className="mt-4 max-w-prose text-lg text-muted-foreground">{t('lead')}</p>
        <ul className="mt-6 max-w-prose list-disc space-y-2 ps-5">
          {(['signIn', 'problems', 'repeats', 'pages', 'languages'] as const).map((rule) => (
            <li key={rule}>{t.rich(`rules.${rule}`, { code: (chunks) => <Code>{chunks}</Code> })}</li>
          ))}
        </ul>
        <p className="mt-6">
          <a href="/api/openapi.json" className={textLinkClasses}>
            {t('document', { version })}
          </a>
        </p>

        {groups.map(({ name, operations }) => (
          <section key={name} className="mt-12">
            <h2 id={`context-${name}`} className="text-2xl capitalize" lang="en">
              {name}
            </h2>
            <ul className="mt-3 divide-y border-y text-sm" lang="en">
              {operations.map(({ id, method, path, summary }) => (
                <li key={id} className="grid gap-x-6 py-2 md:grid-cols-2">
                  <Link
                    href={`/api-docs/${id}`}
                    prefetch={false}
                    className="font-medium leading-6 underline-offset-4 hover:underline"
                  >
                    {summary}
                  </Link>
                  <code className="wrap-anywhere font-mono text-muted-foreground text-xs leading-6">
                    {method} {path}
                  </code>
                </li>
              ))}
            </ul>
          </section>
        ))}

        <section className="mt-16">
          <h2 id="schemas" className="text-2xl">
            {t('schemas')}
          </h2>
          {Object.entries(schemas).map(([name, schema]) => (
            <div key={name} className="mt-6">
              <h3 id={`schema-${name}`} className="font-mono font-semibold text-sm">
                {name}
              </h3>
              <Source label={name} text={printSchema(schema)} />
            </div>
          ))}
        </section>

        <section className="mt-16">
          <h2 id="errors" className="text-2xl">
            {t('errors')}
          </h2>
          <p className="mt-2 mb-6 max-w-prose text-muted-foreground">{t('errorsText')}</p>
          <UiTable caption={t('errors')}>
            <TableHead>
              <TableRow>
                <TableHeader>{t('code')}</TableHeader>
                <TableHeader>{t('status')}</TableHeader>
                <TableHeader>{t('meaning')}</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {errors.map(({ code, status, title, when }) => (
                <TableRow key={code} id={code} className="target:bg-primary-soft">
                  <TableHeader scope="row" className="py-1.5 align-top font-mono font-normal text-foreground leading-6">
                    <a href={`#${code}`} className="hover:underline">
                      {code}
                    </a>
                  </TableHeader>
                  <TableCell className="tabular align-top leading-6">{status}</TableCell>
                  <TableCell className="min-w-64 align-top leading-6">
                    {title[locale] ?? title.en}
                    <span lang="en" className="block text-muted-foreground">
                      {when}
                    </span>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </UiTable>
        </section>
      </div>
    </div>
  );
}
