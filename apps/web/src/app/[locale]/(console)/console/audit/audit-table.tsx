import { getTranslations } from 'next-intl/server';
import type { paths } from '@/api/schema.d.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';

type Entry = paths['/api/admin/audit']['get']['responses'][200]['content']['application/json']['items'][number];

/** Actions with words of their own, by the key of their text; a new one shows its code until it has some. */
const actions = {
  'user.administered': 'administered',
  'user.deleted': 'deleted',
  'sessions.ended': 'sessionsEnded',
  'session.refresh_token_reused': 'tokenReused',
  'sign_in.unlocked': 'unlocked',
  'data.export_requested': 'exportRequested',
  'email.change_requested': 'emailChangeRequested',
  'email.changed': 'emailChanged',
  'email.change_undone': 'emailChangeUndone',
} as const;
const isAction = (value: string): value is keyof typeof actions => Object.hasOwn(actions, value);
const actors = ['user', 'service', 'anonymous'] as const;

/** Entries of the audit log. `subject`: all are about one person, which then needs no column. */
export async function AuditTable({ entries, subject = false }: { entries: readonly Entry[]; subject?: boolean }) {
  const t = await getTranslations('console.audit');
  return (
    <Table caption={t('title')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('at')}</TableHeader>
          <TableHeader>{t('action')}</TableHeader>
          <TableHeader>{t('actor')}</TableHeader>
          {!subject && <TableHeader>{t('subject')}</TableHeader>}
          <TableHeader>{t('details')}</TableHeader>
          <TableHeader>{t('ip')}</TableHeader>
          <TableHeader>{t('trace')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {entries.map((entry) => {
          const actor = actors.find((known) => known === entry.actor.kind);
          return (
            <TableRow key={entry.id}>
              <TableHeader scope="row" className="tabular font-normal text-foreground">
                <Moment at={entry.at} precision="second" />
              </TableHeader>
              <TableCell className="min-w-44">
                {isAction(entry.action) ? t(`actions.${actions[entry.action]}`) : <code>{entry.action}</code>}
              </TableCell>
              <TableCell>
                {entry.actor.id ? (
                  <PersonId value={entry.actor.id} />
                ) : (
                  <Badge>{actor ? t(`actors.${actor}`) : entry.actor.kind}</Badge>
                )}
              </TableCell>
              {!subject && <TableCell>{entry.subjectId && <PersonId value={entry.subjectId} />}</TableCell>}
              <TableCell className="max-w-md">
                <code className="line-clamp-2 break-all font-mono text-xs" title={JSON.stringify(entry.details)}>
                  {Object.keys(entry.details).length > 0 ? JSON.stringify(entry.details) : ''}
                </code>
              </TableCell>
              <TableCell className="tabular whitespace-nowrap">{entry.ip}</TableCell>
              <TableCell>
                <code className="font-mono text-xs" title={entry.traceId}>
                  {entry.traceId.slice(0, 8)}
                </code>
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

/** An id long enough to tell apart (the end of a UUIDv7 is its random part); the whole one on hover. */
function PersonId({ value }: { value: string }) {
  return (
    <TextLink href={`/console/users/${value}`} title={value} className="font-mono text-xs">
      …{value.slice(-8)}
    </TextLink>
  );
}
