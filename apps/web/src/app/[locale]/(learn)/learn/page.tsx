import { Award, CircleAlert } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { Link } from '@/i18n/navigation.ts';
import { requireSession } from '@/session/session.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type Membership =
  paths['/api/memberships/held']['get']['responses'][200]['content']['application/json']['items'][number];
type Enrollment = paths['/api/enrollments']['get']['responses'][200]['content']['application/json']['items'][number];

const pageSize = 12;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('learning'))('title'), robots: { index: false } };
}

/** A person's courses: the one to go on with, those under way, those done. */
export default async function LearningPage({ searchParams }: Props) {
  await requireSession();
  const t = await getTranslations('learning');
  const params = await searchParams;
  const one = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value) || undefined;
  };
  return (
    <main id="content" tabIndex={-1} className="page-column flex-1 pt-10 pb-20">
      <h1 className="text-3xl">{t('title')}</h1>
      <Courses active={one('cursor')} completed={one('done')} />
    </main>
  );
}

async function Courses({ active, completed }: { active: string | undefined; completed: string | undefined }) {
  const t = await getTranslations('learning');
  const client = await api();
  const [underWay, done, held] = await Promise.all([
    client.GET('/api/enrollments', {
      params: { query: { completed: false, order: 'recent', limit: pageSize, ...(active ? { cursor: active } : {}) } },
    }),
    client.GET('/api/enrollments', {
      params: {
        query: { completed: true, order: 'recent', limit: pageSize, ...(completed ? { cursor: completed } : {}) },
      },
    }),
    client.GET('/api/memberships/held'),
  ]);
  // A list beside the courses: without an answer the page goes on without it.
  const memberships = held.data?.items ?? [];
  const going = orThrow(underWay);
  const finished = orThrow(done);
  if (going.items.length === 0 && finished.items.length === 0 && !active && !completed) {
    const [membership] = memberships;
    return (
      <>
        <EmptyState
          className="mt-8"
          title={t(membership ? 'emptyMember' : 'emptyTitle')}
          action={
            <Link href={membership ? `/memberships/${membership.slug}` : '/courses'} className={buttonClasses({})}>
              {t(membership ? 'seeCourses' : 'browse')}
            </Link>
          }
        >
          {t('emptyText')}
        </EmptyState>
        <Memberships items={memberships} />
      </>
    );
  }
  const [current, ...others] = active ? [undefined, ...going.items] : going.items;
  return (
    <>
      {current && <ContinueCard item={current} />}
      {(active || completed) && (
        <p className="mt-6 text-sm">
          <Link href="/learn" className={textLinkClasses}>
            {t('firstPage')}
          </Link>
        </p>
      )}
      {others.length > 0 && (
        <section aria-labelledby="under-way" className="mt-12">
          <h2 id="under-way" className="text-2xl">
            {t('underWay')}
          </h2>
          <ul className="mt-5 grid gap-4 md:grid-cols-2 lg:grid-cols-3">
            {others.map((item) => item && <ActiveRow key={item.id} item={item} />)}
          </ul>
          {going.nextCursor && (
            <LoadMore href={`/learn?cursor=${encodeURIComponent(going.nextCursor)}`}>{t('more')}</LoadMore>
          )}
        </section>
      )}
      {going.items.length === 0 && !active && (
        <p className="mt-6 text-muted-foreground">
          {t('nothingUnderWay')}{' '}
          <Link href="/courses" className={textLinkClasses}>
            {t('browse')}
          </Link>
        </p>
      )}
      {finished.items.length > 0 && (
        <section aria-labelledby="finished" className="mt-12">
          <h2 id="finished" className="text-2xl">
            {t('finished')}
          </h2>
          <ul className="mt-5 divide-y rounded-lg border bg-card">
            {finished.items.map((item) => (
              <FinishedRow key={item.id} item={item} />
            ))}
          </ul>
          {finished.nextCursor && (
            <LoadMore href={`/learn?done=${encodeURIComponent(finished.nextCursor)}`}>{t('more')}</LoadMore>
          )}
        </section>
      )}
      <Memberships items={memberships} />
    </>
  );
}

