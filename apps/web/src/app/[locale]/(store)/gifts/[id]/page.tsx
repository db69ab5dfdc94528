import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { kindOf } from '@/buying/kind-of.ts';
import { TakeUpPage } from '../../take-up-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations('buying.giftPage'))('title');
  return { title, robots: { index: false }, referrer: 'same-origin' };
}

/** A gift, for whoever holds its link. */
export default async function GiftPage({ params, searchParams }: PageProps<'/[locale]/gifts/[id]'>) {
  const [{ id }, query, t] = await Promise.all([params, searchParams, getTranslations('buying.giftPage')]);
  const token = typeof query.token === 'string' ? query.token : '';
  const answer = await (await api()).GET('/api/gifts/{id}', {
    params: { path: { id }, query: token ? { token } : {} },
  });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  const gift = orThrow(answer);
  const kind = kindOf(gift.path);
  return (
    <TakeUpPage
      kind="gift"
      id={id}
      token={token}
      thing={gift}
      isOpen={gift.state === 'sent'}
      heading={gift.giverName ? t('from', { name: gift.giverName }) : t('title')}
      words={{
        accept: t('accept'),
        signInFirst: t('signInFirst', { kind }),
        gone: t('claimed'),
        goneText: t('claimedText', { kind }),
        open: t('open', { kind }),
      }}
    >
      {gift.message && (
        <blockquote className="wrap-anywhere whitespace-pre-line border-s-2 border-primary ps-4 font-display text-lg text-muted-foreground">
          {gift.message}
        </blockquote>
      )}
    </TakeUpPage>
  );
}
