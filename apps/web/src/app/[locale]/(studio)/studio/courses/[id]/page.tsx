import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import { hearPage } from '@/components/forms/told.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { CourseActions } from '../../course-actions.tsx';
import { CourseState } from '../../course-state.tsx';
import { CoverForm } from '../../cover-form.tsx';
import { AddFileLesson } from './add-file-lesson.tsx';
import { EditForm } from './edit-form.tsx';
import { LessonRow } from './lesson-row.tsx';
import { ModuleForm } from './module-form.tsx';
import { readOriginal } from './read-original.ts';

type Props = PageProps<'/[locale]/studio/courses/[id]'>;

const readCourse = cache(async (id: string) => (await readOriginal(id)) ?? notFound());

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readCourse((await params).id)).title };
}

/** The basics of a course, and its lessons to look at. */
export default async function EditCoursePage({ params, searchParams }: Props) {
  const course = await readCourse((await params).id);
  const told = await hearPage((await searchParams).told);
  const client = await api();
  const [categories, outline] = await Promise.all([
    client.GET('/api/categories').then(orThrow),
    // In the language it was written in, like the course: its titles are changed here.
    client
      .GET('/api/courses/{id}/lessons', {
        params: { path: { id: course.id } },
        headers: { 'accept-language': course.language },
      })
      .then(orThrow),
  ]);
  const t = await getTranslations('studio.edit');
  const tRemove = await getTranslations('studio.remove');
  const tText = await getTranslations('studio.text');
  const tCourses = await getTranslations('studio.courses');
  const tCommon = await getTranslations('common');
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: tCourses('title'), href: '/studio' }, { label: course.title }]}
      />
      <div className="mt-3 mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl">{course.title}</h1>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
            <CourseState state={course.state} />
            <span>
              {t('updated')} <Moment at={course.updatedAt} />
            </span>
          </p>
        </div>
        <div className="flex flex-wrap gap-1">
          {course.state === 'published' && (
            <Link href={`/courses/${course.slug}`} className={buttonClasses({ variant: 'ghost', size: 'sm' })}>
              {tCourses('view')}
            </Link>
          )}
          <CourseActions id={course.id} title={course.title} state={course.state} />
        </div>
      </div>
      {told?.kind === 'removed' && (
        <Callout kind="success" className="mb-6 max-w-2xl" title={tRemove('removed', { title: told.title })} />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,42rem)_minmax(16rem,24rem)]">
        <ClientMessages areas={['studio', 'instalments']}>
          <div className="min-w-0">
            <CoverForm of="courses" id={course.id} coverUrl={course.coverUrl} />
            <EditForm course={course} categories={categories.items} />
          </div>
        </ClientMessages>
        <aside aria-labelledby="outline-title">
          <h2 id="outline-title" className="mb-3 text-lg">
            {t('outline')}
          </h2>
          {outline.modules.length === 0 ? (
            <p className="text-muted-foreground text-sm">{t('noLessons')}</p>
          ) : (
            <ol className="space-y-4 text-sm">
              {outline.modules.map((module, index) => (
                <li key={module.id}>
                  <ModuleForm id={module.id} title={module.title} position={index + 1} count={outline.modules.length} />
                  <ul className="mt-1.5 border-s ps-3">
                    {module.lessons.map((lesson, at) => (
                      <li key={lesson.id}>
                        <LessonRow course={course} lesson={lesson} position={at + 1} count={module.lessons.length} />
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ol>
          )}
          <Link
            href={`/studio/courses/${course.id}/lessons/new`}
            className={buttonClasses({ variant: 'outline', size: 'sm', className: 'mt-6' })}
          >
            {tText('write')}
          </Link>
          <AddFileLesson
            courseId={course.id}
            language={course.language}
            modules={outline.modules.map((module) => module.title)}
            refusal={told?.kind === 'refused' ? told : null}
          />
        </aside>
      </div>
    </>
  );
}
