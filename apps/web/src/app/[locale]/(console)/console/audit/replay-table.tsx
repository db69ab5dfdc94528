import { getTranslations } from 'next-intl/server';
import type { paths } from '@/api/schema.d.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { Actor, Trace } from './audit-table.tsx';

type Replay = paths['/api/admin/replays']['get']['responses'][200]['content']['application/json']['items'][number];

/** Events and jobs that operators had tried again. */
export async function ReplayTable({ replays }: { replays: readonly Replay[] }) {
  const t = await getTranslations('console.audit');
  return (
    <Table caption={t('logs.replays')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('at')}</TableHeader>
          <TableHeader>{t('replay.what')}</TableHeader>
          <TableHeader>{t('replay.context')}</TableHeader>
          <TableHeader>{t('actor')}</TableHeader>
          <TableHeader>{t('ip')}</TableHeader>
          <TableHeader>{t('trace')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {replays.map((replay) => (
          <TableRow key={replay.id}>
            <TableHeader scope="row" className="tabular font-normal text-foreground">
              <Moment at={replay.at} precision="second" />
            </TableHeader>
            <TableCell className="min-w-44" title={replay.itemId}>
              <Badge tone={replay.kind === 'event' ? 'info' : 'neutral'} className="me-2">
                {t(`replay.kind.${replay.kind}`)}
              </Badge>
              {replay.name ? <span className="font-mono">{replay.name}</span> : t('replay.unknownName')}
              {replay.stillParked && (
                <Badge tone="warning" className="ms-2">
                  {t('replay.stillParked')}
                </Badge>
              )}
            </TableCell>
            <TableCell>{replay.context}</TableCell>
            <TableCell>
              <Actor kind={replay.actor.kind} id={replay.actor.id} />
            </TableCell>
            <TableCell className="tabular whitespace-nowrap">{replay.ip}</TableCell>
            <TableCell>
              <Trace id={replay.traceId} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
