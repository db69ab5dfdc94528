import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { ChoicesForm } from './choices-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('choices.title') };
}

/** Which messages the person gets, and where. */
export default async function NotificationsPage() {
  const { items } = orThrow(await (await api()).GET('/api/notifications/preferences'));
  const t = await getTranslations('account.choices');
  return (
    <>
      <h1 className="text-3xl">{t('title')}</h1>
      <p className="mt-2 mb-6 max-w-prose text-muted-foreground">{t('lead')}</p>
      <ChoicesForm items={items} />
    </>
  );
}
