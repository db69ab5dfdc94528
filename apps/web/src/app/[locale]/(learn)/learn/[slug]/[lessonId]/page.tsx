import type { Block } from '@stoa/contracts/document';
import { ArrowLeft, ArrowRight, Lock } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { addressOf, DocumentView } from '@/components/document/document.tsx';
import { EmbedFrame } from '@/components/document/embed-frame.tsx';
import { embedOf } from '@/components/document/embeds.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { cn } from '@/design/cn.ts';
import { isAppLocale } from '@/i18n/locales.ts';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { getCourse, getOutline, type Outline } from '../../../../(store)/courses/[slug]/course-data.ts';
import { LessonKindIcon } from '../../../../(store)/courses/[slug]/lesson-kind-icon.tsx';
import { AudioPlayer } from './audio-player.tsx';
import { AwaitCompletion } from './await-completion.tsx';
import { CompletionForm } from './completion-form.tsx';
import { CourseFinished } from './course-finished.tsx';
import {
  getLesson,
  getPreferences,
  getProblems,
  type LearnerProblem,
  type Lesson,
  type Preferences,
} from './lesson-data.ts';
import { LessonKeys } from './lesson-keys.tsx';
import { LessonVisit } from './lesson-visit.tsx';
import { ProblemCard } from './problem-card.tsx';
import type { Watch } from './use-watching.ts';
import { VideoPlayer } from './video-player.tsx';

type Props = { params: Promise<{ slug: string; lessonId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, lessonId } = await params;
  const [course, opened] = await Promise.all([getCourse(slug), getLesson(lessonId)]);
  const t = await getTranslations('player');
  const lesson = 'lesson' in opened ? opened.lesson : undefined;
  return {
    title: `${lesson?.title ?? t('lockedTitle')} · ${course.title}`,
    description: course.summary,
    // A preview lesson is open to everybody, search engines too; the rest of the room is not (see the layout).
    ...(lesson?.preview ? { robots: { index: true, follow: true } } : {}),
  };
}

