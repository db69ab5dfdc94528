import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { getPathname } from '@/i18n/navigation.ts';
import { AuthFields, AuthHeading, AuthSubmit, authErrors } from '../auth-form.tsx';
import { askIdentity } from '../identity-calls.ts';
import { type AuthSearch, one } from '../interaction.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('resetTitle') };
}

async function resetPassword(form: FormData): Promise<void> {
  'use server';
  const token = form.get('token');
  const password = form.get('password');
  if (typeof token !== 'string' || typeof password !== 'string') return;
  const error = await askIdentity('resetPassword', { token, password });
  const path = getPathname({ href: '/reset-password', locale: await getLocale() });
  redirect(error ? `${path}?token=${encodeURIComponent(token)}&error=${encodeURIComponent(error)}` : `${path}?done=1`);
}

/** `/reset-password?token=`: from the mailed link. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: AuthSearch }) {
  const query = await searchParams;
  const t = await getTranslations('auth');
  const tCommon = await getTranslations('common');
  const token = one(query.token);
  const errors = await authErrors(one(query.error));
  if (one(query.done)) {
    return (
      <>
        <AuthHeading title={t('resetTitle')} />
        <Callout kind="success" live>
          {t('resetDone')}
        </Callout>
        <a href="/auth/sign-in" className={`mt-6 ${buttonClasses({ size: 'lg' })}`}>
          {tCommon('signIn')}
        </a>
      </>
    );
  }
  return (
    <>
      <AuthHeading title={t('resetTitle')} errors={errors}>
        {t('resetLead')}
      </AuthHeading>
      {token ? (
        <form action={resetPassword} className="space-y-5">
          <input type="hidden" name="token" value={token} />
          <AuthFields errors={errors} fields={['newPassword']} />
          <AuthSubmit>{t('resetAction')}</AuthSubmit>
        </form>
      ) : (
        <Callout kind="warning">{t('resetMissing')}</Callout>
      )}
      <p className="mt-6 text-sm">
        <TextLink href="/forgot-password">{t('forgot')}</TextLink>
      </p>
    </>
  );
}
