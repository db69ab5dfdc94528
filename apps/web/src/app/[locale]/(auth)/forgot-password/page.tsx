import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Callout } from '@/components/ui/callout.tsx';
import { getPathname } from '@/i18n/navigation.ts';
import { AuthFields, AuthHeading, authErrors } from '../auth-form.tsx';
import { AuthSubmit } from '../auth-submit.tsx';
import { askIdentity } from '../identity-calls.ts';
import { type AuthSearch, one } from '../interaction.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('forgotTitle') };
}

/** Says the same for a known and an unknown address, so that nobody learns who has an account. */
async function requestLink(form: FormData): Promise<void> {
  'use server';
  const email = form.get('email');
  const error = await askIdentity('forgotPassword', { email: typeof email === 'string' ? email.trim() : '' });
  const path = getPathname({ href: '/forgot-password', locale: await getLocale() });
  redirect(error ? `${path}?error=${encodeURIComponent(error)}&at=${Date.now()}` : `${path}?sent=1`);
}

/** `/forgot-password`: asks for the address, then sends a link if it has an account. */
export default async function ForgotPasswordPage({ searchParams }: { searchParams: AuthSearch }) {
  const query = await searchParams;
  const t = await getTranslations('auth');
  const errors = await authErrors(one(query.error));
  if (one(query.sent)) {
    return (
      <>
        <AuthHeading title={t('forgotTitle')} />
        <Callout kind="success" title={t('sentTitle')} live>
          {t('sentText')}
        </Callout>
      </>
    );
  }
  return (
    <>
      <AuthHeading title={t('forgotTitle')} errors={errors} at={one(query.at)}>
        {t('forgotLead')}
      </AuthHeading>
      <form action={requestLink} className="space-y-5">
        <AuthFields errors={errors} fields={['email']} />
        <AuthSubmit>{t('sendLink')}</AuthSubmit>
      </form>
    </>
  );
}
