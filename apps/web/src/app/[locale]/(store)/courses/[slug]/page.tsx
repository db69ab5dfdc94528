import { Award, BookOpen, ChartNoAxesColumnIncreasing, Check, Clock, Languages } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { couponInLink, withCoupon } from '@/buying/coupon-in-link.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { DocumentView } from '@/components/document/document.tsx';
import { Avatar } from '@/components/ui/avatar.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { isAppLocale } from '@/i18n/locales.ts';
import { redirect } from '@/i18n/navigation.ts';
import { pageAddresses, siteOrigin } from '@/seo/addresses.ts';
import { type Course, getCourse } from './course-data.ts';
import { CourseOutline } from './course-outline.tsx';
import { EnrollPanel } from './enroll-panel.tsx';
import { InBundles } from './in-bundles.tsx';
import { listMembershipsOf } from './membership-offer.tsx';
import { structuredCourse } from './structured-course.ts';

type Props = PageProps<'/[locale]/courses/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const course = await getCourse(slug);
  const t = await getTranslations('course');
  const addresses = await pageAddresses({
    path: `/courses/${course.slug}`,
    locale: await getLocale(),
    available: course.languages.filter(isAppLocale),
  });
  const image = course.coverUrl ?? `/og/courses/${encodeURIComponent(course.slug)}.png`;
  return {
    ...addresses,
    title: course.title,
    description: course.summary || t('defaultDescription', { title: course.title }),
    authors: course.instructors.map(({ name }) => ({ name })),
    openGraph: {
      type: 'website',
      siteName: 'Stoa',
      title: course.title,
      description: course.summary,
      locale: course.shownIn,
      images: [{ url: image, ...(course.coverUrl ? {} : { width: 1200, height: 630 }), alt: course.title }],
    },
    twitter: { card: 'summary_large_image' },
    ...(course.state === 'published' ? {} : { robots: { index: false } }),
  };
}

