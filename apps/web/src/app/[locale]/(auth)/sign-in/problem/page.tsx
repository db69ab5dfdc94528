import { getTranslations } from 'next-intl/server';
import { buttonClasses } from '@/components/ui/button.tsx';
import { AuthHeading } from '../../auth-form.tsx';
import { type AuthSearch, one } from '../../interaction.ts';

/** `/sign-in/problem?reason=expired|refused|unavailable`: the issuer's answer could not be used. */
export default async function SignInProblemPage({ searchParams }: { searchParams: AuthSearch }) {
  const t = await getTranslations('auth');
  const reason = one((await searchParams).reason);
  return (
    <>
      <AuthHeading title={t('problemTitle')}>
        {t(
          reason === 'refused' ? 'problemRefused' : reason === 'unavailable' ? 'problemUnavailable' : 'problemExpired',
        )}
      </AuthHeading>
      <a href="/auth/sign-in" className={buttonClasses({ size: 'lg' })}>
        {t('startAgain')}
      </a>
    </>
  );
}
