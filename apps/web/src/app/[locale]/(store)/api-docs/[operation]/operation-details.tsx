import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { addressOfAnchor } from '../address-of-anchor.ts';
import { describeLimits, printSchema } from '../print-schema.ts';
import { type Content, listNamedSchemas, type Operation, type Reference } from '../reference.ts';
import { Code, Source } from '../source.tsx';

/** One operation: who may call it, what it takes, what it answers, how it can fail. */
export async function OperationDetails({ operation, reference }: { operation: Operation; reference: Reference }) {
  const t = await getTranslations('reference');
  const locale = await getLocale();
  const { method, path, summary, description, policy, parameters, body, success } = operation;
  const errors = reference.errors.filter(({ code }) => operation.errors.includes(code));
  const schemas = listNamedSchemas(operation, reference.schemas);
  return (
    <>
      <h1 className="mt-4 text-3xl" lang="en">
        {summary}
      </h1>
      <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <code className="wrap-anywhere font-mono">
          <span className="font-semibold text-primary">{method}</span> {path}
        </code>
        <Badge tone={policy.kind === 'anyone' ? 'success' : policy.kind === 'user' ? 'info' : 'warning'}>
          {policy.kind === 'role' ? t('policy.role', { roles: policy.roles.join(', ') }) : t(`policy.${policy.kind}`)}
        </Badge>
      </p>
      {description && (
        <p className="mt-4 max-w-prose text-muted-foreground" lang="en">
          {/* Written like a comment: names stand between backticks. */}
          {description.split('`').map((part, index) => (index % 2 === 1 ? <Code key={part}>{part}</Code> : part))}
        </p>
      )}
      {parameters.length > 0 && (
        <Part title={t('parameters')}>
          <Table caption={`${t('parameters')}: ${summary}`} dense>
            <TableHead>
              <TableRow>
                <TableHeader>{t('name')}</TableHeader>
                <TableHeader>{t('place')}</TableHeader>
                <TableHeader>{t('type')}</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {parameters.map(({ name, place, required, schema, description: about }) => (
                <TableRow key={`${place}.${name}`}>
                  <TableHeader scope="row" className="font-mono font-normal text-foreground">
                    {name}
                  </TableHeader>
                  <TableCell className="whitespace-nowrap">
                    {place}
                    {required && `, ${t('required')}`}
                  </TableCell>
                  <TableCell className="min-w-48">
                    <code className="font-mono text-xs">{printSchema(schema)}</code>{' '}
                    <span className="text-muted-foreground">{describeLimits(schema)}</span>
                    {about && (
                      <span lang="en" className="block text-muted-foreground">
                        {about}
                      </span>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Part>
      )}
      {body && (
        <Part title={`${t('body')} · ${body.type ?? ''}`}>
          <Shown content={body} label={`${t('body')}: ${summary}`} exampleLabel={t('example')} />
        </Part>
      )}
      <Part title={`${t('answer')} · ${success.status}${success.type ? ` · ${success.type}` : ''}`}>
        <Shown content={success} label={`${t('answer')}: ${summary}`} exampleLabel={t('example')} />
      </Part>
      {schemas.length > 0 && (
        <Part title={t('schemas')}>
          {schemas.map(([name, schema]) => (
            <div key={name} className="mt-4 first:mt-0">
              <h3 className="font-mono font-semibold">{name}</h3>
              <Source label={name} text={printSchema(schema)} />
            </div>
          ))}
        </Part>
      )}
      {errors.length > 0 && (
        <Part title={t('errors')}>
          <dl className="divide-y border-y">
            {errors.map(({ code, status, title }) => (
              <div key={code} className="grid gap-x-6 py-2 md:grid-cols-2">
                <dt>
                  <a
                    href={addressOfAnchor(code, locale)}
                    className={`wrap-anywhere font-mono text-xs leading-6 ${textLinkClasses}`}
                  >
                    {code}
                  </a>{' '}
                  <span className="tabular text-muted-foreground">{status}</span>
                </dt>
                <dd className="leading-6">{title[locale] ?? title.en}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-10 text-sm">
      <h2 className="mb-3 font-semibold text-lg">{title}</h2>
      {children}
    </section>
  );
}

function Shown({ content, label, exampleLabel }: { content: Content; label: string; exampleLabel: string }) {
  return (
    <>
      {content.schema && <Source label={label} text={printSchema(content.schema)} />}
      {content.example !== undefined && (
        <>
          <h3 className="mt-4 font-medium text-muted-foreground">{exampleLabel}</h3>
          <Source label={`${label}, ${exampleLabel}`} text={JSON.stringify(content.example, null, 2)} />
        </>
      )}
    </>
  );
}
