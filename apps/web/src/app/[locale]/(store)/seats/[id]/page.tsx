import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { kindOf } from '@/buying/kind-of.ts';
import { TakeUpPage } from '../../take-up-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations('buying.seatPage'))('title');
  return { title, robots: { index: false }, referrer: 'same-origin' };
}

/** A seat that somebody bought for the person who holds its link, or whose address it was given to. */
export default async function SeatPage({ params, searchParams }: PageProps<'/[locale]/seats/[id]'>) {
  const [{ id }, query, t] = await Promise.all([params, searchParams, getTranslations('buying.seatPage')]);
  const token = typeof query.token === 'string' ? query.token : '';
  const answer = await (await api()).GET('/api/seats/{id}', {
    params: { path: { id }, query: token ? { token } : {} },
  });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  const seat = orThrow(answer);
  const kind = kindOf(seat.path);
  return (
    <TakeUpPage
      kind="seat"
      id={id}
      token={token}
      thing={{ ...seat, coverUrl: '' }}
      isOpen={seat.state === 'invited'}
      heading={t('title')}
      words={{
        accept: t('accept'),
        signInFirst: t('signInFirst', { kind }),
        gone: t('taken'),
        goneText: t('takenText', { kind }),
        open: t('open', { kind }),
      }}
    >
      <p className="wrap-anywhere text-muted-foreground">{t('text', { email: seat.email, kind })}</p>
    </TakeUpPage>
  );
}
