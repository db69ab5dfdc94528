import { getTranslations } from 'next-intl/server';
import { Moment } from '@/components/time/moment.tsx';
import { Price } from '@/components/ui/price.tsx';
import type { PartsOffer } from './quote-parts.ts';

/** Every day and amount, before anything is agreed to. */
export async function PartsSchedule({ offer }: { offer: PartsOffer }) {
  const t = await getTranslations('instalments');
  return (
    <dl className="space-y-2 text-sm">
      {offer.schedule.map(({ part, dueAt, amount }) => (
        <div key={part} className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-muted-foreground">
            {t('partOf', { part, parts: offer.parts })} ·{' '}
            {part === 1 ? t('checkout.today') : <Moment at={dueAt} precision="day" />}
          </dt>
          <dd>
            <Price money={amount} />
          </dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-4 border-t pt-2">
        <dt className="font-medium">{t('checkout.total')}</dt>
        <dd className="font-medium">
          <Price money={offer.total} />
        </dd>
      </div>
    </dl>
  );
}
