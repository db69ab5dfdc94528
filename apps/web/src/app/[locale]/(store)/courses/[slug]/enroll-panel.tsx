import { getLocale, getTranslations } from 'next-intl/server';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { BuyBox, BuyForOthers, sellableCourse } from '../../buy-box.tsx';
import { WishButton } from '../../wish-button.tsx';
import { type Course, getOutline } from './course-data.ts';
import { EnrollForm } from './enroll-form.tsx';
import { wantsToEnroll } from './enroll-intent.ts';
import { KeepLent, listMembershipsOf, MembershipOffer, OpenAsMember } from './membership-offer.tsx';

/** The way into a course: enroll, go on, or what it costs. Never a button that leads nowhere. */
export async function EnrollPanel({ course, coupon }: { course: Course; coupon: string }) {
  const t = await getTranslations('course');
  const [outline, session, locale] = await Promise.all([getOutline(course.slug), getSession(), getLocale()]);
  const lessons = outline.modules.flatMap((module) => module.lessons);
  const preview = lessons.find((lesson) => lesson.preview);
  const full = cn(buttonClasses({ size: 'lg' }), 'w-full');

  if (outline.enrolled) {
    const done = lessons.filter((lesson) => lesson.progress?.state === 'completed').length;
    const percent = outline.completedAt ? 100 : lessons.length > 0 ? Math.floor((100 * done) / lessons.length) : 0;
    return (
      <div className="space-y-4">
        <div>
          <p className="mb-2 flex justify-between gap-3 text-sm">
            <span className="font-medium">{outline.completedAt ? t('finished') : t('yourProgress')}</span>
            <span className="tabular text-muted-foreground">{t('doneOf', { done, total: lessons.length })}</span>
          </p>
          <Progress
            value={percent}
            label={t('yourProgress')}
            valueText={t('doneOf', { done, total: lessons.length })}
          />
        </div>
        <Link href={`/learn/${course.slug}`} prefetch={false} className={full}>
          {outline.completedAt ? t('again') : outline.lastLessonId ? t('continue') : t('start')}
        </Link>
        {outline.certificateId && (
          <a
            href={`/bff/api/certificates/${outline.certificateId}`}
            className={cn(buttonClasses({ variant: 'outline' }), 'w-full')}
          >
            {t('certificatePdf')}
          </a>
        )}
        <KeepLent course={course} coupon={coupon} />
        {course.price && course.state === 'published' && <BuyForOthers item={sellableCourse(course)} />}
      </div>
    );
  }

  const previewLink = preview && (
    <Link
      href={`/learn/${course.slug}/${preview.id}`}
      prefetch={false}
      className={cn(buttonClasses({ variant: 'outline' }), 'w-full')}
    >
      {t('readPreview')}
    </Link>
  );
  if (course.state !== 'published') {
    return (
      <div className="space-y-3">
        <p className="text-muted-foreground text-sm">{t('closed')}</p>
        {previewLink}
      </div>
    );
  }
  if (course.price) {
    const [lent] = session ? await listMembershipsOf(course.id) : [];
    if (lent?.held) {
      return (
        <div className="space-y-6">
          <OpenAsMember course={course} />
          <section aria-labelledby="keep" className="space-y-3 border-t pt-5">
            <h2 id="keep" className="font-medium font-sans text-sm tracking-normal">
              {(await getTranslations('memberships.course'))('keep')}
            </h2>
            <BuyBox item={sellableCourse(course, coupon)} />
          </section>
        </div>
      );
    }
    return (
      <div className="space-y-4">
        <BuyBox item={sellableCourse(course, coupon)} />
        <MembershipOffer course={course} />
        {previewLink}
        <WishButton course={course} look="words" />
      </div>
    );
  }
  return (
    <div className="space-y-4">
      <p className="font-display text-2xl">
        <Price money={null} />
      </p>
      <EnrollForm
        courseId={course.id}
        slug={course.slug}
        locale={locale}
        goOn={session !== null && (await wantsToEnroll(course.id))}
      />
      {previewLink}
      <WishButton course={course} look="words" />
      {!session && <p className="text-muted-foreground text-sm">{t('signInFirst')}</p>}
    </div>
  );
}
