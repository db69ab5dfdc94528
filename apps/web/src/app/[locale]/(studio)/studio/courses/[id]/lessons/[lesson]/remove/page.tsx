import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { readLesson } from '../read-lesson.ts';
import { RemoveForm } from './remove-form.tsx';

type Props = PageProps<'/[locale]/studio/courses/[id]/lessons/[lesson]/remove'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, lesson } = await params;
  const t = await getTranslations('studio.remove');
  return { title: t('question', { title: (await readLesson(id, lesson)).lesson.title }) };
}

/** Asks once whether a lesson goes, and says what that means for learners. A page, so that it asks without scripts, too. */
export default async function RemoveLessonPage({ params }: Props) {
  const { id, lesson: lessonId } = await params;
  const { course, lesson } = await readLesson(id, lessonId);
  const { modules } = orThrow(
    await (await api()).GET('/api/courses/{id}/lessons', { params: { path: { id: course.id } } }),
  );
  const isLastOfModule = modules.find((module) => module.id === lesson.moduleId)?.lessons.length === 1;
  const isNeeded = course.state === 'published' && course.lessonCount === 1;
  const [t, tCourses, tCommon] = await Promise.all([
    getTranslations('studio.remove'),
    getTranslations('studio.courses'),
    getTranslations('common'),
  ]);
  const courseHref = `/studio/courses/${course.id}`;
  const lessonHref = `${courseHref}/lessons/${lesson.id}`;
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: tCourses('title'), href: '/studio' },
          { label: course.title, href: courseHref },
          { label: lesson.title, href: lessonHref },
          { label: t('remove') },
        ]}
      />
      <h1 className="wrap-anywhere mt-3 mb-4 text-2xl">{t('question', { title: lesson.title })}</h1>
      <div className="max-w-2xl space-y-5">
        {isNeeded ? (
          <Callout kind="warning" title={t('needed')}>
            {t('neededText')}
          </Callout>
        ) : (
          <div className="wrap-anywhere space-y-3">
            <p>{t('what')}</p>
            {course.publishedAt !== null && <p>{t('learners')}</p>}
            {isLastOfModule && <p>{t('module', { title: lesson.moduleTitle })}</p>}
          </div>
        )}
        <RemoveForm
          course={course.id}
          lesson={{ id: lesson.id, title: lesson.title }}
          mayRemove={!isNeeded}
          backTo={lessonHref}
        />
      </div>
    </>
  );
}