/** What is open by membership: the way to the next course of each. */
async function Memberships({ items }: { items: Membership[] }) {
  if (items.length === 0) return null;
  const [t, tMemberships, locale] = await Promise.all([
    getTranslations('learning'),
    getTranslations('memberships'),
    getLocale(),
  ]);
  return (
    <section aria-labelledby="memberships" className="mt-12">
      <h2 id="memberships" className="text-2xl">
        {t('memberships')}
      </h2>
      <ul className="mt-5 divide-y rounded-lg border bg-card">
        {items.map(({ id, slug, name, shownIn, courseCount }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4 sm:px-5">
            <div className="w-16 shrink-0 overflow-hidden rounded-md border">
              <CoverArt id={id} />
            </div>
            <div className="min-w-0 flex-1 basis-48">
              <h3 lang={shownIn === locale ? undefined : shownIn} className="break-words font-display text-lg">
                {name}
              </h3>
              <p className="text-muted-foreground text-sm">{tMemberships('count', { count: courseCount })}</p>
            </div>
            <Link
              href={`/memberships/${slug}`}
              className={buttonClasses({ variant: 'outline', size: 'sm' })}
              aria-label={t('seeCoursesOf', { name })}
            >
              {t('seeCourses')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function ContinueCard({ item }: { item: Enrollment }) {
  const t = await getTranslations('learning');
  const { course, lastLesson } = item;
  return (
    <section
      aria-labelledby="continue"
      className="mt-8 grid overflow-hidden rounded-lg border bg-card md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
    >
      <CoverArt id={course.id} className="h-full max-h-48 md:max-h-none" />
      <div className="flex min-w-0 flex-col gap-4 border-t p-5 sm:p-8 md:border-t-0 md:border-s">
        <div>
          <p className="text-muted-foreground text-sm">{lastLesson ? t('goOn') : t('startHere')}</p>
          <h2 id="continue" className="mt-1 break-words text-2xl">
            {course.title}
          </h2>
          {lastLesson && <p className="mt-2 break-words">{t('lastLesson', { lesson: lastLesson.title })}</p>}
        </div>
        <Done item={item} />
        <div className="mt-auto flex flex-wrap gap-3 pt-2">
          <Link href={`/learn/${course.slug}`} prefetch={false} className={buttonClasses({ size: 'lg' })}>
            {lastLesson ? t('continue') : t('start')}
          </Link>
          <Link href={`/courses/${course.slug}`} className={buttonClasses({ size: 'lg', variant: 'ghost' })}>
            {t('about')}
          </Link>
        </div>
      </div>
    </section>
  );
}

async function Done({ item }: { item: Enrollment }) {
  const t = await getTranslations('learning');
  const text = t('doneOf', { done: item.completedLessons, total: item.totalLessons });
  return (
    <div>
      <Progress value={item.percent} label={t('progressOf', { course: item.course.title })} valueText={text} />
      <p className="tabular mt-1.5 text-muted-foreground text-sm">{text}</p>
    </div>
  );
}

function ActiveRow({ item }: { item: Enrollment }) {
  const { course, lastLesson } = item;
  return (
    <li className="relative flex min-w-0 flex-col overflow-hidden rounded-lg border bg-card focus-within:border-ring hover:border-input">
      <CoverArt id={course.id} className="aspect-[3/1]" />
      <div className="flex flex-1 flex-col gap-3 border-t p-4">
        <div className="flex-1">
          <h3 className="break-words font-display text-xl">
            <Link
              href={`/learn/${course.slug}`}
              prefetch={false}
              className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
            >
              {course.title}
            </Link>
          </h3>
          {lastLesson && <p className="mt-1 truncate text-muted-foreground text-sm">{lastLesson.title}</p>}
        </div>
        <Done item={item} />
      </div>
    </li>
  );
}

async function FinishedRow({ item }: { item: Enrollment }) {
  const t = await getTranslations('learning');
  const format = await getFormatter();
  const { course, certificate, completedAt } = item;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4 sm:px-5">
      <Award aria-hidden="true" className="size-5 shrink-0 text-success" />
      <div className="min-w-0 flex-1 basis-48">
        <h3 className="break-words font-display text-lg">
          <Link href={`/courses/${course.slug}`} className="underline-offset-4 hover:underline">
            {course.title}
          </Link>
        </h3>
        {completedAt && (
          <p className="text-muted-foreground text-sm">
            {t('completedOn', { date: format.dateTime(new Date(completedAt), { dateStyle: 'long' }) })}
          </p>
        )}
      </div>
      {certificate &&
        (certificate.revoked ? (
          <Badge tone="destructive">
            <CircleAlert aria-hidden="true" />
            {t('revoked')}
          </Badge>
        ) : (
          <div className="flex flex-wrap gap-2">
            <Link
              href={`/certificates/${certificate.code}`}
              className={buttonClasses({ variant: 'outline', size: 'sm' })}
              aria-label={t('certificateOf', { course: course.title })}
            >
              {t('certificate')}
            </Link>
            <a
              href={`/bff/api/certificates/${certificate.id}`}
              className={buttonClasses({ variant: 'ghost', size: 'sm' })}
              aria-label={t('pdfOf', { course: course.title })}
            >
              {t('pdf')}
            </a>
          </div>
        ))}
    </li>
  );
}