/** What a course is, what is in it, what it costs, and the way in. */
export default async function CoursePage({ params, searchParams }: Props) {
  const { slug } = await params;
  const coupon = couponInLink(await searchParams);
  const course = await getCourse(slug);
  const locale = await getLocale();
  if (decodeURIComponent(slug) !== course.slug)
    redirect({ href: withCoupon(`/courses/${course.slug}`, coupon), locale });
  const t = await getTranslations('course');
  const tCommon = await getTranslations('common');
  const lang = course.shownIn === locale ? undefined : course.shownIn;
  return (
    <>
      <script
        type="application/ld+json"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every `<` escaped, see structuredCourse
        dangerouslySetInnerHTML={{ __html: structuredCourse(course, await siteOrigin(), locale) }}
      />
      <div className="border-b bg-muted/50">
        <div className="page-column grid gap-x-12 gap-y-8 py-8 md:py-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="min-w-0">
            <Breadcrumb
              label={tCommon('breadcrumb')}
              items={[{ label: tCommon('courses'), href: '/courses' }, { label: course.title }]}
            />
            <h1 lang={lang} className="mt-5 break-words text-3xl sm:text-4xl">
              {course.title}
            </h1>
            {course.summary && (
              <p lang={lang} className="mt-4 max-w-prose text-lg text-muted-foreground">
                {course.summary}
              </p>
            )}
            {course.instructors.length > 0 && (
              <p className="mt-5 text-sm">
                {t('by', { names: course.instructors.map((person) => person.name).join(', ') })}
              </p>
            )}
            <Facts course={course} />
          </div>
        </div>
      </div>
      <div className="page-column grid gap-x-12 gap-y-12 py-8 md:py-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {/* Beside the text on wide screens, where it rises into the head of the page; first on phones. */}
        <aside aria-label={t('wayIn')} className="lg:col-start-2 lg:row-start-1 lg:-mt-64">
          <div className="overflow-hidden rounded-lg border bg-card lg:sticky lg:top-24">
            {course.coverUrl ? (
              <Picture
                src={course.coverUrl}
                alt=""
                width={704}
                height={396}
                loading="eager"
                className="aspect-video w-full object-cover"
              />
            ) : (
              <CoverArt id={course.id} />
            )}
            <div className="border-t p-5">
              <ClientMessages areas={['course']}>
                <EnrollPanel course={course} coupon={coupon} />
              </ClientMessages>
            </div>
          </div>
        </aside>
        <div className="min-w-0 space-y-12 lg:col-start-1 lg:row-start-1">
          {course.state !== 'published' && (
            <Callout kind="warning" title={t(`state.${course.state === 'draft' ? 'draft' : 'archived'}`)}>
              {t(`stateText.${course.state === 'draft' ? 'draft' : 'archived'}`)}
            </Callout>
          )}
          {lang && <Callout>{t('otherLanguage', { language: languageName(course.shownIn, locale) })}</Callout>}
          {course.outcomes.length > 0 && (
            <section aria-labelledby="outcomes">
              <h2 id="outcomes" className="text-2xl">
                {t('outcomes')}
              </h2>
              <ul lang={lang} className="mt-5 grid gap-x-8 gap-y-3 sm:grid-cols-2">
                {course.outcomes.map((outcome) => (
                  <li key={outcome} className="flex gap-3">
                    <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-success" />
                    <span className="min-w-0">{outcome}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {course.description.content.length > 0 && (
            <section aria-labelledby="about">
              <h2 id="about" className="text-2xl">
                {t('about')}
              </h2>
              <div lang={lang} className="prose-stoa mt-5">
                <ClientMessages areas={['player']}>
                  <DocumentView
                    document={course.description}
                    context={{ assets: {}, courseSlug: course.slug }}
                    firstLevel={3}
                  />
                </ClientMessages>
              </div>
            </section>
          )}
          <section aria-labelledby="outline">
            <h2 id="outline" className="text-2xl">
              {t('outline')}
            </h2>
            <CourseOutline
              slug={slug}
              lang={lang}
              member={course.price !== null && (await listMembershipsOf(course.id))[0]?.held === true}
            />
          </section>
          {course.price && course.state === 'published' && <InBundles courseId={course.id} />}
          {course.instructors.length > 0 && (
            <section aria-labelledby="instructors">
              <h2 id="instructors" className="text-2xl">
                {t('instructors')}
              </h2>
              <ul className="mt-5 flex flex-wrap gap-x-8 gap-y-4">
                {course.instructors.map((person) => (
                  <li key={person.id} className="flex items-center gap-3">
                    <Avatar id={person.id} size="lg" />
                    <span className="font-display text-xl">{person.name}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </>
  );
}

async function Facts({ course }: { course: Course }) {
  const t = await getTranslations('course');
  const tCommon = await getTranslations('common');
  const locale = await getLocale();
  const minutes = Math.round(course.durationSeconds / 60);
  const facts = [
    { Icon: ChartNoAxesColumnIncreasing, name: t('levelLabel'), value: t(`level.${course.level}`) },
    { Icon: BookOpen, name: t('lessonsLabel'), value: tCommon('lessons', { count: course.lessonCount }) },
    ...(minutes > 0
      ? [
          {
            Icon: Clock,
            name: t('durationLabel'),
            value: tCommon('duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }),
          },
        ]
      : []),
    {
      Icon: Languages,
      name: t('languagesLabel'),
      value: [...new Set(course.languages)].map((tag) => languageName(tag, locale)).join(', '),
    },
    { Icon: Award, name: t('certificateLabel'), value: t('certificate') },
  ];
  return (
    <dl className="mt-6 flex flex-wrap gap-x-6 gap-y-2.5 text-sm">
      {facts.map(({ Icon, name, value }) => (
        <div key={name} className="flex min-w-0 items-center gap-2">
          <dt>
            <Icon aria-hidden="true" className="size-4 text-muted-foreground" />
            <span className="sr-only">{name}</span>
          </dt>
          <dd className="tabular min-w-0 first-letter:uppercase">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function languageName(tag: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
}
