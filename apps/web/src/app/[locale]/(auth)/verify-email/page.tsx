import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { getPathname, Link } from '@/i18n/navigation.ts';
import { AuthHeading, AuthSubmit, authErrors } from '../auth-form.tsx';
import { askIdentity } from '../identity-calls.ts';
import { type AuthSearch, one } from '../interaction.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('verifyTitle') };
}

async function verify(form: FormData): Promise<void> {
  'use server';
  const token = form.get('token');
  if (typeof token !== 'string') return;
  const error = await askIdentity('verifyEmail', { token });
  const path = getPathname({ href: '/verify-email', locale: await getLocale() });
  redirect(error ? `${path}?error=${encodeURIComponent(error)}` : `${path}?done=1`);
}

/** `/verify-email?token=`: from the mailed link. Confirms on a button and not on opening, because mail scanners open links. */
export default async function VerifyEmailPage({ searchParams }: { searchParams: AuthSearch }) {
  const query = await searchParams;
  const t = await getTranslations('auth');
  const tCommon = await getTranslations('common');
  const token = one(query.token);
  const errors = await authErrors(one(query.error));
  if (one(query.done)) {
    return (
      <>
        <AuthHeading title={t('verifyTitle')} />
        <Callout kind="success" live>
          {t('verifyDone')}
        </Callout>
        <Link href="/courses" className={`mt-6 ${buttonClasses({ size: 'lg' })}`}>
          {tCommon('continue')}
        </Link>
      </>
    );
  }
  return (
    <>
      <AuthHeading title={t('verifyTitle')} errors={errors}>
        {token ? t('verifyText') : null}
      </AuthHeading>
      {token ? (
        <form action={verify}>
          <input type="hidden" name="token" value={token} />
          <AuthSubmit>{t('verifyAction')}</AuthSubmit>
        </form>
      ) : (
        errors.length === 0 && <Callout kind="warning">{t('verifyMissing')}</Callout>
      )}
    </>
  );
}
