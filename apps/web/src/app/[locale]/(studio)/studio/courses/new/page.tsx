import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { NewCourseForm } from './new-course-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studio'))('new.title') };
}

/** Starts a course with the little that it needs to be there; the rest is on its own page. */
export default async function NewCoursePage() {
  const [t, tCourses, tCommon] = await Promise.all([
    getTranslations('studio.new'),
    getTranslations('studio.courses'),
    getTranslations('common'),
  ]);
  return (
    <>
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[{ label: tCourses('title'), href: '/studio' }, { label: t('title') }]}
      />
      <h1 className="mt-3 text-2xl">{t('title')}</h1>
      <p className="mt-1 mb-6 max-w-prose text-muted-foreground text-sm">{t('lead')}</p>
      <NewCourseForm language={await getLocale()} requestKey={randomUUID()} />
    </>
  );
}
