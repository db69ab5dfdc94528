import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TextLink } from '@/components/ui/text-link.tsx';
import { AuthFields, AuthHeading, authErrors } from '../auth-form.tsx';
import { AuthSubmit } from '../auth-submit.tsx';
import { type AuthSearch, interactionAction, one } from '../interaction.ts';
import { TimeZoneInput } from './time-zone-input.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common'))('signUp') };
}

/** `/register?interaction=<uid>&error=<codes>&email=&name=`: makes an account and signs in with it in one step. */
export default async function RegisterPage({ searchParams }: { searchParams: AuthSearch }) {
  const query = await searchParams;
  const uid = one(query.interaction);
  const action = interactionAction(uid, 'register', '/auth/sign-in?screen=register');
  const t = await getTranslations('auth');
  const tCommon = await getTranslations('common');
  const errors = await authErrors(one(query.error));
  const email = one(query.email);
  const name = one(query.name);
  return (
    <>
      <AuthHeading title={t('registerTitle')} errors={errors}>
        {t('registerLead')}
      </AuthHeading>
      <form action={action} method="post" className="space-y-5">
        <AuthFields
          errors={errors}
          fields={['name', 'email', 'newPassword']}
          {...(email ? { email } : {})}
          {...(name ? { name } : {})}
        />
        <TimeZoneInput />
        <AuthSubmit>{tCommon('signUp')}</AuthSubmit>
      </form>
      <p className="mt-6 text-sm">
        {t('haveAccount')} <TextLink href={`/sign-in?interaction=${uid}`}>{tCommon('signIn')}</TextLink>
      </p>
    </>
  );
}
