import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { hearPage } from '@/components/forms/told.ts';
import { requireSession } from '@/session/session.ts';
import { Section } from '../section.tsx';
import { DeleteForm } from './delete-form.tsx';
import { DownloadForm } from './download-form.tsx';
import { ExportForm } from './export-form.tsx';
import { ExportList } from './export-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('data.title') };
}

const consequences = ['signOut', 'personal', 'progress', 'certificates', 'record'] as const;

type DataPageProps = { searchParams: Promise<{ told?: string | string[] }> };

/** What is held about the person: to take along, and to have erased. */
export default async function DataPage({ searchParams }: DataPageProps) {
  const { user } = await requireSession();
  const { items } = orThrow(await (await api()).GET('/api/users/me/exports'));
  const unfinished = items.some(({ state }) => state === 'waiting' || state === 'working');
  const isReady = items.some(({ state }) => state === 'ready');
  const told = await hearPage((await searchParams).told);
  const t = await getTranslations('account');
  const list = <ExportList items={items} />;
  return (
    <div className="space-y-10">
      <h1 className="text-3xl">{t('data.title')}</h1>
      <Section id="export" title={t('export.title')} text={t('export.text')}>
        <div className="space-y-5">
          {isReady ? (
            <DownloadForm email={user.email} refusal={told?.kind === 'refused' ? told : null}>
              {list}
            </DownloadForm>
          ) : (
            list
          )}
          {!unfinished && <ExportForm />}
        </div>
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
