import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { describeLimits, printSchema } from './print-schema.ts';
import type { Content, Operation } from './reference.ts';
import { Source } from './source.tsx';

/** One operation: who may call it, what it takes, what it answers, how it can fail. */
export async function OperationSection({ operation }: { operation: Operation }) {
  const t = await getTranslations('reference');
  const { id, method, path, summary, description, policy, parameters, body, success, errors } = operation;
  return (
    <section className="py-8">
      <h3 id={id} className="font-semibold text-lg" lang="en">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <code className="wrap-anywhere font-mono">
          <span className="font-semibold text-primary">{method}</span> {path}
        </code>
        <Badge tone={policy.kind === 'anyone' ? 'success' : policy.kind === 'user' ? 'info' : 'warning'}>
          {policy.kind === 'role' ? t('policy.role', { roles: policy.roles.join(', ') }) : t(`policy.${policy.kind}`)}
        </Badge>
      </p>
      {description && (
        <p className="mt-3 max-w-prose text-muted-foreground text-sm" lang="en">
          {description}
        </p>
      )}
      {parameters.length > 0 && (
        <Part title={t('parameters')}>
          <div className="mt-2">
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
          </div>
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
      {errors.length > 0 && (
        <Part title={t('errors')}>
          <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
            {errors.map((code) => (
              <a key={code} href={`#${code}`} className={`font-mono text-xs leading-6 ${textLinkClasses}`}>
                {code}
              </a>
            ))}
          </p>
        </Part>
      )}
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-5 text-sm">
      <h4 className="font-medium text-muted-foreground">{title}</h4>
      {children}
    </div>
  );
}

function Shown({ content, label, exampleLabel }: { content: Content; label: string; exampleLabel: string }) {
  return (
    <>
      {content.schema && <Source label={label} text={printSchema(content.schema)} />}
      {content.example !== undefined && (
        <details className="mt-2">
          <summary className={`w-fit ${textLinkClasses}`}>{exampleLabel}</summary>
          <Source label={`${label}, ${exampleLabel}`} text={JSON.stringify(content.example, null, 2)} />
        </details>
      )}
    </>
  );
}
