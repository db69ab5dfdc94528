import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { pageAddresses } from '@/seo/addresses.ts';
import { addressOfAnchor } from '../address-of-anchor.ts';
import { loadReference } from '../load-reference.ts';
import type { Operation, Reference } from '../reference.ts';
import { OperationDetails } from './operation-details.tsx';

type Props = PageProps<'/[locale]/api-docs/[operation]'>;

/** The operation of the address, among those of its context. */
async function findOperation(params: Props['params']): Promise<{
  reference: Reference;
  context: string;
  operations: Operation[];
  operation: Operation;
}> {
  const { operation: id } = await params;
  const reference = await loadReference();
  for (const { name, operations } of reference.groups) {
    const operation = operations.find((one) => one.id === id);
    if (operation) return { reference, context: name, operations, operation };
  }
  notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('reference');
  const { operation } = await findOperation(params);
  return {
    title: `${operation.summary} · ${t('title')}`,
    description: `${operation.method} ${operation.path}`,
    ...(await pageAddresses({ path: `/api-docs/${operation.id}`, locale: await getLocale() })),
  };
}

/** `/api-docs/{operation}`: one operation of the API, beside the others of its context. */
export default async function OperationPage({ params }: Props) {
  const t = await getTranslations('reference');
  const common = await getTranslations('common');
  const { reference, context, operations, operation } = await findOperation(params);
  return (
    <div className="page-column grid gap-x-12 py-12 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <nav
        aria-label={t('operationsOf', { context })}
        data-shell
        className="hidden overflow-y-auto pe-2 text-sm lg:sticky lg:top-20 lg:block lg:max-h-[calc(100dvh-6rem)] lg:self-start"
      >
        <a
          href={addressOfAnchor(`context-${context}`, await getLocale())}
          className="font-medium capitalize hover:underline"
          lang="en"
        >
          {context}
        </a>
        <ul className="mt-2 space-y-1" lang="en">
          {operations.map(({ id, summary }) => (
            <li key={id}>
              <Link
                href={`/api-docs/${id}`}
                prefetch={false}
                aria-current={id === operation.id ? 'page' : undefined}
                className={cn(
                  'block py-0.5 hover:text-foreground',
                  id === operation.id ? 'font-medium text-foreground' : 'text-muted-foreground',
                )}
              >
                {summary}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0">
        <Breadcrumb
          label={common('breadcrumb')}
          items={[
            { label: t('title'), href: '/api-docs' },
            { label: operation.summary, lang: 'en' },
          ]}
        />
        <OperationDetails operation={operation} reference={reference} />
      </div>
    </div>
  );
}
