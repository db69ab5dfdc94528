import { Check, ChevronDown, Lock } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { getOutline, type OutlineLesson, type OutlineModule, sectionsOf } from './course-data.ts';
import { LessonKindIcon } from './lesson-kind-icon.tsx';

type Props = {
  slug: string;
  lang: string | undefined;
  /** Whether the reader's membership includes the course: then a lock means not yet opened, not unpaid. */
  member: boolean;
};

/** Modules with their lessons: what can be read now is a link, what cannot says why. */
export async function CourseOutline({ slug, lang, member }: Props) {
  const t = await getTranslations('course');
  const outline = await getOutline(slug);
  if (outline.modules.length === 0) return <p className="mt-4 text-muted-foreground">{t('outlineEmpty')}</p>;
  const reason = outline.modules.flatMap((module) => module.lessons).find((lesson) => lesson.lockedBy)?.lockedBy;
  // A short course is all open; of a long one the first module and, for a learner, the one they are in.
  const short = outline.modules.reduce((sum, module) => sum + module.lessons.length, 0) <= 16;
  return (
    <>
      {reason && (
        <p className="mt-3 flex items-start gap-2 text-muted-foreground text-sm">
          <Lock aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>
            {reason.rule === 'enrollment' || reason.rule === 'purchase'
              ? t(`lockedNote.${member ? 'membership' : reason.rule}`)
              : reason.message}
          </span>
        </p>
      )}
      <ol className="mt-5 space-y-3">
        {outline.modules.map((module, index) => (
          <li key={module.id}>
            <Module
              module={module}
              slug={outline.slug}
              lang={lang}
              open={short || index === 0 || module.lessons.some((lesson) => lesson.id === outline.lastLessonId)}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

async function Module({
  module,
  slug,
  lang,
  open,
}: {
  module: OutlineModule;
  slug: string;
  lang: string | undefined;
  open: boolean;
}) {
  const t = await getTranslations('common');
  return (
    <details open={open} className="group overflow-hidden rounded-lg border bg-card">
      <summary className="flex items-center gap-3 px-4 py-3.5 hover:bg-accent focus-visible:-outline-offset-2 sm:px-5">
        <ChevronDown
          aria-hidden="true"
          className="size-4 shrink-0 -rotate-90 text-muted-foreground transition-transform group-open:rotate-0 rtl:rotate-90"
        />
        <h3 lang={lang} className="min-w-0 flex-1 break-words font-semibold">
          {module.title}
        </h3>
        <span className="tabular shrink-0 text-muted-foreground text-sm">
          {t('lessons', { count: module.lessons.length })}
        </span>
      </summary>
      <div className="border-t">
        {sectionsOf(module.lessons).map((section) => (
          <div key={section.lessons[0]?.id} className="border-t first:border-t-0">
            {section.name && (
              <p lang={lang} className="px-4 pt-3 font-medium text-muted-foreground text-xs sm:px-5">
                {section.name}
              </p>
            )}
            <ul className="divide-y">
              {section.lessons.map((lesson) => (
                <LessonRow key={lesson.id} lesson={lesson} slug={slug} lang={lang} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </details>
  );
}

async function LessonRow({ lesson, slug, lang }: { lesson: OutlineLesson; slug: string; lang: string | undefined }) {
  const t = await getTranslations('course');
  const tCommon = await getTranslations('common');
  const minutes = Math.round(lesson.durationSeconds / 60);
  const done = lesson.progress?.state === 'completed';
  return (
    <li
      className={cn(
        'relative flex min-h-12 items-center gap-3 px-4 py-2.5 text-sm sm:px-5',
        !lesson.locked && 'hover:bg-accent',
      )}
    >
      <LessonKindIcon
        kind={lesson.kind}
        label={t(`kind.${lesson.kind}`)}
        className="size-4 shrink-0 text-muted-foreground"
      />
      {lesson.locked ? (
        <span lang={lang} className="min-w-0 flex-1 break-words text-muted-foreground">
          {lesson.title}
        </span>
      ) : (
        <Link
          href={`/learn/${slug}/${lesson.id}`}
          prefetch={false}
          lang={lang}
          className="min-w-0 flex-1 break-words outline-none after:absolute after:inset-0 focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-ring"
        >
          {lesson.title}
        </Link>
      )}
      {lesson.preview && !lesson.progress && <Badge tone="primary">{t('preview')}</Badge>}
      {lesson.graded && <Badge tone="outline">{t('graded')}</Badge>}
      {minutes > 0 && (
        <span className="tabular shrink-0 text-muted-foreground">
          {tCommon('duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}
        </span>
      )}
      {lesson.locked && (
        <Lock role="img" aria-label={lesson.lockedBy?.message} className="size-4 shrink-0 text-muted-foreground" />
      )}
      {done && <Check role="img" aria-label={t('completed')} className="size-4 shrink-0 text-success" />}
    </li>
  );
}
