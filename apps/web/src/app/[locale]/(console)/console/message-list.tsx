import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { listHref } from '@/api/list-address.ts';
import { Moment } from '@/components/time/moment.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { FilterLinks } from './filter-links.tsx';
import { MailState, mailStates } from './mailbox/mail-state.tsx';

type Filters = Record<string, string | undefined>;
type State = (typeof mailStates)[number];

/** The filter of a list of messages by what became of them. `filters` are all that the list has. */
export async function StateFilter({ path, filters }: { path: string; filters: Filters }) {
  const t = await getTranslations('console.mailbox');
  return (
    <FilterLinks
      label={t('filter')}
      current={filters.state}
      all={{ href: listHref(path, { ...filters, state: undefined }), label: t('anyState') }}
      options={mailStates.map((value) => ({
        value,
        label: t(`state.${value}`),
        href: listHref(path, { ...filters, state: value }),
      }))}
    />
  );
}

type MessageRow = { id: string; kind: string; state: State; reason: string | null; createdAt: string };
type MessageListProps<Row extends MessageRow> = {
  path: string;
  rows: readonly Row[];
  caption: string;
  /** What the rows are called by, first column. */
  title: { name: string; of: (row: Row) => string; className: string };
  /** A column of its own, and whether it stands before or after the kind. */
  extra: { name: string; of: (row: Row) => ReactNode; afterKind: boolean };
  /** Said when there is nothing: because of the filters, or at all. */
  empty: { filtered: boolean; nothingFound: string; title: string; text: string };
};

/** Messages with what became of them, newest first, each a link to its own page. */
export async function MessageList<Row extends MessageRow>({
  path,
  rows,
  caption,
  title,
  extra,
  empty,
}: MessageListProps<Row>) {
  const t = await getTranslations('console.mailbox');
  if (rows.length === 0) {
    return (
      <EmptyState
        title={empty.filtered ? empty.nothingFound : empty.title}
        action={
          empty.filtered && (
            <Link href={path} className={buttonClasses({ variant: 'outline' })}>
              {t('showAll')}
            </Link>
          )
        }
      >
        {empty.filtered ? t('nothingFoundText') : empty.text}
      </EmptyState>
    );
  }
  return (
    <Table caption={caption} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{title.name}</TableHeader>
          {!extra.afterKind && <TableHeader>{extra.name}</TableHeader>}
          <TableHeader>{t('kind')}</TableHeader>
          {extra.afterKind && <TableHeader>{extra.name}</TableHeader>}
          <TableHeader>{t('stateLabel')}</TableHeader>
          <TableHeader>{t('written')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableHeader scope="row" className={`${title.className} text-sm`}>
              <TextLink href={`${path}/${row.id}`} className="block truncate">
                {title.of(row)}
              </TextLink>
            </TableHeader>
            {!extra.afterKind && <TableCell className="max-w-64 truncate">{extra.of(row)}</TableCell>}
            <TableCell className="font-mono text-xs">{row.kind}</TableCell>
            {extra.afterKind && <TableCell>{extra.of(row)}</TableCell>}
            <TableCell>
              <MailState state={row.state} reason={row.reason} />
            </TableCell>
            <TableCell className="tabular whitespace-nowrap">
              <Moment at={row.createdAt} precision="second" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
