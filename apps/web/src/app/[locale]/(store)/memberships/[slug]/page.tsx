import { CalendarCheck, ShieldCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { api, orThrow } from '@/api/client.ts';
import { formatMoney } from '@/buying/money.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { cn } from '@/design/cn.ts';
import { Link, redirect } from '@/i18n/navigation.ts';
import { pageAddresses } from '@/seo/addresses.ts';
import { CourseCard } from '../../course-card.tsx';
import { getMembership, type Membership, quotePlan } from '../membership-data.ts';
import { planPrice } from '../plan-price.tsx';

export async function generateMetadata({ params }: PageProps<'/[locale]/memberships/[slug]'>): Promise<Metadata> {
  const membership = await getMembership((await params).slug);
  return {
    ...(await pageAddresses({ path: `/memberships/${membership.slug}`, locale: await getLocale() })),
    title: membership.name,
    description: membership.summary,
    ...(membership.state === 'published' ? {} : { robots: { index: false } }),
  };
}

/** What a membership gives, what it costs and when, and the way in. */
export default async function MembershipPage({ params, searchParams }: PageProps<'/[locale]/memberships/[slug]'>) {
  const [{ slug }, { cursor }, locale] = await Promise.all([params, searchParams, getLocale()]);
  const membership = await getMembership(slug);
  if (decodeURIComponent(slug) !== membership.slug) redirect({ href: `/memberships/${membership.slug}`, locale });
  const [t, tCommon, courses] = await Promise.all([
    getTranslations('memberships'),
    getTranslations('common'),
    (await api())
      .GET('/api/memberships/{id}/courses', {
        params: {
          path: { id: membership.id },
          query: { limit: 24, ...(typeof cursor === 'string' ? { cursor } : {}) },
        },
      })
      .then(orThrow),
  ]);
  const lang = membership.shownIn === locale ? undefined : membership.shownIn;
  const paragraphs = membership.description.split(/\n\s*\n/).filter((text) => text.trim() !== '');
  return (
    <div className="page-column grid gap-x-12 gap-y-8 py-8 md:py-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        <Breadcrumb
          label={tCommon('breadcrumb')}
          items={[{ label: t('title'), href: '/memberships' }, { label: membership.name }]}
        />
        <p className="mt-5 text-muted-foreground text-sm">{t('count', { count: membership.courseCount })}</p>
        <h1 lang={lang} className="mt-1 break-words text-3xl sm:text-4xl">
          {membership.name}
        </h1>
        <p lang={lang} className="mt-4 max-w-prose text-lg text-muted-foreground">
          {membership.summary}
        </p>
        <p className="mt-5 text-sm">{membership.seller ? t('by', { name: membership.seller.name }) : t('house')}</p>
        {paragraphs.length > 0 && (
          <div lang={lang} className="mt-6 max-w-prose space-y-4">
            {paragraphs.map((text) => (
              <p key={text} className="whitespace-pre-line break-words">
                {text}
              </p>
            ))}
          </div>
        )}
      </div>
      <aside aria-label={t('wayIn')} className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <div className="overflow-hidden rounded-lg border bg-card lg:sticky lg:top-24">
          <CoverArt id={membership.id} />
          <div className="space-y-5 border-t p-5">
            <Join membership={membership} />
          </div>
        </div>
      </aside>
      <section aria-labelledby="included" className="min-w-0 lg:col-start-1">
        <h2 id="included" className="text-2xl">
          {t('included')}
        </h2>
        <p className="mt-2 text-muted-foreground">
          {t(`scope.${membership.scope}`, { name: membership.seller?.name ?? 'Stoa' })}
        </p>
        <ul className="mt-5 grid gap-6 sm:grid-cols-2">
          {courses.items.map((course) => (
            <li key={course.id} className="grid min-w-0">
              <CourseCard course={course} />
            </li>
          ))}
        </ul>
        {courses.nextCursor && (
          <LoadMore href={`/memberships/${membership.slug}?cursor=${encodeURIComponent(courses.nextCursor)}`}>
            {tCommon('loadMore')}
          </LoadMore>
        )}
      </section>
    </div>
  );
}

async function Join({ membership }: { membership: Membership }) {
  const t = await getTranslations('memberships');
  if (membership.held) {
    return (
      <>
        <Callout kind="success" title={t('member')}>
          {t('memberText')}
        </Callout>
        <Link
          href={`/account/subscriptions/${membership.held.subscriptionId}`}
          prefetch={false}
          className={cn(buttonClasses({ variant: 'outline' }), 'w-full')}
        >
          {t('manage')}
        </Link>
      </>
    );
  }
  if (membership.state !== 'published') {
    const isDraft = membership.state === 'draft';
    return (
      <Callout kind="warning" title={t(isDraft ? 'draft' : 'notOffered')}>
        {t(isDraft ? 'draftText' : 'notOfferedText')}
      </Callout>
    );
  }
  const month = membership.plans.find(({ interval }) => interval === 'month');
  const quotes = await Promise.all(membership.plans.map(({ sku }) => quotePlan(sku)));
  const [first] = quotes;
  return (
    <>
      <ul className="space-y-5">
        {membership.plans.map((plan, index) => (
          <li key={plan.id} className="space-y-3 border-b pb-5 last:border-b-0 last:pb-0">
            <Plan slug={membership.slug} plan={plan} month={month} trialDays={quotes[index]?.trialDays ?? 0} />
          </li>
        ))}
      </ul>
      <div className="space-y-3 border-t pt-4 text-muted-foreground text-sm">
        <p className="flex gap-3">
          <CalendarCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
          <span>{t('anyTime')}</span>
        </p>
        {first && first.refundDays > 0 && (
          <p className="flex gap-3">
            <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
            <span>{t('refund', { days: first.refundDays })}</span>
          </p>
        )}
      </div>
    </>
  );
}

type PlanProps = {
  slug: string;
  plan: Membership['plans'][number];
  month: Membership['plans'][number] | undefined;
  trialDays: number;
};

async function Plan({ slug, plan, month, trialDays }: PlanProps) {
  const [t, format, price] = await Promise.all([getTranslations('memberships'), getFormatter(), planPrice(plan)]);
  const twelve = month && plan.interval === 'year' ? 12 * month.price.amount : 0;
  const saved = twelve > 0 ? 1 - plan.price.amount / twelve : 0;
  return (
    <>
      <h2 className="font-medium font-sans text-base tracking-normal">
        {t(plan.interval === 'month' ? 'monthly' : 'yearly')}
      </h2>
      <p>
        <span className="tabular font-display text-2xl">{formatMoney(format, plan.price)}</span>
        {saved >= 0.01 && (
          <span className="ms-2 text-sm text-success">
            {t('saves', { percent: format.number(saved, { style: 'percent' }) })}
          </span>
        )}
      </p>
      <p className="text-muted-foreground text-sm">{trialDays > 0 ? t('trial', { days: trialDays, price }) : price}</p>
      <Link
        href={`/memberships/${slug}/subscribe?plan=${plan.id}`}
        prefetch={false}
        className={cn(buttonClasses({ variant: plan === month || !month ? 'primary' : 'outline' }), 'w-full')}
      >
        {t(`subscribeTo.${plan.interval}`)}
      </Link>
    </>
  );
}
