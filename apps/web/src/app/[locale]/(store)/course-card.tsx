import { getTranslations } from 'next-intl/server';
import type { paths } from '@/api/schema.d.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Link } from '@/i18n/navigation.ts';
import { WishButton } from './wish-button.tsx';

type Course = paths['/api/courses']['get']['responses'][200]['content']['application/json']['items'][number];

/** A course in a list. The whole card is one link, named by the title, with a heart on it. */
export async function CourseCard({ course, eager = false }: { course: Course; eager?: boolean }) {
  const t = await getTranslations('common');
  const tCourse = await getTranslations('course');
  const minutes = Math.round(course.durationSeconds / 60);
  const level = levels.find((one) => one === course.level);
  return (
    <article className="group relative flex flex-col overflow-hidden rounded-lg border bg-card transition-colors focus-within:border-ring hover:border-input">
      {course.coverUrl ? (
        <Picture
          src={course.coverUrl}
          alt=""
          loading={eager ? 'eager' : 'lazy'}
          className="aspect-video w-full object-cover"
        />
      ) : (
        <CoverArt id={course.id} />
      )}
      <div className="flex flex-1 flex-col gap-2 border-t p-5">
        <h3 className="font-display text-xl">
          <Link
            href={`/courses/${course.slug}`}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
          >
            {course.title}
          </Link>
        </h3>
        <p className="line-clamp-3 text-muted-foreground text-sm">{course.summary}</p>
        {course.instructors.length > 0 && (
          <p className="text-sm">
            {tCourse('by', { names: course.instructors.map((person) => person.name).join(', ') })}
          </p>
        )}
        <div className="mt-auto flex items-center justify-between gap-3 pt-3 text-sm">
          <span className="tabular flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground">
            {level && <Badge>{tCourse(`level.${level}`)}</Badge>}
            <span>{t('lessons', { count: course.lessonCount })}</span>
            {minutes > 0 && <span>{t('duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}</span>}
          </span>
          <Price money={course.price} className="font-medium" />
        </div>
      </div>
      {/* Last, so that the title is what the keyboard meets first. */}
      <WishButton course={course} look="icon" className="absolute end-3 top-3" />
    </article>
  );
}

const levels = ['beginner', 'intermediate', 'advanced'] as const;
