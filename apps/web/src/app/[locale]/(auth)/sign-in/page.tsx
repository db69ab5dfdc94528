import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TextLink } from '@/components/ui/text-link.tsx';
import { AuthFields, AuthHeading, authErrors } from '../auth-form.tsx';
import { AuthSubmit } from '../auth-submit.tsx';
import { type AuthSearch, interactionAction, one } from '../interaction.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common'))('signIn') };
}

/** `/sign-in?interaction=<uid>&error=<codes>&email=`: the issuer's login step. A plain form: works without JavaScript. */
export default async function SignInPage({ searchParams }: { searchParams: AuthSearch }) {
  const query = await searchParams;
  const uid = one(query.interaction);
  const action = interactionAction(uid, 'login', '/auth/sign-in');
  const t = await getTranslations('auth');
  const tCommon = await getTranslations('common');
  const errors = await authErrors(one(query.error));
  const email = one(query.email);
  return (
    <>
      <AuthHeading title={t('signInTitle')} errors={errors}>
        {t('signInLead')}
      </AuthHeading>
      <form action={action} method="post" className="space-y-5">
        <AuthFields errors={errors} fields={['email', 'password']} {...(email ? { email } : {})} />
        <AuthSubmit>{tCommon('signIn')}</AuthSubmit>
      </form>
      <p className="mt-6 flex flex-wrap justify-between gap-x-4 gap-y-2 text-sm">
        <TextLink href="/forgot-password">{t('forgot')}</TextLink>
        <span>
          {t('noAccount')} <TextLink href={`/register?interaction=${uid}`}>{tCommon('signUp')}</TextLink>
        </span>
      </p>
    </>
  );
}
