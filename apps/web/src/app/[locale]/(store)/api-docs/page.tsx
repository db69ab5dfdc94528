import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { apiHeaders } from '@/api/client.ts';
import { toProblem } from '@/api/problem.ts';
import { sendToApi } from '@/api/transport.ts';
import { TableBody, TableCell, TableHead, TableHeader, TableRow, Table as UiTable } from '@/components/ui/table.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { pageAddresses } from '@/seo/addresses.ts';
import { OperationSection } from './operation-section.tsx';
import { printSchema } from './print-schema.ts';
import { type Reference, readReference } from './reference.ts';
import { Source } from './source.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reference');
  return {
    title: t('title'),
    description: t('lead'),
    ...(await pageAddresses({ path: '/api-docs', locale: await getLocale() })),
  };
}

/** The document the platform describes itself with; the page is as new as the running code. */
async function loadReference(): Promise<Reference> {
  const headers = await apiHeaders();
  headers.delete('authorization');
  const response = await sendToApi(new Request('http://stoa.internal/api/openapi.json', { headers }));
  const body: unknown = await response.json();
  if (!response.ok) throw toProblem(response.status, body);
  return readReference(body);
}

/** `/api-docs`: every operation of the API by context, its schemas, and every error code under its own anchor (`#code`). */
export default async function ApiReferencePage() {
  const t = await getTranslations('reference');
  const locale = await getLocale();
  const { version, groups, schemas, errors } = await loadReference();
  const schemaNames = Object.keys(schemas);
  return (
    <div className="page-column grid gap-x-12 py-12 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <nav
        aria-label={t('contents')}
        data-shell
        className="hidden max-h-[calc(100dvh-6rem)] overflow-y-auto pe-2 text-sm lg:sticky lg:top-20 lg:block lg:self-start"
      >
        <ul className="space-y-5">
          {groups.map(({ name, operations }) => (
            <li key={name}>
              <a href={`#context-${name}`} className="font-medium capitalize hover:underline" lang="en">
                {name}
              </a>
              <ul className="mt-1.5 space-y-1">
                {operations.map(({ id, summary }) => (
                  <li key={id} lang="en">
                    <a href={`#${id}`} className="block py-0.5 text-muted-foreground hover:text-foreground">
                      {summary}
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
          <li>
            <a href="#schemas" className="font-medium hover:underline">
              {t('schemas')}
            </a>
          </li>
          <li>
            <a href="#errors" className="font-medium hover:underline">
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
          <section key={name} className="mt-16">
            <h2 id={`context-${name}`} className="text-2xl capitalize" lang="en">
              {name}
            </h2>
            <div className="mt-2 divide-y">
              {operations.map((operation) => (
                <OperationSection key={operation.id} operation={operation} />
              ))}
            </div>
          </section>
        ))}

        <section className="mt-16">
          <h2 id="schemas" className="text-2xl">
            {t('schemas')}
          </h2>
          {schemaNames.map((name) => (
            <div key={name} className="mt-6">
              <h3 id={`schema-${name}`} className="font-mono font-semibold text-sm">
                {name}
              </h3>
              <Source label={name} text={printSchema(schemas[name] ?? {})} />
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

function Code({ children }: { children: React.ReactNode }) {
  return <code className="rounded-sm bg-muted px-1.5 py-0.5 font-mono text-[0.875em]">{children}</code>;
}
