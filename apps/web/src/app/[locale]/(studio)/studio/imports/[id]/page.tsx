import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { ImportProgress } from './import-progress.tsx';

type Props = PageProps<'/[locale]/studio/imports/[id]'>;

const readImport = cache(async (id: string) => {
  const answer = await (await api()).GET('/api/courses/imports/{id}', { params: { path: { id } } });
  // An id that is no id is refused before it is looked for; to a reader both are a page that is not there.
  if (answer.response.status === 404 || answer.response.status === 422) notFound();
  return orThrow(answer);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readImport((await params).id)).sourceName };
}

/** Titles of the lessons a course has now, by their ids: a report names pieces of the source, people know lessons. */
async function lessonTitles(courseId: string | null): Promise<Record<string, string>> {
  if (courseId === null) return {};
  const answer = await (await api()).GET('/api/courses/{id}/lessons', { params: { path: { id: courseId } } });
  // The course may be gone by now; its report stays.
  if (answer.response.status === 404) return {};
  const lessons = orThrow(answer).modules.flatMap((module) => module.lessons);
  return Object.fromEntries(lessons.map(({ id, title }) => [id, title]));
}

/** One import: how it is going while it runs, its loss report afterwards. The address survives a reload. */
export default async function ImportPage({ params }: Props) {
  const item = await readImport((await params).id);
  const t = await getTranslations('studio.imports');
  const tCommon = await getTranslations('common');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: t('title'), href: '/studio/imports' }, { label: item.sourceName }]}
      />
      <h1 className="wrap-anywhere mt-3 text-2xl">{item.sourceName}</h1>
      <p className="mt-1 mb-6 text-muted-foreground text-sm">
        {t('begun')} <Moment at={item.createdAt} precision="second" />
      </p>
      <ImportProgress initial={item} titles={await lessonTitles(item.courseId)} />
    </>
  );
}
