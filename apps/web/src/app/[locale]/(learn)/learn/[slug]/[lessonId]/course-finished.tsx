import { Award } from 'lucide-react';
import { getFormatter, getTranslations } from 'next-intl/server';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Link } from '@/i18n/navigation.ts';
import type { Outline } from '../../../../(store)/courses/[slug]/course-data.ts';
import { getCertificate } from './lesson-data.ts';

/** The end of a course: what was reached, and the certificate. */
export async function CourseFinished({ outline }: { outline: Outline }) {
  const t = await getTranslations('player.finished');
  const format = await getFormatter();
  const certificate = await getCertificate(outline.courseId);
  return (
    <section
      aria-labelledby="finished"
      data-noprint
      className="fade-in-0 mt-10 animate-in rounded-lg border border-success/40 bg-success-soft p-6 text-success-soft-foreground duration-200 sm:p-8"
    >
      <Award aria-hidden="true" className="size-8 text-success" />
      <h2 id="finished" className="mt-3 text-2xl">
        {t('title')}
      </h2>
      <p className="mt-2">
        {outline.completedAt &&
          t('text', { date: format.dateTime(new Date(outline.completedAt), { dateStyle: 'long' }) })}
      </p>
      <div className="mt-5 flex flex-wrap gap-3">
        {certificate && (
          <>
            <Link href={`/certificates/${certificate.code}`} className={buttonClasses({})}>
              {t('certificate')}
            </Link>
            <a href={`/bff/api/certificates/${certificate.id}`} className={buttonClasses({ variant: 'outline' })}>
              {t('pdf')}
            </a>
          </>
        )}
        <Link href="/learn" className={buttonClasses({ variant: certificate ? 'ghost' : 'outline' })}>
          {t('learning')}
        </Link>
      </div>
    </section>
  );
}
