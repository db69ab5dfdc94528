import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { Callout } from '@/components/ui/callout.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { getPathname } from '@/i18n/navigation.ts';
import { AuthHeading } from '../auth-form.tsx';
import { AuthSubmit } from '../auth-submit.tsx';
import { type AuthSearch, one } from '../interaction.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('unsubscribeTitle') };
}

async function choose(form: FormData): Promise<void> {
  'use server';
  const token = form.get('token');
  if (typeof token !== 'string') return;
  await (await api()).PUT('/api/notifications/subscription', {
    params: { query: { token } },
    body: { enabled: form.get('enabled') === 'yes' },
  });
  redirect(`${getPathname({ href: '/unsubscribe', locale: await getLocale() })}?token=${encodeURIComponent(token)}`);
}

/** `/unsubscribe?token=`: from a mail that is only news. Ends on a button and not on opening, because mail scanners open links. */
export default async function UnsubscribePage({ searchParams }: { searchParams: AuthSearch }) {
  const token = one((await searchParams).token);
  const t = await getTranslations('auth');
  const answer = token
    ? await (await api()).GET('/api/notifications/subscription', { params: { query: { token } } })
    : undefined;
  const subscription = answer?.data;
  return (
    <>
      <AuthHeading title={t('unsubscribeTitle')}>
        {subscription?.enabled && t('unsubscribeText', { name: subscription.name })}
      </AuthHeading>
      {subscription && token ? (
        <form action={choose} className="space-y-5">
          {!subscription.enabled && (
            <Callout kind="success" live>
              {t('unsubscribeDone', { name: subscription.name })}
            </Callout>
          )}
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="enabled" value={subscription.enabled ? 'no' : 'yes'} />
          <AuthSubmit>{t(subscription.enabled ? 'unsubscribeAction' : 'unsubscribeUndo')}</AuthSubmit>
        </form>
      ) : (
        <Callout kind="warning">{t('verifyMissing')}</Callout>
      )}
      <p className="mt-6 text-sm">
        <TextLink href="/account/notifications">{t('unsubscribeMore')}</TextLink>
      </p>
    </>
  );
}
