import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { api } from '@/api/client.ts';
import { formatMoney } from '@/buying/money.ts';
import { Callout } from '@/components/ui/callout.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { BuyBox, sellableCourse } from '../../buy-box.tsx';
import { leadingPlan } from '../../memberships/membership-data.ts';
import type { Course } from './course-data.ts';
import { EnrollForm } from './enroll-form.tsx';

/** Memberships that include a course, the person's own first. Without an answer the page goes on without them. */
export const listMembershipsOf = cache(async (courseId: string) => {
  const answer = await (await api()).GET('/api/courses/{id}/memberships', { params: { path: { id: courseId } } });
  return answer.data?.items ?? [];
});

/** The way into a course that the person's own membership includes; nothing for everybody else. */
export async function OpenAsMember({ course }: { course: Course }) {
  const [mine] = await listMembershipsOf(course.id);
  if (!mine?.held) return null;
  const [t, locale] = await Promise.all([getTranslations('memberships.course'), getLocale()]);
  return (
    <div className="space-y-4">
      <Callout kind="success" title={t('yours')}>
        {t('yoursText', { name: mine.name })}
      </Callout>
      <EnrollForm courseId={course.id} slug={course.slug} locale={locale} goOn={false} label={t('open')} />
    </div>
  );
}

/** The cheapest membership that includes a course, in one line. */
export async function MembershipOffer({ course }: { course: Course }) {
  const offered = (await listMembershipsOf(course.id)).find(({ state, held }) => state === 'published' && !held);
  const plan = offered && leadingPlan(offered.plans);
  if (!offered || !plan) return null;
  const [t, tMemberships, format] = await Promise.all([
    getTranslations('memberships.course'),
    getTranslations('memberships'),
    getFormatter(),
  ]);
  const price = tMemberships(plan.interval === 'month' ? 'perMonth' : 'perYear', {
    amount: formatMoney(format, plan.price),
  });
  return (
    <div className="border-t pt-4 text-sm">
      <h2 className="font-medium font-sans text-sm tracking-normal">{t('or')}</h2>
      <p className="mt-1 text-muted-foreground">
        {t.rich('inOne', {
          name: offered.name,
          price,
          link: (words) => <TextLink href={`/memberships/${offered.slug}`}>{words}</TextLink>,
        })}
      </p>
    </div>
  );
}

/** For a course that is open by a membership: the way to keep it for good. Nothing when it was bought or is free. */
export async function KeepLent({ course, coupon }: { course: Course; coupon: string }) {
  if (!course.price || course.state !== 'published') return null;
  const [mine] = await listMembershipsOf(course.id);
  if (!mine?.held) return null;
  const answer = await (await api()).GET('/api/courses/{id}/enrollment', { params: { path: { id: course.id } } });
  if (answer.data?.reason !== 'membership') return null;
  const t = await getTranslations('memberships.course');
  return (
    <section aria-labelledby="keep" className="space-y-3 border-t pt-5">
      <p className="text-muted-foreground text-sm">{t('lent')}</p>
      <h2 id="keep" className="font-medium font-sans text-sm tracking-normal">
        {t('keep')}
      </h2>
      <BuyBox item={sellableCourse(course, coupon)} />
    </section>
  );
}
