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
  const title = (await getTranslations('buying.giftPage'))('title');
  return { title, robots: { index: false }, referrer: 'same-origin' };
}

/** A gift, for whoever holds its link: from whom, what, and one button. */
export default async function GiftPage({ params, searchParams }: PageProps<'/[locale]/gifts/[id]'>) {
  const [{ id }, query, t, session] = await Promise.all([
    params,
    searchParams,
    getTranslations('buying.giftPage'),
    getSession(),
  ]);
  const token = typeof query.token === 'string' ? query.token : '';
  const answer = await (await api()).GET('/api/gifts/{id}', {
    params: { path: { id }, query: token ? { token } : {} },
  });
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  const gift = orThrow(answer);
  return (
    <div className="page-column max-w-2xl py-10 md:py-16">
      <h1 className="text-center text-3xl">{gift.giverName ? t('from', { name: gift.giverName }) : t('title')}</h1>
      <article className="mt-8 overflow-hidden rounded-lg border bg-card">
        <ItemCover
          sku={gift.path}
          coverUrl={gift.coverUrl}
          className="w-full rounded-none border-0 border-b sm:w-full"
        />
        <div className="space-y-5 p-6 sm:p-8">
          <h2 className="text-2xl">{gift.title}</h2>
          {gift.message && (
            <blockquote className="wrap-anywhere whitespace-pre-line border-s-2 border-primary ps-4 font-display text-lg text-muted-foreground">
              {gift.message}
            </blockquote>
          )}
          {gift.state === 'sent' ? (
            <>
              <ClientMessages areas={['buying']}>
                <ClaimForm
                  action={takeUp}
                  fields={{ kind: 'gift', id, token }}
                  label={t('accept')}
                  goOn={session !== null && (await wantsToClaim(id))}
                />
              </ClientMessages>
              {!session && <p className="text-muted-foreground text-sm">{t('signInFirst')}</p>}
            </>
          ) : (
            <Callout
              title={t('claimed')}
              action={
                <Link href={gift.path} prefetch={false} className={buttonClasses({ variant: 'outline' })}>
                  {t('open')}
                </Link>
              }
            >
              {t('claimedText')}
            </Callout>
          )}
        </div>
      </article>
    </div>
  );
}
