import { ArrowLeft, X } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Progress } from '@/components/ui/progress.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { getCourse, getOutline } from '../../../(store)/courses/[slug]/course-data.ts';
import { progressOf } from './course-progress.ts';
import { OutlineButton, OutlinePanel } from './outline-panel.tsx';
import { PlayerOutline } from './player-outline.tsx';

type Props = { children: ReactNode; params: Promise<{ slug: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { robots: { index: false, follow: false } };
}

/**
 * The player's frame: outline beside the lesson on wide screens, as a drawer on narrow ones. It stays while one goes
 * from lesson to lesson, and is drawn again when progress changes.
 */
export default async function PlayerLayout({ children, params }: Props) {
  const { slug } = await params;
  const [course, outline] = await Promise.all([getCourse(slug), getOutline(slug)]);
  const t = await getTranslations('player');
  const locale = await getLocale();
  const lang = outline.language === locale ? undefined : outline.language;
  const { done, total, percent } = progressOf(outline);
  const panelId = 'course-outline';
  return (
    <ClientMessages areas={['player']}>
      <div className="mx-auto grid w-full max-w-[88rem] flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] lg:grid-cols-[20rem_minmax(0,1fr)] lg:grid-rows-none xl:grid-cols-[22rem_minmax(0,1fr)] print:block">
        <section
          aria-label={t('here')}
          data-noprint
          className="sticky top-16 z-30 flex h-12 items-center gap-2 border-b bg-background px-3 lg:hidden"
        >
          <OutlineButton panelId={panelId}>{t('outline')}</OutlineButton>
          <p lang={lang} className="min-w-0 flex-1 truncate text-sm">
            {course.title}
          </p>
          {outline.enrolled && (
            <span className="tabular shrink-0 text-muted-foreground text-sm">
              {t('percent', { value: percent / 100 })}
            </span>
          )}
        </section>
        <OutlinePanel id={panelId} label={t('outlineOf', { course: course.title })}>
          <div className="flex items-start justify-between gap-2 p-4 pb-3 lg:p-5 lg:pb-3">
            <div className="min-w-0">
              <Link
                href={`/courses/${course.slug}`}
                className="inline-flex min-h-6 items-center gap-1.5 text-muted-foreground text-sm hover:text-foreground"
              >
                <ArrowLeft aria-hidden="true" className="size-3.5 rtl:rotate-180" />
                {t('toCourse')}
              </Link>
              <p lang={lang} className="mt-1 break-words font-display text-xl">
                {course.title}
              </p>
            </div>
            <button
              type="button"
              popoverTarget={panelId}
              popoverTargetAction="hide"
              aria-label={t('closeOutline')}
              className="grid size-10 shrink-0 place-items-center rounded-md hover:bg-accent lg:hidden"
            >
              <X aria-hidden="true" className="size-[1.125rem]" />
            </button>
          </div>
          {outline.enrolled && (
            <div className="px-4 pb-4 lg:px-5">
              <Progress value={percent} label={t('courseProgress')} valueText={t('doneOf', { done, total })} />
              <p className="tabular mt-1.5 text-muted-foreground text-xs">{t('doneOf', { done, total })}</p>
            </div>
          )}
          <PlayerOutline outline={outline} lang={lang} />
        </OutlinePanel>
        {children}
      </div>
    </ClientMessages>
  );
}
