import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { MembershipForm } from '../membership-form.tsx';
import { readChoices } from '../read-choices.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('memberships'))('studio.title') };
}

/** Changes a membership, in the language it was written in. */
export default async function EditMembershipPage({ params }: PageProps<'/[locale]/studio/memberships/[id]'>) {
  const { id } = await params;
  // In whatever language: what is edited is the original, which `language` names.
  const first = await (await api()).GET('/api/memberships/{id}', { params: { path: { id } } });
  if (first.response.status === 404 || first.response.status === 422) notFound();
  const { language } = orThrow(first);
  const membership = orThrow(
    await (await api()).GET('/api/memberships/{id}', {
      params: { path: { id } },
      headers: { 'accept-language': language },
    }),
  );
  if (membership.courseIds === null) notFound();
  const [t, tCommon, courses] = await Promise.all([
    getTranslations('memberships.studio'),
    getTranslations('common'),
    readChoices({ ofEverybody: membership.seller === null }),
  ]);
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/studio/memberships' }, { label: membership.name }]}
      />
      <h1 className="mt-3 mb-5 break-words text-2xl">{membership.name}</h1>
      <ClientMessages areas={['memberships']}>
        <MembershipForm
          membership={{ ...membership, isHouse: membership.seller === null, courseIds: membership.courseIds }}
          requestKey=""
          courses={courses}
          language={language}
          maySellAsHouse={false}
        />
      </ClientMessages>
    </>
  );
}
