import { Check, ChevronDown, CircleDashed, CircleDot, Lock } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import {
  type Outline,
  type OutlineLesson,
  type OutlineModule,
  sectionsOf,
} from '../../../(store)/courses/[slug]/course-data.ts';
import { OutlineLink } from './outline-link.tsx';
import { OutlineList } from './outline-list.tsx';
import { OutlineModuleFrame } from './outline-module-frame.tsx';

/** The outline of the player: every lesson with how far one is, or why it is closed. */
export async function PlayerOutline({ outline, lang }: { outline: Outline; lang: string | undefined }) {
  const t = await getTranslations('player');
  return (
    <OutlineList lang={lang} keysHint={t('outlineKeys')}>
      {outline.modules.map((module) => (
        <li key={module.id} className="border-b">
          <ModuleLessons module={module} slug={outline.slug} enrolled={outline.enrolled} />
        </li>
      ))}
    </OutlineList>
  );
}

async function ModuleLessons({ module, slug, enrolled }: { module: OutlineModule; slug: string; enrolled: boolean }) {
  const t = await getTranslations('player');
  const done = module.lessons.filter((lesson) => lesson.progress?.state === 'completed').length;
  return (
    <OutlineModuleFrame
      paths={module.lessons.map((lesson) => `/learn/${slug}/${lesson.id}`)}
      summary={
        <>
          <ChevronDown
            aria-hidden="true"
            className="size-4 shrink-0 -rotate-90 text-muted-foreground transition-transform group-open:rotate-0"
          />
          <span className="min-w-0 flex-1 break-words">{module.title}</span>
          {enrolled && (
            <span className="tabular shrink-0 font-normal text-muted-foreground text-xs">
              <span aria-hidden="true">
                {done}/{module.lessons.length}
              </span>
              <span className="sr-only">{t('doneOf', { done, total: module.lessons.length })}</span>
            </span>
          )}
        </>
      }
    >
      {sectionsOf(module.lessons).map((section) => (
        <div key={section.lessons[0]?.id}>
          {section.name && (
            <p className="px-4 pt-2.5 pb-1 font-medium text-muted-foreground text-xs lg:px-5">{section.name}</p>
          )}
          <ul>
            {section.lessons.map((lesson) => (
              <li key={lesson.id}>
                <OutlineLink href={`/learn/${slug}/${lesson.id}`}>
                  <LessonState lesson={lesson} />
                  <span className="min-w-0 flex-1 break-words">{lesson.title}</span>
                </OutlineLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </OutlineModuleFrame>
  );
}

async function LessonState({ lesson }: { lesson: OutlineLesson }) {
  const t = await getTranslations('player');
  const classes = 'mt-0.5 size-4 shrink-0';
  if (lesson.locked) {
    return <Lock role="img" aria-label={lesson.lockedBy?.message} className={`${classes} text-muted-foreground`} />;
  }
  if (lesson.progress?.state === 'completed') {
    return <Check role="img" aria-label={t('state.completed')} className={`${classes} text-success`} />;
  }
  if (lesson.progress?.state === 'viewed') {
    return <CircleDot role="img" aria-label={t('state.viewed')} className={`${classes} text-primary`} />;
  }
  return <CircleDashed aria-hidden="true" className={`${classes} text-input`} />;
}