/** One lesson: to read, to watch, to solve. */
export default async function LessonPage({ params }: Props) {
  const { slug, lessonId } = await params;
  const [opened, outline] = await Promise.all([getLesson(lessonId), getOutline(slug)]);
  if ('locked' in opened) return <LockedLesson outline={outline} lessonId={lessonId} reason={opened.locked.reason} />;
  const { lesson } = opened;
  if (lesson.courseId !== outline.courseId) notFound();
  const [t, tCourse, tCommon, locale, problems] = await Promise.all([
    getTranslations('player'),
    getTranslations('course'),
    getTranslations('common'),
    getLocale(),
    getProblems(lesson),
  ]);
  const media = mediaOf(lesson);
  const preferences = media.size > 0 && outline.enrolled ? await getPreferences() : null;
  const minutes = Math.round(lesson.durationSeconds / 60);
  const lang = lesson.language === locale ? undefined : lesson.language;
  const done = lesson.progress?.state === 'completed';
  const at = [lesson.moduleTitle, ...lesson.path].join(' › ');
  return (
    <main id="content" tabIndex={-1} className="min-w-0">
      <LessonKeys
        previous={lesson.previous && `/learn/${outline.slug}/${lesson.previous.id}`}
        next={lesson.next && `/learn/${outline.slug}/${lesson.next.id}`}
        hasVideo={[...media.values()].some(({ isVideo }) => isVideo)}
      />
      {outline.enrolled && (
        <LessonVisit
          key={lesson.id}
          lessonId={lesson.id}
          isNew={!lesson.progress || lesson.progress.state === 'not_started'}
        />
      )}
      <article className="mx-auto w-full max-w-[46rem] px-4 pt-8 pb-16 sm:px-8 lg:pt-12">
        <header>
          <p lang={lang} className="break-words text-muted-foreground text-sm">
            {at}
          </p>
          <h1 lang={lang} className="mt-2 break-words text-3xl">
            {lesson.title}
          </h1>
          <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-muted-foreground text-sm">
            <span className="inline-flex items-center gap-1.5">
              <LessonKindIcon kind={lesson.kind} className="size-4" />
              {tCourse(`kind.${lesson.kind}`)}
            </span>
            {minutes > 0 && (
              <span className="tabular">
                {tCommon('duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}
              </span>
            )}
            {lesson.graded && <Badge tone="outline">{tCourse('graded')}</Badge>}
            {done && <Badge tone="success">{t('state.completed')}</Badge>}
          </p>
        </header>
        {!outline.enrolled && <PreviewNote slug={outline.slug} priced={(await getCourse(slug)).price !== null} />}
        {lang && <LanguageNote lesson={lesson} slug={outline.slug} locale={locale} />}
        <div lang={lang} className="prose-stoa mt-8">
          <DocumentView
            document={lesson.content}
            context={{
              assets: lesson.assets,
              courseSlug: outline.slug,
              media: (block) => (
                <Media
                  block={block}
                  lesson={lesson}
                  media={media}
                  preferences={preferences}
                  tracked={outline.enrolled}
                />
              ),
              problem: (id) => {
                const problem = problems.get(id);
                return problem ? (
                  <ProblemCard problem={problem} lesson={lesson} courseSlug={outline.slug} />
                ) : (
                  <Callout kind="warning">{t('problem.missing')}</Callout>
                );
              },
            }}
          />
          {lesson.content.content.length === 0 && <p className="text-muted-foreground">{t('emptyLesson')}</p>}
        </div>
        {outline.enrolled && (
          <Completion
            lesson={lesson}
            problems={[...problems.values()]}
            hasMedia={media.size > 0}
            outlineIsBehind={done && !isCompletedIn(outline, lesson.id)}
          />
        )}
        {shouldCelebrate(outline, lesson) && <CourseFinished outline={outline} />}
        <Neighbours
          lesson={lesson}
          slug={outline.slug}
          done={done}
          lang={outline.language === locale ? undefined : outline.language}
        />
      </article>
    </main>
  );
}

/** Whether the outline knows that a lesson is completed. */
function isCompletedIn(outline: Outline, lessonId: string): boolean {
  return outline.modules.some(({ lessons }) =>
    lessons.some(({ id, progress }) => id === lessonId && progress?.state === 'completed'),
  );
}

/** When the course has just been completed, and at its end: elsewhere a finished course is read in peace. */
function shouldCelebrate(outline: Outline, lesson: Lesson): boolean {
  if (!outline.completedAt) return false;
  return lesson.next === null || Date.now() - Date.parse(outline.completedAt) < 10 * 60_000;
}

type MediaPlace = Pick<Watch, 'offset' | 'total' | 'isOnly'> & { isVideo: boolean };

/**
 * Where each video and audio of a lesson lies on the lesson's one time line: progress is kept per lesson, so the second
 * film starts where the first ends. `total` is known when every length is, or there is only one.
 */
function mediaOf(lesson: Lesson): Map<string, MediaPlace> {
  const found: Extract<Block, { type: 'video' | 'audio' }>[] = [];
  const walk = (blocks: Block[]): void => {
    for (const block of blocks) {
      if ((block.type === 'video' || block.type === 'audio') && !embedOf(block.attrs.src)) found.push(block);
      if (block.type === 'details' || block.type === 'callout' || block.type === 'blockquote') walk(block.content);
    }
  };
  walk(lesson.content.content);
  const lengths = found.map((block) => block.attrs.durationSeconds ?? 0);
  const total = lengths.every((length) => length > 0) ? lengths.reduce((sum, length) => sum + length, 0) : null;
  let offset = 0;
  return new Map(
    found.map((block, index) => {
      const isOnly = found.length === 1;
      const place = { offset, total: isOnly ? null : total, isOnly, isVideo: block.type === 'video' };
      offset += lengths[index] ?? 0;
      return [block.attrs.id, place];
    }),
  );
}

async function Media({
  block,
  lesson,
  media,
  preferences,
  tracked,
}: {
  block: Extract<Block, { type: 'video' | 'audio' }>;
  lesson: Lesson;
  media: Map<string, MediaPlace>;
  preferences: Preferences | null;
  tracked: boolean;
}) {
  const t = await getTranslations('player');
  const { attrs } = block;
  const embed = embedOf(attrs.src);
  if (embed) return <EmbedFrame src={embed.src} title={attrs.title} provider={embed.provider} page={embed.page} />;
  const context = { assets: lesson.assets };
  const src = addressOf(attrs.src, context);
  const place = media.get(attrs.id);
  if (!src || !place) return <Callout kind="warning">{t('video.missing')}</Callout>;
  const watch = {
    lessonId: lesson.id,
    offset: place.offset,
    total: place.total,
    isOnly: place.isOnly,
    position: lesson.progress?.positionSeconds ?? 0,
    completion: lesson.completion,
    completed: lesson.progress?.state === 'completed',
    tracked,
  };
  const title = attrs.title || lesson.title;
  const { durationSeconds } = attrs;
  if (block.type === 'audio') return <AudioPlayer src={src} title={title} watch={watch} />;
  const poster = block.attrs.posterSrc ? addressOf(block.attrs.posterSrc, context) : null;
  return (
    <VideoPlayer
      src={src}
      title={title}
      poster={poster}
      duration={durationSeconds ?? null}
      captions={(block.attrs.captions ?? []).flatMap((caption) => {
        const url = addressOf(caption.src, context);
        return url ? [{ language: caption.language, label: caption.label, src: url }] : [];
      })}
      preferences={preferences}
      watch={watch}
    />
  );
}

async function LockedLesson({ outline, lessonId, reason }: { outline: Outline; lessonId: string; reason: string }) {
  const t = await getTranslations('player');
  const session = await getSession();
  const lesson = outline.modules.flatMap((module) => module.lessons).find((one) => one.id === lessonId);
  if (!lesson) notFound();
  const why = lesson.lockedBy?.message ?? reason;
  const here = `/learn/${outline.slug}/${lessonId}`;
  return (
    <main id="content" tabIndex={-1} className="min-w-0">
      <div className="mx-auto flex w-full max-w-[46rem] flex-col items-center px-4 py-20 text-center sm:px-8">
        <span className="grid size-14 place-items-center rounded-full bg-muted text-muted-foreground">
          <Lock aria-hidden="true" className="size-6" />
        </span>
        <h1 className="mt-6 break-words text-2xl">{lesson.title}</h1>
        <p className="mt-3 max-w-md text-muted-foreground">{why}</p>
        <div className="mt-6 flex flex-wrap justify-center gap-3">
          <Link href={`/courses/${outline.slug}`} className={buttonClasses({})}>
            {t('toCourse')}
          </Link>
          {!session && (
            <a
              href={`/auth/sign-in?returnTo=${encodeURIComponent(here)}`}
              className={buttonClasses({ variant: 'outline' })}
            >
              {t('signInToGoOn')}
            </a>
          )}
        </div>
      </div>
    </main>
  );
}

async function PreviewNote({ slug, priced }: { slug: string; priced: boolean }) {
  const t = await getTranslations('player');
  return (
    <Callout className="mt-6" title={t('previewTitle')}>
      {priced ? t('previewPriced') : t('previewText')} <TextLink href={`/courses/${slug}`}>{t('toCourse')}</TextLink>
    </Callout>
  );
}

async function LanguageNote({ lesson, slug, locale }: { lesson: Lesson; slug: string; locale: string }) {
  const t = await getTranslations('player');
  const name = (tag: string) => new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  const others = [...new Set(lesson.languages)].filter((tag) => tag !== lesson.language).filter(isAppLocale);
  return (
    <Callout className="mt-6">
      {t('shownIn', { language: name(lesson.language) })}
      {others.length > 0 && (
        <span>
          {' '}
          {t('alsoIn')}{' '}
          {others.map((tag, index) => (
            <span key={tag}>
              {index > 0 && ', '}
              <TextLink href={`/learn/${slug}/${lesson.id}`} locale={tag} hrefLang={tag}>
                {name(tag)}
              </TextLink>
            </span>
          ))}
        </span>
      )}
    </Callout>
  );
}

async function Completion({
  lesson,
  problems,
  hasMedia,
  outlineIsBehind,
}: {
  lesson: Lesson;
  problems: LearnerProblem[];
  hasMedia: boolean;
  /** The lesson was completed between the two questions that this page and the outline beside it come from. */
  outlineIsBehind: boolean;
}) {
  const t = await getTranslations('player');
  const done = lesson.progress?.state === 'completed';
  const gradable = problems.filter((problem) => problem.problem.gradable);
  const passed = gradable.filter((problem) => problem.state.passed).length;
  const isBeingRecorded = !done && lesson.completion === 'passed' && gradable.length > 0 && passed === gradable.length;
  const waiting = isBeingRecorded || outlineIsBehind;
  const note = done
    ? null
    : lesson.completion === 'passed'
      ? t('completion.passed', { passed, total: gradable.length })
      : lesson.completion === 'watched' && hasMedia
        ? t('completion.watched')
        : t('completion.viewed');
  return (
    <section aria-label={t('completion.label')} className="mt-12 border-t pt-6">
      {waiting && <AwaitCompletion courseId={lesson.courseId} lessonId={lesson.id} />}
      <CompletionForm
        key={lesson.id}
        lessonId={lesson.id}
        done={done}
        note={note}
        mayComplete={lesson.completion !== 'passed'}
      />
    </section>
  );
}

async function Neighbours({
  lesson,
  slug,
  done,
  lang,
}: {
  lesson: Lesson;
  slug: string;
  done: boolean;
  lang: string | undefined;
}) {
  const t = await getTranslations('player');
  const { previous, next } = lesson;
  if (!previous && !next) return null;
  const box =
    'group flex min-h-16 min-w-0 flex-col justify-center rounded-lg border bg-card px-4 py-3 hover:border-input sm:max-w-[20rem]';
  return (
    <nav aria-label={t('neighbours')} className="mt-8 grid gap-3 sm:flex sm:justify-between" data-noprint>
      {previous && (
        <Link href={`/learn/${slug}/${previous.id}`} rel="prev" className={cn(box, 'order-2 sm:order-1')}>
          <span className="flex items-center gap-1.5 text-muted-foreground text-sm">
            <ArrowLeft aria-hidden="true" className="size-3.5 rtl:rotate-180" />
            {t('previous')}
          </span>
          <span lang={lang} className="mt-0.5 line-clamp-2 break-words font-medium">
            {previous.title}
          </span>
        </Link>
      )}
      {next && (
        <Link
          href={`/learn/${slug}/${next.id}`}
          rel="next"
          className={cn(
            box,
            'order-1 text-end sm:order-2 sm:ms-auto',
            done &&
              'border-primary bg-primary text-primary-foreground hover:border-primary-hover hover:bg-primary-hover',
          )}
        >
          <span className={cn('flex items-center justify-end gap-1.5 text-sm', !done && 'text-muted-foreground')}>
            {t('next')}
            <ArrowRight aria-hidden="true" className="size-3.5 rtl:rotate-180" />
          </span>
          <span lang={lang} className="mt-0.5 line-clamp-2 break-words font-medium">
            {next.title}
          </span>
        </Link>
      )}
    </nav>
  );
}
