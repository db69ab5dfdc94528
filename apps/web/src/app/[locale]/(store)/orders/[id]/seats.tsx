import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import type { Order, OrderLine } from '@/buying/orders.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { AssignSeatForm, InviteAgainForm, TakeBackForm } from './seat-forms.tsx';

type SeatsProps = {
  order: Order;
  line: OrderLine;
  token: string | undefined;
  /** The token of the address, for forms; what the browser remembers needs no field. */
  given: string | undefined;
};

/** Who sits on the seats of a line: give one to an address, write to it again, take it back. */
export async function Seats({ order, line, token, given }: SeatsProps) {
  const [t, tCommon] = await Promise.all([getTranslations('buying.seats'), getTranslations('common')]);
  const { items } = orThrow(
    await (await api()).GET('/api/orders/{id}/seats', {
      params: { path: { id: order.id }, query: token ? { token } : {} },
    }),
  );
  const seats = items.filter(({ lineId }) => lineId === line.id);
  const bought = line.seats?.bought ?? 0;
  const id = `seats-${line.id}`;
  return (
    <section aria-labelledby={id} data-noprint>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="text-xl">
          {t('title', { title: line.title })}
        </h2>
        <p className="tabular text-muted-foreground text-sm">{t('taken', { taken: seats.length, bought })}</p>
      </div>
      <p className="mt-1.5 text-muted-foreground text-sm">{t('text')}</p>
      <ClientMessages areas={['buying']}>
        {seats.length > 0 && (
          <ul className="mt-4 divide-y rounded-lg border bg-card">
            {seats.map((seat) => (
              <li key={seat.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
                <span className="wrap-anywhere min-w-0 flex-1 basis-48">
                  {seat.email || <span className="text-muted-foreground">{t('deletedAccount')}</span>}
                </span>
                <Badge tone={seat.state === 'taken' ? 'success' : 'neutral'}>{t(`state.${seat.state}`)}</Badge>
                <span className="flex flex-wrap items-center">
                  {seat.state === 'invited' && (
                    <>
                      <CopyButton text={seat.link} label={t('copyLink')} copiedLabel={tCommon('copied')} />
                      <InviteAgainForm orderId={order.id} token={given} seat={seat.id} email={seat.email} />
                    </>
                  )}
                  <TakeBackForm
                    orderId={order.id}
                    token={given}
                    seat={seat.id}
                    email={seat.email || t('ofDeletedAccount')}
                  />
                </span>
              </li>
            ))}
          </ul>
        )}
        {seats.length < bought && (
          <div className="mt-4">
            <AssignSeatForm orderId={order.id} token={given} line={line.id} taken={seats.length} />
          </div>
        )}
      </ClientMessages>
    </section>
  );
}
