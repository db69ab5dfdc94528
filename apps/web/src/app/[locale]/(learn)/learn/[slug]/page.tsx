import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { redirect } from '@/i18n/navigation.ts';
import { getOutline } from '../../../(store)/courses/[slug]/course-data.ts';

type Props = { params: Promise<{ slug: string }> };

/** The page itself is never shown: its title is that of there being no such course. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('errors'))('notFoundTitle') };
}

/** `/learn/<course>`: goes on where the learner stopped, else with the first lesson that is open; without one, to the course page. */
export default async function ResumePage({ params }: Props) {
  const { slug } = await params;
  const outline = await getOutline(slug);
  const locale = await getLocale();
  const lessons = outline.modules.flatMap((module) => module.lessons);
  const last = lessons.find((lesson) => lesson.id === outline.lastLessonId && !lesson.locked);
  const next = resume(lessons, last) ?? lessons.find((lesson) => !lesson.locked);
  if (next) redirect({ href: `/learn/${outline.slug}/${next.id}`, locale });
  if (outline.slug) redirect({ href: `/courses/${outline.slug}`, locale });
  notFound();
}

type Lesson = Awaited<ReturnType<typeof getOutline>>['modules'][number]['lessons'][number];

/** The lesson left off at, or the first unfinished one after it if that one is done. */
function resume(lessons: Lesson[], last: Lesson | undefined): Lesson | undefined {
  if (last?.progress?.state !== 'completed') return last;
  const after = lessons.slice(lessons.indexOf(last) + 1);
  return after.find((lesson) => !lesson.locked && lesson.progress?.state !== 'completed') ?? last;
}
