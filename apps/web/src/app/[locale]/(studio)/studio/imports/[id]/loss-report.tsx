'use client';

import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useDeferredValue, useMemo, useState } from 'react';
import { Badge } from '@/components/ui/badge.tsx';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Stat } from '@/components/ui/stat.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import {
  countByType,
  type ImportDetail,
  type Outcome,
  outcomes,
  placeOf,
  type ReportLine,
  reportCsv,
  worstFirst,
} from '../import-view.ts';

const pageSize = 100;
const tones = { imported: 'success', converted: 'info', raw: 'warning', failed: 'destructive' } as const;

/** Hands a text to the browser as a file. */
function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun with the click; a moment later nobody needs the address any more.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What an import kept, changed and lost: in figures, per type of the source, and piece by piece. */
export function LossReport({ item, titles }: { item: ImportDetail; titles: Record<string, string> }) {
  const t = useTranslations('studio.report');
  const format = useFormatter();
  const { items, summary, courseId, courseSlug } = item;
  const [outcome, setOutcome] = useState<Outcome | 'all'>('all');
  const [type, setType] = useState('');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(pageSize);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const types = useMemo(() => countByType(items), [items]);
  const found = useMemo(
    () =>
      worstFirst(items).filter(
        (line) =>
          (outcome === 'all' || line.outcome === outcome) &&
          (type === '' || line.type === type) &&
          (wanted === '' ||
            `${placeOf(line)} ${line.source} ${line.note} ${line.type} ${titles[line.lessonId ?? ''] ?? ''}`
              .toLowerCase()
              .includes(wanted)),
      ),
    [items, outcome, type, wanted, titles],
  );
  const visible = found.slice(0, shown);
  const fileName = `${item.sourceName.replace(/[^\p{L}\p{N}._-]+/gu, '-')}-report`;
  const again = () => setShown(pageSize);
  const lessonLink = ({ lessonId, source }: ReportLine) =>
    lessonId && courseSlug ? (
      <LessonLink href={`/learn/${courseSlug}/${lessonId}`} title={titles[lessonId]} source={source} />
    ) : null;
  return (
    <>
      {summary && (
        <section aria-label={t('summary')}>
          <div className="mb-4 flex flex-wrap items-center gap-2">
            {courseId && (
              <Link href={`/studio/courses/${courseId}`} className={buttonClasses({ size: 'sm' })}>
                {t('openCourse')}
              </Link>
            )}
            <Button
              size="sm"
              variant="outline"
              onClick={() => download(`${fileName}.json`, 'application/json', JSON.stringify(item, null, 2))}
            >
              <Download aria-hidden="true" />
              {t('json')}
            </Button>
            <Button
              size="sm"
              variant="outline"
              // The mark in front tells spreadsheets that it is UTF-8.
              onClick={() => download(`${fileName}.csv`, 'text/csv;charset=utf-8', `\uFEFF${reportCsv(items)}`)}
            >
              <Download aria-hidden="true" />
              {t('csv')}
            </Button>
          </div>
          <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5">
            <Stat
              label={t('total')}
              value={format.number(summary.total)}
              note={t('totalNote')}
              className="col-span-2 sm:col-span-1"
            />
            {outcomes.map((name) => (
              <Stat
                key={name}
                label={t(`outcome.${name}`)}
                value={format.number(summary[name])}
                note={t(`outcomeNote.${name}`)}
              />
            ))}
          </dl>
          {summary.raw + summary.failed === 0 && summary.total > 0 && (
            <Callout kind="success" className="mt-4" title={t('nothingLost')} />
          )}
        </section>
      )}
      {types.length > 0 && (
        <section>
          <h2 className="mb-3 text-lg">{t('byType')}</h2>
          <Table caption={t('byType')} dense maxHeight="max-h-96">
            <TableHead>
              <TableRow>
                <TableHeader>{t('type')}</TableHeader>
                <TableHeader className="text-end">{t('total')}</TableHeader>
                {outcomes.map((name) => (
                  <TableHeader key={name} className="text-end">
                    {t(`outcome.${name}`)}
                  </TableHeader>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {types.map((row) => (
                <TableRow key={row.type}>
                  <TableHeader scope="row" className="font-mono font-normal text-foreground">
                    {row.type}
                  </TableHeader>
                  <TableCell className="tabular text-end">{format.number(row.total)}</TableCell>
                  {outcomes.map((name) => (
                    <TableCell
                      key={name}
                      className={`tabular text-end ${row[name] === 0 ? 'text-muted-foreground' : name === 'failed' ? 'font-semibold text-destructive' : ''}`}
                    >
                      {format.number(row[name])}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </section>
      )}
      <section>
        <h2 className="mb-3 text-lg">{t('pieces')}</h2>
        <div className="mb-3 grid gap-3 sm:grid-cols-[minmax(0,1fr)_11rem_11rem]">
          <Input
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              again();
            }}
          />
          <Select
            aria-label={t('outcomeLabel')}
            value={outcome}
            onChange={(event) => {
              setOutcome(outcomes.find((one) => one === event.currentTarget.value) ?? 'all');
              again();
            }}
          >
            <option value="all">{t('anyOutcome')}</option>
            {outcomes.map((name) => (
              <option key={name} value={name}>
                {t(`outcome.${name}`)} ({summary?.[name] ?? 0})
              </option>
            ))}
          </Select>
          <Select
            aria-label={t('type')}
            value={type}
            onChange={(event) => {
              setType(event.currentTarget.value);
              again();
            }}
          >
            <option value="">{t('anyType')}</option>
            {types.map((row) => (
              <option key={row.type} value={row.type}>
                {row.type} ({row.total})
              </option>
            ))}
          </Select>
        </div>
        <p role="status" className="tabular mb-2 text-muted-foreground text-sm">
          {t('found', { shown: visible.length, count: found.length })}
        </p>
        {found.length === 0 ? (
          <EmptyState
            title={t('noneTitle')}
            headingLevel={3}
            action={
              <Button
                variant="outline"
                onClick={() => {
                  setOutcome('all');
                  setType('');
                  setSearch('');
                }}
              >
                {t('showAll')}
              </Button>
            }
          >
            {t('noneText')}
          </EmptyState>
        ) : (
          <Table caption={t('pieces')} dense>
            <TableHead>
              <TableRow>
                <TableHeader className="max-sm:hidden">{t('outcomeLabel')}</TableHeader>
                <TableHeader className="max-sm:hidden">{t('type')}</TableHeader>
                <TableHeader>{t('source')}</TableHeader>
                <TableHeader className="max-sm:hidden">{t('note')}</TableHeader>
                <TableHeader className="max-sm:hidden">{t('lesson')}</TableHeader>
              </TableRow>
            </TableHead>
            <TableBody>
              {visible.map((line, index) => (
                // A source may appear twice; the list is never reordered.
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id
                <TableRow key={`${index} ${line.source}`}>
                  <TableCell className="max-sm:hidden">
                    <OutcomeBadge outcome={line.outcome} />
                  </TableCell>
                  <TableCell className="font-mono text-xs max-sm:hidden">{line.type}</TableCell>
                  <TableHeader
                    scope="row"
                    className="wrap-anywhere whitespace-normal py-1.5 font-normal text-foreground text-sm sm:min-w-64 sm:max-w-md"
                  >
                    {/* A phone has room for one column, and what became of a piece is what people come for. */}
                    <span className="mb-1 block sm:hidden">
                      <OutcomeBadge outcome={line.outcome} />
                    </span>
                    {placeOf(line) && <span className="mb-0.5 block">{placeOf(line)}</span>}
                    <span className="block font-mono text-muted-foreground text-xs">{line.source}</span>
                    <span className="mt-1 block sm:hidden">{line.note}</span>
                    <span className="mt-1 block empty:hidden sm:hidden">{lessonLink(line)}</span>
                  </TableHeader>
                  <TableCell
                    className="min-w-56 max-w-xl max-sm:hidden"
                    // Reports of before notes were translated are in English.
                    lang={line.note && line.notes.length === 0 ? 'en' : undefined}
                  >
                    {line.note}
                  </TableCell>
                  <TableCell className="max-w-60 max-sm:hidden sm:min-w-28">{lessonLink(line) ?? '–'}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
        {found.length > shown && (
          <div className="pt-4 text-center">
            <Button variant="outline" onClick={() => setShown((before) => before + pageSize)}>
              {t('more', { count: Math.min(pageSize, found.length - shown) })}
            </Button>
          </div>
        )}
      </section>
    </>
  );
}

function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('studio.report');
  return <Badge tone={tones[outcome]}>{t(`outcome.${outcome}`)}</Badge>;
}

/** To the lesson by its title; of a lesson that is gone since, by what it came from. */
function LessonLink({ href, title, source }: { href: string; title: string | undefined; source: string }) {
  const t = useTranslations('studio.report');
  if (title) return <TextLink href={href}>{title}</TextLink>;
  return (
    <TextLink href={href} aria-label={t('openLessonOf', { source })}>
      {t('openLesson')}
    </TextLink>
  );
}
