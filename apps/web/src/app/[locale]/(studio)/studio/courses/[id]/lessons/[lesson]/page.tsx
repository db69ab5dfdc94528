import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { hearPage } from '@/components/forms/told.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { ErrorSummary } from '@/components/ui/error-summary.tsx';
import { Link } from '@/i18n/navigation.ts';
import { LessonFiles } from './lesson-files.tsx';
import { OtherModuleForm } from './other-module-form.tsx';
import { readLesson } from './read-lesson.ts';

type Props = PageProps<'/[locale]/studio/courses/[id]/lessons/[lesson]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, lesson } = await params;
  return { title: (await readLesson(id, lesson)).lesson.title };
}

/** What a lesson shows: its files, with captions and poster of films; and where it stands in its course. */
export default async function EditLessonPage({ params, searchParams }: Props) {
  const { id, lesson: lessonId } = await params;
  const { course, lesson } = await readLesson(id, lessonId);
  const told = await hearPage((await searchParams).told);
  const { modules } = orThrow(
    await (await api()).GET('/api/courses/{id}/lessons', {
      params: { path: { id: course.id } },
      headers: { 'accept-language': course.language },
    }),
  );
  const own = modules.find((module) => module.id === lesson.moduleId);
  const others = modules.filter((module) => module !== own).map(({ id: module, title }) => ({ id: module, title }));
  const [t, tRemove, tText, tCourses, tCommon] = await Promise.all([
    getTranslations('studio.lesson'),
    getTranslations('studio.remove'),
    getTranslations('studio.text'),
    getTranslations('studio.courses'),
    getTranslations('common'),
  ]);
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: tCourses('title'), href: '/studio' },
          { label: course.title, href: `/studio/courses/${course.id}` },
          { label: lesson.title },
        ]}
      />
      <div className="mt-3 mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="wrap-anywhere text-2xl">{lesson.title}</h1>
          <p className="mt-1.5 wrap-anywhere text-muted-foreground text-sm">{lesson.moduleTitle}</p>
        </div>
        <div className="flex flex-wrap gap-1">
          <Link href={`/learn/${course.slug}/${lesson.id}`} className={buttonClasses({ variant: 'ghost', size: 'sm' })}>
            {t('view')}
          </Link>
          <Link
            href={`/studio/courses/${course.id}/lessons/${lesson.id}/text`}
            className={buttonClasses({ variant: 'outline', size: 'sm' })}
          >
            {tText('edit')}
          </Link>
        </div>
      </div>
      <div className="max-w-2xl space-y-6">
        {told?.kind === 'saved' && <Callout kind="success" title={t('saved')} />}
        {told?.kind === 'refused' && (
          <ErrorSummary title={t('notSaved')} errors={[{ message: told.message || tCommon('tryAgain') }]} />
        )}
        {lesson.languages.length > 1 && <Callout>{t('onlyOriginal')}</Callout>}
        <section aria-labelledby="lesson-files">
          <h2 id="lesson-files" className="mb-3 text-lg">
            {t('files')}
          </h2>
          <LessonFiles lesson={lesson} courseLanguage={course.language} />
        </section>
        <section aria-labelledby="lesson-place" className="space-y-5 border-t pt-6">
          <h2 id="lesson-place" className="text-lg">
            {t('place')}
          </h2>
          <OtherModuleForm
            lesson={{ id: lesson.id, title: lesson.title }}
            module={lesson.moduleTitle}
            others={others}
            language={course.language}
            isLast={own?.lessons.length === 1}
          />
          <Link
            href={`/studio/courses/${course.id}/lessons/${lesson.id}/remove`}
            className={buttonClasses({ variant: 'outline', size: 'sm', className: 'text-destructive' })}
          >
            {tRemove('remove')}
          </Link>
        </section>
      </div>
    </>
  );
}
