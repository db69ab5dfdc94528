import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { api } from '@/api/client.ts';
import { pageOrFirst } from '@/api/page-or-first.ts';
import { CouponList } from '@/components/sales/coupons/coupon-list.tsx';
import { couponPaths } from '@/components/sales/coupons/coupon-room.ts';
import { mayOpenConsole } from '@/components/shell/rooms.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Link, redirect } from '@/i18n/navigation.ts';
import { requireSession } from '@/session/session.ts';
import { readOwnCourses } from './read-own-courses.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('coupons.title') };
}

const path = couponPaths.studio;

/** The person's own coupons, newest first. Operators handle everybody's, in the console. */
export default async function OwnCouponsPage({ searchParams }: PageProps<'/[locale]/studio/coupons'>) {
  const { user } = await requireSession();
  if (mayOpenConsole(user.roles)) redirect({ href: couponPaths.console, locale: await getLocale() });
  const { cursor, made } = await searchParams;
  const after = typeof cursor === 'string' ? cursor : undefined;
  const [page, courses] = await Promise.all([
    (await api())
      .GET('/api/coupons', { params: { query: { limit: 50, ...(after ? { cursor: after } : {}) } } })
      .then((answer) => pageOrFirst(answer, path, { cursor: after })),
    readOwnCourses(),
  ]);
  const t = await getTranslations('sales.coupons');
  const tCommon = await getTranslations('common');
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-2xl">{t('title')}</h1>
          <p className="mt-1 max-w-prose text-muted-foreground text-sm">{t('leadStudio')}</p>
        </div>
        <Link href={`${path}/new`} className={buttonClasses({ size: 'sm' })}>
          <Plus aria-hidden="true" />
          {t('make')}
        </Link>
      </div>
      {typeof made === 'string' && page.items.some(({ code }) => code === made) && (
        <Callout kind="success" className="mb-4" title={t('made', { code: made })} />
      )}
      <CouponList room="studio" coupons={page.items} titles={new Map(courses.map(({ id, title }) => [id, title]))} />
      {page.nextCursor && (
        <LoadMore href={`${path}?cursor=${encodeURIComponent(page.nextCursor)}`}>{tCommon('loadMore')}</LoadMore>
      )}
    </>
  );
}
