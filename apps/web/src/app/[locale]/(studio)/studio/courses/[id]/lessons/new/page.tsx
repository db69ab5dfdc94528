import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { readOriginal } from '../../read-original.ts';
import { LessonTextForm } from '../lesson-text-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studio.text'))('newTitle') };
}

/** Writes a new lesson. */
export default async function NewLessonPage({ params }: PageProps<'/[locale]/studio/courses/[id]/lessons/new'>) {
  const course = (await readOriginal((await params).id)) ?? notFound();
  const [outline, t, tCourses, tCommon] = await Promise.all([
    (await api())
      .GET('/api/courses/{id}/lessons', {
        params: { path: { id: course.id } },
        headers: { 'accept-language': course.language },
      })
      .then(orThrow),
    getTranslations('studio.text'),
    getTranslations('studio.courses'),
    getTranslations('common'),
  ]);
  const backTo = `/studio/courses/${course.id}`;
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: tCourses('title'), href: '/studio' },
          { label: course.title, href: backTo },
          { label: t('newTitle') },
        ]}
      />
      <h1 className="mt-3 mb-6 text-2xl">{t('newTitle')}</h1>
      <LessonTextForm
        courseId={course.id}
        language={course.language}
        lesson={null}
        modules={outline.modules.map((module) => module.title)}
        requestKey={randomUUID()}
        backTo={backTo}
      />
    </>
  );
}
