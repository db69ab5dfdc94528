import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { requireSession } from '@/session/session.ts';
import { Section } from '../section.tsx';
import { DeleteForm } from './delete-form.tsx';
import { ExportForm } from './export-form.tsx';
import { ExportList } from './export-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('data.title') };
}

const consequences = ['signOut', 'personal', 'progress', 'certificates', 'record'] as const;

/** What is held about the person: to take along, and to have erased. */
export default async function DataPage() {
  const { user } = await requireSession();
  const { items } = orThrow(await (await api()).GET('/api/users/me/exports'));
  const unfinished = items.some(({ state }) => state === 'waiting' || state === 'working');
  const t = await getTranslations('account');
  return (
    <div className="space-y-10">
      <h1 className="text-3xl">{t('data.title')}</h1>
      <Section id="export" title={t('export.title')} text={t('export.text')}>
        <ExportList items={items} />
        {!unfinished && <ExportForm />}
      </Section>
      <Section id="delete" title={t('delete.title')} text={t('delete.text')}>
        <ul className="mb-5 list-disc space-y-1.5 ps-5 text-sm">
          {consequences.map((name) => (
            <li key={name}>{t(`delete.consequence.${name}`)}</li>
          ))}
        </ul>
        <DeleteForm email={user.email} />
      </Section>
    </div>
  );
}
