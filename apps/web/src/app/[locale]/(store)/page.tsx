import { ArrowRight } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { HeroArt } from '@/components/brand/hero-art.tsx';
import { mayOpenStudio } from '@/components/shell/rooms.ts';
import { SearchBox } from '@/components/shell/search-box.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { textLinkClasses } from '@/components/ui/text-link.tsx';
import { TraceId } from '@/components/ui/trace-id.tsx';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { CourseCard } from './course-card.tsx';
import { installedMarkets } from './markets.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return { title: { absolute: `${t('brand')} · ${t('tagline')}` } };
}

export default async function Home() {
  const t = await getTranslations('home');
  const markets = installedMarkets(process.env.STOA_MARKETS);
  return (
    <>
      <section className="border-b">
        <div className="page-column grid items-stretch gap-8 md:grid-cols-2 lg:gap-16">
          <div className="flex flex-col justify-center py-12 md:py-20 lg:py-28">
            <h1 className="text-3xl sm:text-4xl">{t('title')}</h1>
            <p className="mt-5 max-w-prose text-lg text-muted-foreground">{t('lead')}</p>
            <SearchBox id="home-search" className="mt-8 max-w-md" />
            <div className="mt-4">
              <Link href="/courses" className={buttonClasses({ variant: 'link' })}>
                {t('browse')}
                <ArrowRight aria-hidden="true" className="size-4 rtl:rotate-180" />
              </Link>
            </div>
          </div>
          <HeroArt className="-mx-4 aspect-[4/3] w-[calc(100%+2rem)] md:mx-0 md:aspect-auto md:h-full md:w-full md:border-x" />
        </div>
      </section>

      <section aria-labelledby="featured" className="page-column pt-16 md:pt-20">
        <div className="flex items-baseline justify-between gap-4">
          <h2 id="featured" className="text-2xl">
            {t('featured')}
          </h2>
          <Link href="/courses" className={`shrink-0 ${textLinkClasses}`}>
            {t('all')}
          </Link>
        </div>
        <div className="mt-6">
          {/* Not streamed in later: without scripts what is streamed never shows. */}
          <Featured />
        </div>
      </section>

      <section aria-labelledby="how" className="page-column pt-20 md:pt-28">
        <h2 id="how" className="text-2xl">
          {t('howTitle')}
        </h2>
        <ol className="mt-8 grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-4">
          {(['find', 'study', 'practise', 'certify'] as const).map((step, index) => (
            <li key={step} className="border-foreground border-t-2 pt-4">
              <span aria-hidden="true" className="tabular font-display text-muted-foreground">
                {['I', 'II', 'III', 'IV'][index]}
              </span>
              <h3 className="mt-2 font-display text-xl">{t(`how.${step}`)}</h3>
              <p className="mt-2 text-muted-foreground text-sm">{t(`how.${step}Text`)}</p>
            </li>
          ))}
        </ol>
      </section>

      {markets.length > 1 && (
        <section aria-labelledby="markets" className="page-column pt-20 md:pt-28">
          <h2 id="markets" className="text-2xl">
            {t('marketsTitle', { count: markets.length })}
          </h2>
          <p className="mt-3 max-w-prose text-muted-foreground">{t('marketsText')}</p>
          <ul className="mt-8 grid gap-6 md:grid-cols-2 lg:grid-cols-3">
            {markets.map(({ name, palette, href }) => (
              <li
                key={name}
                data-market={name}
                className="relative flex flex-col overflow-hidden rounded-lg border bg-card"
              >
                <CoverArt id={`market-${name}`} palette={palette} className="aspect-[5/2]" />
                <div className="flex flex-1 flex-col gap-2 border-t p-5">
                  <h3 className="font-display text-primary text-xl">{t(`markets.${name}`)}</h3>
                  <p className="text-muted-foreground text-sm">{t(`markets.${name}Text`)}</p>
                  <p className="mt-auto pt-3 text-sm">
                    <Link href={href} className={`${textLinkClasses} after:absolute after:inset-0`}>
                      {t(`markets.${name}Action`)}
                    </Link>
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}

      <section aria-labelledby="teach" className="page-column pt-20 md:pt-28">
        <div className="flex flex-col gap-6 rounded-lg border bg-muted p-6 sm:p-10 md:flex-row md:items-center md:justify-between">
          <div>
            <h2 id="teach" className="text-2xl">
              {t('teachTitle')}
            </h2>
            <p className="mt-2 max-w-prose text-muted-foreground">{t('teachText')}</p>
          </div>
          <TeachAction />
        </div>
      </section>
    </>
  );
}

/** The way into the studio, for whoever may go it; others learn what they need first. */
async function TeachAction() {
  const t = await getTranslations('home');
  const session = await getSession();
  if (!session) {
    return (
      <a href="/auth/sign-in?returnTo=/studio" className={buttonClasses({ size: 'lg' })}>
        {t('teachSignIn')}
      </a>
    );
  }
  if (!mayOpenStudio(session.user.roles)) return <p className="max-w-xs text-sm">{t('teachRole')}</p>;
  return (
    <Link href="/studio" prefetch={false} className={buttonClasses({ size: 'lg' })}>
      {t('teachAction')}
    </Link>
  );
}

/** The newest courses; a catalogue that does not answer leaves the rest of the page standing. */
async function newestCourses() {
  try {
    const answer = await (await api()).GET('/api/courses', { params: { query: { limit: 6 } } });
    return { data: answer.data, problem: answer.data ? undefined : problemOf(answer) };
  } catch (error) {
    // Only a catalogue in another process can be out of reach altogether.
    console.error('the catalogue does not answer', error);
    return { data: undefined, problem: undefined };
  }
}

async function Featured() {
  const t = await getTranslations('home');
  const { data, problem } = await newestCourses();
  if (!data) {
    return (
      <Callout
        kind="warning"
        title={t('unavailableTitle')}
        action={problem?.traceId && <TraceId id={problem.traceId} className="justify-start" />}
      >
        {t('unavailableText')}
      </Callout>
    );
  }
  if (data.items.length === 0) {
    return (
      <EmptyState headingLevel={3} title={t('emptyTitle')} action={<TeachAction />}>
        {t('emptyText')}
      </EmptyState>
    );
  }
  return (
    <ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
      {data.items.map((course, index) => (
        <li key={course.id} className="grid">
          <CourseCard course={course} eager={index < 3} />
        </li>
      ))}
    </ul>
  );
}
