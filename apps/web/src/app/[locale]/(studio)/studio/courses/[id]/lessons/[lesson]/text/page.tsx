import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { LessonTextForm } from '../../lesson-text-form.tsx';
import { readLesson } from '../read-lesson.ts';

type Props = PageProps<'/[locale]/studio/courses/[id]/lessons/[lesson]/text'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, lesson } = await params;
  const t = await getTranslations('studio.text');
  return { title: t('editTitle', { title: (await readLesson(id, lesson)).lesson.title }) };
}

/** The title and the text of a lesson, to write in. */
export default async function LessonTextPage({ params }: Props) {
  const { id, lesson: lessonId } = await params;
  const { course, lesson } = await readLesson(id, lessonId);
  const answer = await (await api()).GET('/api/lessons/{id}/text', { params: { path: { id: lesson.id } } });
  // A preview of somebody else's course, which anybody may read and nobody else may change.
  if (answer.response.status === 404) notFound();
  const { title, markdown, version } = orThrow(answer);
  const [t, tLesson, tCourses, tCommon] = await Promise.all([
    getTranslations('studio.text'),
    getTranslations('studio.lesson'),
    getTranslations('studio.courses'),
    getTranslations('common'),
  ]);
  const here = `/studio/courses/${course.id}`;
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: tCourses('title'), href: '/studio' },
          { label: course.title, href: here },
          { label: title, href: `${here}/lessons/${lesson.id}` },
          { label: t('edit') },
        ]}
      />
      <h1 className="wrap-anywhere mt-3 mb-6 text-2xl">{t('editTitle', { title })}</h1>
      {lesson.languages.length > 1 && <Callout className="mb-6 max-w-2xl">{tLesson('onlyOriginal')}</Callout>}
      <LessonTextForm
        courseId={course.id}
        language={course.language}
        lesson={{ id: lesson.id, title, version, markdown }}
        backTo={`${here}/lessons/${lesson.id}`}
      />
    </>
  );
}
