import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { requireSession } from '@/session/session.ts';
import { MembershipForm } from '../membership-form.tsx';
import { readChoices } from '../read-choices.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('memberships'))('studio.make') };
}

/** A new membership, as a draft. */
export default async function NewMembershipPage() {
  const { user } = await requireSession();
  const isAdmin = user.roles.includes('admin');
  const [t, tCommon, language, courses] = await Promise.all([
    getTranslations('memberships.studio'),
    getTranslations('common'),
    getLocale(),
    readChoices({ ofEverybody: isAdmin }),
  ]);
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/studio/memberships' }, { label: t('make') }]}
      />
      <h1 className="mt-3 mb-5 text-2xl">{t('make')}</h1>
      <ClientMessages areas={['memberships']}>
        <MembershipForm
          membership={null}
          requestKey={randomUUID()}
          courses={courses}
          language={language}
          maySellAsHouse={isAdmin}
        />
      </ClientMessages>
    </>
  );
}
