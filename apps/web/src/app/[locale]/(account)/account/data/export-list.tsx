import { Download } from 'lucide-react';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import type { paths } from '@/api/schema.d.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { WatchExport } from './export-form.tsx';

type DataExport =
  paths['/api/users/me/exports']['get']['responses'][200]['content']['application/json']['items'][number];

/** The copies that were asked for: how far they are, and a button for each that sends the form around it to its file. */
export async function ExportList({ items }: { items: DataExport[] }) {
  if (items.length === 0) return null;
  const t = await getTranslations('account.export');
  const locale = await getLocale();
  const format = await getFormatter();
  const megabytes = (bytes: number) =>
    format.number(Math.max(bytes, 100_000) / 1_000_000, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  return (
    <ul className="divide-y rounded-lg border bg-card text-sm">
      {items.map((item) => {
        const working = t('working', { done: item.contextsDone, total: item.contextsTotal });
        return (
          <li key={item.id} className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium">
                {t('of')} <Moment at={item.createdAt} />
              </p>
              {item.state === 'ready' && item.expiresAt && (
                <p className="mt-0.5 text-muted-foreground">
                  {megabytes(item.bytes)} · {t('readyUntil')} <Moment at={item.expiresAt} precision="day" />
                </p>
              )}
              {item.state === 'failed' && <p className="mt-0.5 text-destructive">{t('failed')}</p>}
              {(item.state === 'waiting' || item.state === 'working') && (
                <div role="status" className="mt-2 space-y-2 text-muted-foreground">
                  <Progress
                    value={(100 * item.contextsDone) / Math.max(1, item.contextsTotal)}
                    label={t('title')}
                    valueText={working}
                  />
                  <p>
                    {item.state === 'waiting' ? t('waiting') : working}. {t('workingText')}
                  </p>
                  <WatchExport />
                </div>
              )}
            </div>
            {item.state === 'ready' && (
              <Button
                type="submit"
                size="sm"
                variant="outline"
                formAction={`/bff/exports/${item.id}/file?locale=${locale}`}
              >
                <Download aria-hidden="true" />
                {t('download')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
