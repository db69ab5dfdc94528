import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { getPathname, Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { AuthFields, AuthHeading, authErrors } from './auth-form.tsx';
import { AuthSubmit } from './auth-submit.tsx';
import { askIdentity } from './identity-calls.ts';
import { type AuthSearch, one } from './interaction.ts';

/** What a mailed link can do, the page it opens, and what is left to do afterwards. `password`: it sets a new one. */
const steps = {
  verifyEmail: { path: '/verify-email', words: 'verify', password: false, onwards: '/courses' },
  changeEmail: { path: '/change-email', words: 'changeEmail', password: false, onwards: '/account' },
  undoEmailChange: { path: '/undo-email-change', words: 'undoEmail', password: true, onwards: '/auth/sign-in' },
  resetPassword: { path: '/reset-password', words: 'reset', password: true, onwards: '/auth/sign-in' },
} as const;
type Step = keyof typeof steps;

/** The title of the page of a step. */
export async function mailedLinkMetadata(step: Step): Promise<Metadata> {
  return { title: (await getTranslations('auth'))(`${steps[step].words}Title`) };
}

async function follow(form: FormData): Promise<void> {
  'use server';
  const named = form.get('step');
  const token = form.get('token');
  const password = form.get('password');
  const step = (['verifyEmail', 'changeEmail', 'undoEmailChange', 'resetPassword'] as const).find(
    (one) => one === named,
  );
  if (!step || typeof token !== 'string') return;
  const error = await askIdentity(step, { token, ...(typeof password === 'string' ? { password } : {}) });
  const path = getPathname({ href: steps[step].path, locale: await getLocale() });
  // A link that was used shows no button again; a password that was refused may be chosen anew.
  const again = error !== 'link_not_valid' ? `token=${encodeURIComponent(token)}&` : '';
  redirect(error ? `${path}?${again}error=${encodeURIComponent(error)}&at=${Date.now()}` : `${path}?done=1`);
}

/** What a mailed link opens. Acts on a button and not on opening, because mail scanners open links. */
export async function MailedLinkPage({ step, searchParams }: { step: Step; searchParams: AuthSearch }) {
  const query = await searchParams;
  const { words, password, onwards } = steps[step];
  const t = await getTranslations('auth');
  const tCommon = await getTranslations('common');
  const token = one(query.token);
  const errors = await authErrors(one(query.error));
  if (one(query.done)) {
    return (
      <>
        <AuthHeading title={t(`${words}Title`)} />
        <Callout kind="success" live>
          {t(`${words}Done`)}
        </Callout>
        <a
          href={password ? onwards : getPathname({ href: onwards, locale: await getLocale() })}
          className={`mt-6 ${buttonClasses({ size: 'lg' })}`}
        >
          {tCommon(password ? 'signIn' : 'continue')}
        </a>
      </>
    );
  }
  return (
    <>
      <AuthHeading title={t(`${words}Title`)} errors={errors} at={one(query.at)}>
        {token || password ? t(`${words}Text`) : null}
      </AuthHeading>
      {token ? (
        <form action={follow} className="space-y-5">
          <input type="hidden" name="step" value={step} />
          <input type="hidden" name="token" value={token} />
          {password && <AuthFields errors={errors} fields={['newPassword']} />}
          <AuthSubmit>{t(`${words}Action`)}</AuthSubmit>
        </form>
      ) : (
        errors.length === 0 && <Callout kind="warning">{t(`${words}Missing`)}</Callout>
      )}
      {!token && errors.length > 0 && (
        <>
          <p>{t(`${words}Spent`)}</p>
          <WayFromHere />
        </>
      )}
      {step === 'resetPassword' && (
        <p className="mt-6 text-sm">
          <TextLink href="/forgot-password">{t('forgot')}</TextLink>
        </p>
      )}
    </>
  );
}

/** From a link that does nothing any more to the account, where another one can be asked for. */
async function WayFromHere() {
  const [t, tCommon, locale, session] = await Promise.all([
    getTranslations('auth'),
    getTranslations('common'),
    getLocale(),
    getSession(),
  ]);
  const classes = `mt-6 ${buttonClasses({ size: 'lg' })}`;
  if (session) {
    return (
      <Link href="/account" className={classes}>
        {t('toAccount')}
      </Link>
    );
  }
  const account = getPathname({ href: '/account', locale });
  return (
    <a href={`/auth/sign-in?${new URLSearchParams({ returnTo: account })}`} className={classes}>
      {tCommon('signIn')}
    </a>
  );
}
