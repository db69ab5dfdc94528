import { Check } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button.tsx';
import { AuthHeading } from '../auth-form.tsx';
import { type AuthSearch, interactionAction, one } from '../interaction.ts';

const describedScopes = ['openid', 'profile', 'email', 'offline_access'] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('consentAllow') };
}

/** `/consent?interaction=<uid>&client=<name>&scope=<scopes>`: another application asks to use the account. */
export default async function ConsentPage({ searchParams }: { searchParams: AuthSearch }) {
  const query = await searchParams;
  const uid = one(query.interaction);
  const t = await getTranslations('auth');
  const scopes = (one(query.scope) ?? 'openid').split(' ').filter(Boolean);
  return (
    <>
      <AuthHeading title={t('consentTitle', { client: one(query.client) ?? '?' })}>{t('consentText')}</AuthHeading>
      <ul className="space-y-3">
        {scopes.map((scope) => {
          const described = describedScopes.find((name) => name === scope);
          return (
            <li key={scope} className="flex gap-3">
              <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-success" />
              {described ? t(`scopes.${described}`) : t('scopes.other', { scope })}
            </li>
          );
        })}
      </ul>
      <div className="mt-8 flex gap-3">
        <form action={interactionAction(uid, 'consent', '/')} method="post" className="flex-1">
          <Button type="submit" size="lg" className="w-full">
            {t('consentAllow')}
          </Button>
        </form>
        <form action={interactionAction(uid, 'abort', '/')} method="post" className="flex-1">
          <Button type="submit" size="lg" variant="outline" className="w-full">
            {t('consentDeny')}
          </Button>
        </form>
      </div>
    </>
  );
}
