import { CircleAlert, CircleCheck, CirclePause } from 'lucide-react';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { ProviderHealth } from '@/components/sales/types.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { SwitchProvider } from './switch-provider.tsx';

/** One row per provider: whether it can be used, how it has been doing, and what it still owes. */
export async function ProvidersTable({ providers }: { providers: readonly ProviderHealth[] }) {
  const t = await getTranslations('sales.payments');
  const format = await getFormatter();
  return (
    <Table caption={t('providers')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('provider')}</TableHeader>
          <TableHeader>{t('state')}</TableHeader>
          <TableHeader>{t('calls')}</TableHeader>
          <TableHeader>{t('counts')}</TableHeader>
          <TableHeader>{t('latest')}</TableHeader>
          <TableHeader>{t('report')}</TableHeader>
          <TableHeader className="text-end">{t('clearing')}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {providers.map((provider) =>
          provider.available || provider.switchedOff ? (
            <AvailableRow key={provider.name} provider={provider} />
          ) : (
            <TableRow key={provider.name}>
              <Name name={provider.name} />
              <TableCell className="whitespace-nowrap">
                <Badge tone="neutral">
                  <CirclePause aria-hidden="true" />
                  {t('unavailable')}
                </Badge>
              </TableCell>
              <TableCell colSpan={5} className="text-muted-foreground text-xs">
                <span className="wrap-anywhere block min-w-64 max-w-3xl">
                  {provider.missing.length > 0
                    ? t('missing', { names: format.list(provider.missing) })
                    : provider.unavailable}
                </span>
              </TableCell>
            </TableRow>
          ),
        )}
      </TableBody>
    </Table>
  );
}

async function AvailableRow({ provider }: { provider: ProviderHealth }) {
  const t = await getTranslations('sales.payments');
  const format = await getFormatter();
  const time = (at: string | null) =>
    at ? <Moment at={at} /> : <span className="text-muted-foreground">{t('never')}</span>;
  return (
    <TableRow>
      <Name name={provider.name} />
      <TableCell>
        {provider.switchedOff ? (
          <>
            <Badge tone="warning">
              <CirclePause aria-hidden="true" />
              {t('switchedOff')}
            </Badge>
            <span className="mt-1 block whitespace-nowrap text-muted-foreground text-xs">
              <Moment at={provider.switchedOff.at} />
            </span>
            {provider.switchedOff.note && (
              <span className="wrap-anywhere mt-1 block min-w-40 text-xs">{provider.switchedOff.note}</span>
            )}
          </>
        ) : (
          <Badge tone="success">
            <CircleCheck aria-hidden="true" />
            {t('available')}
          </Badge>
        )}
        <div className="mt-2">
          <SwitchProvider name={provider.name} offered={provider.switchedOff === null} />
        </div>
      </TableCell>
      <TableCell>
        <Badge tone={provider.circuit === 'closed' ? 'outline' : 'destructive'}>
          {provider.circuit !== 'closed' && <CircleAlert aria-hidden="true" />}
          {t(`circuit.${provider.circuit}`)}
        </Badge>
      </TableCell>
      <TableCell>
        <Facts>
          <Fact name={t('lastDay')}>
            {format.number(provider.lastDay.succeeded)}
            <span className="text-muted-foreground"> / </span>
            <span className={provider.lastDay.failed > 0 ? 'text-destructive' : 'text-muted-foreground'}>
              {format.number(provider.lastDay.failed)}
            </span>
          </Fact>
          <Fact name={t('onTheWay')}>{format.number(provider.live)}</Fact>
          <Fact name={t('unknown')}>
            <span className={provider.unknown > 0 ? 'font-semibold text-destructive' : ''}>
              {format.number(provider.unknown)}
            </span>
          </Fact>
        </Facts>
      </TableCell>
      <TableCell>
        <Facts>
          <Fact name={t('lastPaid')}>{time(provider.lastPaidAt)}</Fact>
          <Fact name={t('lastFailed')}>{time(provider.lastFailedAt)}</Fact>
          <Fact name={t('lastWebhook')}>{time(provider.lastWebhookAt)}</Fact>
        </Facts>
      </TableCell>
      <TableCell className="tabular">
        <Report provider={provider} />
      </TableCell>
      <TableCell className="whitespace-nowrap text-end">
        {provider.clearing.length === 0
          ? '–'
          : provider.clearing.map((money) => <Price key={money.currency} money={money} className="block" />)}
      </TableCell>
    </TableRow>
  );
}

/** What became of the newest report of a provider, or that it has none and nothing is ever compared. */
async function Report({ provider: { reports, lastReport } }: { provider: ProviderHealth }) {
  const t = await getTranslations('sales.payments');
  if (!reports) return <Badge tone="warning">{t('noReport')}</Badge>;
  if (!lastReport) return <span className="text-muted-foreground">{t('reportNever')}</span>;
  return (
    <>
      <Moment at={lastReport.until} />
      <span className={`block text-xs ${lastReport.breaks > 0 ? 'text-destructive' : 'text-muted-foreground'}`}>
        {t('reportBreaks', { count: lastReport.breaks })}
      </span>
    </>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_auto] gap-x-3 gap-y-0.5 whitespace-nowrap text-xs">{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="tabular text-end">{children}</dd>
    </>
  );
}

function Name({ name }: { name: string }) {
  return (
    <TableHeader scope="row" className="font-mono text-foreground text-sm">
      {name}
    </TableHeader>
  );
}
