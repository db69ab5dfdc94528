import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { ItemCover } from '@/buying/item-cover.tsx';
import { takeUp } from '@/buying/take-up.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { ClaimForm } from '../../orders/[id]/claim-form.tsx';
import { wantsToClaim } from '../../orders/[id]/claim-intent.ts';

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations('buying.seatPage'))('title');
  return { title, robots: { index: false }, referrer: 'same-origin' };
}

/** A seat that somebody bought for the person who holds its link. */
export default async function SeatPage({ params, searchParams }: PageProps<'/[locale]/seats/[id]'>) {
  const [{ id }, query, t, session] = await Promise.all([
    params,
    searchParams,
    getTranslations('buying.seatPage'),
    getSession(),
  ]);
  const token = typeof query.token === 'string' ? query.token : '';
  const answer = await (await api()).GET('/api/seats/{id}', {
    params: { path: { id }, query: token ? { token } : {} },
  });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  const seat = orThrow(answer);
  return (
    <div className="page-column max-w-2xl py-10 md:py-16">
      <h1 className="text-center text-3xl">{t('title')}</h1>
      <article className="mt-8 overflow-hidden rounded-lg border bg-card">
        <ItemCover sku={seat.path} coverUrl="" className="w-full rounded-none border-0 border-b sm:w-full" />
        <div className="space-y-5 p-6 sm:p-8">
          <h2 className="text-2xl">{seat.title}</h2>
          <p className="wrap-anywhere text-muted-foreground">{t('text', { email: seat.email })}</p>
          {seat.state === 'invited' ? (
            <>
              <ClientMessages areas={['buying']}>
                <ClaimForm
                  action={takeUp}
                  fields={{ kind: 'seat', id, token }}
                  label={t('accept')}
                  goOn={session !== null && (await wantsToClaim(id))}
                />
              </ClientMessages>
              {!session && <p className="text-muted-foreground text-sm">{t('signInFirst')}</p>}
            </>
          ) : (
            <Callout
              title={t('taken')}
              action={
                <Link href={seat.path} prefetch={false} className={buttonClasses({ variant: 'outline' })}>
                  {t('open')}
                </Link>
              }
            >
              {t('takenText')}
            </Callout>
          )}
        </div>
      </article>
    </div>
  );
}
